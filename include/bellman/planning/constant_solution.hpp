// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/internal/listed_states.hpp>
#include <bellman/planning/internal/rules.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/internal/rounded.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <span>
#include <type_traits>

namespace bellman {

namespace refused {

struct a_policy_table_is_of_unsigned_integers_that_count_the_actions_of_any_state {};

}  // namespace refused

namespace internal {

/// The number of a state of a constant environment. Throws `invalid_value` for one that it does not list.
template <auto env, class E = std::remove_cvref_t<decltype(env)>>
constexpr index_t number_of_listed(state_t<E> const& s) {
  index_t const i = listed_states<env>::find(s);
  if (i == no_index) internal::a_state_must_be_in_the_table(s, listed_states<env>::size);
  return i;
}

template <class T, class Solved>
consteval bool counts_the_actions() {
  if constexpr (!std::unsigned_integral<T> || std::same_as<T, bool>) {
    return false;
  } else {
    auto const& f = Solved::forms;
    for (std::size_t s = 0; s < f.states; ++s) {
      // The largest is that of a terminal state.
      if (f.first_slot[s + 1] - f.first_slot[s] > (std::numeric_limits<T>::max)()) return false;
    }
    return true;
  }
}

/// A type whose numbers can stand for an action of any state.
template <class T, class Solved>
struct a_policy_table_of
    : rule<internal::counts_the_actions<T, Solved>(),
           refused::a_policy_table_is_of_unsigned_integers_that_count_the_actions_of_any_state> {};

/// Actions of each state, one state after another.
template <class A, std::size_t N, std::size_t M>
struct actions_of_states {
  index_t first[N + 1]{};
  A action[M + 1]{};
};

}  // namespace internal

/// A value function that was solved by the compiler, a callable of a state: what `evaluate_at_compile_time` gives. An
/// empty object: its numbers are constants, of which a program holds those that it reads at run time.
///
/// `lower(s) <= V(s) <= upper(s)`, for the discounted probabilities and mean rewards of the environment as they are
/// rounded; in exact scalars the three are one.
///
/// *Errors*: `invalid_value` for a state that the environment does not list; in a constant expression that does not
/// compile.
template <auto env, class Solved>
class constant_value {
  using E = std::remove_cvref_t<decltype(env)>;

 public:
  using value_type = typename Solved::V;

  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr value_type operator()(S const& s) const {
    return Solved::value.value[number(s)];
  }

  /// Bounds of the value of a state.
  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr value_type lower(S const& s) const {
    index_t const i = number(s);
    return internal::lowered(Solved::value.value[i], Solved::value.below[i]);
  }
  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr value_type upper(S const& s) const {
    index_t const i = number(s);
    return value_type(-internal::lowered(value_type(-Solved::value.value[i]), Solved::value.above[i]));
  }

  /// All values, in the order of `env.states()`.
  static constexpr std::span<value_type const, internal::listed_states<env>::size> values() {
    return Solved::value.value;
  }

  /// How far a value can be from the true one, at most: the largest radius; 0 only where it was proved.
  static constexpr value_type error_bound() { return Solved::value.error_bound; }
  /// Why the solver stopped, and what it took: terms that were read, in units of all; of exact numbers, policies.
  static constexpr stop stopped() { return Solved::value.stopped; }
  static constexpr double sweeps() { return Solved::value.sweeps; }

 private:
  template <class S>
  static constexpr index_t number(S const& s) {
    return internal::number_of_listed<env>(internal::named<state_t<E>>(s));
  }
};

/// An optimal policy that was found by the compiler, with its ties: an empty object, as `constant_value` is.
///
/// *Errors*: `invalid_value` for a state that the environment does not list; in a constant expression that does not
/// compile.
template <auto env, class Solved>
class constant_policy {
  using E = std::remove_cvref_t<decltype(env)>;
  using A = action_t<E>;
  static constexpr std::size_t n = internal::listed_states<env>::size;
  static constexpr auto const& forms = Solved::forms;
  using forms_type = std::remove_cvref_t<decltype(forms)>;

 public:
  /// The action that is taken. In a terminal state there is none: `invalid_value`.
  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr A operator()(S const& s) const {
    return action(s);
  }
  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr A action(S const& s) const {
    index_t const i = number(s);
    if (forms.first_slot[i] == forms.first_slot[i + 1]) {
      internal::a_terminal_state_has_no_action(i, internal::listed_states<env>::state(i));
    }
    return Solved::actions.of[Solved::value.slot[i]];
  }

  /// The actions that are not certainly worse than the best, so that every optimal one is among them; none where the
  /// state is terminal. In exact scalars they are the optimal actions.
  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr std::span<A const> optimal_actions(S const& s) const {
    index_t const i = number(s);
    return {optimal_.action + optimal_.first[i], optimal_.action + optimal_.first[i + 1]};
  }

  /// For each state, in the order of `env.states()`, the place of the action that is taken among `env.actions(s)`;
  /// where the state is terminal, the largest T. The array is a constant of static storage.
  template <class T, class = typename internal::a_policy_table_of<T, Solved>::type::yes>
  static constexpr std::array<T, n> const& table() {
    return table_<T>;
  }

 private:
  template <class S>
  static constexpr index_t number(S const& s) {
    return internal::number_of_listed<env>(internal::named<state_t<E>>(s));
  }

  using optimal_type = internal::actions_of_states<A, n, forms_type::slots>;
  static constexpr optimal_type made_optimal() {
    optimal_type x;
    if constexpr (std::is_class_v<A>) {
      for (A& a : x.action) a = A{};
    }
    index_t size = 0;
    for (std::size_t s = 0; s < n; ++s) {
      for (index_t k = forms.first_slot[s]; k < forms.first_slot[s + 1]; ++k) {
        if (Solved::value.may_be_optimal[k]) x.action[size++] = Solved::actions.of[k];
      }
      x.first[s + 1] = size;
    }
    return x;
  }
  static constexpr optimal_type optimal_ = made_optimal();

  template <class T>
  static constexpr std::array<T, n> made_table() {
    std::array<T, n> t{};
    for (std::size_t s = 0; s < n; ++s) {
      bool const terminal = forms.first_slot[s] == forms.first_slot[s + 1];
      t[s] = terminal ? (std::numeric_limits<T>::max)() : static_cast<T>(Solved::value.slot[s] - forms.first_slot[s]);
    }
    return t;
  }
  template <class T>
  static constexpr std::array<T, n> table_ = made_table<T>();
};

/// The optimal value and a policy that attains it, found by the compiler: what `solve_at_compile_time` gives. An empty
/// object.
template <auto env, class Solved>
struct constant_solution {
  using environment_type = std::remove_cvref_t<decltype(env)>;

  [[no_unique_address]] constant_value<env, Solved> value;
  [[no_unique_address]] constant_policy<env, Solved> policy;

  /// What it is worth to take an action and then the best ones: `Q*(s, a)`, of the values as they are.
  template <class S = state_t<environment_type>, class A = action_t<environment_type>,
            class = typename internal::every<internal::a_state_of<S, environment_type>,
                                             internal::an_action_of<A, environment_type>>::type::yes>
  constexpr typename Solved::V action_value(S const& named_state, A const& named_action) const {
    using E = environment_type;
    state_t<E> const& s = internal::named<state_t<E>>(named_state);
    action_t<E> const& a = internal::named<action_t<E>>(named_action);
    index_t const i = internal::number_of_listed<env>(s);
    for (index_t k = Solved::forms.first_slot[i]; k < Solved::forms.first_slot[i + 1]; ++k) {
      if (Solved::actions.of[k] == a) return Solved::forms.value(k, Solved::value.value);
    }
    internal::an_action_must_be_one_of_its_state(i, s, a);
  }

  /// `policy.table<T>()`.
  template <class T, class = typename internal::a_policy_table_of<T, Solved>::type::yes>
  static constexpr auto const& policy_table() {
    return constant_policy<env, Solved>::template table<T>();
  }
};

}  // namespace bellman
