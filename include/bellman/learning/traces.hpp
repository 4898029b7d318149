// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/learning/internal/counted_step.hpp>
#include <bellman/learning/internal/gradient_steps.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/scalar_traits.hpp>

namespace bellman {

namespace detail {

template <class V, class Schedule>
class accumulating_traces : public internal::steps_along_traces<V, Schedule> {
 public:
  static constexpr bool adds_up = true;

  using internal::steps_along_traces<V, Schedule>::steps_along_traces;

  constexpr void operator()(auto&& w, auto const& seen) {
    this->size_.count(seen.gradient);
    this->trace_.scale(seen.decay);
    for (auto const& part : seen.gradient) this->trace_.add(part.index, product(seen.weight, part.value));
    this->move_along_trace(w, seen.error);
  }
};

template <class V, class Schedule>
class replacing_traces : public internal::steps_along_traces<V, Schedule> {
 public:
  static constexpr bool adds_up = true;

  using internal::steps_along_traces<V, Schedule>::steps_along_traces;

  constexpr void operator()(auto&& w, auto const& seen) {
    this->size_.count(seen.gradient);
    this->trace_.scale(seen.decay);
    for (auto const& part : seen.gradient) this->trace_.set(part.index, product(seen.weight, part.value));
    this->move_along_trace(w, seen.error);
  }
};

template <class V, class Schedule>
class dutch_traces : public internal::steps_along_traces<V, Schedule> {
 public:
  static constexpr bool needs_the_value_as_predicted = true;

  using internal::steps_along_traces<V, Schedule>::steps_along_traces;

  constexpr void operator()(auto&& w, auto const& seen) {
    this->size_.count(seen.gradient);
    V const& alpha = this->size_.of_all_weights();
    V overlap = scalar_traits<V>::zero();
    for (auto const& part : seen.gradient) overlap = sum(overlap, product(part.value, this->trace_[part.index]));
    V const added = product(alpha, difference(V(1), product(seen.decay, overlap)));
    this->trace_.scale(seen.decay);
    for (auto const& part : seen.gradient) this->trace_.add(part.index, product(added, part.value));
    // What the last step has changed about this state's own value.
    V const moved = is_first_ ? V(0) : V(difference(seen.predicted, before_));
    V const error = sum(seen.error, moved);
    for (auto const& part : this->trace_) w[part.index] = sum(w[part.index], product(error, part.value));
    V const back = product(alpha, moved);
    for (auto const& part : seen.gradient) w[part.index] = difference(w[part.index], product(back, part.value));
    before_ = seen.next_value;
    is_first_ = false;
  }
  constexpr void end_of_episode(auto&&) {
    this->trace_.clear();
    is_first_ = true;
  }

 private:
  V before_ = V(0);
  bool is_first_ = true;
};

}  // namespace detail

/// `accumulating{step}`: a learning rule, semi-gradient steps with accumulating traces: `e = gamma c e + rho grad q`,
/// `w += alpha delta e`. With a decay of 0 it is `w += alpha delta grad q`.
///
/// *Arguments*: a `step_schedule`: a number, `harmonic_step{}`, `per_state{harmonic_step{}}`, ...
/// *Cost*: a multiply-add for each weight that has credit.
/// *Laws*: with `at_end_of_episode`, the sum of the errors of the forward view, exactly: tests/learning/views.cpp.
/// *Source*: Sutton and Barto, sections 9.3 and 12.2, (12.25).
/// *Use*:
///     bellman::accumulating{0.5}.step == 0.5
template <class Schedule>
struct accumulating {
  Schedule step;

  template <class V>
    requires internal::sizes_of_steps<Schedule, V>
  constexpr auto start() const {
    return detail::accumulating_traces<V, Schedule>(step);
  }
};
template <class Schedule>
accumulating(Schedule) -> accumulating<Schedule>;

/// `replacing{step}`: a learning rule, the same with replacing traces, whose components are those of the gradient where
/// it is not zero: a state that is visited twice has the credit of one visit.
///
/// *Arguments*: as `accumulating`.
/// *Cost*: as `accumulating`.
/// *Source*: Singh and Sutton 1996; Sutton and Barto, section 12.5.
/// *Use*:
///     bellman::replacing{0.5}.step == 0.5
template <class Schedule>
struct replacing {
  Schedule step;

  template <class V>
    requires internal::sizes_of_steps<Schedule, V>
  constexpr auto start() const {
    return detail::replacing_traces<V, Schedule>(step);
  }
};
template <class Schedule>
replacing(Schedule) -> replacing<Schedule>;

/// `dutch{step}`: a learning rule, true online TD(lambda) and Sarsa(lambda): after each step the weights are those of
/// the lambda-returns of all that was seen so far.
///
/// *Arguments*: as `accumulating`, but for `per_state`; a prediction that is linear in its weights, and a target whose
/// value is what is predicted: `td_learning`, `sarsa`.
/// *Cost*: as `accumulating`, and twice the gradient.
/// *Laws*: equal to the online lambda-return algorithm, exactly: tests/learning/views.cpp.
/// *Source*: van Seijen and Sutton 2014; Sutton and Barto, section 12.5.
/// *Use*:
///     bellman::dutch{0.5}.step == 0.5
template <class Schedule>
struct dutch {
  Schedule step;

  template <class V>
    requires internal::sizes_of_all_steps<Schedule, V>
  constexpr auto start() const {
    return detail::dutch_traces<V, Schedule>(step);
  }
};
template <class Schedule>
dutch(Schedule) -> dutch<Schedule>;

}  // namespace bellman
