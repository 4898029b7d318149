// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/internal/policy_of_slots.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/internal/until_table.hpp>
#include <bellman/planning/internal/where_and_how.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/optimal_policy.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <concepts>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct after_the_environment_comes_a_policy_for_it_or_highest_or_lowest {};
struct a_set_of_states_is_a_callable_of_a_state_that_says_whether_it_is_one {};
struct what_is_asked_of_a_set_is_the_mean_over_the_outcomes {};

}  // namespace refused

/// In place of a policy: of all of them the one with which the answer is the largest.
///
/// *Use*:
///     bellman::highest{} == bellman::highest{}
struct highest {
  friend bool operator==(highest, highest) = default;
};

/// In place of a policy: of all of them the one with which the answer is the least.
///
/// *Use*:
///     bellman::lowest{} == bellman::lowest{}
struct lowest {
  friend bool operator==(lowest, lowest) = default;
};

namespace detail {

template <class Chooser>
inline constexpr bool is_a_side = std::same_as<Chooser, highest> || std::same_as<Chooser, lowest>;

template <class Chooser, class E>
consteval auto judge_chooser() {
  if constexpr (is_a_side<Chooser>) {
    return internal::accepted{};
  } else if constexpr (policy_for<Chooser, E>) {
    return typename internal::a_policy_of_means_for<Chooser, E>::type{};
  } else {
    return refused::after_the_environment_comes_a_policy_for_it_or_highest_or_lowest{};
  }
}
template <class Chooser, class E>
struct a_policy_or_a_side {
  using type = decltype(detail::judge_chooser<Chooser, E>());
};

template <class Target, class E>
struct a_set_of_states_of
    : internal::rule<requires(Target const& target, state_t<E> const& s) {
                       { target(s) } -> std::convertible_to<bool>;
                     },
                     refused::a_set_of_states_is_a_callable_of_a_state_that_says_whether_it_is_one> {};

template <class V>
constexpr V negated(V const& x) {
  return difference(scalar_traits<V>::zero(), x);
}

// What is asked about a set of states, as the rewards of a table.
struct probability_of_arrival {
  static constexpr bool endings_go_on = false;  // they are worth nothing
  static constexpr bool arrives_with_one = true;
  template <class Table>
  using number = typename Table::probability_type;

  template <class Table>
  static constexpr auto of_slot(Table const& t, internal::vector<char> const& in, index_t s, index_t slot) {
    number<Table> p(0);
    for (auto const& o : t.transition(s, slot)) {
      if (in[o.value.next] != 0) p = sum(p, number<Table>(o.probability));
    }
    return p;
  }
};
struct steps_taken {
  static constexpr bool endings_go_on = true;
  static constexpr bool arrives_with_one = false;
  template <class Table>
  using number = typename Table::probability_type;

  template <class Table>
  static constexpr auto of_slot(Table const&, internal::vector<char> const&, index_t, index_t) {
    return number<Table>(1);
  }
};
struct rewards_paid {
  static constexpr bool endings_go_on = false;
  static constexpr bool arrives_with_one = false;
  template <class Table>
  using number = typename Table::reward_type;

  template <class Table>
  static constexpr auto of_slot(Table const& t, internal::vector<char> const&, index_t, index_t slot) {
    return t.reward(slot);
  }
};

// The operator whose fixed point is asked for.
template <class Asked, class E, class Chooser>
struct operator_until {
  using table = internal::table_of<E>;
  using number = typename Asked::template number<table>;
  using until = decltype(tabulate(std::declval<internal::until_table<table, number> const&>()));
  static constexpr auto judged(table const& t, until const& u, [[maybe_unused]] Chooser const& chooser) {
    if constexpr (is_a_side<Chooser>) {
      return bellman_optimality(u, 1);
    } else {
      return bellman_expectation(u, tabulate(t, chooser), 1);
    }
  }
  using type =
      decltype(judged(std::declval<table const&>(), std::declval<until const&>(), std::declval<Chooser const&>()));
};

template <class Asked>
struct reading_fn {
  template <class E, class Chooser, class Target, class... Rest, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<
                internal::an_environment<Env>, internal::rewards_with_a_mean<Env>, internal::rewards_with_an_order<Env>,
                a_policy_or_a_side<Chooser, Env>, a_set_of_states_of<Target, Env>,
                internal::where_and_how_to_solve<Env, Rest...>,
                internal::rule<!internal::begins_with_an_equivalent<Rest...>,
                               refused::what_is_asked_of_a_set_is_the_mean_over_the_outcomes>,
                internal::a_method_of_these_that_solves<operator_until<Asked, Env, Chooser>, Rest...>>::type::yes>
  constexpr auto operator()(E const& env, Chooser const& chooser, Target const& target, Rest const&... rest) const {
    return over<Env>(internal::table_from<expected_outcome>(internal::environment_itself(env),
                                                            internal::start_among(rest...)),
                     chooser, target, internal::method_among(rest...));
  }

 private:
  template <class E, class Table, class Chooser, class Target, class Method>
  static constexpr auto over(Table const& t, Chooser const& chooser, Target const& target, Method const& how) {
    using R = typename Asked::template number<Table>;
    constexpr bool negative = std::same_as<Chooser, lowest>;
    auto const signed_as_asked = [](R const& x) { return negative ? detail::negated(x) : x; };
    internal::vector<char> in(t.size(), 0);
    std::vector<R> rewards(t.slots(), scalar_traits<R>::zero());
    for (index_t s = 0; s < t.size(); ++s) in[s] = target(internal::state_named<E>(t, s)) ? 1 : 0;
    for (index_t s = 0; s < t.size(); ++s) {
      for (index_t const slot : t.actions(s)) rewards[slot] = signed_as_asked(Asked::of_slot(t, in, s, slot));
    }
    R const of_staying = [&] {
      if constexpr (Asked::endings_go_on) {
        return signed_as_asked(R(1));
      } else {
        return scalar_traits<R>::zero();
      }
    }();
    auto const until =
        tabulate(internal::until_table<Table, R>(t, in, std::move(rewards), Asked::endings_go_on, of_staying));
    auto const settings = settings_of(how);
    if constexpr (is_a_side<Chooser>) {
      auto const found = solve(until, 1, settings);
      auto value = value_of<E, negative>(t, in, found.value.bounded());
      auto policy = policy_of<E>(t, until, found.policy);
      return solution<decltype(value), decltype(policy)>{std::move(value), std::move(policy)};
    } else {
      auto const pi = tabulate(t, chooser);
      using P = std::remove_cvref_t<decltype(pi.probability(index_t{}))>;
      std::vector<P> p;
      for (index_t k = 0; k < until.slots(); ++k) {
        index_t const slot = until.action(k);
        p.push_back(slot == no_index ? P(1) : pi.probability(slot));
      }
      auto const of_until = internal::policy_of_probabilities(until, std::move(p));
      return value_of<E, false>(t, in, fixed_point_of(bellman_expectation(until, of_until, 1), settings));
    }
  }

  // Going round for nothing for ever is worth 0 where a probability is asked for: it does not arrive.
  template <class Method>
  static constexpr auto settings_of(Method const& how) {
    if constexpr (std::convertible_to<Method, method>) {
      method settings = how;
      if constexpr (std::same_as<Asked, probability_of_arrival>) settings.rest = resting::worth_nothing;
      return settings;
    } else {
      return how;
    }
  }

  // The values are the table's own, states being numbered alike.
  template <class E, bool Negative, class Table, class V>
  static constexpr auto value_of(Table const& t, internal::vector<char> const& in, bounded_values<V> x) {
    if constexpr (Negative) {
      for (auto& v : x.values) v = detail::negated(v);
      std::swap(x.below, x.above);
    }
    if constexpr (Asked::arrives_with_one) {
      for (index_t s = 0; s < t.size(); ++s) {
        if (in[s] != 0) x.values[s] = V(1);
      }
    }
    return tabular_value<E, V, Table>(t, std::move(x));
  }

  // The actions of the table of what is asked are slots, of which those of the environment are known.
  template <class E, class Table, class Until, class Policy>
  static constexpr optimal_policy<E, Table> policy_of(Table const& t, Until const& until, Policy const& policy) {
    internal::vector<char> not_worse(t.slots(), 0);
    internal::vector<char> attaining(t.slots(), 0);
    internal::vector<index_t> slots(t.size(), no_index);
    auto const note = [&](internal::vector<char>& which, index_t k) {
      index_t const slot = until.action(k);
      if (slot != no_index) which[slot] = 1;
    };
    for (index_t s = 0; s < t.size(); ++s) {
      if (until.terminal(s)) continue;
      for (index_t const k : policy.optimal_actions(s)) note(not_worse, k);
      for (auto const& e : policy(s)) note(attaining, e.value);
      slots[s] = until.action(policy.action(s));
    }
    return internal::policy_of_values<E>(t, std::move(slots), [&](index_t, index_t slot) {
      return internal::standing{not_worse[slot] != 0, attaining[slot] != 0};
    });
  }
};

}  // namespace detail

/// `probability_to_reach(env, policy, set)`: the probability that a policy ever comes to a state of a set, from each
/// state: 1 in the set, and a state value of a reward elsewhere.
/// `probability_to_reach(env, highest{}, set)`, `probability_to_reach(env, lowest{}, set)`: the largest and the least
/// probability, and a policy with which it is that: `auto [p, pi] = ...`.
///
/// *Arguments*: an environment; a policy for it, `highest{}` or `lowest{}`; `set`: a callable of a state that says
/// whether it is one. Last, as for `solve`, where to begin and a method. What goes on for ever without coming to the
/// set, or ends elsewhere, does not reach it.
/// *Errors*: those of `tabulate` and of `solve`.
/// *Cost*: that of `solve`.
/// *Laws*: `lowest <= that of a policy <= highest`; the bounds hold, as for every `tabular_value`: tests/planning.
/// *Source*: Baier and Katoen, Principles of Model Checking, section 10.6.
/// *Use*:
///     bellman::probability_to_reach(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token) { return 1.0; }),
///         [](bellman::context const&) { return bellman::uniform(std::array{0, 1}); },
///         [](bellman::context const& c) { return c.size() == 2 && c.last() == 1; },
///         bellman::context{})(bellman::context{}) == 0.25
inline constexpr detail::reading_fn<detail::probability_of_arrival> probability_to_reach{};

/// `expected_steps(env, policy, set)`: how many steps it takes until a state of a set, in the mean: the state value of
/// a reward of 1 a step. `expected_steps(env, highest{}, set)` and `expected_steps(env, lowest{}, set)` are the largest
/// and the least number, and a policy: `auto [steps, pi] = ...`.
///
/// *Arguments*: as for `probability_to_reach`.
/// *Errors*: `invalid_value` names a state from which a policy does not come to the set for certain: the policy that
/// was given; for `highest{}` any, for `lowest{}` all of them. To end elsewhere is not to come to it. Those of
/// `tabulate` and of `solve`.
/// *Cost*: that of `solve`.
/// *Laws*: `steps(s) = 1 + E[steps(S')]` outside of the set, and 0 in it: tests/planning.
/// *Source*: Baier and Katoen, Principles of Model Checking, section 10.5.
/// *Use*:
///     bellman::expected_steps(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token) { return 1.0; }),
///         bellman::highest{},
///         [](bellman::context const& c) { return c.size() == 2 || c.last() == 0; },
///         bellman::context{}).value(bellman::context{}) == 2.0
inline constexpr detail::reading_fn<detail::steps_taken> expected_steps{};

/// `expected_total(env, policy, set)`: what is paid in all until a state of a set, or until the episode ends, in the
/// mean: the state value without a discount where the states of the set have ended.
/// `expected_total(env, highest{}, set)` and `expected_total(env, lowest{}, set)` are the largest reward, or the least
/// cost, and a policy: `auto [total, pi] = ...`.
///
/// *Arguments*: as for `probability_to_reach`. Going round for nothing for ever where that is better than any way to
/// end is refused, unless the method says that it is worth nothing, `resting::worth_nothing`;
/// of a policy it counts as 0.
/// *Errors*: those of `solve` with a discount of 1.
/// *Cost*: that of `solve`.
/// *Laws*: with an empty set it is what `state_value` and `solve` give; `lowest{}` is `highest{}` of the negative
/// rewards, negated: tests/planning.
/// *Source*: Baier and Katoen, Principles of Model Checking, section 10.5.
/// *Use*:
///     bellman::expected_total(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 + t; }),
///         bellman::lowest{}, [](bellman::context const& c) { return c.last() == 1; },
///         bellman::context{}).value(bellman::context{}) == 1.0
inline constexpr detail::reading_fn<detail::rewards_paid> expected_total{};

}  // namespace bellman
