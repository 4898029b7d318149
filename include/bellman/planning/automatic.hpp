// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/internal/components.hpp>
#include <bellman/planning/iteration.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <concepts>
#include <cstddef>

namespace bellman {

/// `automatic{}`: solve as the environment allows: as `elimination`, but as `iteration` where that is estimated to take
/// less. That is so for floating-point values, a discount below 1, and more than `largest_elimination` states that lead
/// to each other, when the sweeps that the discount asks for, times the transitions, are fewer than the cube of the
/// number of those states.
///
/// *Errors*: those of `elimination`.
/// *Cost*: the lesser of the two, as it is estimated.
/// *Use*:
///     bellman::solve(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         1.0, bellman::context{}, bellman::automatic{}).value(bellman::context{}) == 2.0
struct automatic {
  static constexpr std::size_t largest_elimination = 512;

  template <class Problem>
  constexpr auto operator()(Problem const& problem) const {
    auto const cs = internal::components(problem.table(), problem.active());
    if constexpr (std::floating_point<typename Problem::value_type>) {
      if (prefers_iteration(problem, cs)) return iteration{}(problem);
    }
    return internal::solved_by_components(problem, cs);
  }

 private:
  template <class Problem>
  static constexpr bool prefers_iteration(Problem const& problem, internal::state_components const& cs) {
    if (!(problem.gamma() < 1)) return false;
    auto const& t = problem.table();
    double together = 0;
    for (std::size_t c = 0; c < cs.size(); ++c) {
      double const n = static_cast<double>(cs.size(c));
      if (cs.size(c) > largest_elimination && internal::is_cyclic(t, cs, c, problem.active())) {
        together += product(n, n * n);
      }
    }
    double const sweeps = 30.0 / (1.0 - static_cast<double>(problem.gamma()));
    return sweeps * static_cast<double>(t.transitions()) < together;
  }
};

template <>
inline constexpr bool is_solving_method_v<automatic> = true;

}  // namespace bellman
