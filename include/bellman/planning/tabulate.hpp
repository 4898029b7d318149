// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/answer.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/rules.hpp>
#include <bellman/planning/internal/table_builder.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/planning/tabular_policy.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/internal/parts.hpp>

#include <cstddef>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

template <class S, class A>
[[noreturn]] void an_action_must_be_available(index_t i, S const& s, A const& a) {
  internal::refuse("bellman: " + internal::in_state(i, s) + " the policy names action " + internal::describe(a) +
                   ", which is not among the actions of that state");
}
template <class S, class P>
[[noreturn]] void policy_weights_must_sum_to_one(index_t i, S const& s, P const& total) {
  internal::refuse("bellman: " + internal::in_state(i, s) + " the policy's probabilities sum to " +
                   internal::describe(total) + "; they must sum to 1");
}
template <class S, class P>
[[noreturn]] void policy_weights_must_not_be_negative(index_t i, S const& s, P const& p) {
  internal::refuse("bellman: " + internal::in_state(i, s) + " the policy gives probability " + internal::describe(p) +
                   "; it must lie in [0, 1]");
}

}  // namespace detail

namespace internal {

/// A policy as a table, asked in the state `state_of(i)`, whose action `a` is the slot `slot_of(i, a)` or none.
template <class T, class Policy, class StateOf, class SlotOf, class E>
constexpr auto policy_table(T const& t, Policy const& policy, StateOf state_of, SlotOf slot_of,
                                   std::type_identity<E>) {
  using F = scalar_t<typename T::reward_type>;
  using D = decltype(internal::answer_distribution<E>(policy, std::declval<state_t<E> const&>()));
  using P = scalar_of_weight_t<probability_t<D>, F>;
  internal::vector<index_t> first{0};
  std::vector<P> p(t.slots(), P(0));
  for (index_t i = 0; i < t.size(); ++i) {
    auto const all = t.actions(i);
    first.push_back(first.back() + static_cast<index_t>(std::ranges::size(all)));
    if (t.terminal(i)) continue;
    P total(0);
    std::size_t n = 0;
    for (auto&& e : internal::answer_distribution<E>(policy, state_of(i))) {
      P const w = weigh(e.probability, F(1));
      if (!internal::is_not_negative(w)) bellman::detail::policy_weights_must_not_be_negative(i, t.state(i), w);
      ++n;
      total = sum(total, w);
      auto const a = static_cast<action_t<E>>(e.value);
      index_t const slot = slot_of(i, a);
      if (slot == no_index) {
        if (internal::is_nothing(w)) continue;
        bellman::detail::an_action_must_be_available(i, t.state(i), a);
      }
      p[slot] = sum(p[slot], w);
    }
    if (!internal::is_near_one(total, n)) bellman::detail::policy_weights_must_sum_to_one(i, t.state(i), total);
    if constexpr (internal::rounds<P>) {
      if (total == P(1)) continue;
      for (index_t const slot : all) p[slot] = p[slot] / total;
    }
  }
  return tabular_policy<P>(std::move(first), std::move(p));
}

/// A policy of the table itself: it answers a number with a slot or a distribution over slots.
template <table T, class Policy>
constexpr auto policy_by_numbers(T const& t, Policy const& policy) {
  return internal::policy_table(
      t, policy, [](index_t i) { return i; },
      [&](index_t i, index_t slot) {
        auto const all = t.actions(i);
        return slot >= *all.begin() && slot < *all.end() ? slot : no_index;
      },
      std::type_identity<T>{});
}

}  // namespace internal

namespace detail {

template <bool OfOutcomes>
struct tabulate_fn {
  template <class E, class... Arg, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                             internal::what_to_tabulate<Env, Arg...>>::type::yes>
  constexpr auto operator()(E const& env, Arg const&... arg) const {
    return table_of(internal::environment_itself(env), arg...);
  }

 private:
  template <class E>
  static constexpr auto table_of(E const& env) {
    if constexpr (table<E>) {
      return env;
    } else if constexpr (finite_environment<E>) {
      internal::table_builder<E, OfOutcomes> builder(env);
      builder.add_states();
      return std::move(builder).build();
    } else {
      return table_of(env, env.start());
    }
  }

  // What can be reached from a state, from the support of a distribution over states, or from a range of states.
  template <class E, class Start>
  static constexpr auto table_of(E const& env, Start const& start) {
    internal::table_builder<E, OfOutcomes> builder(env);
    if constexpr (internal::names_a_state<Start, E>) {
      builder.add_start(static_cast<state_t<E>>(start));
    } else if constexpr (distribution_over<Start, state_t<E>>) {
      for (auto&& s : start) builder.add_start(static_cast<state_t<E>>(s.value));
    } else {
      for (auto&& s : start) builder.add_start(static_cast<state_t<E>>(s));
    }
    return std::move(builder).build();
  }

  // Where states and actions are numbers, it would be taken for a policy of theirs.
  template <class E, bool B, class P>
  static constexpr auto table_of(tabular_environment<E, B> const&, tabular_policy<P> const& policy) {
    return policy;
  }

  template <class E, bool B, class Policy>
    requires(!internal::is_a_tabular_policy<Policy>) && policy_for<Policy, E>
    static constexpr auto table_of(tabular_environment<E, B> const& t, Policy const& policy) {
      // Most policies name the actions of a state in the order in which it has them: the slot behind the last is looked
      // at first.
      index_t next = 0;
      return internal::policy_table(
          t, policy, [&](index_t i) -> decltype(auto) { return t.state(i); },
          [&](index_t i, action_t<E> const& a) {
            auto const all = t.actions(i);
            bool const is_next = *all.begin() <= next && next < *all.end() && t.action(next) == a;
            index_t const slot = is_next ? next : t.slot(i, a);
            if (slot != no_index) next = slot + 1;
            return slot;
          },
          std::type_identity<E>{});
    }

  // A policy of the table itself is asked second, since a policy that takes anything (a generic lambda) may not compile
  // for a number.
  template <class E, bool B, class Policy>
    requires(!internal::is_a_tabular_policy<Policy>) && (!policy_for<Policy, E>) &&
            policy_for<Policy, tabular_environment<E, B>>
    static constexpr auto table_of(tabular_environment<E, B> const& t, Policy const& policy) {
    return internal::policy_by_numbers(t, policy);
  }
};

}  // namespace detail

/// `tabulate(env)`: all states of a finite environment, in the order of `states()`, as a `tabular_environment`; of an
/// episodic environment without a list, what can be reached from `start()`.
/// `tabulate(env, start)`: what can be reached from `start`, which has the number 0, breadth first. It returns only if
/// that is finite.
/// `tabulate(table, policy)`: the policy as a `tabular_policy`, given for the states and actions as they were written
/// down or for their numbers.
///
/// Everything is checked here, once.
///
/// *Arguments*: an environment; `start`: a state, a distribution over states or a range of them; a policy for the
/// environment that a table was made of, or for the table itself.
/// *Errors*: `invalid_value` for a probability below 0, probabilities that do not sum to one (see `weight_tolerance`),
/// a reward that is not finite, a next state that `states()` does not list, a state listed twice, a state that is not
/// terminal and has no actions, a policy that names an action the state does not have. Does not compile for an
/// environment that neither lists its states nor says where to begin.
/// *Cost*: O(states + slots + transitions) for states that are hashed (see `state_index`); 4 bytes and one probability
/// a transition. A policy costs a look at all of a state's actions for each that it does not name in their order.
/// *Use*:
///     bellman::tabulate(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         bellman::context{}).size() == 5
inline constexpr detail::tabulate_fn<false> tabulate{};

/// `tabulate_outcomes(env)`, `tabulate_outcomes(env, start)`: a table that keeps each outcome with its reward, for
/// operators that ask for more than the mean: `bellman_optimality(tabulate_outcomes(env), gamma, worst_case{})`.
///
/// *Arguments*: as for `tabulate`.
/// *Errors*: those of `tabulate`.
/// *Cost*: that of `tabulate`; a reward a transition besides, and outcomes with the same next state are kept apart.
/// *Use*:
///     bellman::tabulate_outcomes(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         bellman::context{}).size() == 5
inline constexpr detail::tabulate_fn<true> tabulate_outcomes{};

}  // namespace bellman
