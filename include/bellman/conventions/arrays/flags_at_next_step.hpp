// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/from.hpp>
#include <bellman/conventions/arrays/value_unless.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/recorded_steps.hpp>

#include <utility>

namespace bellman::conventions {

namespace detail {

struct flags_at_next_step_fn {
  template <class Starts, class Flag, class V,
            class = typename internal::every<internal::a_placed_column_of_flags<internal::of_one_t<Starts>>,
                                             internal::of_steps_in_common<Starts>,
                                             internal::a_flag_and_a_value_behind<Starts, Flag, V>>::type::yes>
  constexpr auto operator()(Starts&& starts, Flag&& next_starts, V&& next_value) const {
    return internal::recorded(from(std::forward<Starts>(starts), 1), internal::nowhere{}, internal::nowhere{},
                              internal::nowhere{},
                              value_unless(std::forward<Flag>(next_starts), std::forward<V>(next_value)));
  }
};

}  // namespace detail

/// `flags_at_next_step(starts, next_starts, next_value)`: the steps of a recording whose flag t says that observation t
/// is the first of an episode: step t was the last of one where flag t + 1 is set. Every end counts as a termination.
///
/// *Arguments*: a range of flags that outlives the result; the flag of the observation after the recording and its
/// value. Of several sequences, `time_major` or `batch_major` arrays of flags; one flag and one value for all, or
/// ranges with one of each for each sequence, that outlive the result.
/// *Errors*: an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     [starts = std::array{true, true}] {
///       return bellman::returns_to_go(std::array{1.0, 2.0},
///                                     bellman::conventions::flags_at_next_step(starts, false, 8.0),
///                                     0.5) == std::array{1.0, 6.0};
///     }()
inline constexpr detail::flags_at_next_step_fn flags_at_next_step{};

}  // namespace bellman::conventions
