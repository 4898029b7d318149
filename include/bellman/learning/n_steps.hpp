// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/learning/internal/counted_step.hpp>
#include <bellman/learning/internal/gradient_steps.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void there_must_be_at_least_one_step() {
  internal::refuse("bellman: n_steps with n = 0; it must be at least 1");
}

// The last n steps, of which the first is learned when the n-th has been seen.
template <class V, class E, class Schedule>
class window_of_steps : public internal::gradient_steps<V, Schedule> {
 public:
  static constexpr bool keeps_steps = true;

  struct step {
    state_t<E> state;
    action_t<E> action;
    V reward;
  };

  constexpr window_of_steps(std::size_t n, Schedule const& its_schedule)
      : internal::gradient_steps<V, Schedule>(its_schedule), most_(n) {
    if (n == 0) detail::there_must_be_at_least_one_step();
  }

  constexpr std::vector<step> const& steps() const { return steps_; }
  constexpr bool is_full() const { return steps_.size() == most_; }
  constexpr void push(step last) { steps_.push_back(std::move(last)); }
  constexpr void take_back() { steps_.pop_back(); }
  constexpr void pop() {
    for (std::size_t k = 1; k < steps_.size(); ++k) steps_[k - 1] = std::move(steps_[k]);
    steps_.pop_back();
  }

 private:
  std::size_t most_;
  std::vector<step> steps_{};
};

}  // namespace detail

/// `n_steps<E>{n, step}`: a learning rule that keeps the last n steps and then learns the first of them from the return
/// that the target makes of all, with the value of the state after them: n-step TD, Sarsa, expected Sarsa, tree backup.
///
/// *Arguments*: E: an environment, for its types; n, at least 1; a `step_schedule`. The target's lambda is said: 1 is
/// the n-step return.
/// *Errors*: `invalid_value` for n = 0.
/// *Cost*: the terms of n steps, and n predictions, a step.
/// *Laws*: the targets of `n_step_returns` as they would be with the weights of the time: tests/learning/views.cpp.
/// *Source*: Sutton and Barto, sections 7.1, 7.2 and 7.5.
/// *Use*:
///     bellman::n_steps<bellman::models::cliff_walking<double>, double>{4, 0.5}.n == 4
template <environment E, class Schedule>
struct n_steps {
  std::size_t n;
  Schedule step;

  template <class V>
    requires internal::sizes_of_steps<Schedule, V>
  constexpr auto start() const {
    return detail::window_of_steps<V, E, Schedule>(n, step);
  }
};

}  // namespace bellman
