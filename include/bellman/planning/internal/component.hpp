// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/planning/internal/components.hpp>
#include <bellman/planning/internal/state_elimination.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_policy.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/choice.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace bellman::internal {

/// A choice that takes one action, the best: a policy is improved by it.
template <class Choice>
inline constexpr bool takes_the_best = false;
template <>
inline constexpr bool takes_the_best<greedy_choice> = true;

/// A choice that is the mean over a policy, so that the operator is affine; of a policy as a table its equations are
/// had.
template <class Choice>
inline constexpr bool is_a_mean_over = false;
template <class Policy>
inline constexpr bool is_a_mean_over<expected_choice<Policy>> = true;
template <class Choice>
inline constexpr bool is_a_mean = false;
template <class P>
inline constexpr bool is_a_mean<expected_choice<tabular_policy<P>>> = true;

/// Whether an operator combines outcomes by their mean.
template <class Op>
inline constexpr bool expects_outcomes = std::same_as<typename Op::equivalent_type, expected_outcome>;

/// The slots that an operator may take: all of a table's, or those of its policy.
template <class Op>
constexpr auto active_slots(Op const& op) {
  if constexpr (is_a_mean<typename Op::choice_type>) {
    return [&op](index_t slot) { return !internal::is_nothing(op.choice().policy.probability(slot)); };
  } else {
    return [](index_t) { return true; };
  }
}

/// A component of the states of a table together with a policy there: the one that an operator averages over, or, where
/// it takes the best action, one slot for each state. What its equations are made of.
template <class Op, class V>
class component {
 public:
  using op_type = Op;
  using table_type = typename Op::environment_type;
  using weight_type = scalar_t<V>;
  using W = weight_type;
  using choice_type = typename Op::choice_type;

  /// Whether the operator takes the best action, so that a policy is improved by it.
  static constexpr bool improves = takes_the_best<choice_type>;
  /// Whether the outcomes are combined by their mean.
  static constexpr bool expects = expects_outcomes<Op>;
  /// Whether a policy's values are had from its equations.
  static constexpr bool is_linear = expects && (improves || is_a_mean<choice_type>);

  constexpr component(Op const& op, state_components const& cs, internal::vector<index_t>& slot,
                      internal::vector<index_t>& place)
      : op_(op),
        t_(op.environment()),
        gamma_(static_cast<W>(op.gamma())),
        rest_(difference(W(1), gamma_)),
        cs_(cs),
        slot_(slot),
        place_(place) {}

  /// Turns to component `c`.
  constexpr void enter(std::size_t c) {
    number_ = static_cast<index_t>(c);
    members_ = std::span<index_t const>(cs_.states.data() + cs_.first[c], cs_.size(c));
    for (std::size_t i = 0; i < members_.size(); ++i) place_[members_[i]] = static_cast<index_t>(i);
    transitions_ = 0;
    for (index_t const s : members_) {
      for (index_t const slot : t_.actions(s)) transitions_ += static_cast<double>(t_.successors(slot).size());
    }
  }

  constexpr Op const& op() const { return op_; }
  constexpr table_type const& table() const { return t_; }
  constexpr W const& gamma() const { return gamma_; }
  /// `1 - gamma`.
  constexpr W const& rest() const { return rest_; }
  constexpr bool discounted() const { return gamma_ < W(1); }
  constexpr std::span<index_t const> members() const { return members_; }
  constexpr std::size_t size() const { return members_.size(); }
  /// The number of a state within the component.
  constexpr index_t place(index_t s) const { return place_[s]; }
  constexpr bool inside(index_t s) const { return cs_.component_of[s] == number_ && !t_.terminal(s); }
  /// How many transitions a sweep of all actions reads.
  constexpr double transitions() const { return transitions_; }
  /// The policy, where the operator takes the best action.
  constexpr internal::vector<index_t>& slots() const { return slot_; }

  /// `f(slot, weight)` for what the policy does in state `s`.
  template <class F>
  constexpr void for_each_slot(index_t s, internal::vector<index_t> const& chosen, F const& f) const {
    if constexpr (improves) {
      f(chosen[s], W(1));
    } else {
      for (auto const& e : op_.choice().policy.over(t_.actions(s))) {
        if (!internal::is_nothing(e.probability)) f(e.value, static_cast<W>(e.probability));
      }
    }
  }
  template <class F>
  constexpr void for_each_slot(index_t s, F const& f) const {
    for_each_slot(s, slot_, f);
  }

  /// `f(slot)` for what may be done in state `s`: all, or what the policy may do that is averaged over.
  template <class F>
  constexpr void for_each_possible_slot(index_t s, F const& f) const {
    if constexpr (is_a_mean<choice_type>) {
      for_each_slot(s, [&](index_t slot, W const&) { f(slot); });
    } else {
      for (index_t const slot : t_.actions(s)) f(slot);
    }
  }

  /// `f(next, weight)` for where a policy may lead from state `s`, the discount among the weights.
  template <class F>
  constexpr void for_each_step(index_t s, internal::vector<index_t> const& chosen, F const& f) const {
    for_each_slot(s, chosen, [&](index_t slot, W const& w) {
      W const discounted_weight = product(w, gamma_);
      for (auto const& e : t_.transition(s, slot)) {
        f(e.value.next, static_cast<W>(product(discounted_weight, static_cast<W>(e.probability))));
      }
    });
  }
  template <class F>
  constexpr void for_each_step(index_t s, F const& f) const {
    for_each_step(s, slot_, f);
  }

  /// The least and the largest share of what follows that stays in the component.
  struct shares {
    W least;
    W most;

    /// Whether every sweep brings values nearer to each other.
    constexpr bool shrink() const { return most < W(1); }
    /// Whether each step keeps about the same, so that what is lost is nowhere more than half as much again: values
    /// that are all moved by what brings the least of it to rest go too far elsewhere, but still come nearer.
    constexpr bool are_alike() const {
      W const lost = difference(W(1), most);
      return shrink() && !(sum(lost, quotient(lost, W(2))) < difference(W(1), least));
    }
    /// How often a change comes back, itself included, where they shrink.
    constexpr W scale() const { return quotient(W(1), difference(W(1), most)); }
    /// How much further values move together than a sweep moved them, whose changes lie within `half` of `middle`:
    /// where they have more in common than not, as far as it comes back (MacQueen 1966).
    constexpr W shift(W const& middle, W const& half) const {
      return half < magnitude(middle) ? W(middle * (scale() - W(1))) : W(0);
    }
  };
  constexpr shares kept_shares() const {
    shares kept{expects ? gamma_ : W(0), W(0)};  // what the worst outcome keeps may be nothing
    auto const look_at = [&](index_t s, index_t slot) {
      W share(0);
      if constexpr (expects) {
        W in(0);
        W all(0);
        for (auto const& o : t_.transition(s, slot)) {
          W const p = static_cast<W>(o.probability);
          all = sum(all, p);
          if (inside(o.value.next)) in = sum(in, p);
        }
        share = product(gamma_, quotient(in, all));
      } else {
        // All that counts may be what stays.
        for (index_t const next : t_.successors(slot)) {
          if (inside(next)) share = gamma_;
        }
      }
      if (share < kept.least) kept.least = share;
      if (kept.most < share) kept.most = share;
    };
    for (index_t const s : members_) {
      for_each_possible_slot(s, [&](index_t slot) { look_at(s, slot); });
    }
    if constexpr (rounds<W>) {
      kept.most = kept.most * (W(1) + W(64) * scalar_traits<W>::epsilon());
      if (!(kept.most < W(1))) kept.most = W(1);
    }
    return kept;
  }

  /// Whether a state may lead to itself by a slot, or by anything that may be done.
  constexpr bool leads_to_itself(index_t s, index_t slot) const {
    for (index_t const next : t_.successors(slot)) {
      if (next == s) return true;
    }
    return false;
  }
  constexpr bool leads_to_itself(index_t s) const {
    bool found = false;
    for_each_possible_slot(s, [&](index_t slot) { found = found || leads_to_itself(s, slot); });
    return found;
  }

  /// The weight that leaves the component by a slot, or is lost to the discount: `(1 - gamma) + gamma P(outside)` of a
  /// row whose weights sum to 1, and of another in units of its sum.
  constexpr W leak(index_t s, index_t slot) const {
    W total(0);
    W outside(0);
    for (auto const& e : t_.transition(s, slot)) {
      W const p = static_cast<W>(e.probability);
      total = sum(total, p);
      if (!inside(e.value.next)) outside = sum(outside, p);
    }
    if constexpr (has_bounds<W>) total = W(1);  // a row of intervals holds one that sums to 1
    W const out = product(gamma_, outside);
    if (is_zero(rest_)) return out;
    return sum(out, product(rest_, total));
  }

  /// A state of the component from which a policy never leaves it, or `no_index` if there is none, or it does not
  /// matter.
  constexpr index_t never_ends(internal::vector<index_t> const& chosen) const {
    if (discounted()) return no_index;
    auto const steps = [&](index_t s, auto const& f) {
      for_each_slot(s, chosen, [&](index_t slot, W const&) { f(slot); });
    };
    return what_never_ends(steps, [](index_t, index_t) {});
  }
  /// The same of all slots; `take(s, slot)` is called once for each state from which the component can be left, with a
  /// slot that may lead to where it is known already how.
  template <class Take>
  constexpr index_t never_ends_at_all(Take const& take) const {
    auto const steps = [&](index_t s, auto const& f) {
      for (index_t const slot : t_.actions(s)) f(slot);
    };
    return what_never_ends(steps, take);
  }

  /// The policy's equations, freed of all states; nothing if that is given up.
  constexpr std::optional<state_elimination<W>> eliminated(internal::vector<index_t> const& chosen, double most_work,
                                                           double most_pairs, double& work) const {
    state_elimination<W> equations(size());
    for (std::size_t i = 0; i < size(); ++i) {
      index_t const s = members_[i];
      for_each_slot(s, chosen, [&](index_t slot, W const& w) {
        W const discounted_weight = product(w, gamma_);
        for (auto const& e : t_.transition(s, slot)) {
          if (!inside(e.value.next)) continue;
          equations.add(i, place_[e.value.next], product(discounted_weight, static_cast<W>(e.probability)));
        }
        equations.add_leak(i, product(w, leak(s, slot)));
      });
    }
    bool const done = equations.eliminate(most_work, most_pairs);
    work += equations.work();
    if (!done) return std::nullopt;
    return equations;
  }

  /// What the policy pays and what it leads to outside of the component is worth.
  constexpr std::vector<V> right_hand_side(internal::vector<index_t> const& chosen, std::vector<V> const& v) const {
    std::vector<V> b;
    b.reserve(size());
    for (index_t const s : members_) {
      V total = scalar_traits<V>::zero();
      for_each_slot(s, chosen,
                    [&](index_t slot, W const& w) { total = sum(total, product(w, static_cast<V>(t_.reward(slot)))); });
      for_each_step(s, chosen, [&](index_t next, W const& a) {
        if (!inside(next) && !t_.terminal(next)) total = sum(total, product(a, v[next]));
      });
      b.push_back(total);
    }
    return b;
  }

 private:
  // Backwards from where the component is left, breadth first.
  template <class Steps, class Take>
  constexpr index_t what_never_ends(Steps const& steps, Take const& take) const {
    struct arrow {
      index_t from;
      index_t slot;
    };
    std::size_t const n = size();
    internal::vector<index_t> first(n + 1, 0);  // of the arrows that lead to each state
    for (index_t const s : members_) {
      steps(s, [&](index_t slot) {
        for (index_t const next : t_.successors(slot)) {
          if (inside(next)) ++first[place_[next] + 1];
        }
      });
    }
    for (std::size_t i = 0; i < n; ++i) first[i + 1] += first[i];
    // With a value: else it is no constant expression in clang, with the library of g++ 12.
    std::vector<arrow> arrows(first[n], arrow{no_index, no_index});
    internal::vector<index_t> filled(first.begin(), first.end());
    internal::vector<char> ends(n, 0);
    internal::vector<index_t> queue;
    queue.reserve(n);
    auto const reach = [&](index_t i, index_t slot) {
      if (ends[i] != 0) return;
      ends[i] = 1;
      take(members_[i], slot);
      queue.push_back(i);
    };
    for (index_t const s : members_) {
      index_t const i = place_[s];
      steps(s, [&](index_t slot) {
        for (index_t const next : t_.successors(slot)) {
          if (inside(next)) {
            arrows[filled[place_[next]]++] = {i, slot};
          } else {
            reach(i, slot);
          }
        }
      });
    }
    for (std::size_t k = 0; k < queue.size(); ++k) {
      for (index_t j = first[queue[k]]; j < first[queue[k] + 1]; ++j) reach(arrows[j].from, arrows[j].slot);
    }
    if (queue.size() == n) return no_index;
    for (std::size_t i = 0; i < n; ++i) {
      if (ends[i] == 0) return members_[i];
    }
    return no_index;
  }

  Op const& op_;
  table_type const& t_;
  W gamma_;
  W rest_;
  state_components const& cs_;
  internal::vector<index_t>& slot_;
  internal::vector<index_t>& place_;
  std::span<index_t const> members_{};
  index_t number_ = no_index;
  double transitions_ = 0;
};

}  // namespace bellman::internal
