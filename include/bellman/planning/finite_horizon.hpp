// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/shared.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/internal/enclosed_actions.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/internal/where_and_values.hpp>
#include <bellman/planning/optimal_policy.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct by_steps_to_go_gives_a_policy_of_the_environment_for_each_number_of_steps {};

}  // namespace refused

/// `by_steps_to_go{f}`: a policy that changes with time: with k steps to go, 1 for the last, it is `f(k)`.
///
/// *Use*:
///     bellman::by_steps_to_go{[](std::size_t k) { return [k](int) { return k == 1; }; }}.policy(1)(7)
template <class F>
struct by_steps_to_go {
  F policy;
};

template <class F>
by_steps_to_go(F) -> by_steps_to_go<F>;

namespace detail {

[[noreturn]] inline void so_many_steps_must_lie_within_the_horizon(std::size_t k, std::size_t n) {
  internal::refuse("bellman: the horizon has " + std::to_string(n) + " steps, and " + std::to_string(k) +
                   " to go are asked for");
}
[[noreturn]] inline void with_no_step_to_go_there_is_nothing_to_do() {
  internal::refuse("bellman: with no step to go there is no action; a policy is asked for with 1 to n steps to go");
}

}  // namespace detail

/// The value of a policy for each number of steps to go: what `finite_horizon_value` returns. Copies share the numbers.
///
/// *Errors*: `invalid_value` for more steps than the horizon has.
template <environment E, class V, class Table = internal::table_of<E>>
class finite_horizon_values {
 public:
  using value_type = tabular_value<E, V, Table>;

  constexpr explicit finite_horizon_values(std::vector<value_type> by_steps)
      : values_(internal::shared<std::vector<value_type>>::make(std::move(by_steps))) {}

  /// How many steps the horizon has.
  constexpr std::size_t steps() const { return values_->size() - 1; }
  /// The value with k steps to go: `T^k` of the value at the end, with bounds of what rounding may have done to it.
  constexpr value_type value(std::size_t k) const {
    if (k > steps()) detail::so_many_steps_must_lie_within_the_horizon(k, steps());
    return (*values_)[k];
  }

 private:
  internal::shared<std::vector<value_type>> values_;
};

/// The best value for each number of steps to go, and a policy that attains it: what `finite_horizon` returns.
template <environment E, class V, class Op, class Table = internal::table_of<E>>
class finite_horizon_solution : public finite_horizon_values<E, V, Table> {
 public:
  constexpr finite_horizon_solution(Op its_op, finite_horizon_values<E, V, Table> its_values)
      : finite_horizon_values<E, V, Table>(std::move(its_values)), op_(std::move(its_op)) {}

  /// What is best with k steps to go, 1 to n, with all ties. Costs a sweep.
  constexpr optimal_policy<E, Table> policy(std::size_t k) const {
    if (k == 0) detail::with_no_step_to_go_there_is_nothing_to_do();
    auto const after = this->value(k);
    auto const behind = this->value(k - 1);
    internal::enclosed_actions<Op, V> const q(op_, behind.bounded());
    auto const nobody = [](index_t) { return false; };
    return internal::best_of_actions(after.table(), q, nobody).template policy<E>();
  }

 private:
  Op op_;
};

namespace detail {

template <class Policy, class E>
struct a_policy_of_time : internal::a_policy_of_means_for<Policy, E> {};
template <class F, class E>
struct a_policy_of_time<by_steps_to_go<F>, E> {
  static consteval auto judge() {
    if constexpr (!std::is_invocable_v<F const&, std::size_t>) {
      return refused::by_steps_to_go_gives_a_policy_of_the_environment_for_each_number_of_steps{};
    } else {
      return typename internal::a_policy_of_means_for<std::remove_cvref_t<std::invoke_result_t<F const&, std::size_t>>,
                                                      E>::type{};
    }
  }
  using type = decltype(judge());
};

// The operator n times, `op_of(k)` with k steps to go: all values on the way, each enclosed.
template <class E, class V, class Table, class OpOf, class End>
constexpr finite_horizon_values<E, V, Table> values_to_the_horizon(Table const& t, OpOf const& op_of, std::size_t n,
                                                                   End const& end) {
  auto x = internal::values_by_number<E, V>(t, end);
  std::vector<tabular_value<E, V, Table>> all;
  all.reserve(n + 1);
  all.emplace_back(t, x);
  for (std::size_t k = 1; k <= n; ++k) {
    x = internal::enclosed_sweep(op_of(k), x);
    all.emplace_back(t, x);
  }
  return finite_horizon_values<E, V, Table>(std::move(all));
}

struct finite_horizon_fn {
  template <class E, class G, class N, class... Rest, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                             internal::rewards_with_an_order<Env>, internal::a_discount_of<G, Env>,
                                             internal::a_number_of_steps<N>,
                                             internal::where_and_values<Env, Rest...>>::type::yes>
  constexpr auto operator()(E const& env, G const& gamma, N n, Rest const&... rest) const {
    return internal::read_where_and_values::in(
        internal::environment_itself(env),
        [&](auto const& equivalent, auto const& t, auto const& end) {
          using Table = std::remove_cvref_t<decltype(t)>;
          auto const op = bellman_optimality(t, gamma, equivalent);
          using Op = std::remove_const_t<decltype(op)>;
          using V = typename internal::value_from<Env, Op, std::remove_cvref_t<decltype(end)>>::type;
          return finite_horizon_solution<Env, V, Op, Table>(
              op, detail::values_to_the_horizon<Env, V>(
                      t, [&](std::size_t) -> Op const& { return op; }, internal::number_of_steps(n), end));
        },
        rest...);
  }
};

struct finite_horizon_value_fn {
  template <class E, class Policy, class G, class N, class... Rest, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                             a_policy_of_time<Policy, Env>, internal::a_discount_of<G, Env>,
                                             internal::a_number_of_steps<N>,
                                             internal::where_and_values<Env, Rest...>>::type::yes>
  constexpr auto operator()(E const& env, Policy const& policy, G const& gamma, N n, Rest const&... rest) const {
    return internal::read_where_and_values::in(
        internal::environment_itself(env),
        [&](auto const& equivalent, auto const& t, auto const& end) {
          using End = std::remove_cvref_t<decltype(end)>;
          auto const op_of = operators(t, policy, gamma, equivalent);
          using Op = std::remove_cvref_t<decltype(op_of(std::size_t{1}))>;
          using V = typename internal::value_from<Env, Op, End>::type;
          return detail::values_to_the_horizon<Env, V>(t, op_of, internal::number_of_steps(n), end);
        },
        rest...);
  }

 private:
  template <class Table, class Policy, class G, class Equivalent>
  static constexpr auto operators(Table const& t, Policy const& policy, G const& gamma, Equivalent const& equivalent) {
    return [op = bellman_expectation(t, tabulate(t, policy), gamma, equivalent)](std::size_t) { return op; };
  }
  template <class Table, class F, class G, class Equivalent>
  static constexpr auto operators(Table const& t, by_steps_to_go<F> const& policy, G const& gamma,
                                  Equivalent const& equivalent) {
    return [&t, &policy, &gamma, &equivalent](std::size_t k) {
      return bellman_expectation(t, tabulate(t, policy.policy(k)), gamma, equivalent);
    };
  }
};

}  // namespace detail

/// `finite_horizon(env, gamma, n)`: the best value and policy of a task of n steps, for each number of steps to go:
/// `value(k) = T* value(k - 1)`, and `policy(k)` is greedy by `value(k - 1)`.
///
/// `finite_horizon(env, gamma, n, start, v)`: of what can be reached from `start`; `v(s)` is what a state is worth
/// where no step is left, 0 if it is not given. Either may be left out.
///
/// *Arguments*: an environment whose rewards have an order, a discount, which may be 1 whether or not anything ends, a
/// number of steps. `start`: as for `solve`. `v`: any callable of a state; in a terminal state it counts as 0 and is
/// not called. In front of both a `certainty_equivalent` may stand.
/// *Errors*: `invalid_value` for a horizon below 0 and a number of steps beyond it; those of `tabulate` and of the
/// discount.
/// *Cost*: O(n transitions) in time, O(n states) in memory; `policy(k)` costs one sweep.
/// *Laws*: `value(k)` is the best over all policies of the expected return of k steps and `v` behind them, that of
/// `finite_horizon_value` of its own policies; of an environment that ends within n steps it is `solve`'s:
/// tests/planning/finite_horizon.cpp.
/// *Source*: Puterman 2005, section 4.5; Bellman 1957.
/// *Use*:
///     bellman::finite_horizon(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{3},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         1, 2, bellman::context{}).value(2)(bellman::context{}) == 2.0
inline constexpr detail::finite_horizon_fn finite_horizon{};

/// `finite_horizon_value(env, policy, gamma, n)`: the value of a policy for each number of steps to go, 0 to n:
/// `value(k) = T_pi value(k - 1)`.
///
/// *Arguments*: as for `finite_horizon`; a policy, or `by_steps_to_go{f}`, a policy for each number of steps to go.
/// Rewards may be vectors.
/// *Errors*: those of `finite_horizon`, and of a policy's table.
/// *Cost*: that of `finite_horizon`.
/// *Laws*: `value(k)` is the expected return of k steps and `v` behind them: tests/planning/finite_horizon.cpp.
/// *Use*:
///     bellman::finite_horizon_value(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{3},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         [](bellman::context const&) { return 1; }, 0.5, 2, bellman::context{}).value(2)(bellman::context{}) == 1.5
inline constexpr detail::finite_horizon_value_fn finite_horizon_value{};

}  // namespace bellman
