// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/planning/tabular_policy.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/choice.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <concepts>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct the_environment_lists_no_states_and_has_no_start_so_say_where_to_begin {};
struct to_begin_in_takes_a_state_a_distribution_over_states_or_a_range_of_states {};
struct after_the_discount_comes_where_to_begin_or_a_solving_method_or_both_in_this_order {};
struct the_last_argument_must_be_a_solving_method_of_which_is_solving_method_v_is_true {};
struct the_solving_method_has_no_call_operator_of_a_problem {};
struct the_call_operator_of_the_solving_method_must_return_a_vector_of_the_value_type {};
struct a_fixed_point_is_that_of_a_bellman_operator_over_a_table {};
struct a_choice_is_called_with_the_environment_a_state_and_its_action_values {};
struct values_are_certified_as_a_vector_of_the_operators_numbers {};
struct of_intervals_and_vectors_no_radius_is_certified {};
struct a_method_of_ones_own_proposes_no_intervals_which_cannot_be_certified {};
struct a_table_is_tabulated_with_a_policy_for_its_environment_or_for_itself {};

}  // namespace refused

namespace internal {

// Each takes an environment for granted: it stands behind `an_environment<E>`.

template <class Range, class E>
concept range_of_states =
    std::ranges::input_range<Range const> && names_a_state<std::ranges::range_reference_t<Range const>, E>;

template <class Start, class E>
concept says_where_to_begin =
    names_a_state<Start, E> || distribution_over<Start, state_t<E>> || range_of_states<Start, E>;

/// An environment of which it is known what to tabulate.
template <class E>
struct a_listing {
  using type = typename rule<(finite_environment<E> || episodic_environment<E>),
                             refused::the_environment_lists_no_states_and_has_no_start_so_say_where_to_begin>::type;
};

/// Where to begin in an environment.
template <class Start, class E>
struct a_place_to_begin {
  using type = typename rule<says_where_to_begin<Start, E>,
                             refused::to_begin_in_takes_a_state_a_distribution_over_states_or_a_range_of_states>::type;
};

/// Where to begin in an environment, or nothing if it is known what to tabulate.
template <class E, class... Start>
struct where_to_begin {
  using type = refused::to_begin_in_takes_a_state_a_distribution_over_states_or_a_range_of_states;
};
template <class E>
struct where_to_begin<E> : a_listing<E> {};
template <class E, class Start>
struct where_to_begin<E, Start> : a_place_to_begin<Start, E> {};

/// What may stand behind the discount: where to begin, a solving method, both in this order, or nothing.
template <class E, class... Rest>
struct where_and_how {
  using type = refused::after_the_discount_comes_where_to_begin_or_a_solving_method_or_both_in_this_order;
};
template <class E>
struct where_and_how<E> {
  using type = accepted;
};
template <class E, class X>
struct where_and_how<E, X> {
  using type =
      typename rule<(solving_method<X> || says_where_to_begin<X, E>),
                    refused::after_the_discount_comes_where_to_begin_or_a_solving_method_or_both_in_this_order>::type;
};
template <class E, class Start, class Method>
struct where_and_how<E, Start, Method> {
  using type = typename every<
      rule<!solving_method<Start>,
           refused::after_the_discount_comes_where_to_begin_or_a_solving_method_or_both_in_this_order>,
      a_place_to_begin<Start, E>,
      rule<solving_method<Method>,
           refused::the_last_argument_must_be_a_solving_method_of_which_is_solving_method_v_is_true>>::type;
};

template <class... Rest>
inline constexpr bool begins_with_an_equivalent = false;
template <class First, class... Rest>
inline constexpr bool begins_with_an_equivalent<First, Rest...> = is_certainty_equivalent_v<First>;

// What combines the outcomes stands before the rest.
template <class E, class Equivalent, class... Rest>
  requires is_certainty_equivalent_v<Equivalent>
struct where_and_how<E, Equivalent, Rest...> : where_and_how<E, Rest...> {
};
template <class E, class Equivalent>
  requires is_certainty_equivalent_v<Equivalent>
struct where_and_how<E, Equivalent> {
  using type = accepted;
};
template <class E, class Equivalent, class Method>
  requires is_certainty_equivalent_v<Equivalent>
struct where_and_how<E, Equivalent, Method> : where_and_how<E, Method> {
};

/// The same where it must be known what to tabulate.
template <class E, class... Rest>
struct where_and_how_to_solve : where_and_how<E, Rest...> {};
template <class E>
struct where_and_how_to_solve<E> : a_listing<E> {};
template <class E, class Method>
  requires solving_method<Method>
struct where_and_how_to_solve<E, Method> : a_listing<E> {
};
template <class E, class Equivalent>
  requires is_certainty_equivalent_v<Equivalent>
struct where_and_how_to_solve<E, Equivalent> : a_listing<E> {
};
template <class E, class Equivalent, class Method>
  requires(is_certainty_equivalent_v<Equivalent> && solving_method<Method>)
struct where_and_how_to_solve<E, Equivalent, Method> : a_listing<E> {
};

/// Whether a policy is that of a table already, by the numbers of its slots.
template <class Policy>
inline constexpr bool is_a_tabular_policy = false;
template <class P>
inline constexpr bool is_a_tabular_policy<tabular_policy<P>> = true;

// One after the other: a policy of the environment that takes anything need not compile for the numbers of a table.
template <class Arg, class E>
concept goes_with_a_table =
    is_a_tabular_policy<Arg> || policy_for<Arg, E> || policy_for<Arg, tabular_environment<E>> ||
    says_where_to_begin<Arg, tabular_environment<E>>;

/// What an environment is tabulated with: nothing or where to begin; a table with a policy.
template <class E, class... Arg>
struct what_to_tabulate : where_to_begin<E, Arg...> {};
template <class E, bool B>
struct what_to_tabulate<tabular_environment<E, B>> {
  using type = accepted;
};
template <class E, bool B, class Arg>
struct what_to_tabulate<tabular_environment<E, B>, Arg> {
  using type = typename rule<goes_with_a_table<Arg, E>,
                             refused::a_table_is_tabulated_with_a_policy_for_its_environment_or_for_itself>::type;
};

template <class Op>
inline constexpr bool is_over_a_table = false;
template <class Op>
requires is_bellman_operator<Op>
inline constexpr bool is_over_a_table<Op> = table<typename Op::environment_type>;

// Of these only the types are asked for.
template <class E, class V>
struct values_in {
  V value;

  constexpr V operator()(state_t<E> const&) const { return value; }
};
template <class E, class Q>
struct action_values_in {
  Q value;

  constexpr Q operator()(action_t<E> const&) const { return value; }
};

template <class Op>
consteval auto judge_choice() {
  using E = typename Op::environment_type;
  using values = values_in<E, reward_t<E>>;
  using Q = std::remove_cvref_t<decltype(std::declval<Op const&>().action_values(std::declval<values>())(
      std::declval<state_t<E> const&>(), std::declval<action_t<E> const&>()))>;
  if constexpr (std::same_as<typename Op::choice_type, greedy_choice> && !have_an_order<reward_t<E>>) {
    return refused::the_best_action_needs_values_with_an_order_and_not_vectors_of_rewards{};
  } else {
    return typename rule<
        std::invocable<typename Op::choice_type const&, E const&, state_t<E> const&, action_values_in<E, Q> const&>,
        refused::a_choice_is_called_with_the_environment_a_state_and_its_action_values>::type{};
  }
}

/// A Bellman operator whose choice can be called as one.
template <class Op>
struct an_operator_with_a_choice {
  using type = decltype(internal::judge_choice<Op>());
};

/// A Bellman operator over a table.
template <class Op>
struct an_operator_over_a_table
    : every<rule<is_over_a_table<Op>, refused::a_fixed_point_is_that_of_a_bellman_operator_over_a_table>,
            an_operator_with_a_choice<Op>> {};

/// What is a method, of which it is seen later whether it can be called with a problem.
template <class M>
struct a_method
    : rule<solving_method<M>,
           refused::the_last_argument_must_be_a_solving_method_of_which_is_solving_method_v_is_true> {};

template <class M, class Problem>
consteval auto judge_method() {
  if constexpr (!requires(M const& m, Problem const& problem) { m(problem); }) {
    return refused::the_solving_method_has_no_call_operator_of_a_problem{};
  } else if constexpr (!requires(M const& m, Problem const& problem) {
                         { m(problem) } -> std::convertible_to<std::vector<typename Problem::value_type>>;
                       }) {
    return refused::the_call_operator_of_the_solving_method_must_return_a_vector_of_the_value_type{};
  } else {
    return accepted{};
  }
}

/// A method that solves a problem.
template <class M, class Problem>
struct a_method_for {
  using type = decltype(internal::judge_method<M, Problem>());
};

}  // namespace internal

}  // namespace bellman
