// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/internal/enclosed_gain.hpp>
#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/optimal_policy.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <utility>
#include <vector>

namespace bellman::internal {

/// Values and their radii as numbers of which it is known how far they may be off, so that what an operator makes of
/// them is enclosed as well. Exact numbers whose radii are 0 are themselves.
template <class V>
constexpr std::vector<enclosing_t<V>> enclosed_values(bounded_values<V> const& x) {
  std::vector<enclosing_t<V>> all;
  all.reserve(x.values.size());
  for (std::size_t i = 0; i < x.values.size(); ++i) {
    if constexpr (rounds<V>) {
      if (!x.below.empty()) {
        all.push_back({x.values[i], x.below[i] < x.above[i] ? x.above[i] : x.below[i]});
        continue;
      }
    }
    all.push_back(x.values[i]);
  }
  return all;
}

/// The same the other way round.
template <class V>
constexpr bounded_values<V> bounded_by(std::vector<enclosing_t<V>> const& all) {
  bounded_values<V> x;
  x.values.reserve(all.size());
  for (auto const& e : all) {
    if constexpr (rounds<V>) {
      x.values.push_back(e.value);
      x.below.push_back(e.error);
      x.above.push_back(e.error);
    } else {
      x.values.push_back(e);
    }
  }
  return x;
}

/// One sweep of an operator over a table, of such numbers.
template <class V, class Op>
constexpr std::vector<enclosing_t<V>> enclosed_sweep(Op const& op, std::vector<enclosing_t<V>> const& v) {
  using X = enclosing_t<V>;
  auto const applied = op(table_values<X>{v.data()});
  std::vector<X> next;
  next.reserve(v.size());
  for (index_t s = 0; s < v.size(); ++s) next.push_back(X(applied(s)));
  return next;
}

/// Bounds of the action values of an operator over a table, the values being known within radii.
template <class Op, class V>
class enclosed_actions {
  using X = enclosing_t<V>;

 public:
  constexpr enclosed_actions(Op const& op, bounded_values<V> const& x)
      : low_(internal::enclosed_values(x)),
        high_(low_),
        q_low_(op.action_values(table_values<X>{low_.data()})),
        q_high_(op.action_values(table_values<X>{high_.data()})) {
    if constexpr (is_exact_v<V> && ordered_field<V>) {
      for (std::size_t i = 0; i < x.below.size(); ++i) {
        low_[i] = difference(low_[i], x.below[i]);
        high_[i] = sum(high_[i], x.above[i]);
      }
    }
  }
  enclosed_actions(enclosed_actions const&) = delete;  // parts refer to others

  constexpr V lower(index_t s, index_t slot) const { return V(internal::lower_bound_of(X(q_low_(s, slot)))); }
  constexpr V upper(index_t s, index_t slot) const { return V(internal::upper_bound_of(X(q_high_(s, slot)))); }

 private:
  std::vector<X> low_;
  std::vector<X> high_;
  decltype(std::declval<Op const&>().action_values(std::declval<table_values<X>>())) q_low_;
  decltype(std::declval<Op const&>().action_values(std::declval<table_values<X>>())) q_high_;
};

/// The best actions of each state by such bounds, the greatest or, where `least(s)`, the least: those that are not
/// certainly worse than another, and, to be followed, those that are certain to attain the bound that one of them
/// attains.
template <environment E, class Table, class Actions, class Least>
constexpr optimal_policy<E, Table> best_actions(Table const& t, Actions const& q, Least const& least) {
  internal::vector<std::size_t> first_optimal{0};
  internal::vector<std::size_t> first_attaining{0};
  std::vector<action_t<E>> optimal;
  std::vector<action_t<E>> attaining;
  internal::vector<index_t> slots(t.size(), no_index);
  auto const add = [&](std::vector<action_t<E>>& to, index_t slot) {
    if constexpr (table<E>) {
      to.push_back(slot);
    } else {
      to.push_back(t.action(slot));
    }
  };
  for (index_t s = 0; s < t.size(); ++s) {
    auto const all = t.actions(s);
    if (!all.empty()) {
      bool const turned = least(s);
      // What an action is sure to be worth to the one who takes it, and what it may be worth at most.
      auto const sure = [&](index_t slot) { return turned ? -q.upper(s, slot) : q.lower(s, slot); };
      auto const at_most = [&](index_t slot) { return turned ? -q.lower(s, slot) : q.upper(s, slot); };
      index_t best = *all.begin();
      auto most = sure(best);
      for (index_t const slot : all) {
        auto const x = sure(slot);
        if (!(most < x)) continue;
        most = x;
        best = slot;
      }
      slots[s] = best;
      for (index_t const slot : all) {
        if (slot != best && at_most(slot) < most) continue;
        add(optimal, slot);
        if (!(sure(slot) < most)) add(attaining, slot);
      }
    }
    first_optimal.push_back(optimal.size());
    first_attaining.push_back(attaining.size());
  }
  return optimal_policy<E, Table>(t, action_sets<action_t<E>>(std::move(first_optimal), std::move(optimal)),
                                  action_sets<action_t<E>>(std::move(first_attaining), std::move(attaining)),
                                  std::move(slots));
}

}  // namespace bellman::internal
