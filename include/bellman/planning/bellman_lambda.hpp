// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/internal/enclosed_actions.hpp>
#include <bellman/planning/internal/enclosed_gain.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/internal/table_with_rewards.hpp>
#include <bellman/planning/internal/where_and_values.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/planning/tabular_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/internal/requirements.hpp>
#include <bellman/value/internal/rules.hpp>

#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

/// The operator `T_lambda` of a policy: what `bellman_lambda` returns.
template <environment E, class Op>
class lambda_operator {
  using table_type = typename Op::environment_type;

 public:
  using scalar_type = std::remove_cvref_t<decltype(std::declval<Op const&>().gamma())>;

  constexpr lambda_operator(Op its_op, scalar_type its_lambda)
      : op_(std::move(its_op)), lambda_(std::move(its_lambda)) {
    if (!internal::is_in_the_unit_interval(lambda_)) internal::lambda_must_lie_between_zero_and_one(lambda_);
  }

  /// The value function `T_lambda v`, with bounds as of `state_value`; `v` is any callable of a state.
  template <class V, class = typename internal::a_value_function_of<V, E>::type::yes>
  constexpr auto operator()(V const& v) const {
    using W = typename internal::value_from<E, Op, V>::type;
    using X = internal::enclosing_t<W>;
    table_type const& t = op_.environment();
    auto const before = internal::enclosed_values(internal::values_by_number<E, W>(t, v));
    auto const q = op_.action_values(internal::table_values<X>{before.data()});
    // `w = T((1 - lambda) v + lambda w)`: the value of the policy where an action pays `(1 - lambda) q + lambda r`, and
    // what follows counts lambda gamma.
    bool const whole = lambda_ == scalar_type(1);
    scalar_type const rest = difference(scalar_type(1), lambda_);
    std::vector<W> rewards;
    rewards.reserve(t.slots());
    W off = scalar_traits<W>::zero();
    for (index_t s = 0; s < t.size(); ++s) {
      for (index_t const slot : t.actions(s)) {
        if (whole) {
          rewards.push_back(static_cast<W>(t.reward(slot)));
          continue;
        }
        X const all = X(q(s, slot));
        X const pays = sum(product(rest, all), product(lambda_, X(static_cast<W>(t.reward(slot)))));
        if constexpr (internal::rounds<W>) {
          // The rest of lambda has been rounded too.
          off = maximum(off, W(pays.error + internal::rounded<W>::unit * magnitude(all.value)));
          rewards.push_back(pays.value);
        } else {
          rewards.push_back(pays);
        }
      }
    }
    auto const with_them = internal::table_with_rewards(t, std::move(rewards));
    auto found = fixed_point_of(bellman_expectation(with_them, op_.choice().policy, product(lambda_, op_.gamma())));
    if constexpr (internal::rounds<W>) {
      if (!whole) widen(found, off);
    }
    return tabular_value<E, W, table_type>(t, std::move(found));
  }

  constexpr Op const& op() const& { return op_; }
  void op() const&& = delete;
  constexpr scalar_type lambda() const { return lambda_; }

 private:
  // By what the rounding of rewards and of `lambda gamma` may have moved the values.
  template <class W>
  constexpr void widen(bounded_values<W>& x, W const& of_rewards) const {
    using X = internal::rounded<W>;
    W most = of_rewards;
    for (index_t s = 0; s < x.values.size(); ++s) {
      most = maximum(most, W(of_rewards + X::unit * (magnitude(x.values[s]) + maximum(x.below[s], x.above[s]))));
    }
    W const leaves = difference(X(W(1)), product(X(W(lambda_)), X(W(op_.gamma())))).lower();
    W const by = W(0) < leaves ? W(most / leaves * (W(1) + W(8) * X::unit)) : (std::numeric_limits<W>::max)();
    for (index_t s = 0; s < x.values.size(); ++s) {
      if (op_.environment().terminal(s)) continue;
      x.below[s] = x.below[s] + by;
      x.above[s] = x.above[s] + by;
    }
  }

  Op op_;
  scalar_type lambda_;
};

namespace detail {

struct bellman_lambda_fn {
  template <class E, class Policy, class G, class L, class... Start, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                             internal::a_policy_of_means_for<Policy, Env>,
                                             internal::a_discount_of<G, Env>, internal::a_discount_of<L, Env>,
                                             internal::where_to_begin<Env, Start...>>::type::yes>
  constexpr auto operator()(E const& env, Policy const& policy, G const& gamma, L const& lambda,
                            Start const&... start) const {
    auto const t = internal::table_from<expected_outcome>(internal::environment_itself(env), start...);
    auto op = bellman_expectation(t, tabulate(t, policy), gamma);
    using result = lambda_operator<Env, decltype(op)>;
    return result(std::move(op), static_cast<typename result::scalar_type>(lambda));
  }
};

}  // namespace detail

/// `bellman_lambda(env, policy, gamma, lambda)`: the operator `T_lambda = (1 - lambda) sum_n lambda^(n-1) T_pi^n`, the
/// sum over n from 1 on, whose value of a state is the expectation of the `lambda_returns` from there: so `T_lambda v -
/// v` is that of `gae`.
///
/// It is `T_0 = T_pi` at one end and `V_pi` at the other. Applied, it solves `w = T_pi((1 - lambda) v + lambda w)`, as
/// `state_value` does, rather than adding up.
///
/// *Arguments*: an environment, a policy for it, a discount, a lambda in [0, 1]; last, where to begin, as for `solve`.
/// The operator takes any callable of a state and gives one.
/// *Errors*: `invalid_value` for a lambda outside [0, 1]; where lambda and gamma are 1 the policy must end from every
/// state; those of `tabulate` and of the discount.
/// *Cost*: a sweep and a `state_value`, when it is applied.
/// *Laws*: the fixed point is `state_value`; monotone; a contraction by `gamma (1 - lambda) / (1 - gamma lambda)`; the
/// expectation of `lambda_returns` and of `gae` over `trajectories`, exactly: tests/planning/bellman_lambda.cpp.
/// *Source*: Sutton and Barto 2018, section 12.1; Bertsekas and Tsitsiklis 1996, section 2.3.
/// *Use*:
///     bellman::bellman_lambda(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token) { return 1.0; }),
///         [](bellman::context const&) { return 1; }, 1.0, 0.5,
///         bellman::context{})([](bellman::context const&) { return 8.0; })(bellman::context{}) == 5.5
inline constexpr detail::bellman_lambda_fn bellman_lambda{};

}  // namespace bellman
