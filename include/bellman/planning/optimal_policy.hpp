// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/shared.hpp>
#include <bellman/internal/shared_part.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/internal/rules.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/probability/uniform.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace bellman {

namespace internal {

/// Some actions of each state, one state after another, in the order of `actions(s)`. Copies share them.
template <class A>
class action_sets {
 public:
  constexpr action_sets(internal::vector<std::size_t> its_first, std::vector<A> its_actions)
      : first_(shared<internal::vector<std::size_t>>::make(std::move(its_first))),
        actions_(shared<std::vector<A>>::make(std::move(its_actions))) {}

  /// Those of a state, by its number: a view that owns them together with the others.
  constexpr auto of(index_t i) const { return shared_part(actions_, (*first_)[i], (*first_)[i + 1]); }

 private:
  shared<internal::vector<std::size_t>> first_;  // of each state, and one past the last
  shared<std::vector<A>> actions_;
};

}  // namespace internal

/// One action for each state of a table, as a policy: what `policy_iteration` goes through. Copies share the actions.
///
/// *Errors*: `invalid_value` for a terminal state and for one that the table does not have.
template <environment E, class Table = internal::table_of<E>>
class tabular_actions {
 public:
  constexpr tabular_actions(Table its_table, internal::vector<index_t> slots)
      : table_(std::move(its_table)), slots_(internal::shared<internal::vector<index_t>>::make(std::move(slots))) {}

  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr action_t<E> operator()(S const& named) const {
    index_t const i = internal::number_in<E>(table_, internal::named<state_t<E>>(named));
    index_t const slot = (*slots_)[i];
    if (slot == no_index) internal::a_terminal_state_has_no_action(i, table_.state(i));
    return internal::action_named<E>(table_, slot);
  }

  /// By the numbers of the states; `no_index` where one is terminal.
  constexpr internal::vector<index_t> const& slots() const& { return *slots_; }
  void slots() const&& = delete;

 private:
  Table table_;
  internal::shared<internal::vector<index_t>> slots_;
};

/// An optimal policy with its ties: what `solve` returns beside the optimal value. Copies share the actions: constant
/// time.
///
/// *Errors*: `invalid_value` for a state that the table does not have.
template <environment E, class Table = internal::table_of<E>>
class optimal_policy {
 public:
  using table_type = Table;

  constexpr optimal_policy(table_type its_table, internal::action_sets<action_t<E>> optimal,
                           internal::action_sets<action_t<E>> attaining, internal::vector<index_t> slots)
      : table_(std::move(its_table)),
        optimal_(std::move(optimal)),
        attaining_(std::move(attaining)),
        taken_(table_, std::move(slots)) {}

  /// The actions that are not certainly worse than the best, so that every optimal one is among them; none where the
  /// state is terminal. In exact scalars they are the optimal actions. A random-access view that owns them together
  /// with the policy.
  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr auto optimal_actions(S const& s) const {
    return optimal_.of(number(s));
  }

  /// The uniform distribution over the actions that are sure to attain `lower`: whoever follows it is worth at least
  /// that, in the table's own numbers. In exact scalars they are the optimal actions.
  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr auto operator()(S const& s) const {
    return uniform(attaining_.of(number(s)));
  }

  /// One of these. In a terminal state there is none: `invalid_value`.
  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr action_t<E> action(S const& s) const {
    return taken_(s);
  }

 private:
  template <class S>
  constexpr index_t number(S const& named) const {
    return internal::number_in<E>(table_, internal::named<state_t<E>>(named));
  }

  table_type table_;
  internal::action_sets<action_t<E>> optimal_;
  internal::action_sets<action_t<E>> attaining_;
  tabular_actions<E, Table> taken_;
};

namespace internal {

/// How an action stands to the best of its state: whether it is not certainly worse, and whether it is sure to attain
/// the state's lower bound.
struct standing {
  bool may_be_best;
  bool attains;
};

/// The optimal policy by values that were found: it takes `slots`, each of which attains its state's lower bound, and
/// `stands(s, slot)` is the standing of any other action.
template <environment E, class Table, class Stands>
constexpr optimal_policy<E, Table> policy_of_values(Table const& t, internal::vector<index_t> slots,
                                                    Stands const& stands) {
  internal::vector<std::size_t> first_optimal{0};
  internal::vector<std::size_t> first_attaining{0};
  std::vector<action_t<E>> optimal;
  std::vector<action_t<E>> attaining;
  for (index_t s = 0; s < t.size(); ++s) {
    for (index_t const slot : t.actions(s)) {
      standing of_slot{true, true};
      if (slot != slots[s]) of_slot = stands(s, slot);
      if (of_slot.may_be_best) optimal.push_back(internal::action_named<E>(t, slot));
      if (of_slot.attains) attaining.push_back(internal::action_named<E>(t, slot));
    }
    first_optimal.push_back(optimal.size());
    first_attaining.push_back(attaining.size());
  }
  return optimal_policy<E, Table>(t, action_sets<action_t<E>>(std::move(first_optimal), std::move(optimal)),
                                  action_sets<action_t<E>>(std::move(first_attaining), std::move(attaining)),
                                  std::move(slots));
}

}  // namespace internal

}  // namespace bellman
