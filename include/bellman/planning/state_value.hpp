// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/planning/components.hpp>
#include <bellman/planning/elimination.hpp>
#include <bellman/planning/iteration.hpp>
#include <bellman/planning/linear_form.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/discount.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

template <class Table, class Active>
constexpr bool has_an_exit(Table const& t, state_components const& cs, std::size_t c, Active const& active) {
  for (std::size_t k = cs.first[c]; k < cs.first[c + 1]; ++k) {
    for (index_t slot : t.actions(cs.states[k])) {
      if (!active(slot)) continue;
      for (index_t next : t.successors(slot)) {
        if (cs.component_of[next] != c) return true;
      }
    }
  }
  return false;
}

// The fixed point of a policy's operator over a table, component by component.
template <class Operator, class Table, class F, class Active>
constexpr auto evaluate(Operator const& op, Table const& t, F const& gamma, Active const& active,
                        state_components const& cs) {
  using V = operator_value_t<Operator, typename Table::reward_type>;
  using S = scalar_t<V>;
  std::vector<V> values(t.size(), V{});
  std::vector<index_t> number_of(t.size(), no_index);
  auto const backup = op(table_values<V>{values.data()});
  auto const equation = op(unknown_values<V, S>{values.data(), number_of.data()});
  for (std::size_t c = 0; c < cs.size(); ++c) {
    index_t const first = cs.states[cs.first[c]];
    if (!is_cyclic(t, cs, c, active)) {
      values[first] = backup(first);
      continue;
    }
    if (!(gamma < F(1)) && !has_an_exit(t, cs, c, active)) {
      rules::with_discount_one_a_policy_must_end(first, t.state(first));
    }
    std::vector<linear_form<V, S>> forms;
    for (std::size_t k = cs.first[c]; k < cs.first[c + 1]; ++k) {
      number_of[cs.states[k]] = static_cast<index_t>(k - cs.first[c]);
    }
    for (std::size_t k = cs.first[c]; k < cs.first[c + 1]; ++k) forms.push_back(equation(cs.states[k]));
    auto const solved = eliminate(std::move(forms));
    for (std::size_t k = cs.first[c]; k < cs.first[c + 1]; ++k) {
      values[cs.states[k]] = solved[k - cs.first[c]];
      number_of[cs.states[k]] = no_index;
    }
  }
  return values;
}

// The value of a policy over a table, as a value function of the environment that the table was made of.
template <class E, class Table, class Policy, class G, class Method>
constexpr auto value_of_policy(Table const& t, Policy const& policy, G const& gamma, Method const& method) {
  auto const pi = tabulate(t, policy);
  auto const checked = discount_for<typename Table::reward_type>(gamma);
  auto const op = bellman_expectation(t, pi, checked);
  using V = operator_value_t<std::remove_const_t<decltype(op)>, typename Table::reward_type>;
  auto const active = [&](index_t slot) { return !is_nothing(pi.probability(slot)); };
  auto by_iteration = [&](auto const& how) {
    auto found = iterate(op, t, checked.value(), active, how.tolerance);
    return tabular_value<E, V>(t, std::move(found.values), found.error_bound);
  };
  if constexpr (std::same_as<Method, iteration>) {
    return by_iteration(method);
  } else {
    auto const cs = components(t, active);
    if constexpr (std::same_as<Method, automatic> && std::floating_point<V>) {
      if (prefers_iteration<V>(t, cs, active, checked.value())) return by_iteration(iteration{});
    }
    return tabular_value<E, V>(t, evaluate(op, t, checked.value(), active, cs), V{});
  }
}

// An environment in which only that can be done which a policy may do: what it never does need not be explored.
template <class E, class Policy>
struct followed_environment {
  using state_type = state_t<E>;
  using action_type = action_t<E>;
  using reward_type = reward_t<E>;

  E env;
  Policy policy;

  constexpr std::vector<action_type> actions(state_type const& s) const {
    std::vector<action_type> taken;
    auto const answer = action_distribution<E>(policy, s);
    for (auto&& a : env.actions(s)) {
      action_type const candidate = static_cast<action_type>(a);
      for (auto&& e : answer) {
        if (is_nothing(e.probability) || !(static_cast<action_type>(e.value) == candidate)) continue;
        taken.push_back(candidate);
        break;
      }
    }
    return taken;
  }
  constexpr bool terminal(state_type const& s) const { return env.terminal(s); }
  constexpr auto transition(state_type const& s, action_type const& a) const { return env.transition(s, a); }
};

// The value of a policy where states cannot be listed: solved from the state that is asked for.
template <class E, class Policy, class F, class Method>
class reachable_value {
 public:
  constexpr reachable_value(E its_env, Policy its_policy, discount<F> its_gamma, Method its_method)
      : env_(std::move(its_env)), policy_(std::move(its_policy)), gamma_(std::move(its_gamma)), method_(its_method) {}

  constexpr auto operator()(state_t<E> const& s) const {
    using followed = followed_environment<E, Policy>;
    return value_of_policy<followed>(tabulate(followed{env_, policy_}, s), policy_, gamma_, method_).values().front();
  }

 private:
  E env_;
  Policy policy_;
  discount<F> gamma_;
  Method method_;
};

struct state_value_fn {
  template <class E, class Policy, class G>
  constexpr auto operator()(E const& env, Policy const& policy, G const& gamma) const {
    if constexpr (checked_rewards<E>) {
      if constexpr (checked_policy_weights<Policy, E>) return (*this)(env, policy, gamma, automatic{});
    }
  }

  template <class E, class Policy, class G, class Method>
    requires solving_method<Method>
  constexpr auto operator()(E const& env, Policy const& policy, G const& gamma, Method method) const {
    if constexpr (checked_rewards<E>) {
      if constexpr (checked_policy_weights<Policy, E>) {
        if constexpr (finite_environment<E>) {
          return value_of_policy<E>(tabulate(env), policy, gamma, method);
        } else {
          auto const checked = discount_for<reward_t<E>>(gamma);
          using F = std::remove_cvref_t<decltype(checked.value())>;
          return reachable_value<E, Policy, F, Method>(env, policy, checked, method);
        }
      }
    }
  }

  template <class E, class Policy, class G, class Start, class Method = automatic>
    requires(!solving_method<Start>)
  constexpr auto operator()(E const& env, Policy const& policy, G const& gamma, Start const& start,
                            Method method = {}) const {
    if constexpr (checked_rewards<E>) {
      if constexpr (checked_policy_weights<Policy, E>) {
        return value_of_policy<E>(table_from(env, start), policy, gamma, method);
      }
    }
  }
};

}  // namespace detail

/// `state_value(env, policy, gamma)`: `V_pi`, the fixed point of `bellman_expectation(env, policy, gamma)`, as a
/// callable of a state: `V_pi(s) = E_pi[R_t + gamma V_pi(S_{t+1}) | S_t = s]`.
///
/// A finite environment is tabulated and solved at once. Of one that cannot list its states, the value of a state is
/// solved when it is asked for, from all that the policy can reach from there; `state_value(env, policy, gamma, start)`
/// solves that once, for a state, a distribution over states or a range of them. A last argument chooses the method:
/// `automatic{}`, `elimination{}` or `iteration{tolerance}`.
///
/// The operator is the same throughout; what differs is the order. Components of states that lead to each other are
/// solved one after another, each after what it leads to: a state that does not come back by one application of the
/// operator (so a tree, a path or any acyclic environment is one backward sweep), a cycle by elimination of its
/// equations, which the operator gives when it is applied to unknowns.
///
/// With a discount of 1 the policy must end from every state, or `invalid_value` names one from which it does not.
/// Other errors: those of `tabulate` and of the discount. Cost: O(transitions), and for a cycle of m states up to
/// O(m^3). Laws: `bellman_expectation(env, policy, gamma)(v) == v`; `v(s)` is the expectation of the return over
/// `trajectories`. Foundation text, 2.2; Sutton and Barto, section 4.1.
inline constexpr detail::state_value_fn state_value{};

}  // namespace bellman
