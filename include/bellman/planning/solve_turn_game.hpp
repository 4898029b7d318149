// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/shared.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/certify.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/internal/components.hpp>
#include <bellman/planning/internal/enclosed_actions.hpp>
#include <bellman/planning/internal/other_numbers.hpp>
#include <bellman/planning/internal/policy_of_slots.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/internal/where_and_how.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/optimal_policy.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/strategy_iteration.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/planning/tabular_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/internal/requirements.hpp>
#include <bellman/value/turn_choice.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct who_moves_is_told_by_a_predicate_of_a_state_that_is_true_where_the_greatest_is_the_best {};

}  // namespace refused

namespace detail {

// Who moves, by the numbers of the states.
class moves_by_number {
 public:
  constexpr explicit moves_by_number(internal::vector<char> maximises)
      : maximises_(internal::shared<internal::vector<char>>::make(std::move(maximises))) {}

  constexpr bool operator()(index_t s) const { return (*maximises_)[s] != 0; }

 private:
  internal::shared<internal::vector<char>> maximises_;
};

template <class Maximises, class E>
using a_predicate_of_a_state =
    internal::rule<std::predicate<Maximises const&, state_t<E> const&>,
                   refused::who_moves_is_told_by_a_predicate_of_a_state_that_is_true_where_the_greatest_is_the_best>;

// The operator without derivatives, by whose values it is decided.
template <class E, class G, class Equivalent>
struct operator_of_a_game {
  using table = internal::table_for<Equivalent, E>;
  using own = decltype(bellman_operator(std::declval<table const&>(), std::declval<turn_choice<moves_by_number>>(),
                                        discount_for<typename table::reward_type>(std::declval<G const&>()),
                                        std::declval<Equivalent const&>()));
  static constexpr auto judged(own const& op) {
    if constexpr (internal::has_derivatives<typename fixed_point_problem<own>::value_type>) {
      return internal::without_derivatives_of(op).op();
    } else {
      return op;
    }
  }
  using type = decltype(judged(std::declval<own const&>()));
};

struct solve_turn_game_fn {
  template <class E, class Maximises, class G, class... Rest, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<
                internal::an_environment<Env>, internal::rewards_with_a_mean<Env>, internal::rewards_with_an_order<Env>,
                a_predicate_of_a_state<Maximises, Env>, internal::a_discount_of<G, Env>,
                internal::where_and_how_to_solve<Env, Rest...>,
                internal::a_method_of_these_that_solves<
                    operator_of_a_game<Env, G, internal::equivalent_among_t<Rest...>>, Rest...>>::type::yes>
  constexpr auto operator()(E const& env, Maximises const& maximises, G const& gamma, Rest const&... rest) const {
    return of_table<Env>(internal::table_from<internal::equivalent_among_t<Rest...>>(
                             internal::environment_itself(env), internal::start_among(rest...)),
                         maximises, gamma, internal::equivalent_among(rest...), internal::method_among(rest...));
  }

 private:
  template <class Op, class Method>
  static constexpr auto values_of(Op const& op, Method const& how) {
    using V = typename fixed_point_problem<Op>::value_type;
    if constexpr (internal::has_derivatives<V>) {
      // The values decide what is best, and the derivatives are those of the policies that are.
      auto const without = internal::without_derivatives_of(op);
      auto const& t = op.environment();
      auto const slots = with_best_actions(t, without.op(), values_of(without.op(), how),
                                           [](auto const& actions) { return actions.slots(); });
      auto const best = internal::policy_of_slots<scalar_t<V>>(t, slots);
      return certify(op, fixed_point_of(bellman_expectation(t, best, op.gamma(), op.equivalent())).values);
    } else {
      return values_of_numbers(op, how);
    }
  }

  // `use(actions)` with the best actions of both, numbered as in the table.
  template <class Table, class Op, class V, class Use>
  static constexpr auto with_best_actions(Table const& t, Op const& op, bounded_values<V> const& x, Use const& use) {
    if constexpr (internal::has_derivatives<V>) {
      auto const without = internal::without_derivatives_of(op);
      return with_best_actions(t, without.op(), without.of(x), use);
    } else {
      using actions = std::conditional_t<internal::has_proofs<V>, internal::certified_actions<Op, V>,
                                         internal::enclosed_actions<Op, V>>;
      actions const q(op, x);
      auto const pays = [&](index_t s) { return !op.choice().maximises(s); };
      return use(internal::best_of_actions(t, q, pays));
    }
  }

  // In exact numbers sweeps do not end where positions come back.
  template <class Op, class Method>
  static constexpr auto values_of_numbers(Op const& op, Method const& how) {
    if constexpr (std::same_as<Method, automatic> && internal::is_an_exact_game<fixed_point_problem<Op>>) {
      auto const& t = op.environment();
      auto const cs = internal::components(t, internal::active_slots(op));
      bool comes_back = false;
      for (std::size_t c = 0; c < cs.size(); ++c) comes_back = comes_back || cs.size(c) > 1;
      for (index_t s = 0; s < t.size(); ++s) {
        for (index_t const slot : t.actions(s)) {
          for (index_t const next : t.successors(slot)) comes_back = comes_back || next == s;
        }
      }
      if (comes_back) return fixed_point_of(op, strategy_iteration{});
    }
    return fixed_point_of(op, how);
  }

  template <class E, class Table, class Maximises, class G, class Equivalent, class Method>
  static constexpr auto of_table(Table const& t, Maximises const& maximises, G const& gamma,
                                 Equivalent const& equivalent, Method const& how) {
    internal::vector<char> moves(t.size(), 1);
    for (index_t s = 0; s < t.size(); ++s) {
      if (t.terminal(s)) continue;
      moves[s] = maximises(internal::state_named<E>(t, s)) ? 1 : 0;
    }
    moves_by_number const who(std::move(moves));
    bellman_operator const op(t, turn_choice{who}, discount_for<typename Table::reward_type>(gamma), equivalent);
    auto found = values_of(op, how);
    using V = typename decltype(found.values)::value_type;
    auto policy = with_best_actions(t, op, found, [](auto const& actions) { return actions.template policy<E>(); });
    return solution<tabular_value<E, V, Table>, optimal_policy<E, Table>>{
        tabular_value<E, V, Table>(t, std::move(found)), std::move(policy)};
  }
};

}  // namespace detail

/// `solve_turn_game(env, maximises, gamma)`: the value of a game of two players with opposite aims who move in turn,
/// and the best moves of both: `auto [v, pi] = solve_turn_game(env, maximises, gamma)`. In states where `maximises(s)`
/// the one moves to whom rewards are paid, in the others the one who pays them.
///
/// It is the fixed point of the one operator with a `turn_choice`, found as by `solve`: a game that ends in one
/// application of the operator a position.
///
/// *Arguments*: as for `solve`, with a predicate of a state behind the environment.
/// *Errors*: those of `tabulate`, of the discount and of the method; with a discount of 1 every course of the game must
/// end, whatever both do, which exact numbers judge by what may follow what. In these, outcomes that are not combined
/// by their mean are solved only where no position comes back.
/// *Cost*: O(transitions) where no position comes back; else so many sweeps, or, in exact numbers,
/// `strategy_iteration`.
/// *Laws*: the value is the least that the one can be held to, over all of the other's policies, and the greatest that
/// the other can hold him to: tests/planning/solve_turn_game.cpp.
/// *Source*: Zermelo 1913; Shapley 1953.
/// *Use*:
///     bellman::solve_turn_game(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         [](bellman::context const& c) { return c.size() == 0; }, 1,
///         bellman::context{}).policy.action(bellman::context{}) == 1
inline constexpr detail::solve_turn_game_fn solve_turn_game{};

}  // namespace bellman
