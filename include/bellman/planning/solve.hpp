// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/internal/choice_over_table.hpp>
#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/internal/components.hpp>
#include <bellman/planning/internal/enclosed_gain.hpp>
#include <bellman/planning/internal/other_numbers.hpp>
#include <bellman/planning/internal/over_numbers.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/internal/where_and_how.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/optimal_policy.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/planning/tabular_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <type_traits>
#include <utility>

namespace bellman {

/// The optimal value and a policy that attains it: `auto [v_star, pi_star] = solve(env, gamma)`.
template <class Value, class Policy>
struct solution {
  Value value;
  Policy policy;
};

namespace refused {

struct what_is_solved_is_an_environment_with_a_discount_or_a_bellman_operator {};
struct an_operator_has_its_certainty_equivalent_already {};

}  // namespace refused

namespace detail {

// The operators over a table that are solved, where a method must fit one.
template <class E, class G, class Equivalent>
struct operator_of_the_best {
  using type = decltype(bellman_optimality(std::declval<internal::table_for<Equivalent, E> const&>(),
                                           std::declval<G const&>(), std::declval<Equivalent const&>()));
};
template <class Op>
struct operator_over_its_table {
  using environment = typename Op::environment_type;
  using table = internal::table_for<typename Op::equivalent_type, environment>;
  using type = decltype(bellman_operator(
      std::declval<table const&>(),
      internal::choice_over_table<environment>(std::declval<table const&>(), std::declval<environment const&>(),
                                               std::declval<Op const&>().choice()),
      discount(std::declval<Op const&>().gamma()), std::declval<Op const&>().equivalent()));
};

template <class Op>
struct an_operator_whose_values_can_be_bounded
    : internal::an_operator_that_can_lose_its_derivatives<typename operator_over_its_table<Op>::type> {};

// What may stand behind an operator: where to begin and a method.
template <class Op, class... Rest>
struct an_operator_where_and_how {
  using type = refused::what_is_solved_is_an_environment_with_a_discount_or_a_bellman_operator;
};
template <class Op, class... Rest>
  requires internal::is_bellman_operator<Op>
struct an_operator_where_and_how<Op, Rest...>
    : internal::every<internal::rule<!internal::begins_with_an_equivalent<Rest...>,
                                     refused::an_operator_has_its_certainty_equivalent_already>,
                      internal::where_and_how_to_solve<typename Op::environment_type, Rest...>,
                      internal::an_operator_with_a_choice<Op>, an_operator_whose_values_can_be_bounded<Op>,
                      internal::a_method_of_these_that_solves<operator_over_its_table<Op>, Rest...>> {
};

struct solve_fn {
  template <class E, class G, class... Rest, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<
                internal::an_environment<Env>, internal::rewards_with_a_mean<Env>, internal::rewards_with_an_order<Env>,
                internal::a_discount_of<G, Env>, internal::where_and_how_to_solve<Env, Rest...>,
                internal::a_method_of_these_that_solves<
                    operator_of_the_best<Env, G, internal::equivalent_among_t<Rest...>>, Rest...>>::type::yes>
  constexpr auto operator()(E const& env, G const& gamma, Rest const&... rest) const {
    return solve_table<Env>(internal::table_from<internal::equivalent_among_t<Rest...>>(
                                internal::environment_itself(env), internal::start_among(rest...)),
                            gamma, internal::equivalent_among(rest...), internal::method_among(rest...));
  }

  template <class Op, class... Rest, class = typename an_operator_where_and_how<Op, Rest...>::type::yes>
  constexpr auto operator()(Op const& op, Rest const&... rest) const {
    using E = typename Op::environment_type;
    auto const& env = op.environment();
    auto const t = internal::table_from<typename Op::equivalent_type>(env, internal::start_among(rest...));
    bellman_operator const over_table(t, internal::choice_over_table<E>(t, env, op.choice()), discount(op.gamma()),
                                      op.equivalent());
    auto found = fixed_point_of(over_table, internal::method_among(rest...));
    using V = typename decltype(found.values)::value_type;
    return tabular_value<E, V, std::remove_const_t<decltype(t)>>(t, std::move(found));
  }

 private:
  template <class E, class Table, class G, class Equivalent, class Method>
  static constexpr auto solve_table(Table const& t, G const& gamma, Equivalent const& equivalent, Method const& how) {
    auto const checked = discount_for<typename Table::reward_type>(gamma);
    auto const op = bellman_optimality(t, checked, equivalent);
    auto found = fixed_point_of(op, how);
    using V = typename decltype(found.values)::value_type;
    auto policy = [&] {
      if constexpr (internal::has_derivatives<V>) {
        auto const without = internal::without_derivatives_of(op);
        return policy_of<E>(t, internal::over_numbers(without.op()), without.of(found));
      } else {
        return policy_of<E>(t, internal::over_numbers(op), found);
      }
    }();
    return solution<tabular_value<E, V, Table>, optimal_policy<E, Table>>{
        tabular_value<E, V, Table>(t, std::move(found)), std::move(policy)};
  }

  template <class E, class Table, class Op, class V>
  static constexpr optimal_policy<E, Table> policy_of(Table const& t, Op const& op, bounded_values<V> const& x) {
    if constexpr (internal::has_bounds<V>) {
      auto const q = op.action_values(internal::table_values<V>{x.values.data()});
      return internal::policy_of_values<E>(t, x.slots, [&](index_t s, index_t slot) {
        V const here = q(s, slot);
        bool const attains = !(scalar_traits<V>::lower(here) < scalar_traits<V>::lower(x.values[s]));
        return internal::standing{!(here < x.values[s]), attains};
      });
    } else {
      internal::vector<index_t> slots = x.slots;
      internal::vector<index_t> place;
      internal::state_components const none;
      using component_type = internal::component<Op, V>;
      using X = internal::enclosing_t<V>;
      component_type const all(op, none, slots, place);
      internal::enclosed_gain<component_type, V, internal::side::above> upper(all, x.values.data(), x.above.data());
      internal::enclosed_gain<component_type, V, internal::side::below> lower(all, x.values.data(), x.below.data());
      bool certain = is_exact_v<V>;  // then both gains are one
      for (index_t s = 0; certain && s < t.size(); ++s) certain = is_zero(x.above[s]) && is_zero(x.below[s]);
      return internal::policy_of_values<E>(t, x.slots, [&](index_t s, index_t slot) {
        upper.turn_to(s);
        X const width = sum(X(x.above[s]), X(x.below[s]));
        bool const may_be_best = !(internal::upper_bound_of(sum(upper(slot), width)) < V(0));
        if (certain || !may_be_best) return internal::standing{may_be_best, may_be_best};
        lower.turn_to(s);
        V const least = internal::lower_bound_of(lower(slot));
        return internal::standing{true, V(0) < least || least == V(0)};
      });
    }
  }
};

}  // namespace detail

/// `solve(env, gamma)`: the optimal value `V*`, the fixed point of `bellman_optimality(env, gamma)`, and a policy that
/// attains it: `auto [v_star, pi_star] = solve(env, gamma)`.
///
/// Both are callables of a state; `v_star.lower(s) <= V*(s) <= v_star.upper(s)`, always, for the numbers of the table
/// that `tabulate` makes, and the policy is worth at least `lower`. `solve(env, gamma, start)` solves what can be
/// reached from `start`; `solve(env, gamma, worst_case{})` combines the outcomes of an action otherwise than by their
/// mean. The order is that of `state_value`.
///
/// `solve(op)`, `solve(op, start, method)`: the fixed point of a Bellman operator over any environment, a value
/// function with such bounds. It may have a choice of one's own, which is given the environment, a state and its action
/// values `q(a)`, as `greedy_choice` is. A choice says what a state is worth and not what is done there, so there is no
/// policy.
///
/// *Arguments*: an environment whose rewards have an order, a discount; a certainty equivalent, `start` and a last
/// argument that chooses the method: as for `state_value`. A choice must be monotone, and a constant that is added to
/// all action values must come out again; it must combine them by `sum`, `product`, `maximum` and the like, since it is
/// given numbers with their rounding too, and to compare these would lose it.
/// *Errors*: with a discount of 1 every state must be able to end, unless nothing but 0 can be had from it, and no
/// policy that never ends may do better than those that do; otherwise `invalid_value` names a state. Where no bound can
/// be certified, and where values leave the range of the numbers. Those of `tabulate` and of the discount. A choice
/// that asks for an action that the state does not have. In exact numbers an operator with a choice of one's own has a
/// fixed point only where no state comes back.
/// *Cost*: O(transitions) a sweep; the room's page says which method takes how many. A choice of one's own looks up
/// each action that it asks for among those of the state.
/// *Laws*: `bellman_optimality(env, gamma)(v_star) == v_star` in exact numbers; `v_star >= V_pi` for every policy:
/// tests/laws.
/// *Source*: Sutton and Barto, chapter 4; Puterman, chapters 6 and 7; policy iteration: Howard 1960; bounds from
/// `T u <= u` and `l <= T l`: Puterman, theorem 6.2.2.
/// *Use*:
///     bellman::solve(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         0.5, bellman::context{}).policy.optimal_actions(bellman::context{}).front() == 1
inline constexpr detail::solve_fn solve{};

}  // namespace bellman
