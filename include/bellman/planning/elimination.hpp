// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/internal/components.hpp>
#include <bellman/planning/solving_method.hpp>

namespace bellman {

/// `elimination{}`: solve directly: one backward sweep where nothing comes back, elimination of the unknowns where
/// something does. Exact in exact scalars, whose error bound is 0; of other scalars the bound is 0 too and leaves
/// rounding aside.
///
/// *Errors*: `invalid_value` where, with a discount of 1, the policy never ends from some state.
/// *Cost*: O(transitions), and up to O(m^3) for m states that lead to each other.
/// *Source*: Sutton and Barto, section 4.1.
/// *Use*:
///     bellman::solve(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         1.0, bellman::context{}, bellman::elimination{}).value(bellman::context{}) == 2.0
struct elimination {
  template <class Problem>
  constexpr auto operator()(Problem const& problem) const {
    return internal::solved_by_components(problem, internal::components(problem.table(), problem.active()));
  }
};

template <>
inline constexpr bool is_solving_method_v<elimination> = true;

}  // namespace bellman
