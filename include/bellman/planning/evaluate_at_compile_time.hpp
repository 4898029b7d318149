// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/constant_solution.hpp>
#include <bellman/planning/internal/broken_rule.hpp>
#include <bellman/planning/internal/forms_of_operator.hpp>
#include <bellman/planning/internal/solved_at_compile_time.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <type_traits>

namespace bellman {

namespace detail {

template <auto env, auto policy, auto gamma, auto tolerance>
struct evaluate_at_compile_time_fn {
  template <class E = std::remove_cvref_t<decltype(env)>,
            class = typename internal::every<
                internal::solvable_at_compile_time<env, E, decltype(gamma), decltype(tolerance)>,
                internal::a_policy_of_means_for<decltype(policy), E>>::type::yes>
  constexpr auto operator()() const {
    using rows = internal::forms_of_policy<env, policy, gamma>;
    using solved = internal::solved_at_compile_time<env, rows, tolerance>;
    internal::tell<solved, rows>();
    return constant_value<env, solved>{};
  }
};

}  // namespace detail

/// `evaluate_at_compile_time<env, policy, gamma>()`, `evaluate_at_compile_time<env, policy, gamma, tolerance>()`:
/// `state_value(env, policy, gamma)` by the compiler, as constants with bounds.
///
/// *Arguments*: template arguments: those of `solve_at_compile_time`, and a policy, any structural value, such as a
/// lambda that captures nothing.
/// *Errors*: does not compile, the compiler naming the rule, for all that `state_value` refuses and for a tolerance
/// that cannot be reached.
/// *Cost*: of the compiler; at run time none.
/// *Laws*: the bounds contain what `state_value` finds in exact numbers: tests/planning.
/// *Source*: foundation text, 2.2.
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
///       constexpr auto v = bellman::evaluate_at_compile_time<coin{}, [](int) { return 0; }, 0.5>();
///       return v.lower(0) <= 2.0 && v.upper(0) >= 2.0;
///     }()
template <auto env, auto policy, auto gamma, auto tolerance = internal::as_usual>
inline constexpr detail::evaluate_at_compile_time_fn<env, policy, gamma, tolerance> evaluate_at_compile_time{};

}  // namespace bellman
