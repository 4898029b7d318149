// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/turn_choice.hpp>

#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace internal {

template <class Choice>
inline constexpr bool is_a_turn_choice = false;
template <class Maximises>
inline constexpr bool is_a_turn_choice<turn_choice<Maximises>> = true;

/// A game in exact numbers.
template <class Problem>
concept is_an_exact_game =
    is_a_turn_choice<typename std::remove_cvref_t<decltype(std::declval<Problem const&>().op())>::choice_type> &&
    std::is_same_v<typename std::remove_cvref_t<decltype(std::declval<Problem const&>().op())>::equivalent_type,
                   expected_outcome> &&
    is_exact_v<typename Problem::value_type> && ordered_field<typename Problem::value_type>;

/// What is left to the one who pays when the other has settled on an action for each of his states: a task in which he
/// saves as much as he can.
template <class Table, class Maximises>
class answering {
 public:
  using state_type = index_t;
  using action_type = index_t;
  using reward_type = typename Table::reward_type;

  constexpr answering(Table const& t, Maximises maximises, internal::vector<index_t> const& settled)
      : t_(t), maximises_(std::move(maximises)), settled_(settled) {}

  constexpr auto states() const { return t_.states(); }
  constexpr auto actions(index_t s) const {
    auto const all = t_.actions(s);
    bool const has_settled = !t_.terminal(s) && maximises_(s);
    return has_settled ? std::views::iota(settled_[s], static_cast<index_t>(settled_[s] + 1)) : all;
  }
  constexpr bool terminal(index_t s) const { return t_.terminal(s); }
  constexpr auto transition(index_t s, index_t slot) const {
    std::vector<weighted<outcome<reward_type, index_t>, typename Table::probability_type>> row;
    for (auto const& e : t_.transition(s, slot)) {
      row.push_back({{reward_type(-e.value.reward), e.value.next}, e.probability});
    }
    return row;
  }

 private:
  Table t_;
  Maximises maximises_;
  internal::vector<index_t> settled_;
};

}  // namespace internal

/// `strategy_iteration{}`: a method for games of two players in exact numbers: one settles on an action for each of his
/// states, the other answers as well as he can, which is a `solve`, and the first changes what is not best against
/// that, until nothing is. What `solve_turn_game` does in exact numbers where positions come back.
///
/// *Arguments*: for an operator with a `turn_choice` in exact numbers.
/// *Errors*: those of `solve`, for the answers on the way.
/// *Cost*: a `solve` for each strategy on the way.
/// *Laws*: the operator leaves the values as they are: tests/planning/strategy_iteration.cpp.
/// *Source*: Hoffman and Karp 1966; Rao, Chandrasekaran and Nair 1973.
/// *Use*:
///     bellman::solving_method<bellman::strategy_iteration>
struct strategy_iteration {
  template <class Problem>
    requires internal::is_an_exact_game<Problem>
  constexpr std::vector<typename Problem::value_type> operator()(Problem const& problem) const {
    using V = typename Problem::value_type;
    auto const& t = problem.table();
    auto const& maximises = problem.op().choice().maximises;
    internal::vector<index_t> settled(t.size(), no_index);
    for (index_t s = 0; s < t.size(); ++s) {
      if (!t.terminal(s) && maximises(s)) settled[s] = *t.actions(s).begin();
    }
    std::vector<V> v;
    for (bool better = true; better;) {
      auto const left = tabulate(internal::answering(t, maximises, settled));
      v = fixed_point_of(bellman_optimality(left, problem.gamma())).values;
      for (V& x : v) x = V(-x);
      auto const q = problem.op().action_values(internal::table_values<V>{v.data()});
      better = false;
      for (index_t s = 0; s < t.size(); ++s) {
        if (settled[s] == no_index) continue;
        V most = v[s];
        for (index_t const slot : t.actions(s)) {
          V const x = static_cast<V>(q(s, slot));
          if (!(most < x)) continue;
          most = x;
          settled[s] = slot;
          better = true;
        }
      }
    }
    return v;
  }
};

template <>
inline constexpr bool is_solving_method_v<strategy_iteration> = true;

}  // namespace bellman
