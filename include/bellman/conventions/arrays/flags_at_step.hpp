// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/ended_step.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/recorded_steps.hpp>

#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman::conventions {

namespace detail {

struct flags_at_step_fn {
  template <std::ranges::random_access_range Done, std::ranges::random_access_range Terminated,
            std::ranges::random_access_range NextValues>
  constexpr auto operator()(Done&& done, Terminated&& is_terminated, NextValues&& next_values) const {
    std::size_t const n = common_length(done, is_terminated, next_values);
    auto const last_step = last(n, is_terminated, next_values);
    return recorded_steps{in_place(std::forward<Terminated>(is_terminated)), in_place(std::forward<Done>(done)),
                          in_place(std::forward<NextValues>(next_values)), internal::nowhere{}, last_step};
  }

 private:
  template <class Terminated, class NextValues>
  static constexpr auto last(std::size_t n, Terminated const& is_terminated, NextValues const& next_values) {
    using T = std::ranges::range_value_t<Terminated>;
    using X = std::ranges::range_value_t<NextValues>;
    if (n == 0) return decltype(ended_step(T(), X()))(terminated{});
    return ended_step(number_at(is_terminated, n - 1), number_at(next_values, n - 1));
  }
};

}  // namespace detail

/// `flags_at_step(done, terminated, next_values)`: the steps of a recording whose flags stand at the step itself:
/// *done* where an episode ended in any way, *terminated* where it ended in a terminal state; and the values of the
/// states in which the steps arrived. The recording's last step is truncated where it is not terminated.
///
/// *Arguments*: three ranges that outlive the result; of the values only those of steps that were truncated are read.
/// *Errors*: `invalid_value` for two lengths that differ; an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     [done = std::array{true, true}, ends = std::array{false, true}, next = std::array{4.0, 0.0}] {
///       return bellman::returns_to_go(std::array{1.0, 2.0}, bellman::conventions::flags_at_step(done, ends, next),
///                                     0.5) == std::array{3.0, 2.0};
///     }()
inline constexpr detail::flags_at_step_fn flags_at_step{};

}  // namespace bellman::conventions
