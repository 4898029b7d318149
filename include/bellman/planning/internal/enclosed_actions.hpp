// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/internal/components.hpp>
#include <bellman/planning/internal/enclosed_gain.hpp>
#include <bellman/planning/internal/other_numbers.hpp>
#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/optimal_policy.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/sweep.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <type_traits>
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

/// The values after a sweep of an operator over a table, with how far they may be off: by what the values before it
/// were, and by rounding. Numbers with derivatives have the radii of their values.
template <class Op, class V>
constexpr bounded_values<V> enclosed_sweep(Op const& op, bounded_values<V> const& x) {
  using X = enclosing_t<V>;
  auto const& t = op.environment();
  std::vector<X> const before = internal::enclosed_values(x);
  std::vector<X> after(before.size());
  sweep(op, t, before, after);
  bounded_values<V> next;
  next.values.reserve(after.size());
  for (auto const& e : after) {
    if constexpr (rounds<V>) {
      next.values.push_back(e.value);
      next.below.push_back(e.error);
    } else {
      next.values.push_back(e);
    }
  }
  if constexpr (has_derivatives<V>) {
    auto const without = internal::without_derivatives_of(op);
    auto const plain = internal::enclosed_sweep(without.op(), without.of(x));
    for (std::size_t s = 0; s < plain.below.size(); ++s) {
      auto const off = magnitude(difference(internal::primal(next.values[s]), plain.values[s]));
      next.below.push_back(V(sum(plain.below[s], sum(off, off))));  // twice, for the difference is rounded
    }
  }
  next.above = next.below;
  return next;
}

/// Bounds of the action values of an operator over a table, the values being known within radii.
template <class Op, class V>
class enclosed_actions {
  using X = enclosing_t<V>;
  static constexpr bool has_two_sides = is_exact_v<V> && ordered_field<V>;  // else numbers carry their radii

 public:
  constexpr enclosed_actions(Op const& op, bounded_values<V> const& x)
      : low_(internal::enclosed_values(x)),
        high_(with_what_is_above(x)),
        q_low_(op.action_values(table_values<X>{low_.data()})),
        q_high_(op.action_values(table_values<X>{has_two_sides ? high_.data() : low_.data()})) {
    if constexpr (has_two_sides) {
      for (std::size_t i = 0; i < x.below.size(); ++i) low_[i] = difference(low_[i], x.below[i]);
    }
  }
  enclosed_actions(enclosed_actions const&) = delete;  // parts refer to others

  constexpr V lower(index_t s, index_t slot) const { return V(internal::lower_bound_of(X(q_low_(s, slot)))); }
  constexpr V upper(index_t s, index_t slot) const { return V(internal::upper_bound_of(X(q_high_(s, slot)))); }

 private:
  using action_values = decltype(std::declval<Op const&>().action_values(std::declval<table_values<X>>()));

  static constexpr std::vector<X> with_what_is_above(bounded_values<V> const& x) {
    std::vector<X> high;
    if constexpr (has_two_sides) {
      high = x.values;
      for (std::size_t i = 0; i < x.above.size(); ++i) high[i] = sum(high[i], x.above[i]);
    }
    return high;
  }

  std::vector<X> low_;
  std::vector<X> high_;
  action_values q_low_;
  action_values q_high_;
};

/// Of numbers with derivatives those of the values, which decide what is best.
template <class Op, has_derivatives V>
class enclosed_actions<Op, V> {
 public:
  constexpr enclosed_actions(Op const& op, bounded_values<V> const& x)
      : without_(internal::without_derivatives_of(op)), q_(without_.op(), without_.of(x)) {}

  constexpr auto lower(index_t s, index_t slot) const { return q_.lower(s, slot); }
  constexpr auto upper(index_t s, index_t slot) const { return q_.upper(s, slot); }

 private:
  using without = operator_without_derivatives<Op>;
  using value_type = std::remove_cvref_t<decltype(internal::primal(std::declval<V const&>()))>;

  without without_;
  enclosed_actions<typename without::operator_type, value_type> q_;
};

/// Bounds of the action values of an operator over a table whose values were certified, as what they have more than
/// their state's lower bound: from below those of `v - below`, from above those of `v + above`. By these numbers they
/// were certified: one who maximises and takes the greatest lower bound is worth `v - below` at least, and one who
/// minimises and takes the least upper bound is held to `v + above`.
template <class Op, class V>
class certified_actions {
  using component_type = component<Op, V>;
  using X = enclosing_t<V>;

 public:
  constexpr certified_actions(Op const& op, bounded_values<V> const& x) {
    auto const& t = op.environment();
    internal::vector<index_t> slots;
    internal::vector<index_t> place;
    state_components const none;
    component_type const all(op, none, slots, place);
    enclosed_gain<component_type, V, side::below> least(all, x.values.data(), x.below.data());
    enclosed_gain<component_type, V, side::above> most(all, x.values.data(), x.above.data());
    lower_.assign(t.slots(), V(0));
    upper_.assign(t.slots(), V(0));
    for (index_t s = 0; s < t.size(); ++s) {
      if (t.terminal(s)) continue;
      least.turn_to(s);
      most.turn_to(s);
      X const width = sum(X(x.above[s]), X(x.below[s]));
      for (index_t const slot : t.actions(s)) {
        lower_[slot] = V(internal::lower_bound_of(X(least(slot))));
        upper_[slot] = V(internal::upper_bound_of(X(sum(most(slot), width))));
      }
    }
  }

  constexpr V const& lower(index_t, index_t slot) const { return lower_[slot]; }
  constexpr V const& upper(index_t, index_t slot) const { return upper_[slot]; }

 private:
  std::vector<V> lower_;
  std::vector<V> upper_;
};

/// The best actions of a table by such bounds, the greatest of a state or, where `least(s)`, the least.
template <class Table, class Actions, class Least>
class best_of_actions {
  using V = std::remove_cvref_t<decltype(std::declval<Actions const&>().lower(index_t{}, index_t{}))>;

 public:
  constexpr best_of_actions(Table const& t, Actions const& q, Least const& least)
      : t_(t), q_(q), least_(least), slots_(t.size(), no_index), most_(t.size(), scalar_traits<V>::zero()) {
    for (index_t s = 0; s < t.size(); ++s) {
      for (index_t const slot : t.actions(s)) {
        V const x = sure(s, slot);
        if (slots_[s] != no_index && !(most_[s] < x)) continue;
        most_[s] = x;
        slots_[s] = slot;
      }
    }
  }

  /// An action of each state that is sure to be worth most to the one who takes it.
  constexpr internal::vector<index_t> const& slots() const { return slots_; }

  /// Those that are not certainly worse than another, and, to be followed, those that are certain to attain the bound
  /// that one of them attains.
  template <environment E>
  constexpr optimal_policy<E, Table> policy() const {
    return internal::policy_of_values<E>(t_, slots_, [&](index_t s, index_t slot) {
      if (at_most(s, slot) < most_[s]) return standing{false, false};
      return standing{true, !(sure(s, slot) < most_[s])};
    });
  }

 private:
  constexpr V sure(index_t s, index_t slot) const {
    if (least_(s)) return V(-q_.upper(s, slot));
    return V(q_.lower(s, slot));
  }
  constexpr V at_most(index_t s, index_t slot) const {
    if (least_(s)) return V(-q_.lower(s, slot));
    return V(q_.upper(s, slot));
  }

  Table const& t_;
  Actions const& q_;
  Least const& least_;
  internal::vector<index_t> slots_;
  std::vector<V> most_;
};

}  // namespace bellman::internal
