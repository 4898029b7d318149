// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/internal/rules.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_value.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <type_traits>
#include <utility>

namespace bellman {

/// How much a policy is in each state, `d(s)`, and takes each action there, `d(s, a) = d(s) pi(a | s)`: what
/// `discounted_occupancy` and `stationary_distribution` return. `d.lower(s)`, `d.upper(s)` and `d.error_bound()` are
/// those of a `tabular_value`; of numbers with derivatives there are none.
///
/// *Errors*: `invalid_value` for a state that the table does not have, or an action that the state does not have.
template <environment E, class W, class Policy, class Table = internal::table_of<E>>
class occupancy_measure : public tabular_value<E, W, Table> {
 public:
  constexpr occupancy_measure(Table its_table, Policy its_policy, bounded_values<W> visits)
      : tabular_value<E, W, Table>(std::move(its_table), std::move(visits)), policy_(std::move(its_policy)) {}

  using tabular_value<E, W, Table>::operator();
  template <class S = state_t<E>, class A = action_t<E>,
            class = typename internal::every<internal::a_state_of<S, E>, internal::an_action_of<A, E>>::type::yes>
  constexpr W operator()(S const& s, A const& a) const {
    index_t const i = internal::number_in<E>(this->table(), internal::named<state_t<E>>(s));
    index_t const slot = slot_of(i, internal::named<action_t<E>>(a));
    if (slot == no_index) internal::an_action_must_be_one_of_its_state(i, this->table().state(i), a);
    return of_slot(i, slot);
  }

  /// `<d, r>`, what is paid in all: the sum over all states and actions of `d(s, a) E[R | s, a]`.
  constexpr auto expected_reward() const {
    using R = typename Table::reward_type;
    using V = std::remove_cvref_t<decltype(product(std::declval<W const&>(), std::declval<R const&>()))>;
    V total = scalar_traits<V>::zero();
    auto const& t = this->table();
    for (index_t s = 0; s < t.size(); ++s) {
      for (index_t const slot : t.actions(s)) total = sum(total, product(of_slot(s, slot), R(t.reward(slot))));
    }
    return total;
  }

 private:
  constexpr index_t slot_of(index_t i, action_t<E> const& a) const {
    if constexpr (table<E>) {
      auto const all = this->table().actions(i);
      return a < *all.begin() || !(a < *all.end()) ? no_index : a;
    } else {
      return this->table().slot(i, a);
    }
  }
  constexpr W of_slot(index_t i, index_t slot) const {
    return product(static_cast<W>(policy_.probability(slot)), this->values()[i]);
  }

  Policy policy_;
};

}  // namespace bellman
