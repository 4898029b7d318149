// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/shared.hpp>
#include <bellman/internal/shared_part.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/automatic.hpp>
#include <bellman/planning/elimination.hpp>
#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/internal/components.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/rules.hpp>
#include <bellman/planning/internal/solved.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/greedy_policy.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

/// An optimal policy with its ties: every action whose value is the optimal one, each with the same probability.
/// Copies share the actions: constant time.
template <environment E>
class optimal_policy {
 public:
  using table_type = internal::table_of<E>;

  constexpr optimal_policy(table_type its_table, internal::vector<std::size_t> its_first,
                           std::vector<action_t<E>> its_actions)
      : table_(std::move(its_table)),
        first_(internal::shared<internal::vector<std::size_t>>::make(std::move(its_first))),
        actions_(internal::shared<std::vector<action_t<E>>>::make(std::move(its_actions))) {}

  /// The optimal actions of a state, in the order of `actions(s)`; none where the state is terminal. A random-access
  /// view that owns them together with the policy.
  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr auto optimal_actions(S const& named) const {
    state_t<E> const& s = internal::named<state_t<E>>(named);
    index_t const i = internal::number_in<E>(table_, s);
    return internal::shared_part(actions_, (*first_)[i], (*first_)[i + 1]);
  }

  /// The uniform distribution over them.
  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr auto operator()(S const& s) const {
    return uniform(optimal_actions(s));
  }

 private:
  table_type table_;
  internal::shared<internal::vector<std::size_t>> first_;  // of each state, and one past the last
  internal::shared<std::vector<action_t<E>>> actions_;
};

/// The optimal value and a policy that attains it: `auto [v_star, pi_star] = solve(env, gamma)`.
template <class Value, class Policy>
struct solution {
  Value value;
  Policy policy;
};

namespace detail {

template <class S>
[[noreturn]] void with_discount_one_a_state_must_be_able_to_end(index_t i, S const& s) {
  internal::refuse("bellman: from state " + internal::numbered(i, internal::describe(s)) +
                   " no policy ends, and with a discount of 1 its return has no value; the discount must be below "
                   "1, or every state must be able to reach a terminal one");
}
template <class S>
[[noreturn]] void with_discount_one_the_best_policy_must_end(index_t i, S const& s) {
  internal::refuse("bellman: from state " + internal::numbered(i, internal::describe(s)) +
                   " a policy that never ends does better than any that ends, and with a discount of 1 its return "
                   "has no value; the discount must be below 1, or going on must cost something");
}

// By how much two values must differ to count as different: by anything in an exact scalar, by more than rounding and
// what a bound leaves open otherwise: `units` in the last place of the largest value.
template <class V>
constexpr V distinction(int units, V const& largest) {
  if constexpr (internal::has_derivatives<V>) {
    return V(detail::distinction(units, scalar_traits<V>::value(largest)));
  } else if constexpr (!is_exact_v<V> && !internal::has_bounds<V>) {
    return V(units) * scalar_traits<V>::epsilon() * largest;
  } else {
    return V{};
  }
}

template <class S>
[[noreturn]] void the_best_action_must_be_certain(index_t s, S const& state) {
  internal::refuse("bellman: " + internal::in_state(s, state) +
                   " the intervals of two action values overlap, so that it is not certain which is the best; among "
                   "states that lead to each other it must be");
}

template <class V>
constexpr V largest_magnitude(std::vector<V> const& values) {
  V largest{};
  for (auto const& x : values) {
    V const m = magnitude(x);
    if (largest < m) largest = m;
  }
  return largest;
}

// A table with its numbers rounded to double.
template <class Table>
class in_double {
 public:
  using state_type = index_t;
  using action_type = index_t;
  using reward_type = double;

  constexpr explicit in_double(Table const& t) : t_(t) {}

  constexpr auto states() const { return t_.states(); }
  constexpr auto actions(index_t s) const { return t_.actions(s); }
  constexpr bool terminal(index_t s) const { return t_.terminal(s); }
  constexpr auto transition(index_t s, index_t slot) const {
    internal::vector<weighted<outcome<double, index_t>, double>> rounded;
    for (auto const& e : t_.transition(s, slot)) {
      rounded.push_back({{to_double(e.value.reward), e.value.next}, to_double(e.probability)});
    }
    return rounded;
  }

 private:
  Table t_;
};

// The optimal values of one component, those it leads to being known: policy iteration (Howard 1960), in which each
// policy's equations are solved by elimination and a state changes its action only for a better one.
template <class V, class Table, class F>
class component_control {
 public:
  constexpr component_control(Table const& t, F const& gamma, internal::state_components const& cs, std::size_t c,
                              internal::partial_values<V>& v)
      : t_(t), gamma_(gamma), cs_(cs), c_(c), v_(v) {}

  // `guess` gives a slot for each state to start from, or none.
  constexpr void solve(std::span<index_t const> guess) {
    if (guess.empty()) {
      start();
    } else {
      for (std::size_t k = 0; k < size(); ++k) slot_.push_back(guess[member(k)]);
    }
    evaluate();
    for (V before = total(); improve(); before = total()) {
      std::vector<V> old;
      for (std::size_t k = 0; k < size(); ++k) old.push_back(v_.values[member(k)]);
      evaluate();
      // Each policy is better than the one before it, but for rounding: where that sets in, the last is as good as any.
      if (!is_exact_v<V> && !(before < total())) {
        for (std::size_t k = 0; k < size(); ++k) v_.values[member(k)] = old[k];
        break;
      }
    }
    if constexpr (internal::has_bounds<V>) refuse_a_choice_that_is_not_certain();
    if (!(gamma_ < F(1))) refuse_a_better_policy_that_never_ends();
  }

 private:
  constexpr std::size_t size() const { return cs_.size(c_); }
  constexpr index_t member(std::size_t k) const { return cs_.states[cs_.first[c_] + k]; }

  // The values of a policy enclose the optimal ones only if it is the best for all numbers in the intervals.
  constexpr void refuse_a_choice_that_is_not_certain() const {
    auto const q = action_value(t_, gamma_, v_.known());
    for (std::size_t k = 0; k < size(); ++k) {
      for (index_t slot : t_.actions(member(k))) {
        if (slot != slot_[k] && !(q(member(k), slot) < v_.values[member(k)])) {
          detail::the_best_action_must_be_certain(member(k), t_.state(member(k)));
        }
      }
    }
  }

  constexpr V total() const {
    V all{};
    for (std::size_t k = 0; k < size(); ++k) all = sum(all, v_.values[member(k)]);
    return all;
  }

  // With a discount below 1, any policy: the best one if what is not known yet were worth nothing. With a discount of
  // 1, one that ends: each state takes an action that may lead to where it is already known how to end.
  constexpr void start() {
    if (gamma_ < F(1)) {
      auto const greedy = greedy_policy(t_, gamma_, v_.known());
      for (std::size_t k = 0; k < size(); ++k) slot_.push_back(greedy(member(k)));
      return;
    }
    slot_.assign(size(), no_index);
    internal::vector<char> done(t_.size(), 0);
    for (bool found = true; found;) {
      found = false;
      for (std::size_t k = 0; k < size(); ++k) {
        if (slot_[k] != no_index) continue;
        for (index_t slot : t_.actions(member(k))) {
          if (slot_[k] != no_index) break;
          for (index_t next : t_.successors(slot)) {
            if (cs_.component_of[next] == c_ && done[next] == 0) continue;
            slot_[k] = slot;
            found = true;
            break;
          }
        }
        if (slot_[k] != no_index) done[member(k)] = 1;
      }
    }
    for (std::size_t k = 0; k < size(); ++k) {
      if (slot_[k] == no_index) detail::with_discount_one_a_state_must_be_able_to_end(member(k), t_.state(member(k)));
    }
  }

  constexpr void evaluate() {
    if (!(gamma_ < F(1))) refuse_a_policy_that_never_ends();
    auto const q = action_value(t_, gamma_, v_.unknown());
    internal::eliminate_component(cs_, c_, v_, [&](index_t s) { return q(s, slot_[v_.number_of[s]]); });
  }

  // Improving a policy that ends gives one that does not only where going on for ever pays.
  constexpr void refuse_a_policy_that_never_ends() const {
    internal::vector<char> ends(t_.size(), 0);
    std::size_t left = size();
    for (bool found = true; found;) {
      found = false;
      for (std::size_t k = 0; k < size(); ++k) {
        if (ends[member(k)] != 0) continue;
        for (index_t next : t_.successors(slot_[k])) {
          if (cs_.component_of[next] == c_ && ends[next] == 0) continue;
          ends[member(k)] = 1;
          --left;
          found = true;
          break;
        }
      }
    }
    if (left == 0) return;
    for (std::size_t k = 0; k < size(); ++k) {
      if (ends[member(k)] == 0) detail::with_discount_one_the_best_policy_must_end(member(k), t_.state(member(k)));
    }
  }

  constexpr bool improve() {
    auto const q = action_value(t_, gamma_, v_.known());
    V const margin = detail::distinction(16, detail::largest_magnitude(v_.values));
    bool better = false;
    for (std::size_t k = 0; k < size(); ++k) {
      index_t const s = member(k);
      V best = sum(q(s, slot_[k]), margin);  // not v_.values[s], which was rounded in another order
      for (index_t slot : t_.actions(s)) {
        if (slot == slot_[k]) continue;
        V const value = q(s, slot);
        if (!(best < value)) continue;
        best = value;
        slot_[k] = slot;
        better = true;
      }
    }
    return better;
  }

  // With a discount of 1, actions that are as good as the best may form a loop without end: a set of states that some
  // of them never leave. Going round in it returns the value of the state less what the states of the loop still
  // promise, so it is better exactly where that is below zero.
  constexpr void refuse_a_better_policy_that_never_ends() const {
    auto const q = action_value(t_, gamma_, v_.known());
    V const margin = detail::distinction(4096, detail::largest_magnitude(v_.values));
    internal::vector<char> stays(t_.slots(), 0);
    for (std::size_t k = 0; k < size(); ++k) {
      for (index_t slot : t_.actions(member(k))) {
        stays[slot] = sum(q(member(k), slot), margin) < v_.values[member(k)] ? 0 : 1;
      }
    }
    // Actions that may leave their component of what is left are taken out, until none does.
    for (bool changed = true; changed;) {
      changed = false;
      auto const active = [&](index_t slot) { return stays[slot] != 0; };
      auto const loops = internal::components(t_, active);
      for (std::size_t k = 0; k < size(); ++k) {
        for (index_t slot : t_.actions(member(k))) {
          if (stays[slot] == 0) continue;
          for (index_t next : t_.successors(slot)) {
            if (t_.terminal(next) || loops.component_of[next] != loops.component_of[member(k)]) stays[slot] = 0;
          }
          changed = changed || stays[slot] == 0;
        }
      }
    }
    for (std::size_t k = 0; k < size(); ++k) {
      index_t const s = member(k);
      for (index_t slot : t_.actions(s)) {
        if (stays[slot] != 0 && sum(v_.values[s], margin) < V{}) {
          detail::with_discount_one_the_best_policy_must_end(s, t_.state(s));
        }
      }
    }
  }

  Table const& t_;
  F const& gamma_;
  internal::state_components const& cs_;
  std::size_t c_;
  internal::partial_values<V>& v_;
  internal::vector<index_t> slot_;  // the policy: one slot for each state of the component
};

// The problem of the best action, which in a cycle is solved by policy iteration. `guess(components)` gives a slot for
// each state to start from, or none.
template <class Operator, class Table, class F, class Guess>
class control_problem : public fixed_point_problem<Operator, Table, F> {
 public:
  constexpr control_problem(Operator op, Table t, discount<F> gamma, Guess guess)
      : fixed_point_problem<Operator, Table, F>(std::move(op), std::move(t), gamma), guess_(std::move(guess)) {}

  template <class V>
  constexpr auto component_solver(internal::state_components const& cs, internal::partial_values<V>& v) const {
    return [this, &cs, &v, guess = guess_(cs)](std::size_t c) {
      component_control<V, Table, F>(this->table(), this->gamma(), cs, c, v).solve(guess);
    };
  }

 private:
  Guess guess_;
};

struct solve_fn {
  template <class E, class G, class... Rest, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                             internal::rewards_with_an_order<Env>, internal::a_discount_of<G, Env>,
                                             internal::where_and_how_to_solve<Env, Rest...>>::type::yes>
  constexpr auto operator()(E const& env, G const& gamma, Rest const&... rest) const {
    auto const& dynamics = internal::environment_itself(env);
    if constexpr (sizeof...(Rest) == 0) {
      return solve_table<Env>(tabulate(dynamics), gamma, automatic{});
    } else if constexpr (sizeof...(Rest) == 2) {
      return solve_table<Env>(internal::table_from(dynamics, std::get<0>(std::tie(rest...))), gamma,
                              std::get<1>(std::tie(rest...)));
    } else if constexpr ((solving_method<Rest> && ...)) {
      return solve_table<Env>(tabulate(dynamics), gamma, rest...);
    } else {
      return solve_table<Env>(internal::table_from(dynamics, rest...), gamma, automatic{});
    }
  }

 private:
  template <class E, class Table, class G, class Method>
  static constexpr auto solve_table(Table const& t, G const& gamma, Method const& method) {
    auto const checked = discount_for<typename Table::reward_type>(gamma);
    auto const guess = [&](internal::state_components const& cs) { return guess_for(t, checked, cs); };
    control_problem const problem(bellman_optimality(t, checked), t, checked, guess);
    auto found = internal::solved(method, problem);
    return with_policy<E>(t, checked, std::move(found.values), std::move(found.error_bound));
  }

  // An exact scalar costs much for each policy that is evaluated, and the policy that is best in double is nearly
  // always the best one: so policy iteration begins there. It decides by exact values all the same.
  template <class Table, class F>
  static constexpr internal::vector<index_t> guess_for(Table const& t, discount<F> const& gamma,
                                                       internal::state_components const& cs) {
    internal::vector<index_t> guess;
    constexpr bool may_be_rounded = requires(F const& f, typename Table::reward_type const& r) {
      to_double(f);
      to_double(r);
    };
    if constexpr (exact_scalar<F> && may_be_rounded) {
      bool cyclic = false;
      for (std::size_t c = 0; c < cs.size(); ++c) cyclic = cyclic || internal::is_cyclic(t, cs, c, every_slot{});
      if (!cyclic || !(gamma.value() < F(1)) || !(to_double(gamma.value()) < 1)) return guess;
      auto const rounded = solve_fn{}(in_double<Table>(t), to_double(gamma.value()), elimination{});
      for (index_t s = 0; s < t.size(); ++s) {
        guess.push_back(t.terminal(s) ? no_index : rounded.policy.optimal_actions(s).front());
      }
    }
    return guess;
  }

  template <class E, class Table, class F, class V>
  static constexpr auto with_policy(Table const& t, discount<F> const& gamma, std::vector<V> values, V error_bound) {
    auto const q = action_value(t, gamma, internal::table_values<V>{values.data()});
    V const margin = sum(detail::distinction(4096, detail::largest_magnitude(values)), sum(error_bound, error_bound));
    internal::vector<std::size_t> first{0};
    std::vector<action_t<E>> actions;
    for (index_t s = 0; s < t.size(); ++s) {
      for (index_t slot : t.actions(s)) {
        if (sum(q(s, slot), margin) < values[s]) continue;
        if constexpr (table<E>) {
          actions.push_back(slot);
        } else {
          actions.push_back(t.action(slot));
        }
      }
      first.push_back(actions.size());
    }
    tabular_value<E, V> value(t, std::move(values), std::move(error_bound));
    optimal_policy<E> policy(t, std::move(first), std::move(actions));
    return solution<tabular_value<E, V>, optimal_policy<E>>{std::move(value), std::move(policy)};
  }
};

}  // namespace detail

/// `solve(env, gamma)`: the optimal value `V*`, the fixed point of `bellman_optimality(env, gamma)`, and a policy that
/// attains it: `auto [v_star, pi_star] = solve(env, gamma)`.
///
/// Both are callables of a state; `pi_star.optimal_actions(s)` is the set of all best actions. `solve(env, gamma,
/// start)` solves what can be reached from `start`. The order is that of `state_value`: components one after another,
/// one application of the operator where nothing comes back, policy iteration with elimination where something does, or
/// sweeps with a certified error. Actions whose values differ by less than rounding (4096 units in the last place of
/// the largest value, and twice a certified error) count as ties.
///
/// *Arguments*: an environment whose rewards have an order, a discount; `start` and a last argument that chooses the
/// method: as for `state_value`.
/// *Errors*: with a discount of 1 every state must be able to end, and no policy that never ends may do better than
/// those that do; otherwise `invalid_value` names a state. Those of `tabulate`, of the discount and of the method.
/// *Cost*: O(transitions), and for a cycle of m states up to O(m^3) a policy.
/// *Laws*: `bellman_optimality(env, gamma)(v_star) == v_star`; `v_star >= V_pi` for every policy: tests/laws.
/// *Source*: Sutton and Barto, chapter 4; Puterman, chapters 6 and 7; policy iteration: Howard 1960.
/// *Use*:
///     bellman::solve(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         0.5, bellman::context{}).policy.optimal_actions(bellman::context{}).front() == 1
inline constexpr detail::solve_fn solve{};

}  // namespace bellman
