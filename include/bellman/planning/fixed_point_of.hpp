// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/certify.hpp>
#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/internal/component_loop.hpp>
#include <bellman/planning/internal/components.hpp>
#include <bellman/planning/internal/other_numbers.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/resting_states.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/planning/tabular_policy.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void a_method_must_give_one_value_for_each_state(std::size_t values, std::size_t states) {
  internal::refuse("bellman: the solving method gave " + std::to_string(values) + " values for a table of " +
                   std::to_string(states) + " states; there must be one for each");
}
template <class S>
[[noreturn]] void going_round_for_nothing_must_not_be_better_than_ending(index_t i, S const& s) {
  internal::refuse("bellman: from state " + internal::numbered(i, internal::describe(s)) +
                   " a policy that never ends does better than any that ends: it goes round for nothing for ever, and "
                   "every way to end costs more; the discount must be below 1, or going on must cost something, or it "
                   "must be said that it is worth nothing (resting::worth_nothing)");
}

template <class X>
concept has_a_double = requires(X const& x) {
  to_double(x);
};

struct rounded_to_double {
  template <class X>
  constexpr double operator()(X const& x) const {
    return to_double(x);
  }
};

// Settings of the loop, or what proposes values for a problem.
template <class Op, class Method>
struct a_method_that_solves : internal::a_method_for<Method, fixed_point_problem<Op>> {};
template <class Op, class Method>
requires std::convertible_to<Method, method>
struct a_method_that_solves<Op, Method> {
  using type = internal::accepted;
};

struct fixed_point_of_fn {
  template <
      class Op, class Method = automatic,
      class = typename internal::every<internal::an_operator_over_a_table<Op>, internal::a_method<Method>,
                                       a_method_that_solves<Op, Method>>::type::yes>
  constexpr auto operator()(Op const& op, Method const& how = {}) const {
    using V = typename fixed_point_problem<Op>::value_type;
    if constexpr (internal::is_a_mean_over<typename Op::choice_type> &&
                  !internal::is_a_mean<typename Op::choice_type>) {
      auto const& t = op.environment();
      return (*this)(bellman_expectation(t, policy_of_table(t, op.choice().policy), op.gamma(), op.equivalent()), how);
    } else if constexpr (std::convertible_to<Method, method>) {
      method const settings = how;
      if (!(settings.tolerance >= 0)) detail::a_tolerance_must_not_be_negative(settings.tolerance);
      return by_the_loop<V>(op, settings);
    } else {
      std::vector<V> values = how(fixed_point_problem<Op>(op));
      if (values.size() != op.environment().size()) {
        detail::a_method_must_give_one_value_for_each_state(values.size(), op.environment().size());
      }
      return certify(op, std::move(values));
    }
  }

 private:
  // The policy as an operator over the table asks it: by numbers. `tabulate` would take it for one of the environment,
  // where that has numbers for states, too.
  template <class Table, class Policy>
  static constexpr auto policy_of_table(Table const& t, Policy const& policy) {
    using D = decltype(action_distribution<Table>(policy, index_t{}));
    using P = scalar_of_weight_t<probability_t<D>, scalar_t<typename Table::reward_type>>;
    std::vector<P> p(t.slots(), P(0));
    for (index_t s = 0; s < t.size(); ++s) {
      if (t.terminal(s)) continue;
      auto const all = t.actions(s);
      P total(0);
      for (auto&& e : action_distribution<Table>(policy, s)) {
        P const w = weigh(e.probability, scalar_t<typename Table::reward_type>(1));
        index_t const slot = static_cast<index_t>(e.value);
        bool const known = slot >= *all.begin() && slot < *all.end();
        if (!known && internal::is_nothing(w)) continue;
        if (!known) detail::an_action_must_be_available(s, t.state(s), slot);
        p[slot] = sum(p[slot], w);
        total = sum(total, w);
      }
      if constexpr (internal::rounds<P>) {
        if (total == P(1)) continue;
        for (index_t const slot : all) p[slot] = p[slot] / total;
      }
    }
    internal::vector<index_t> first(t.first_slots().begin(), t.first_slots().end());
    return tabular_policy<P>(std::move(first), std::move(p));
  }

  template <class V, class Op>
  static constexpr bounded_values<V> by_the_loop(Op const& op, method const& how) {
    using choice = typename Op::choice_type;
    auto const& t = op.environment();
    auto const cs = parts_of(op, how);
    if constexpr (internal::takes_the_best<choice> && internal::expects_outcomes<Op>) {
      if (!(op.gamma() < decltype(op.gamma())(1)) && internal::may_rest(t, cs)) return with_resting_states<V>(op, how);
    }
    return by_components<V>(op, how, cs);
  }

  // Not `?:`, which in g++ 12 destroys the chosen object too early in a constant expression.
  template <class Op>
  static constexpr internal::state_components parts_of(Op const& op, method const& how) {
    if (!how.by_components) return internal::as_one(op.environment());
    return internal::components(op.environment(), internal::active_slots(op));
  }

  template <class V, class Op>
  static constexpr bounded_values<V> by_components(Op const& op, method const& how,
                                                   internal::state_components const& cs) {
    auto const& t = op.environment();
    bounded_values<V> x;
    x.values.assign(t.size(), scalar_traits<V>::zero());
    x.slots.assign(t.size(), no_index);
    constexpr bool proves = ordered_field<V> && !internal::has_bounds<V> && !internal::has_derivatives<V>;
    if constexpr (proves) {
      x.below.assign(t.size(), V(0));
      x.above.assign(t.size(), V(0));
    }
    auto const guess = guess_for(op, cs);
    internal::component_loop<Op, V> loop(op, cs, how, x);
    for (std::size_t c = 0; c < cs.size(); ++c) loop.solve(c, guess);
    double const all = static_cast<double>(t.transitions());
    if (0 < all) {
      x.sweeps = loop.work() / all;
      x.sweeps_to_certify = loop.work_to_certify() / all;
    }
    if constexpr (internal::has_derivatives<V>) bound_the_values(op, x);
    return x;
  }

  // An exact scalar costs much for each policy that is evaluated, and the policy that is best in double is nearly
  // always the best one: so policy iteration begins there. It decides by exact values all the same.
  template <class Op>
  static constexpr internal::vector<index_t> guess_for(Op const& op, internal::state_components const& cs) {
    using table_type = typename Op::environment_type;
    using F = std::remove_cvref_t<decltype(op.gamma())>;
    if constexpr (internal::takes_the_best<typename Op::choice_type> && internal::expects_outcomes<Op> &&
                  exact_scalar<F> && has_a_double<F> && has_a_double<typename table_type::reward_type> &&
                  has_a_double<typename table_type::probability_type>) {
      auto const& t = op.environment();
      double const gamma = to_double(op.gamma());
      bool cyclic = false;
      for (std::size_t c = 0; c < cs.size(); ++c) cyclic = cyclic || cs.size(c) > 1;
      if (!cyclic || !(op.gamma() < F(1)) || !(gamma < 1)) return {};
      auto const in_double = tabulate(internal::with_other_numbers<table_type, rounded_to_double>(t));
      auto const op_in_double = bellman_optimality(in_double, gamma);
      bounded_values<double> x;
      x.values.assign(t.size(), 0.0);
      x.slots.assign(t.size(), no_index);
      x.below.assign(t.size(), 0.0);
      x.above.assign(t.size(), 0.0);
      method const how = elimination{};
      internal::component_loop<std::remove_const_t<decltype(op_in_double)>, double> loop(op_in_double, cs, how, x,
                                                                                         /*proves=*/false);
      for (std::size_t c = 0; c < cs.size(); ++c) loop.solve(c, {});
      return x.slots;
    } else if constexpr (has_rounded_derivatives<Op>) {
      // The values decide, and without derivatives it is certain which are better.
      bool cyclic = false;
      for (std::size_t c = 0; c < cs.size(); ++c) cyclic = cyclic || cs.size(c) > 1;
      if (!cyclic) return {};
      return fixed_point_of_fn{}(internal::without_derivatives_of(op).op()).slots;
    } else {
      return {};
    }
  }
  template <class Op, class V = typename fixed_point_problem<Op>::value_type>
  static constexpr bool has_rounded_derivatives = internal::takes_the_best<typename Op::choice_type> &&
                                                  internal::expects_outcomes<Op> && internal::has_derivatives<V> &&
                                                  !is_exact_v<V>;

  // Of numbers with derivatives the values are bounded, and the derivatives are within rounding of theirs.
  template <class Op, class V>
  static constexpr void bound_the_values(Op const& op, bounded_values<V>& x) {
    auto const without = internal::without_derivatives_of(op);
    auto const plain = without.of(x);
    auto const found = certify(without.op(), plain.values, plain.slots);
    for (auto const& e : found.below) x.below.push_back(V(e));
    for (auto const& e : found.above) x.above.push_back(V(e));
    x.stopped = found.stopped;
  }

  template <class V, class Op>
  static constexpr bounded_values<V> with_resting_states(Op const& op, method const& how) {
    auto const& t = op.environment();
    auto const rest = internal::find_resting_states(t);
    bool const ends = how.rest == resting::worth_nothing;
    internal::merged_states const merged(t, rest, ends);
    auto const quotient = tabulate(merged);
    auto const op_there = bellman_optimality(quotient, op.gamma());
    auto const y = by_components<V>(op_there, how, parts_of(op_there, how));
    bounded_values<V> x;
    x.stopped = y.stopped;
    x.sweeps = y.sweeps;
    x.sweeps_to_certify = y.sweeps_to_certify;
    x.slots.assign(t.size(), no_index);
    for (index_t s = 0; s < t.size(); ++s) {
      index_t const b = rest.block_of[s];
      x.values.push_back(y.values[b]);
      if (!y.below.empty()) {
        x.below.push_back(y.below[b]);
        x.above.push_back(y.above[b]);
      }
    }
    internal::vector<index_t> owner(t.slots(), no_index);
    for (index_t s = 0; s < t.size(); ++s) {
      for (index_t const slot : t.actions(s)) owner[slot] = s;
    }
    for (index_t b = 0; b < rest.first.size(); ++b) leave_block(t, rest, merged, quotient, y, b, ends, owner, x.slots);
    return x;
  }

  // The policy within a block: on to the state from which it is left by the best way out, or to rest.
  template <class Table, class Merged, class Quotient, class V>
  static constexpr void leave_block(Table const& t, internal::resting_states const& rest, Merged const& merged,
                                    Quotient const& quotient, bounded_values<V> const& y, index_t b, bool ends,
                                    internal::vector<index_t> const& owner, internal::vector<index_t>& slots) {
    auto const& members = merged.members(b);
    if (rest.endless[b] == 0) {
      index_t const s = members[0];
      if (!t.terminal(s)) slots[s] = quotient.action(y.slots[b]);
      return;
    }
    bool const stays = quotient.terminal(b) || quotient.action(y.slots[b]) == no_index;
    if (!stays && !ends) {
      V const most = y.above.empty() ? y.values[b] : V(sum(y.values[b], y.above[b]));
      if (most < V(0)) {
        detail::going_round_for_nothing_must_not_be_better_than_ending(members[0], t.state(members[0]));
      }
    }
    internal::vector<index_t> queue;
    if (stays) {
      for (index_t const s : members) {
        for (index_t const slot : t.actions(s)) {
          if (rest.rests[slot] != 0) slots[s] = slot;
        }
      }
      return;
    }
    index_t const out = quotient.action(y.slots[b]);
    slots[owner[out]] = out;
    for (bool found = true; found;) {
      found = false;
      for (index_t const s : members) {
        if (slots[s] != no_index) continue;
        for (index_t const slot : t.actions(s)) {
          if (rest.rests[slot] == 0 || slots[s] != no_index) continue;
          for (index_t const next : t.successors(slot)) {
            if (slots[next] == no_index || rest.block_of[next] != b) continue;
            slots[s] = slot;
            found = true;
            break;
          }
        }
      }
    }
  }
};

}  // namespace detail

/// `fixed_point_of(op)`, `fixed_point_of(op, method)`: the fixed point of a Bellman operator over a table, with bounds:
/// `bounded_values`, by the numbers of the states. `state_value` and `solve` are this with names for the numbers.
///
/// One loop: improve the policy, evaluate it partially, certify, stop; component after component of the states that
/// lead to each other, each after what it leads to. Where nothing is discounted, states that can be gone round in for
/// nothing are one state first, by structure.
///
/// *Arguments*: an operator over a table: any choice, any certainty equivalent; a method, `automatic{}` unless it is
/// said. A method of one's own proposes values, which are certified.
/// *Errors*: `invalid_value` for a tolerance below 0, and for what has no value or no certificate, which the message
/// tells; in exact numbers an operator that is not affine has a fixed point only where no state comes back.
/// *Cost*: O(transitions) a sweep; three sweeps or less to certify.
/// *Laws*: `op(v) == v` in exact numbers; the same bounds hold for every method: tests/planning.
/// *Source*: Puterman, chapters 6 and 7; MacQueen 1966; Puterman and Shin 1978.
/// *Use*:
///     [] {
///       auto const table = bellman::tabulate(
///           bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                      bellman::length_limit{2},
///                                      [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///           bellman::context{});
///       auto const found = bellman::fixed_point_of(bellman::bellman_optimality(table, 1.0));
///       return found.values[0] - found.below[0] <= 2.0 && 2.0 <= found.values[0] + found.above[0];
///     }()
inline constexpr detail::fixed_point_of_fn fixed_point_of{};

}  // namespace bellman
