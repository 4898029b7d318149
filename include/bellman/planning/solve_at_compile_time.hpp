// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/constant_solution.hpp>
#include <bellman/planning/internal/broken_rule.hpp>
#include <bellman/planning/internal/forms_of_operator.hpp>
#include <bellman/planning/internal/solved_at_compile_time.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <type_traits>

namespace bellman {

namespace detail {

template <auto env, auto gamma, auto tolerance>
struct solve_at_compile_time_fn {
  template <class E = std::remove_cvref_t<decltype(env)>,
            class = typename internal::every<
                internal::solvable_at_compile_time<env, E, decltype(gamma), decltype(tolerance)>>::type::yes>
  constexpr auto operator()() const {
    using rows = internal::forms_of_actions<env, gamma>;
    using solved = internal::solved_at_compile_time<env, rows, tolerance>;
    internal::tell<solved, rows>();
    return constant_solution<env, solved>{};
  }
};

}  // namespace detail

/// `solve_at_compile_time<env, gamma>()`, `solve_at_compile_time<env, gamma, tolerance>()`: `solve(env, gamma)` by the
/// compiler: the optimal value with bounds, and a policy that attains it, as constants.
///
/// The operator is applied to unknowns once, which gives the affine form of each action of each state; what is iterated
/// is the forms. It runs as a chain of constants, each within the steps that g++ and clang grant one by default.
///
/// *Arguments*: template arguments: a finite environment, any structural value, such as an object of an empty class;
/// a discount, a number or a `std::ratio`, which is exact beside exact rewards; how far values may be off relative to
/// the largest, 0 for as much as rounding allows; 1e-9, or what rounding allows, if nothing is said. Rewards are
/// floating-point or exact numbers.
/// *Errors*: does not compile, the compiler naming the rule, for all that `solve` refuses, for a tolerance that cannot
/// be reached, and, in floating point with a discount of 1, for what has no certificate: a way to go round for nothing
/// that is as good as any other, which exact rewards decide.
/// *Cost*: of the compiler; at run time none.
/// *Laws*: the bounds contain what `solve` finds in exact numbers: tests/planning.
/// *Source*: Puterman, chapter 6.
/// *Use*:
///     [] {
///       struct coin {
///         using state_type = int;
///         using action_type = int;
///         using reward_type = double;
///         constexpr auto states() const { return std::array{0, 1}; }
///         constexpr auto actions(int) const { return std::array{0, 1}; }
///         constexpr bool terminal(int s) const { return s == 1; }
///         constexpr auto transition(int, int a) const { return bellman::dirac{bellman::outcome{1.0 - a, a}}; }
///       };
///       constexpr auto solution = bellman::solve_at_compile_time<coin{}, 0.5>();
///       return solution.policy(0) == 0 && solution.value.lower(0) <= 2.0 && solution.value.upper(0) >= 2.0;
///     }()
template <auto env, auto gamma, auto tolerance = internal::as_usual>
inline constexpr detail::solve_at_compile_time_fn<env, gamma, tolerance> solve_at_compile_time{};

}  // namespace bellman
