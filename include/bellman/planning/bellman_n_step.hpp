// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/internal/enclosed_actions.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/internal/where_and_values.hpp>
#include <bellman/planning/tabular_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <cstddef>
#include <utility>

namespace bellman {

/// The operator `T_pi` n times: what `bellman_n_step` returns.
template <environment E, class Op>
class n_step_operator {
 public:
  constexpr n_step_operator(Op its_op, std::size_t n) : op_(std::move(its_op)), n_(n) {}

  /// The value function `T^n v`, with bounds of what rounding may have done; `v` is any callable of a state.
  template <class V, class = typename internal::a_value_function_of<V, E>::type::yes>
  constexpr auto operator()(V const& v) const {
    using W = typename internal::value_from<E, Op, V>::type;
    auto now = internal::values_by_number<E, W>(op_.environment(), v);
    for (std::size_t k = 0; k < n_; ++k) now = internal::enclosed_sweep(op_, now);
    return tabular_value<E, W, typename Op::environment_type>(op_.environment(), std::move(now));
  }

  constexpr Op const& op() const& { return op_; }
  void op() const&& = delete;
  constexpr std::size_t steps() const { return n_; }

 private:
  Op op_;
  std::size_t n_;
};

namespace detail {

struct bellman_n_step_fn {
  template <class E, class Policy, class G, class N, class... Start, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                             internal::a_policy_of_means_for<Policy, Env>,
                                             internal::a_discount_of<G, Env>, internal::a_number_of_steps<N>,
                                             internal::where_to_begin<Env, Start...>>::type::yes>
  constexpr auto operator()(E const& env, Policy const& policy, G const& gamma, N n, Start const&... start) const {
    auto const t = internal::table_from<expected_outcome>(internal::environment_itself(env), start...);
    auto op = bellman_expectation(t, tabulate(t, policy), gamma);
    return n_step_operator<Env, decltype(op)>(std::move(op), internal::number_of_steps(n));
  }
};

}  // namespace detail

/// `bellman_n_step(env, policy, gamma, n)`: the operator `T_pi^n`, whose value of a state is the expectation of the
/// `n_step_returns` from there: `E_pi[R_t + ... + gamma^(n-1) R_{t+n-1} + gamma^n v(S_{t+n})]`.
///
/// *Arguments*: an environment, a policy for it, a discount, a number of steps; last, where to begin, as for `solve`.
/// The operator takes any callable of a state and gives one.
/// *Errors*: `invalid_value` for a number of steps below 0; those of `tabulate` and of the discount.
/// *Cost*: n sweeps, when it is applied.
/// *Laws*: the fixed point is `state_value`; monotone; a contraction by `gamma^n`; the expectation of `n_step_returns`
/// over `trajectories`, exactly: tests/planning/bellman_n_step.cpp.
/// *Source*: Sutton and Barto 2018, (7.1), (7.3).
/// *Use*:
///     bellman::bellman_n_step(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{3},
///                                    [](bellman::context const&, bellman::token) { return 1.0; }),
///         [](bellman::context const&) { return 1; }, 0.5, 2,
///         bellman::context{})([](bellman::context const&) { return 8.0; })(bellman::context{}) == 3.5
inline constexpr detail::bellman_n_step_fn bellman_n_step{};

}  // namespace bellman
