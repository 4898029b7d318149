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
#include <bellman/planning/internal/over_numbers.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/resting_states.hpp>
#include <bellman/planning/internal/rules.hpp>
#include <bellman/planning/internal/where_and_how.hpp>
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
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>
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

struct rounded_to_double {
  template <class X>
  constexpr double operator()(X const& x) const {
    return to_double(x);
  }
};

struct fixed_point_of_fn {
  template <class Op, class Method = automatic,
            class = typename internal::every<internal::an_operator_over_a_table<Op>, internal::a_method<Method>,
                                             internal::an_operator_that_can_lose_its_derivatives<Op>,
                                             internal::a_method_that_solves<Op, Method>>::type::yes>
  constexpr auto operator()(Op const& op, Method const& how = {}) const {
    using V = typename fixed_point_problem<Op>::value_type;
    if constexpr (internal::is_a_mean_over<typename Op::choice_type> &&
                  !internal::is_a_mean<typename Op::choice_type>) {
      auto const& t = op.environment();
      auto const by_numbers = internal::policy_by_numbers(t, op.choice().policy);
      return (*this)(bellman_expectation(t, by_numbers, op.gamma(), op.equivalent()), how);
    } else if constexpr (std::convertible_to<Method, method>) {
      return solved<V>(internal::over_numbers(op), method(how));
    } else {
      return solved<V>(op, how);
    }
  }

 private:
  template <class V, class Op, class Method>
  static constexpr bounded_values<V> solved(Op const& op, Method const& how) {
    if constexpr (internal::takes_the_best<typename Op::choice_type> && internal::expects_outcomes<Op>) {
      if (op.gamma() < decltype(op.gamma())(1)) return by_a_method<V>(op, how, nullptr);
      auto const cs = internal::components(op.environment(), internal::active_slots(op));
      if (internal::may_rest(op.environment(), cs)) return with_resting_states<V>(op, how);
      return by_a_method<V>(op, how, &cs);
    } else {
      return by_a_method<V>(op, how, nullptr);
    }
  }

  // `cs`: the components of the operator's slots, if they are at hand.
  template <class V, class Op, class Method>
  static constexpr bounded_values<V> by_a_method(Op const& op, Method const& how,
                                                 internal::state_components const* cs) {
    if constexpr (std::same_as<Method, method>) {
      if (!(how.tolerance >= 0)) internal::a_tolerance_must_not_be_negative(how.tolerance);
      internal::state_components found;
      if (!how.by_components) {
        found = internal::as_one(op.environment());
      } else if (cs == nullptr) {
        found = internal::components(op.environment(), internal::active_slots(op));
      }
      internal::state_components const& parts = how.by_components && cs != nullptr ? *cs : found;
      auto const& t = op.environment();
      bounded_values<V> x;
      x.values.assign(t.size(), scalar_traits<V>::zero());
      x.slots.assign(t.size(), no_index);
      if constexpr (internal::has_proofs<V>) {
        x.below.assign(t.size(), V(0));
        x.above.assign(t.size(), V(0));
      }
      auto const guess = guess_for(op, parts);
      internal::component_loop<Op, V> loop(op, parts, how, x);
      for (std::size_t c = 0; c < parts.size(); ++c) loop.solve(c, guess);
      double const all = static_cast<double>(t.transitions());
      if (0 < all) {
        x.sweeps = loop.work() / all;
        x.sweeps_to_certify = loop.work_to_certify() / all;
      }
      if constexpr (internal::has_derivatives<V>) {
        auto bounded = certify(op, std::move(x.values), std::move(x.slots));
        bounded.sweeps += x.sweeps;
        return bounded;
      } else {
        return x;
      }
    } else {
      std::vector<V> values = how(fixed_point_problem<Op>(op));
      if (values.size() != op.environment().size()) {
        detail::a_method_must_give_one_value_for_each_state(values.size(), op.environment().size());
      }
      if constexpr (ordered_field<V>) {
        return certify(op, std::move(values));
      } else {
        return bounded_values<V>{.values = std::move(values)};  // vectors have no order, and no bounds
      }
    }
  }

  static constexpr bool some_lead_to_each_other(internal::state_components const& cs) {
    for (std::size_t c = 0; c < cs.size(); ++c) {
      if (cs.size(c) > 1) return true;
    }
    return false;
  }

  // An exact scalar costs much for each policy that is evaluated, and the policy that is best in double is nearly
  // always the best one: so policy iteration begins there. It decides by exact values all the same.
  template <class Op>
  static constexpr internal::vector<index_t> guess_for(Op const& op, internal::state_components const& cs) {
    using table_type = typename Op::environment_type;
    using F = std::remove_cvref_t<decltype(op.gamma())>;
    if constexpr (internal::takes_the_best<typename Op::choice_type> && internal::expects_outcomes<Op> &&
                  exact_scalar<F> && internal::has_a_double<F> &&
                  internal::has_a_double<typename table_type::reward_type> &&
                  internal::has_a_double<typename table_type::probability_type>) {
      auto const& t = op.environment();
      double const gamma = to_double(op.gamma());
      if (!some_lead_to_each_other(cs) || !(op.gamma() < F(1)) || !(gamma < 1)) return {};
      double largest(0);
      for (auto const& r : t.rewards()) largest = maximum(largest, magnitude(to_double(r)));
      if (!is_finite(4 * largest / (1 - gamma))) return {};  // values would leave the range
      auto const in_double = tabulate(internal::with_other_numbers<table_type, rounded_to_double>(t));
      auto const op_in_double = internal::over_numbers(bellman_optimality(in_double, gamma));
      // By a type that depends on a parameter, vectors of which need not be constexpr.
      using D = std::conditional_t<internal::has_a_double<F>, double, void>;
      bounded_values<D> x;
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
      if (!some_lead_to_each_other(cs)) return {};
      return fixed_point_of_fn{}(internal::without_derivatives_of(op).op()).slots;
    } else {
      return {};
    }
  }
  template <class Op, class V = typename fixed_point_problem<Op>::value_type>
  static constexpr bool has_rounded_derivatives = internal::takes_the_best<typename Op::choice_type> &&
                                                  internal::expects_outcomes<Op> && internal::has_derivatives<V> &&
                                                  !is_exact_v<V>;

  template <class Method>
  static constexpr bool resting_ends(Method const& how) {
    if constexpr (std::same_as<Method, method>) {
      return how.rest == resting::worth_nothing;
    } else {
      return false;
    }
  }

  template <class V, class Op, class Method>
  static constexpr bounded_values<V> with_resting_states(Op const& op, Method const& how) {
    auto const& t = op.environment();
    auto const rest = internal::find_resting_states(t);
    internal::merged_states const merged(t, rest, resting_ends(how));
    auto const quotient = tabulate(merged);
    bellman_operator const over_quotient = bellman_optimality(quotient, op.gamma());
    auto const y = [&] {
      if constexpr (std::same_as<Method, method>) {
        return by_a_method<V>(internal::over_numbers(over_quotient), how, nullptr);
      } else {
        return by_a_method<V>(over_quotient, how, nullptr);
      }
    }();
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
    for (index_t b = 0; b < rest.first.size(); ++b) {
      index_t const s = rest.first[b];
      index_t const out = y.slots[b] == no_index ? no_index : quotient.action(y.slots[b]);
      if (rest.endless[b] == 0) {
        x.slots[s] = out;
      } else if (out != no_index) {
        if (!resting_ends(how)) {
          V const most = y.above.empty() ? y.values[b] : V(sum(y.values[b], y.above[b]));
          if (most < V(0)) internal::going_round_for_nothing_must_not_be_better_than_ending(s, t.state(s));
        }
        internal::lead_out(rest, out, x.slots);
      } else {
        for (index_t const member : merged.members(b)) {
          for (index_t const slot : t.actions(member)) {
            if (rest.rests[slot] != 0) x.slots[member] = slot;
          }
        }
      }
    }
    return x;
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
