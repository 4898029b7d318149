// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/internal/elementwise.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/recorded_steps.hpp>

#include <utility>

namespace bellman::conventions {

namespace detail {

struct flags_at_step_fn {
  template <class Done, class Terminated, class NextValues,
            class = typename internal::every<internal::a_placed_column_of_flags<internal::of_one_t<Done>>,
                                             internal::a_placed_column_of_flags<internal::of_one_t<Terminated>>,
                                             internal::a_placed_column<internal::of_one_t<NextValues>>,
                                             internal::in_one_layout<Done, Terminated, NextValues>>::type::yes>
  constexpr auto operator()(Done&& done, Terminated&& is_terminated, NextValues&& next_values) const {
    common_length(done, is_terminated, next_values);
    auto const next = in_place(std::forward<NextValues>(next_values));
    return internal::recorded(in_place(std::forward<Terminated>(is_terminated)), in_place(std::forward<Done>(done)),
                              next, internal::nowhere{}, internal::last_of(next));
  }
};

}  // namespace detail

/// `flags_at_step(done, terminated, next_values)`: the steps of a recording whose flags stand at the step itself:
/// *done* where an episode ended in any way, *terminated* where it ended in a terminal state; and the values of the
/// states in which the steps arrived, the last of which comes after the recording.
///
/// *Arguments*: three ranges that outlive the result, or arrays of several sequences in one layout; of the values only
/// those of steps that were truncated are read, and the last.
/// *Errors*: `invalid_value` for two lengths that differ; an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     [done = std::array{true, true}, ends = std::array{false, true}, next = std::array{4.0, 0.0}] {
///       return bellman::returns_to_go(std::array{1.0, 2.0}, bellman::conventions::flags_at_step(done, ends, next),
///                                     0.5) == std::array{3.0, 2.0};
///     }()
inline constexpr detail::flags_at_step_fn flags_at_step{};

}  // namespace bellman::conventions
