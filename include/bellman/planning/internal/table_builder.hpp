// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/internal/rules.hpp>
#include <bellman/planning/internal/table_arrays.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/internal/known_parts.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace bellman::internal {

// They are given the state itself: its text is not made in a constant expression, where the compiler must stop at the
// rule's name.
template <class S>
[[noreturn]] void a_transition_must_lead_to_a_listed_state(index_t i, S const& s, std::size_t action) {
  internal::refuse("bellman: " + internal::in_state(i, s) + ", action " + std::to_string(action) +
                   " leads to a state that states() does not list");
}
[[noreturn]] inline void states_must_be_listed_once(index_t first, std::size_t again) {
  internal::refuse("bellman: states() lists state " + std::to_string(first) + " again at place " +
                   std::to_string(again) + "; each must be listed once");
}
template <class S>
[[noreturn]] void a_state_must_have_an_action(index_t i, S const& s) {
  internal::refuse("bellman: state " + internal::numbered(i, internal::describe(s)) +
                   " is not terminal and has no actions; it needs at least one");
}
template <class S, class P>
[[noreturn]] void transition_weights_must_not_be_negative(index_t i, S const& s, std::size_t action, P const& p) {
  internal::refuse("bellman: " + internal::in_state(i, s) + ", action " + std::to_string(action) +
                   " has an outcome of probability " + internal::describe(p) + "; it must lie in [0, 1]");
}
template <class S, class P>
[[noreturn]] void transition_weights_must_sum_to_one(index_t i, S const& s, std::size_t action, P const& total) {
  internal::refuse("bellman: " + internal::in_state(i, s) + ", the outcomes of action " + std::to_string(action) +
                   " have probabilities that sum to " + internal::describe(total) + "; they must sum to 1");
}
[[noreturn]] inline void a_table_must_fit_its_indices(std::size_t n) {
  internal::refuse("bellman: a table of " + std::to_string(n) + " entries; 32-bit indices allow for 4294967294");
}
template <class S>
[[noreturn]] void rewards_must_be_finite_numbers(index_t s, S const& state, std::size_t action) {
  internal::refuse("bellman: " + internal::in_state(s, state) + ", the expected reward of action " +
                   std::to_string(action) + " is infinite or not a number; it must be a finite number");
}

constexpr index_t fits(std::size_t n) {
  if (n >= no_index) a_table_must_fit_its_indices(n);
  return static_cast<index_t>(n);
}

/// Fills a table state by state. With a list of all states a next state must be in it; else it is added.
template <class E, bool OfOutcomes = false>
class table_builder {
 public:
  constexpr explicit table_builder(E const& its_env) : env_(its_env) {}

  constexpr void add_states() {
    std::size_t place = 0;
    for (auto&& s : env_.states()) {
      index_t const n = t_.states.size();
      index_t const i = t_.states.insert(static_cast<state_t<E>>(s));
      if (i != n) states_must_be_listed_once(i, place);
      ++place;
    }
    closed_ = true;
  }
  constexpr void add_start(state_t<E> const& s) { t_.states.insert(s); }

  constexpr tabular_environment<E, OfOutcomes> build() && {
    t_.first_slot.push_back(0);
    t_.first_transition.push_back(0);
    for (index_t i = 0; i < t_.states.size(); ++i) {
      state_t<E> const s = t_.states[i];  // a copy: adding states moves them
      if (!env_.terminal(s)) add_actions(i, s);
      t_.first_slot.push_back(internal::fits(t_.actions.size()));
    }
    return tabular_environment<E, OfOutcomes>(std::move(t_));
  }

 private:
  using arrays = table_arrays<E, OfOutcomes>;
  using probability = typename arrays::probability;
  using reward = typename arrays::reward;
  using written_reward = typename arrays::written_reward;

  constexpr void add_actions(index_t i, state_t<E> const& s) {
    std::size_t const before = t_.actions.size();
    for (auto&& a : env_.actions(s)) add_action(i, s, static_cast<action_t<E>>(a), t_.actions.size() - before);
    if (t_.actions.size() == before) internal::a_state_must_have_an_action(i, s);
  }

  constexpr void add_action(index_t i, state_t<E> const& s, action_t<E> const& a, std::size_t number) {
    using F = scalar_t<written_reward>;
    std::size_t const row = t_.next.size();
    probability total{};
    reward mean = scalar_traits<reward>::zero();
    auto&& outcomes = env_.transition(s, a);
    for (auto&& e : outcomes) {
      probability const p = weigh(e.probability, F(1));
      if (!internal::is_not_negative(p)) internal::transition_weights_must_not_be_negative(i, s, number, p);
      if (internal::is_nothing(p)) continue;
      total = sum(total, p);
      if constexpr (OfOutcomes) {
        if (!is_finite(static_cast<written_reward>(e.value.reward))) {
          internal::rewards_must_be_finite_numbers(i, s, number);
        }
      } else if constexpr (!knows_its_mean_reward<transition_t<E>>) {
        mean = sum(mean, product(p, static_cast<written_reward>(e.value.reward)));
      }
      add_transition(i, s, number, row, static_cast<state_t<E>>(e.value.next), p, e.value.reward);
    }
    if (!internal::is_near_one(total, t_.next.size() - row)) {
      internal::transition_weights_must_sum_to_one(i, s, number, total);
    }
    if constexpr (!OfOutcomes && knows_its_mean_reward<transition_t<E>>) mean = outcomes.mean_reward();
    if constexpr (rounds<probability> && !knows_its_mean_reward<transition_t<E>>) {
      // Weights that sum to one within the tolerance alone are divided by their sum, so that what they lack or have too
      // much does not grow with the time to the end. Those of a table have been.
      if (!(total == probability(1))) {
        for (std::size_t k = row; k < t_.next.size(); ++k) t_.probabilities[k] = t_.probabilities[k] / total;
        if constexpr (!OfOutcomes) mean = product(probability(1) / total, mean);
      }
    }
    t_.actions.push_back(a);
    if constexpr (!OfOutcomes) {
      if (!is_finite(mean)) internal::rewards_must_be_finite_numbers(i, s, number);
      t_.rewards.push_back(mean);
    }
    t_.first_transition.push_back(internal::fits(t_.next.size()));
  }

  template <class R>
  constexpr void add_transition(index_t i, state_t<E> const& s, std::size_t number, std::size_t row,
                                state_t<E> const& next, probability const& p, R const& r) {
    index_t const j = closed_ ? t_.states.find(next) : t_.states.insert(next);
    if (j == no_index) internal::a_transition_must_lead_to_a_listed_state(i, s, number);
    fits(j);
    if constexpr (OfOutcomes) {
      // Outcomes are kept apart: each has its own reward.
      t_.next.push_back(j);
      t_.probabilities.push_back(p);
      t_.rewards.push_back(static_cast<written_reward>(r));
      return;
    }
    (void)r;
    while (j >= place_.size()) place_.push_back(0);
    std::size_t const k = place_[j];
    if (k >= row && k < t_.next.size() && t_.next[k] == j) {
      t_.probabilities[k] = sum(t_.probabilities[k], p);
    } else {
      place_[j] = t_.next.size();
      t_.next.push_back(j);
      t_.probabilities.push_back(p);
    }
  }

  E const& env_;
  arrays t_{};
  internal::vector<std::size_t> place_;  // where a state last stood as a next state
  bool closed_ = false;
};

}  // namespace bellman::internal
