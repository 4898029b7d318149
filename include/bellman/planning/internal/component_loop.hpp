// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/internal/certificate.hpp>
#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/internal/components.hpp>
#include <bellman/planning/internal/enclosed_gain.hpp>
#include <bellman/planning/internal/krylov.hpp>
#include <bellman/planning/internal/rules.hpp>
#include <bellman/planning/internal/state_elimination.hpp>
#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/internal/vector_sweeps.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/scalar/square_root.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// What the linker takes from any of several files must round alike on all machines: no product and sum at once.
#if defined(__clang__)
#pragma float_control(push)
#pragma clang fp contract(off)
#endif

namespace bellman::internal {

template <class S>
[[noreturn]] void the_policy_must_be_sure_to_end(index_t i, S const& s) {
  internal::refuse("bellman: from state " + internal::numbered(i, internal::describe(s)) +
                   " on, it is not certain that the policy ends: the probability to leave may be 0, and with a discount "
                   "of 1 its return then has no value; the discount or the probability to stay must be below 1");
}
template <class S>
[[noreturn]] void the_best_policy_for_the_values_must_end(index_t i, S const& s) {
  internal::refuse("bellman: from state " + internal::numbered(i, internal::describe(s)) +
                   " the policy that is best for the values that were found never ends, and with a discount of 1 its "
                   "return has no value: going on gains for ever, or the method's values are too far off");
}
template <class S>
[[noreturn]] void every_course_must_end_in_exact_numbers(index_t i, S const& s) {
  internal::refuse("bellman: from state " + internal::numbered(i, internal::describe(s)) +
                   " it is not proved that every course ends, whatever is done, so that with a discount of 1 there may "
                   "be another fixed point; the discount must be below 1, or no actions may go on for ever");
}
template <class S>
[[noreturn]] void the_best_action_must_be_certain(index_t s, S const& state) {
  internal::refuse("bellman: in state " + internal::numbered(s, internal::describe(state)) +
                   " the intervals of two action values overlap, so that it is not certain which is the best; among "
                   "states that lead to each other it must be");
}

template <class S>
[[noreturn]] void sweeps_must_end_in_floating_point(index_t s, S const& state) {
  internal::refuse("bellman: state " + internal::numbered(s, internal::describe(state)) +
                   " leads to itself, and the fixed point of this operator is found by sweeps, which end in "
                   "floating-point numbers alone, not in exact numbers, bounds or derivatives; give the rewards as "
                   "floating-point numbers");
}

/// The loop on one component after another: improve the policy, evaluate it partially, certify, stop.
template <class Op, class V>
class component_loop {
  using component_type = component<Op, V>;
  using W = typename component_type::weight_type;
  using slots_type = internal::vector<index_t>;
  static constexpr bool improves = component_type::improves;
  static constexpr bool is_linear = component_type::is_linear;
  static constexpr bool has_rounding = rounds<V>;

 public:
  /// Where it does not prove, it looks for a policy alone.
  constexpr component_loop(Op const& op, state_components const& cs, method const& how, bounded_values<V>& x,
                           bool proves = true)
      : how_(how),
        x_(x),
        proves_(proves),
        place_(op.environment().size(), no_index),
        c_(op, cs, x.slots, place_),
        q_(op.action_values(table_values<V>{x.values.data()})),
        backup_(op(table_values<V>{x.values.data()})),
        certificate_(c_, x.values, x.below, x.above) {}
  // Parts refer to each other.
  component_loop(component_loop const&) = delete;
  component_loop& operator=(component_loop const&) = delete;

  /// Solves component `c`; `guess` gives slots to begin with, or none.
  constexpr void solve(std::size_t c, slots_type const& guess) {
    c_.enter(c);
    equations_.reset();
    off_ = {};
    if (c_.size() == 1 && c_.table().terminal(c_.members()[0])) return;
    if (rests()) return;
    if (c_.size() == 1) {
      alone(c_.members()[0]);
      certify_or_refuse();
      return;
    }
    begin(guess);
    if constexpr (!has_rounding) {
      if constexpr (is_linear && !improves && vector_of_floats<V>) {
        of_vectors();
      } else if constexpr (is_linear) {
        by_elimination();
      } else {
        by_sweeps();
      }
      for (index_t const s : c_.members()) refuse_what_is_no_number(v(s), s);
      certify_or_refuse();
    } else {
      if constexpr (is_linear) {
        bool const all = how_.evaluation == evaluate_by::elimination;
        if (all || (how_.evaluation == evaluate_by::automatic && c_.size() <= 64)) {
          if constexpr (improves) {
            if (guess.empty()) warm_up();
          }
          if (policy_iteration(all ? 1e300 : 60 * c_.transitions() + 20000, 1e300)) {
            certify_or_refuse();
            return;
          }
        }
      }
      iterate();
    }
  }

  /// Bounds the values of component `c` as they are; `greedy` says that the policy is what they make the best.
  constexpr void certify(std::size_t c, bool greedy) {
    c_.enter(c);
    equations_.reset();
    if (c_.size() == 1 && c_.table().terminal(c_.members()[0])) return;
    if constexpr (improves) {
      for (index_t const s : c_.members()) {
        if (greedy) x_.slots[s] = best(s).first;
      }
    }
    if constexpr (is_linear) {
      // What never ends is no fixed point of its own: any constant is one, where nothing is paid.
      if (is_never_paid()) {
        for (index_t const s : c_.members()) {
          refuse_what_is_no_number(v(s), s);
          if (V(0) < v(s)) x_.below[s] = v(s);
          if (v(s) < V(0)) x_.above[s] = V(-v(s));
        }
        return;
      }
      if constexpr (!improves) {
        index_t const bad = c_.never_ends(x_.slots);
        if (bad != no_index) internal::the_policy_must_end(bad, state(bad));
      }
    }
    certify_or_refuse();
  }

  constexpr double work() const { return work_ + certificate_.work(); }
  constexpr double work_to_certify() const { return certificate_.work(); }

 private:
  using table_type = typename component_type::table_type;

  constexpr V& v(index_t s) { return x_.values[s]; }
  constexpr auto state(index_t s) const { return c_.table().state(s); }

  // Whether the policy that an operator averages over never leaves the component and is never paid there: then its
  // value is 0, whatever the discount. Where the best is taken, states that can be rested in are merged beforehand.
  constexpr bool rests() const {
    if constexpr (improves) {
      return false;
    } else {
      return is_never_paid();
    }
  }
  // The same of all that may be done, where nothing is discounted.
  constexpr bool is_never_paid() const {
    using reward_type = typename table_type::reward_type;
    if constexpr (!is_linear || !std::equality_comparable<reward_type>) {
      return false;
    } else {
      if (c_.discounted()) return false;
      bool stays = true;
      auto const look_at = [&](index_t slot) {
        stays = stays && c_.table().reward(slot) == scalar_traits<reward_type>::zero();
        for (index_t const next : c_.table().successors(slot)) stays = stays && c_.inside(next);
      };
      for (index_t const s : c_.members()) {
        if constexpr (improves) {
          for (index_t const slot : c_.table().actions(s)) look_at(slot);
        } else {
          c_.for_each_slot(s, [&](index_t slot, W const&) { look_at(slot); });
        }
        if (!stays) return false;
      }
      return true;
    }
  }

  // --- One state -----------------------------------------------------------------------------------------------------

  // The closed form of a state that leads to no other before it is left.
  constexpr void alone(index_t s) {
    table_type const& t = c_.table();
    if constexpr (improves && is_linear) {
      V most{};
      index_t taken = no_index;
      bool gains = false;
      for (index_t const slot : t.actions(s)) {
        x_.slots[s] = slot;
        auto const value = of_policy_alone(s);
        if (!value) {
          if constexpr (has_bounds<V>) {
            gains = gains || !(scalar_traits<V>::upper(static_cast<V>(t.reward(slot))) <= 0);  // it might
          } else {
            gains = gains || V(0) < static_cast<V>(t.reward(slot));
          }
          continue;
        }
        if constexpr (has_bounds<V>) {
          // Of intervals that overlap either may be the best; taken is the one that is sure to be worth most.
          bool const first = taken == no_index;
          if (first || scalar_traits<V>::lower(most) < scalar_traits<V>::lower(*value)) taken = slot;
          if (first) {
            most = *value;
          } else {
            most = maximum(most, *value);
          }
        } else if (taken == no_index || most < *value) {
          most = *value;
          taken = slot;
        }
      }
      if (gains) internal::what_never_ends_must_not_gain(s, state(s));
      if (taken == no_index) internal::no_policy_may_end(s, state(s));
      v(s) = most;
      x_.slots[s] = taken;
    } else if constexpr (is_linear) {
      auto const value = of_policy_alone(s);
      if (!value) internal::the_policy_must_end(s, state(s));
      v(s) = *value;
    } else {
      if constexpr (improves) x_.slots[s] = best(s).first;
      if (c_.leads_to_itself(s)) {
        by_sweeps();
      } else {
        v(s) = backup_(s);
      }
    }
    work_ += c_.transitions();
  }
  constexpr std::optional<V> of_policy_alone(index_t s) {
    W leak(0);
    V total = scalar_traits<V>::zero();
    bool comes_back = false;
    c_.for_each_slot(s, [&](index_t slot, W const&) { comes_back = comes_back || c_.leads_to_itself(s, slot); });
    if (!comes_back) {
      if constexpr (improves) {
        return static_cast<V>(q_(s, x_.slots[s]));
      } else {
        return static_cast<V>(backup_(s));
      }
    }
    c_.for_each_slot(s, [&](index_t slot, W const& w) {
      total = sum(total, product(w, static_cast<V>(c_.table().reward(slot))));
      leak = sum(leak, product(w, c_.leak(s, slot)));
    });
    c_.for_each_step(s, [&](index_t next, W const& a) {
      if (next != s) total = sum(total, product(a, x_.values[next]));
    });
    if (!(W(0) < leak)) return std::nullopt;
    if constexpr (std::same_as<V, W>) {
      return quotient(total, leak);
    } else {
      return product(quotient(W(1), leak), total);
    }
  }

  // --- Several states ------------------------------------------------------------------------------------------------

  // A policy to begin with: below a discount of 1 the best one if what is not known yet were worth nothing; else one
  // that ends, if there is one.
  constexpr void begin(slots_type const& guess) {
    if constexpr (!improves) {
      if constexpr (is_linear) {
        if (!c_.discounted()) {
          index_t const bad = c_.never_ends(x_.slots);
          if (bad != no_index) internal::the_policy_must_end(bad, state(bad));
        }
      }
    } else {
      if (!guess.empty()) {
        for (index_t const s : c_.members()) x_.slots[s] = guess[s];
        return;
      }
      if (c_.discounted()) {
        for (index_t const s : c_.members()) x_.slots[s] = best(s).first;
        work_ += c_.transitions();
        return;
      }
      // Each state takes an action that may lead to where it is already known how to end.
      index_t const bad = c_.never_ends_at_all([&](index_t s, index_t slot) { x_.slots[s] = slot; });
      work_ += c_.transitions();
      if (bad != no_index) internal::no_policy_may_end(bad, state(bad));
    }
  }

  /// The best slot of a state and its value.
  constexpr std::pair<index_t, V> best(index_t s) const {
    auto const slots = c_.table().actions(s);
    index_t slot = *slots.begin();
    V value = static_cast<V>(q_(s, slot));
    for (index_t k = slot + 1; k != *slots.end(); ++k) {
      V other = static_cast<V>(q_(s, k));
      if (value < other) {
        value = other;
        slot = k;
      }
    }
    return {slot, value};
  }

  // Sweeps in place there and back, for a policy to begin with; where nothing is discounted, only if it ends.
  constexpr void warm_up() {
    std::size_t const n = c_.size();
    slots_type slots;
    std::vector<V> values;
    for (index_t const s : c_.members()) {
      slots.push_back(x_.slots[s]);
      values.push_back(x_.values[s]);
    }
    for (int k = 0; k < 4; ++k) {
      for (std::size_t j = 0; j < n; ++j) {
        index_t const s = c_.members()[k % 2 == 0 ? n - 1 - j : j];
        auto const [slot, value] = best(s);
        x_.slots[s] = slot;
        v(s) = value;
      }
    }
    work_ += 4 * c_.transitions();
    if (c_.never_ends(x_.slots) == no_index) return;
    for (std::size_t i = 0; i < n; ++i) {
      x_.slots[c_.members()[i]] = slots[i];
      v(c_.members()[i]) = values[i];
    }
  }

  // Values that are vectors: their components share the sweeps, or the elimination.
  constexpr void of_vectors() {
    bool const few = how_.evaluation == evaluate_by::automatic && c_.size() <= 64;
    if (how_.evaluation == evaluate_by::elimination || few) {
      by_elimination();
      return;
    }
    vector_sweeps sweeps(c_, backup_, x_.values, how_.tolerance);
    bool done = sweeps.run(64);
    if (!done && how_.evaluation != evaluate_by::sweeps) done = policy_iteration(1e300, 64);
    if (!done) done = sweeps.run(how_.most_sweeps);
    work_ += sweeps.sweeps() * c_.transitions();
    if (!done) x_.stopped = stop::cap;
  }

  // Of a component in which all end, the equations have a solution; where it is not certain that anything ever leaves
  // it, as of probabilities that are intervals, they need not.
  constexpr void by_elimination() {
    if (!policy_iteration(1e300, 1e300)) {
      internal::the_policy_must_be_sure_to_end(c_.members()[0], state(c_.members()[0]));
    }
  }

  // Of an operator that is not affine there are no equations, and sweeps do not end in exact numbers.
  constexpr void by_sweeps() {
    if constexpr (has_rounding) {
      iterate();
    } else {
      internal::sweeps_must_end_in_floating_point(c_.members()[0], state(c_.members()[0]));
    }
  }

  // Policy iteration (Howard 1960): each policy's equations are solved by elimination, and a state changes its action
  // only where that is certainly better. False if elimination is given up.
  constexpr bool policy_iteration(double most_work, double most_pairs) {
    std::vector<V> values;
    slots_type slots;
    for (int round = 0;; ++round) {
      if constexpr (improves) {
        index_t const bad = c_.never_ends(x_.slots);
        // Improving a policy that ends gives one that does not only where going on for ever pays, or, in numbers that
        // round, where the values were too large for their differences to be known.
        if (bad != no_index) {
          if (surely_gains(bad)) internal::what_never_ends_must_not_gain(bad, state(bad));
          for (index_t const s : c_.members()) v(s) = scalar_traits<V>::zero();
          return false;
        }
      }
      double const begun = work_;
      equations_ = c_.eliminated(x_.slots, most_work, most_pairs, work_);
      if (!equations_) return false;
      auto const found = equations_->solve(c_.right_hand_side(x_.slots, x_.values));
      for (std::size_t i = 0; i < found.size(); ++i) v(c_.members()[i]) = found[i];
      if constexpr (!improves) {
        return true;
      } else {
        // Where an action is better, so is its state's value, but for rounding: where that sets in, this policy is as
        // good as any. Bounds are never taken for better but where they are.
        if constexpr (!is_exact_v<V> && !has_bounds<V>) {
          if (round > 0 && (round > most_policies || !any_rose(slots, values))) return true;
          values = found;
          slots.clear();
          for (index_t const s : c_.members()) slots.push_back(x_.slots[s]);
        }
        bool const better = improve();
        work_ += c_.transitions();
        if (!better) return true;
        most_work -= work_ - begun;
        if (most_work < 0) return false;
      }
    }
  }
  static constexpr int most_policies = 1000;
  // Whether a policy that never ends from a state gains for ever there: after some steps from nothing every state that
  // it comes to has more. Always so in exact scalars, in which policies are improved for certain.
  constexpr bool surely_gains(index_t bad) const {
    if constexpr (!has_rounding) {
      return true;
    } else {
      internal::vector<index_t> seen{bad};
      internal::vector<char> found(c_.size(), 0);
      found[c_.place(bad)] = 1;
      for (std::size_t k = 0; k < seen.size(); ++k) {
        for (index_t const next : c_.table().successors(x_.slots[seen[k]])) {
          if (!c_.inside(next) || found[c_.place(next)] != 0) continue;
          found[c_.place(next)] = 1;
          seen.push_back(next);
        }
      }
      using X = enclosing_t<V>;
      std::vector<X> now(c_.table().size(), X(V(0)));
      auto const q = c_.op().action_values(table_values<X>{now.data()});
      for (std::size_t k = 0; k <= 4 * seen.size() + 64; ++k) {
        std::vector<X> after;
        bool all_gain = true;
        bool all_lose = true;
        for (index_t const s : seen) {
          after.push_back(X(q(s, x_.slots[s])));
          all_gain = all_gain && V(0) < after.back().lower();
          all_lose = all_lose && after.back().upper() < V(0);
        }
        if (all_gain) return true;
        if (all_lose) return false;
        for (std::size_t i = 0; i < seen.size(); ++i) now[seen[i]] = after[i];
      }
      return false;
    }
  }
  // Whether a state that has changed its action is worth more than it was.
  constexpr bool any_rose(slots_type const& slots, std::vector<V> const& values) const {
    for (std::size_t i = 0; i < values.size(); ++i) {
      index_t const s = c_.members()[i];
      if (slots[i] != x_.slots[s] && values[i] < x_.values[s]) return true;
    }
    return false;
  }

  constexpr bool improve() {
    bool better = false;
    if constexpr (has_proofs<V>) {
      enclosed_gain<component_type, V, side::none> gain(c_, x_.values.data(), nullptr);
      residuals<V> off;
      for (index_t const s : c_.members()) {
        gain.turn_to(s);
        index_t const now = x_.slots[s];
        auto const own = gain(now);
        auto all = own;
        V top = internal::upper_bound_of(own);
        for (index_t const slot : c_.table().actions(s)) {
          if (slot == now) continue;
          auto const other = gain(slot);
          if (!better) all = maximum(all, other);
          V const gained = internal::lower_bound_of(other);
          if (!(top < gained)) continue;
          top = gained;
          x_.slots[s] = slot;
          better = true;
        }
        if (!better) off.add(all, own);
      }
      // If nothing is better, these are the residuals that a certificate asks for.
      if (!better && proves_) off_ = std::move(off);
    } else {
      // Intervals that overlap are in no order; of numbers with derivatives the values decide, within rounding.
      for (index_t const s : c_.members()) {
        V top = with_a_margin(s, static_cast<V>(q_(s, x_.slots[s])));
        index_t const now = x_.slots[s];
        for (index_t const slot : c_.table().actions(s)) {
          if (slot == now) continue;
          V const value = static_cast<V>(q_(s, slot));
          if (!(top < value)) continue;
          top = value;
          x_.slots[s] = slot;
          better = true;
        }
      }
      if constexpr (has_bounds<V>) {
        if (!better) refuse_a_choice_that_is_not_certain();
      }
    }
    return better;
  }
  // What rounding may take from the value of an action: of all that goes into it.
  constexpr V with_a_margin(index_t s, V const& value) const {
    if constexpr (has_derivatives<V> && !is_exact_v<V>) {
      V size = magnitude(static_cast<V>(c_.table().reward(x_.slots[s])));
      V n(4);
      for (auto const& o : c_.table().transition(s, x_.slots[s])) {
        size = sum(size, magnitude(x_.values[o.value.next]));
        n = sum(n, V(1));
      }
      auto const most = internal::primal(size);
      using P = std::remove_cvref_t<decltype(most)>;
      return sum(value, V(P(8) * internal::primal(n) * scalar_traits<P>::epsilon() * most));
    } else {
      return value;
    }
  }
  // The values of a policy enclose the optimal ones only if it is the best for all numbers in the intervals.
  constexpr void refuse_a_choice_that_is_not_certain() const {
    for (index_t const s : c_.members()) {
      for (index_t const slot : c_.table().actions(s)) {
        if (slot != x_.slots[s] && !(static_cast<V>(q_(s, slot)) < x_.values[s])) {
          internal::the_best_action_must_be_certain(s, state(s));
        }
      }
    }
  }

  // --- Sweeps --------------------------------------------------------------------------------------------------------

  constexpr void refuse_what_is_no_number(V const& x, index_t s) const {
    if (!is_finite(x)) internal::values_must_stay_in_the_range_of_the_numbers(s, state(s));
  }

  struct residual {
    V low;
    V high;
    V largest;  // value
  };
  // One sweep of the operator over the component, which improves the policy where there is one.
  constexpr residual sweep(bool backward, bool at_once) {
    std::size_t const n = c_.size();
    residual r{V(0), V(0), V(0)};
    // Not `resize`: with the library of g++ 12 it is no constant expression in clang.
    if (at_once && next_.size() != n) next_ = std::vector<V>(n, V(0));
    for (std::size_t j = 0; j < n; ++j) {
      std::size_t const i = backward ? n - 1 - j : j;
      index_t const s = c_.members()[i];
      V value{};
      if constexpr (improves) {
        auto const found = best(s);
        x_.slots[s] = found.first;
        value = found.second;
      } else {
        value = static_cast<V>(backup_(s));
      }
      note(r, j == 0, value - v(s), value);
      if (at_once) {
        next_[i] = value;
      } else {
        v(s) = value;
      }
    }
    work_ += c_.transitions();
    if (!is_finite(r.largest)) {
      for (std::size_t i = 0; i < n; ++i) {
        index_t const s = c_.members()[i];
        refuse_what_is_no_number(at_once ? next_[i] : v(s), s);
      }
    }
    return r;
  }
  static constexpr void note(residual& r, bool first, V const& change, V const& value) {
    if (first || change < r.low) r.low = change;
    if (first || r.high < change) r.high = change;
    if (r.largest < magnitude(value) || !(value == value)) r.largest = magnitude(value);
  }
  constexpr residual policy_sweep(bool backward, bool at_once) {
    std::size_t const n = c_.size();
    residual r{V(0), V(0), V(0)};
    double read = 0;
    for (std::size_t j = 0; j < n; ++j) {
      std::size_t const i = backward ? n - 1 - j : j;
      index_t const s = c_.members()[i];
      V const value = static_cast<V>(q_(s, x_.slots[s]));
      read += static_cast<double>(c_.table().successors(x_.slots[s]).size());
      note(r, j == 0, value - v(s), value);
      if (at_once) {
        next_[i] = value;
      } else {
        v(s) = value;
      }
    }
    work_ += read;
    return r;
  }
  // Takes over what a simultaneous sweep found, moved by what all states have in common.
  constexpr void take_over(V const& by) {
    for (std::size_t i = 0; i < c_.size(); ++i) v(c_.members()[i]) = next_[i] + by;
  }

  constexpr void iterate() {
    if constexpr (improves) {
      if (!c_.discounted() && c_.never_ends(x_.slots) != no_index) begin({});
    }
    iterate_values();
  }

  constexpr void iterate_values() {
    auto const kept = c_.kept_shares();
    bool const constant = kept.shrink();
    bool const every_step_alike = kept.are_alike();
    bool const at_once =
        how_.order == sweep_order::simultaneous || (how_.order == sweep_order::automatic && every_step_alike);
    // All states are moved by their common residual, as far as it comes back: MacQueen's midpoint.
    bool const shifts = at_once && every_step_alike;
    V const scale = constant ? V(kept.scale()) : V(0);
    V const unit = scalar_traits<V>::epsilon();
    V const tolerance = V(how_.tolerance);
    V target = tolerance < unit ? unit : tolerance;
    V last(0);
    V rate(1);
    V smallest(-1);
    int still = 0;
    bool backward = true;
    bool tried_elimination = false;
    double const begun = work_;
    double rounds = 0;
    std::vector<V> kept_back;  // the values before Krylov's method, until a sweep has shown that it helped
    double patience = 1;
    double next_try = 0;
    while (true) {
      auto const r = sweep(backward, at_once);
      backward = !backward;
      if (!kept_back.empty()) {
        // The value of a policy that hardly ever ends is far from the best one's: back to what sweeps had found.
        bool const helped = !(V(2) * last < (shifts ? V((r.high - r.low) / V(2)) : largest_of(r)));
        if (!helped) {
          for (std::size_t i = 0; i < c_.size(); ++i) v(c_.members()[i]) = kept_back[i];
          patience *= 4;
          next_try = rounds + patience;
          last = V(0);
        }
        kept_back.clear();
        if (!helped) continue;
      }
      V const middle = shifts ? V((r.high + r.low) / V(2)) : V(0);
      V const width = shifts ? V((r.high - r.low) / V(2)) : largest_of(r);
      if (V(0) < last) {
        V const now = width / last;
        rate = rate == V(1) ? now : V(sqrt(V(rate * now)));
      }
      last = width;
      V const worst_rate = V(1) - V(1) / V(1000000);
      V const grows = constant      ? scale
                      : rate < V(1) ? V(V(1) / (V(1) - (rate < worst_rate ? rate : worst_rate)))
                                    : V(1000000);
      V const error = width * grows;
      still = smallest < V(0) || width < smallest * (V(1) - V(1) / V(1000)) ? 0 : still + 1;
      if (smallest < V(0) || width < smallest) smallest = width;
      bool const noise = still > 20 && !(V(64) * unit * r.largest < width);
      bool const stuck = still > 2000;
      bool const over = work_ - begun > how_.most_sweeps * c_.transitions() || stuck;
      if (!(target * r.largest < error) || r.largest == V(0) || noise || over) {
        if (shifts) {
          for (index_t const s : c_.members()) v(s) = v(s) + middle * scale;
        } else if (at_once) {
          take_over(V(0));
        }
        equations_.reset();
        shortfall const missing = certify();
        if (missing == shortfall::none) {
          bool const good = reaches_the_tolerance(r.largest);
          if (good || noise || over || target == unit) {
            if (!good) stop_for(over && !noise ? stop::cap : stop::rounding);
            return;
          }
        } else if (missing == shortfall::no_number || noise || over) {
          refuse(missing, width);
        }
        target = target / V(8) < unit ? unit : V(target / V(8));
        if (shifts) {
          last = V(0);
          continue;
        }
      } else if (at_once) {
        take_over(shifts ? V(kept.shift(middle, width)) : V(0));
      }
      ++rounds;
      if constexpr (is_linear) {
        // Where sweeps take long: elimination, if it does not fill up, or else Krylov's method.
        bool slow = false;
        if (how_.evaluation == evaluate_by::automatic && work_ - begun >= 16 * c_.transitions()) {
          double const each = (work_ - begun) / c_.transitions() / rounds;
          slow = 250 < each * rounds_left(static_cast<double>(target * r.largest), static_cast<double>(error),
                                          static_cast<double>(rate));
          if (slow && !tried_elimination) {
            tried_elimination = true;
            if (eliminated_after_all()) return;
          }
        }
        bool const by_krylov = how_.evaluation == evaluate_by::krylov || (slow && !shifts);
        if (by_krylov && !(rounds < next_try) &&
            (c_.discounted() || !improves || c_.never_ends(x_.slots) == no_index)) {
          for (index_t const s : c_.members()) kept_back.push_back(v(s));
          krylov(V(width / V(50)));
          continue;
        }
      }
      if constexpr (improves) {
        for (std::size_t k = 0; k < how_.partial_sweeps; ++k) {
          auto const of_policy = policy_sweep(backward, at_once);
          backward = !backward;
          V const center = (of_policy.high + of_policy.low) / V(2);
          V const half = shifts ? V((of_policy.high - of_policy.low) / V(2)) : largest_of(of_policy);
          if (at_once) take_over(shifts ? V(kept.shift(center, half)) : V(0));
          if (half < width / V(10) || work_ - begun > how_.most_sweeps * c_.transitions()) break;
        }
      }
    }
  }
  static constexpr V largest_of(residual const& r) {
    V const a = magnitude(r.low);
    V const b = magnitude(r.high);
    return a < b ? b : a;
  }
  static constexpr double rounds_left(double target, double error, double rate) {
    if (!(rate < 1)) return 1e9;
    if (!(target < error) || !(0 < target) || !(0 < rate)) return 0;
    return bellman::log(target / error) / bellman::log(rate);
  }
  constexpr bool eliminated_after_all() {
    std::vector<V> values;
    slots_type slots;
    for (index_t const s : c_.members()) {
      values.push_back(x_.values[s]);
      slots.push_back(x_.slots[s]);
    }
    if constexpr (improves) {
      if (c_.never_ends(x_.slots) != no_index) begin({});
    }
    if (policy_iteration(1e300, 64)) {
      certify_or_refuse();
      return true;
    }
    for (std::size_t i = 0; i < c_.size(); ++i) {
      x_.values[c_.members()[i]] = values[i];
      x_.slots[c_.members()[i]] = slots[i];
    }
    return false;
  }
  constexpr void krylov(V const& target) {
    std::size_t const n = c_.size();
    std::vector<V> r(n, V(0));
    for (std::size_t i = 0; i < n; ++i) {
      index_t const s = c_.members()[i];
      if constexpr (improves) {
        r[i] = static_cast<V>(q_(s, x_.slots[s])) - v(s);
      } else {
        r[i] = static_cast<V>(backup_(s)) - v(s);
      }
    }
    auto const apply = [&](std::vector<V> const& y, std::vector<V>& out) {
      for (std::size_t i = 0; i < n; ++i) {
        V total(0);
        c_.for_each_step(c_.members()[i], [&](index_t next, W const& a) {
          if (c_.inside(next)) total = total + V(a) * y[c_.place(next)];
        });
        out[i] = y[i] - total;
      }
      work_ += c_.transitions() / (improves ? 2 : 1);
    };
    auto const y = internal::bicgstab(apply, std::move(r), target);
    for (std::size_t i = 0; i < n; ++i) v(c_.members()[i]) = v(c_.members()[i]) + y[i];
  }

  // --- Certificate ---------------------------------------------------------------------------------------------------

  constexpr shortfall certify() {
    if constexpr (has_proofs<V>) {
      if (off_.up.empty()) off_ = certificate_.sweep();
      auto const off = std::exchange(off_, {});
      return certificate_.find(equations_, off);
    }
    return shortfall::none;
  }
  constexpr void certify_or_refuse() {
    if constexpr (has_proofs<V>) {
      if (!proves_) return;
      auto const missing = certify();
      if (missing != shortfall::none) refuse(missing, V(0));
      V largest(0);
      for (index_t const s : c_.members()) {
        if (largest < magnitude(v(s))) largest = magnitude(v(s));
      }
      if (!reaches_the_tolerance(largest)) stop_for(stop::rounding);
    }
  }
  // Of several components the cap of one is what is told.
  constexpr void stop_for(stop why) {
    if (x_.stopped != stop::cap) x_.stopped = why;
  }
  // Whether the radii of the component are small enough.
  constexpr bool reaches_the_tolerance(V const& largest) const {
    V most(0);
    for (index_t const s : c_.members()) {
      if (most < x_.below[s]) most = x_.below[s];
      if (most < x_.above[s]) most = x_.above[s];
    }
    if constexpr (has_rounding) {
      return !(V(3) / V(2) * V(how_.tolerance) * largest < most);
    } else {
      return !(V(0) < most);
    }
  }
  constexpr void refuse(shortfall why, V const& last_change) const {
    index_t const s = certificate_.where();
    if (why == shortfall::no_number) internal::values_must_stay_in_the_range_of_the_numbers(s, state(s));
    if (why == shortfall::never_ends) internal::the_best_policy_for_the_values_must_end(s, state(s));
    if (why == shortfall::may_go_on) internal::every_course_must_end_in_exact_numbers(s, state(s));
    internal::values_must_be_certified(s, state(s), last_change);
  }

  method const& how_;
  bounded_values<V>& x_;
  bool proves_;
  internal::vector<index_t> place_;
  component_type c_;
  decltype(std::declval<Op const&>().action_values(std::declval<table_values<V>>())) q_;
  decltype(std::declval<Op const&>()(std::declval<table_values<V>>())) backup_;
  certificate<Op, V> certificate_;
  std::optional<state_elimination<W>> equations_{};
  std::vector<V> next_{};
  residuals<V> off_{};  // of the values as they are, or none
  double work_ = 0;
};

}  // namespace bellman::internal

#if defined(__clang__)
#pragma float_control(pop)
#endif
