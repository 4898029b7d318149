// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/internal/placed_view.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/layout/internal/rows.hpp>
#include <bellman/layout/internal/rules.hpp>
#include <bellman/layout/steps_of_sequences.hpp>
#include <bellman/layout/time_major.hpp>
#include <bellman/scalar/accumulator.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

/// `finished_episode{place, total, steps}`: an episode that ended within a recording: the place of its last step, the
/// sum of its rewards, and how many steps it took, those before the recording included.
///
/// *Use*:
///     bellman::finished_episode<double>{.place = 3, .total = 2.5, .steps = 2}.steps == 2
template <class V>
struct finished_episode {
  std::size_t place = 0;
  V total{};
  std::size_t steps = 0;

  friend bool operator==(finished_episode const&, finished_episode const&) = default;
};

namespace internal {

/// What a sum of rewards is.
template <class R>
using total_of_rewards_t = std::remove_cvref_t<decltype(std::declval<accumulator<R> const&>().value())>;

/// The arrays of a recording in the making.
template <class S, class A, class R>
struct recorded_rows {
  std::size_t environments = 0;
  std::vector<S> states{};
  std::vector<A> actions{};
  std::vector<R> rewards{};
  vector<unsigned char> terminated{};
  vector<unsigned char> truncated{};
  vector<unsigned char> own{};
  vector<std::size_t> next{};
  vector<std::size_t> transitions{};
  std::vector<finished_episode<total_of_rewards_t<R>>> finished{};

  friend bool operator==(recorded_rows const&, recorded_rows const&) = default;
};

/// The values of the states that follow the steps, from those of all states.
template <class It>
struct value_of_next_state {
  using value_type = std::iter_value_t<It>;

  It values{};
  std::size_t const* next = nullptr;

  constexpr std::iter_reference_t<It> operator()(std::size_t place) const {
    return values[static_cast<std::iter_difference_t<It>>(next[place])];
  }
};

}  // namespace internal

namespace detail {

[[noreturn]] inline void there_must_be_a_value_for_each_state_of_the_recording(std::size_t found, std::size_t states) {
  internal::refuse("bellman: " + std::to_string(found) + " values of a recording with " + std::to_string(states) +
                   " states; there must be one for each of states()");
}
[[noreturn]] inline void there_is_no_such_place_in_the_recording(std::size_t place, std::size_t steps) {
  internal::refuse("bellman: place " + std::to_string(place) + " of a recording of " + std::to_string(steps) +
                   " steps; they are counted from 0");
}

}  // namespace detail

/// `vectorised_recording<S, A, R>`: T steps of N environments, a row of N for each step: what
/// `vectorised_environment::record` gives. Step t of environment i stands at the *place* `t N + i` of each array.
///
/// `shape()`: T and N. `rewards()`, `actions()`: `time_major` views of what was paid and done; at a reset the action
/// is that of the step before, which nothing comes of, and the reward is 0. `states()`: all states of the recording
/// in one `std::span`: first those in which the T N steps were taken, then the N after the last row, then those in
/// which episodes ended and that stand nowhere else. So a critic is asked for all values at once,
///
///     for (each k) values[k] = critic(r.states()[k]);
///     gae(r.rewards(), r.of_steps(values), r.steps(values), {.gamma = 0.99, .lambda = 0.95})
///
/// `of_steps(values)`: of an array with an element for each of `states()` the part that belongs to the steps, as a
/// `time_major` view. `steps(values)`: what each step is, as `recorded_steps`: *terminated*, *truncated* with the value
/// of the state where the episode was cut off, *skipped* where an environment was reset; after the last row comes the
/// value of the state there. `steps()`: the same without values, as `n_step_windows` takes it.
///
/// `transitions()`: the places of all steps but the resets, in order: what minibatches are drawn from.
/// `state(place)`, `action(place)`, `reward(place)`, `next_state(place)`: of a transition; `next_state` is the state in
/// which the action arrived, also where the episode ended there. `finished()`: the episodes that ended, in order of
/// their last steps.
///
/// Views point into the recording and, of values, into the array, which both must outlive them; values are not copied.
///
/// *Arguments*: of `of_steps` and `steps`: a random-access range that outlives the view, such as a vector.
/// *Errors*: `invalid_value` unless there is a value for each of `states()`, and for a place that there is not; values
/// that are a temporary, and what would point into a temporary recording, do not compile.
/// *Cost*: none; nothing is copied.
/// *Laws*: `gae` of a recording gives what it gives of each episode alone, in both kinds of autoreset
/// (tests/experience/vectorised_environment.cpp).
/// *Use*:
///     [] {
///       auto const one_a_step = [](bellman::context const&, bellman::token) { return 1.0; };
///       auto const writer = bellman::with_start(
///           bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                      bellman::length_limit{2}, one_a_step),
///           bellman::dirac{bellman::context{}});
///       std::mt19937 urbg;
///       auto together = bellman::vectorised(writer, 3, bellman::same_step_autoreset{}, urbg);
///       auto const r = together.record(4, [](bellman::context const&) { return 1; }, urbg);
///       return r.transitions().size() == 12 && r.finished().size() == 6 && r.reward(0) == 1.0;
///     }()
template <class S, class A, class R>
class vectorised_recording {
 public:
  constexpr explicit vectorised_recording(internal::recorded_rows<S, A, R> its_rows) : rows_(std::move(its_rows)) {}

  constexpr steps_of_sequences shape() const { return {size() / rows_.environments, rows_.environments}; }

  constexpr std::span<S const> states() const& { return rows_.states; }
  void states() const&& = delete;
  constexpr auto actions() const& { return time_major(rows_.actions, rows_.environments); }
  void actions() const&& = delete;
  constexpr auto rewards() const& { return time_major(rows_.rewards, rows_.environments); }
  void rewards() const&& = delete;
  constexpr std::span<std::size_t const> transitions() const& { return rows_.transitions; }
  void transitions() const&& = delete;
  constexpr std::span<finished_episode<internal::total_of_rewards_t<R>> const> finished() const& {
    return rows_.finished;
  }
  void finished() const&& = delete;

  constexpr S const& state(std::size_t place) const& { return rows_.states[checked(place)]; }
  void state(std::size_t) const&& = delete;
  constexpr A const& action(std::size_t place) const& { return rows_.actions[checked(place)]; }
  void action(std::size_t) const&& = delete;
  constexpr R const& reward(std::size_t place) const& { return rows_.rewards[checked(place)]; }
  void reward(std::size_t) const&& = delete;
  constexpr S const& next_state(std::size_t place) const& { return rows_.states[rows_.next[checked(place)]]; }
  void next_state(std::size_t) const&& = delete;

  template <class Values, class = typename internal::an_array_elsewhere<Values>::type::yes>
  [[nodiscard]] constexpr auto of_steps(Values&& values) const {
    check(values);
    return time_major_view(
        internal::rows{internal::place_of(values), shape().steps, rows_.environments, rows_.environments});
  }

  template <class Values, class = typename internal::an_array_elsewhere<Values>::type::yes>
  [[nodiscard]] constexpr auto steps(Values&& values) const& {
    check(values);
    auto const first = internal::place_of(values);
    using It = std::remove_const_t<decltype(first)>;
    using at_next = internal::value_of_next_state<It>;
    auto const after_last = first + static_cast<std::iter_difference_t<It>>(size());
    return internal::recorded(
        flags(rows_.terminated), flags(rows_.truncated),
        time_major_view(
            internal::rows{typename internal::placed_view<at_next>::iterator(at_next{first, rows_.next.data()}, 0),
                           shape().steps, rows_.environments, rows_.environments}),
        flags(rows_.own),
        std::ranges::subrange(after_last, after_last + static_cast<std::iter_difference_t<It>>(rows_.environments)));
  }
  template <class Values>
  void steps(Values&&) const&& = delete;

  [[nodiscard]] constexpr auto steps() const& {
    return internal::recorded(flags(rows_.terminated), flags(rows_.truncated), internal::nowhere{}, flags(rows_.own),
                              truncated<>{});
  }
  void steps() const&& = delete;

  friend bool operator==(vectorised_recording const&, vectorised_recording const&) = default;

 private:
  constexpr std::size_t size() const { return rows_.rewards.size(); }

  constexpr std::size_t checked(std::size_t place) const {
    if (place >= size()) detail::there_is_no_such_place_in_the_recording(place, size());
    return place;
  }
  template <class Values>
  constexpr void check(Values const& values) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(values));
    if (n != rows_.states.size()) {
      detail::there_must_be_a_value_for_each_state_of_the_recording(n, rows_.states.size());
    }
  }
  constexpr auto flags(internal::vector<unsigned char> const& all) const { return time_major(all, rows_.environments); }

  internal::recorded_rows<S, A, R> rows_;
};

}  // namespace bellman
