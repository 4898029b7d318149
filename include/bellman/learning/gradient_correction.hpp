// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/learning/feature.hpp>
#include <bellman/learning/internal/counted_step.hpp>
#include <bellman/learning/internal/trace.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

template <class V, class Schedule, class Second>
class corrected_gradient {
 public:
  static constexpr bool reads_next_gradient = true;
  static constexpr bool adds_up = true;

  constexpr corrected_gradient(Schedule const& its_schedule, Second const& its_second)
      : size_(its_schedule), second_size_(its_second) {}

  constexpr void operator()(auto&& w, auto const& seen) {
    auto size = size_;
    size.count(seen.gradient);
    second_size_.count(seen.gradient);
    size_ = std::move(size);
    trace_.scale(seen.decay);
    for (auto const& part : seen.gradient) trace_.add(part.index, product(seen.weight, part.value));
    if (expected_.size() < w.size()) expected_.resize(w.size(), scalar_traits<V>::zero());
    V of_trace = scalar_traits<V>::zero();   // e . h
    V of_gradient = scalar_traits<V>::zero();  // grad q . h
    for (auto const& part : trace_) of_trace = sum(of_trace, product(part.value, expected_[part.index]));
    for (auto const& part : seen.gradient) {
      of_gradient = sum(of_gradient, product(part.value, expected_[part.index]));
    }
    for (auto const& part : trace_) move(w, part.index, product(size_(part.index), product(seen.error, part.value)));
    // What the trace carries on, lambda of it, comes back with the next steps.
    V const taken = product(product(seen.gamma, difference(V(1), seen.lambda)), of_trace);
    V const back = product(size_.of_all_weights(), taken);
    for (auto const& part : seen.next_gradient) move(w, part.index, V(-product(back, part.value)));
    for (auto const& part : trace_) {
      V const step = product(second_size_(part.index), product(seen.error, part.value));
      expected_[part.index] = sum(expected_[part.index], step);
    }
    for (auto const& part : seen.gradient) {
      V const step = product(second_size_(part.index), product(of_gradient, part.value));
      expected_[part.index] = difference(expected_[part.index], step);
    }
  }
  constexpr void end_of_episode(auto&&) { trace_.clear(); }

 private:
  static constexpr void move(auto& w, std::size_t i, V const& by) { w[i] = sum(w[i], by); }

  internal::counted_step<V, Schedule> size_;
  internal::counted_step<V, Second> second_size_;
  internal::trace<V> trace_{};
  std::vector<V> expected_{};  // h: what the error is expected to be, as a linear function of the gradient
};

}  // namespace detail

/// `gradient_correction{.step = a, .second_step = b}`: a learning rule, gradient TD with correction, TDC and
/// GTD(lambda): it follows the gradient of the mean squared projected Bellman error, so that it converges off the
/// policy too. With `h` second weights, which learn by steps of their own what the error of a gradient is,
///
///     w += a (delta e - gamma (1 - lambda) (e . h) grad v(S'))
///     h += b (delta e - (h . grad q) grad q)
///
/// *Arguments*: two `step_schedule`s, none of them `per_state`; a prediction that is linear in its weights.
/// *Cost*: as `accumulating`, a few times.
/// *Laws*: the expected step of w, with h at its fixed point, is half the negative gradient of the projected error:
/// tests/learning/expected_steps.cpp.
/// *Source*: Sutton et al. 2009; Maei 2011, section 7.5; Sutton and Barto, section 11.7.
/// *Use*:
///     bellman::gradient_correction{.step = 0.5, .second_step = 0.25}.second_step == 0.25
template <class Schedule, class Second = Schedule>
struct gradient_correction {
  Schedule step;
  Second second_step;

  template <class V>
    requires internal::sizes_of_all_steps<Schedule, V> && internal::sizes_of_all_steps<Second, V>
  constexpr auto start() const {
    return detail::corrected_gradient<V, Schedule, Second>(step, second_step);
  }
};
template <class Schedule, class Second>
gradient_correction(Schedule, Second) -> gradient_correction<Schedule, Second>;

}  // namespace bellman
