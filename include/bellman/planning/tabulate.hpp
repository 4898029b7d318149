// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/error.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/internal/shared.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace rules {

// The rule that more than one header checks, under its name.
template <class S>
[[noreturn]] void a_state_must_be_in_the_table(S const& s, std::size_t n) {
  std::string const text = internal::describe(s);
  throw invalid_value("bellman: the state " + text + (text.empty() ? "" : " ") +
                      "is not among the " + std::to_string(n) + " states of the table");
}

}  // namespace rules

namespace detail {

// They are given the state itself: its text is not made in a constant expression, where the compiler must stop at the
// rule's name.
template <class S>
[[noreturn]] void a_transition_must_lead_to_a_listed_state(index_t i, S const& s, std::size_t action) {
  throw invalid_value("bellman: in state " + internal::numbered(i, internal::describe(s)) + ", action " + std::to_string(action) +
                      " leads to a state that states() does not list");
}
[[noreturn]] inline void states_must_be_listed_once(index_t first, std::size_t again) {
  throw invalid_value("bellman: states() lists state " + std::to_string(first) + " again at place " +
                      std::to_string(again) + "; each must be listed once");
}
template <class S>
[[noreturn]] void a_state_must_have_an_action(index_t i, S const& s) {
  throw invalid_value("bellman: state " + internal::numbered(i, internal::describe(s)) +
                      " is not terminal and has no actions; it needs at least one");
}
template <class S, class P>
[[noreturn]] void transition_weights_must_not_be_negative(index_t i, S const& s, std::size_t action, P const& p) {
  throw invalid_value("bellman: in state " + internal::numbered(i, internal::describe(s)) + ", action " + std::to_string(action) +
                      " has an outcome of probability " + internal::describe(p) + "; it must lie in [0, 1]");
}
template <class S, class P>
[[noreturn]] void transition_weights_must_sum_to_one(index_t i, S const& s, std::size_t action, P const& total) {
  throw invalid_value("bellman: in state " + internal::numbered(i, internal::describe(s)) + ", the outcomes of action " +
                      std::to_string(action) + " have probabilities that sum to " + internal::describe(total) +
                      "; they must sum to 1");
}
[[noreturn]] inline void a_table_must_fit_its_indices(std::size_t n) {
  throw invalid_value("bellman: a table of " + std::to_string(n) + " entries; 32-bit indices allow for 4294967294");
}
template <class S, class A>
[[noreturn]] void an_action_must_be_available(index_t i, S const& s, A const& a) {
  throw invalid_value("bellman: in state " + internal::numbered(i, internal::describe(s)) + " the policy names action " + internal::describe(a) +
                      ", which is not among the actions of that state");
}
template <class S, class P>
[[noreturn]] void policy_weights_must_sum_to_one(index_t i, S const& s, P const& total) {
  throw invalid_value("bellman: in state " + internal::numbered(i, internal::describe(s)) +
                      " the policy's probabilities sum to " + internal::describe(total) + "; they must sum to 1");
}
template <class S, class P>
[[noreturn]] void policy_weights_must_not_be_negative(index_t i, S const& s, P const& p) {
  throw invalid_value("bellman: in state " + internal::numbered(i, internal::describe(s)) + " the policy gives probability " +
                      internal::describe(p) + "; it must lie in [0, 1]");
}

// Rewards that are integers are computed with as double.
template <class R>
using table_reward_t = std::conditional_t<std::integral<R>, double, R>;

template <class E>
struct table_types {
  using reward = table_reward_t<reward_t<E>>;
  using probability = scalar_of_weight_t<probability_t<transition_t<E>>, scalar_t<reward>>;
  using mean_reward = std::remove_cvref_t<decltype(product(std::declval<probability>(), std::declval<reward>()))>;
};

template <class E>
struct table_arrays {
  using probability = typename table_types<E>::probability;
  using reward = typename table_types<E>::mean_reward;

  state_index<state_t<E>> states;
  std::vector<index_t> first_slot;        // of each state, and one past the last
  std::vector<action_t<E>> actions;       // of each slot
  std::vector<reward> rewards;            // of each slot: E[R | s, a]
  std::vector<index_t> first_transition;  // of each slot, and one past the last
  std::vector<index_t> next;              // of each transition
  std::vector<probability> probabilities;
};

// The elements i, i + 1, ... of something that `Get` looks up: how a row of a table is walked. Counted in std::size_t,
// for a 32-bit index might wrap around, as far as a compiler knows, which then collects the elements of a row singly.
template <class Get>
class row {
 public:
  static constexpr bool weights_were_checked = true;
  static constexpr bool no_weight_is_zero = Get::no_weight_is_zero;

  class iterator {
   public:
    using value_type = std::remove_cvref_t<std::invoke_result_t<Get const&, std::size_t>>;
    using difference_type = std::ptrdiff_t;

    constexpr iterator() = default;
    constexpr iterator(Get get, std::size_t i) : get_(get), i_(i) {}
    constexpr value_type operator*() const { return get_(i_); }
    constexpr iterator& operator++() {
      ++i_;
      return *this;
    }
    constexpr iterator operator++(int) {
      iterator old = *this;
      ++i_;
      return old;
    }
    friend constexpr bool operator==(iterator const& a, iterator const& b) { return a.i_ == b.i_; }

   private:
    Get get_{};
    std::size_t i_ = 0;
  };

  constexpr row(Get get, index_t first, index_t last) : get_(get), first_(first), last_(last) {}
  constexpr iterator begin() const { return {get_, first_}; }
  constexpr iterator end() const { return {get_, last_}; }

 protected:
  Get get_;

 private:
  index_t first_;
  index_t last_;
};

template <class R, class P>
struct transition_at {
  static constexpr bool no_weight_is_zero = true;  // the table does not keep them

  index_t const* next = nullptr;
  P const* probabilities = nullptr;
  R const* reward = nullptr;

  constexpr weighted<outcome<R, index_t>, P> operator()(std::size_t k) const {
    return {{*reward, next[k]}, probabilities[k]};
  }
};

// The transitions of a slot, of which each has the expected reward.
template <class R, class P>
class transition_row : public row<transition_at<R, P>> {
 public:
  using row<transition_at<R, P>>::row;

  constexpr R const& mean_reward() const { return *this->get_.reward; }
};

template <class P>
struct slot_weight_at {
  static constexpr bool no_weight_is_zero = false;

  P const* probabilities = nullptr;

  constexpr weighted<index_t, P> operator()(std::size_t slot) const {
    return {static_cast<index_t>(slot), probabilities[slot]};
  }
};

}  // namespace detail

/// A finite environment as flat arrays.
///
/// It is an environment too: its states are the numbers 0, 1, ..., n - 1 of the states, its actions are *slots*, the
/// numbers of all pairs of a state and one of its actions. `E` is the environment that was written down.
///
/// Rewards are folded into their expectation for each slot, so every expected value is kept and the distribution of the
/// reward is not. Outcomes of probability zero are left out; outcomes with the same next state are added up. Copies
/// share the arrays: constant time.
template <environment E>
class tabular_environment {
  using arrays = detail::table_arrays<E>;

 public:
  using state_type = index_t;
  using action_type = index_t;
  using reward_type = typename arrays::reward;
  using probability_type = typename arrays::probability;

  constexpr explicit tabular_environment(arrays a) : arrays_(internal::shared<arrays>::make(std::move(a))), at_(*arrays_) {}

  constexpr auto states() const { return std::views::iota(index_t{0}, size()); }
  constexpr auto actions(index_t s) const {
    index_t const* const bounds = at_.first_slot + s;
    return std::views::iota(bounds[0], bounds[1]);
  }
  constexpr bool terminal(index_t s) const { return actions(s).empty(); }
  constexpr auto transition(index_t, index_t slot) const {
    index_t const* const bounds = at_.first_transition + slot;
    return detail::transition_row<reward_type, probability_type>(
        {at_.next, at_.probabilities, at_.rewards + slot}, bounds[0], bounds[1]);
  }

  /// The number of states.
  constexpr index_t size() const { return arrays_->states.size(); }
  /// The number of slots: pairs of a state and one of its actions.
  constexpr std::size_t slots() const { return arrays_->actions.size(); }
  /// The number of transitions of probability above zero.
  constexpr std::size_t transitions() const { return arrays_->next.size(); }

  /// The state with a number, and the action of a slot, as they were written down.
  constexpr state_t<E> const& state(index_t i) const { return arrays_->states[i]; }
  constexpr action_t<E> const& action(index_t slot) const { return arrays_->actions[slot]; }
  /// The expected reward of a slot.
  constexpr reward_type const& reward(index_t slot) const { return arrays_->rewards[slot]; }

  /// The flat arrays. State `i` has the slots `first_slots()[i]` to `first_slots()[i + 1]`, slot `k` the transitions
  /// `first_transitions()[k]` to `first_transitions()[k + 1]`, the last excluded.
  constexpr std::span<index_t const> first_slots() const { return arrays_->first_slot; }
  constexpr std::span<index_t const> first_transitions() const { return arrays_->first_transition; }
  constexpr std::span<reward_type const> rewards() const { return arrays_->rewards; }
  constexpr std::span<index_t const> next_states() const { return arrays_->next; }
  constexpr std::span<probability_type const> probabilities() const { return arrays_->probabilities; }

  /// The next states of a slot.
  constexpr std::span<index_t const> successors(index_t slot) const {
    auto const& a = *arrays_;
    return std::span(a.next).subspan(a.first_transition[slot], a.first_transition[slot + 1] - a.first_transition[slot]);
  }

  /// The number of a state; throws `invalid_value` if the table does not have it.
  constexpr index_t index(state_t<E> const& s) const {
    index_t const i = arrays_->states.find(s);
    if (i == no_index) rules::a_state_must_be_in_the_table(s, size());
    return i;
  }
  /// Whether the table has a state.
  constexpr bool contains(state_t<E> const& s) const { return arrays_->states.find(s) != no_index; }

  /// The slot of an action in a state, or `no_index`. Linear in the number of the state's actions.
  constexpr index_t slot(index_t s, action_t<E> const& a) const {
    for (index_t k = arrays_->first_slot[s]; k < arrays_->first_slot[s + 1]; ++k) {
      if (arrays_->actions[k] == a) return k;
    }
    return no_index;
  }

 private:
  // Where the arrays of a sweep begin, so that a loop over a copy of the table keeps them in registers.
  struct beginnings {
    constexpr explicit beginnings(arrays const& a)
        : first_slot(a.first_slot.data()),
          rewards(a.rewards.data()),
          first_transition(a.first_transition.data()),
          next(a.next.data()),
          probabilities(a.probabilities.data()) {}

    index_t const* first_slot;
    reward_type const* rewards;
    index_t const* first_transition;
    index_t const* next;
    probability_type const* probabilities;
  };

  internal::shared<arrays> arrays_;
  beginnings at_;
};

/// A policy as one flat array: the probability of each slot of a table.
template <class P>
class tabular_policy {
 public:
  constexpr tabular_policy(std::vector<index_t> its_first_slot, std::vector<P> its_probabilities)
      : arrays_(internal::shared<arrays>::make(std::move(its_first_slot), std::move(its_probabilities))),
        first_slot_(arrays_->first_slot.data()),
        probabilities_(arrays_->probabilities.data()) {}

  /// The distribution over the slots of a state.
  constexpr auto operator()(index_t s) const {
    index_t const* const bounds = first_slot_ + s;
    return row(bounds[0], bounds[1]);
  }
  /// The distribution over the slots of a state, given as the table's `actions(s)`: spares a look-up of the state.
  constexpr auto over(std::ranges::iota_view<index_t, index_t> slots) const {
    return row(*slots.begin(), *slots.end());
  }
  /// The probability of a slot, given its state.
  constexpr P const& probability(index_t slot) const { return probabilities_[slot]; }

 private:
  constexpr auto row(index_t first, index_t last) const {
    return detail::row<detail::slot_weight_at<P>>({probabilities_}, first, last);
  }

  struct arrays {
    constexpr arrays(std::vector<index_t> f, std::vector<P> p)
        : first_slot(std::move(f)), probabilities(std::move(p)) {}
    std::vector<index_t> first_slot;
    std::vector<P> probabilities;
  };

  internal::shared<arrays> arrays_;
  index_t const* first_slot_;  // in the arrays, as in a table
  P const* probabilities_;
};

/// A table: what `tabulate` returns for some environment.
template <class T>
inline constexpr bool is_table_v = false;
template <class E>
inline constexpr bool is_table_v<tabular_environment<E>> = true;
template <class T>
concept table = is_table_v<T>;

namespace detail {

constexpr index_t fits(std::size_t n) {
  if (n >= no_index) a_table_must_fit_its_indices(n);
  return static_cast<index_t>(n);
}

// Whether a reward is neither a NaN nor infinite, in any of its parts.
template <class V>
constexpr bool is_number(V const& x) {
  if constexpr (std::floating_point<V>) {
    return x - x == V(0);
  } else if constexpr (requires { x.value; x.derivative; }) {
    return is_number(x.value);
  } else if constexpr (std::ranges::input_range<V const>) {
    for (auto const& part : x) {
      if (!is_number(part)) return false;
    }
    return true;
  } else {
    return true;
  }
}

template <class S>
[[noreturn]] void rewards_must_be_finite_numbers(index_t s, S const& state, std::size_t action) {
  throw invalid_value("bellman: in state " + internal::numbered(s, internal::describe(state)) + ", the expected reward of action " +
                      std::to_string(action) + " is infinite or not a number; it must be a finite number");
}

// Fills a table state by state. With a list of all states a next state must be in it; else it is added.
template <class E>
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

  constexpr tabular_environment<E> build() && {
    t_.first_slot.push_back(0);
    t_.first_transition.push_back(0);
    for (index_t i = 0; i < t_.states.size(); ++i) {
      state_t<E> const s = t_.states[i];  // a copy: adding states moves them
      if (!env_.terminal(s)) add_actions(i, s);
      t_.first_slot.push_back(fits(t_.actions.size()));
    }
    return tabular_environment<E>(std::move(t_));
  }

 private:
  using probability = typename table_arrays<E>::probability;
  using reward = typename table_arrays<E>::reward;

  constexpr void add_actions(index_t i, state_t<E> const& s) {
    std::size_t const before = t_.actions.size();
    for (auto&& a : env_.actions(s)) add_action(i, s, static_cast<action_t<E>>(a), t_.actions.size() - before);
    if (t_.actions.size() == before) a_state_must_have_an_action(i, s);
  }

  constexpr void add_action(index_t i, state_t<E> const& s, action_t<E> const& a, std::size_t number) {
    using F = scalar_t<typename table_types<E>::reward>;
    std::size_t const row = t_.next.size();
    probability total{};
    reward mean{};
    for (auto&& e : env_.transition(s, a)) {
      probability const p = weigh(e.probability, F(1));
      if (!is_weight(p)) transition_weights_must_not_be_negative(i, s, number, p);
      if (is_nothing(p)) continue;
      total = sum(total, p);
      mean = sum(mean, product(p, static_cast<typename table_types<E>::reward>(e.value.reward)));
      add_transition(i, s, number, row, static_cast<state_t<E>>(e.value.next), p);
    }
    if (!is_near_one(total, t_.next.size() - row)) transition_weights_must_sum_to_one(i, s, number, total);
    if (!is_number(mean)) rewards_must_be_finite_numbers(i, s, number);
    t_.actions.push_back(a);
    t_.rewards.push_back(mean);
    t_.first_transition.push_back(fits(t_.next.size()));
  }

  constexpr void add_transition(index_t i, state_t<E> const& s, std::size_t number, std::size_t row,
                                state_t<E> const& next, probability const& p) {
    index_t const j = closed_ ? t_.states.find(next) : t_.states.insert(next);
    if (j == no_index) a_transition_must_lead_to_a_listed_state(i, s, number);
    fits(j);
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
  table_arrays<E> t_{};
  std::vector<std::size_t> place_;  // where a state last stood as a next state
  bool closed_ = false;
};

// Asked of a table, to tell a start from a policy; whether it is a policy must not be asked first, since one that takes
// anything (a generic lambda) may not compile for a number.
template <class Start, class E>
concept says_where_to_begin = std::convertible_to<Start const&, state_t<E>> || distribution_over<Start, state_t<E>> ||
                              std::ranges::input_range<Start const>;

template <class E>
consteval bool check_listing() {
  if constexpr (!finite_environment<E> && !episodic_environment<E>) {
    static_assert(internal::refused<E>,
                  "bellman: the environment lists no states() and has no start(): say where to begin, "
                  "tabulate(env, start)");
  }
  return finite_environment<E> || episodic_environment<E>;
}

}  // namespace detail

/// Whether the states of an environment can be found without being told where to begin; where they cannot, a
/// `static_assert` says so.
template <class E>
inline constexpr bool checked_listing = detail::check_listing<E>();

namespace detail {

struct tabulate_fn {
  template <class E>
  constexpr auto operator()(E const& env) const {
    if constexpr (table<E>) {
      return env;
    } else if constexpr (checked_rewards<E>) {
      if constexpr (finite_environment<E>) {
        table_builder<E> builder(env);
        builder.add_states();
        return std::move(builder).build();
      } else if constexpr (checked_listing<E>) {
        return (*this)(env, env.start());
      }
    }
  }

  /// What can be reached from a state, from the support of a distribution over states, or from a range of states.
  template <class E, class Start>
    requires(!table<E> || says_where_to_begin<Start, E>)
  constexpr auto operator()(E const& env, Start const& start) const {
    if constexpr (checked_rewards<E>) {
      table_builder<E> builder(env);
      if constexpr (std::convertible_to<Start const&, state_t<E>>) {
        builder.add_start(static_cast<state_t<E>>(start));
      } else if constexpr (distribution_over<Start, state_t<E>>) {
        for (auto&& s : start) builder.add_start(static_cast<state_t<E>>(s.value));
      } else if constexpr (!std::ranges::input_range<Start const>) {
        static_assert(internal::refused<Start>,
                      "bellman: tabulate(env, start) starts from a state, a distribution over states or a range");
      } else {
        for (auto&& s : start) builder.add_start(static_cast<state_t<E>>(s));
      }
      return std::move(builder).build();
    }
  }

  template <class E, class Policy>
    requires policy_for<Policy, E>
  constexpr auto operator()(tabular_environment<E> const& t, Policy const& policy) const {
    return policy_table(t, policy, [&](index_t i) -> decltype(auto) { return t.state(i); },
                        [&](index_t i, action_t<E> const& a) { return t.slot(i, a); }, std::type_identity<E>{});
  }

  // A policy of the table itself: it answers a number with a slot or a distribution over slots. It is asked second,
  // since a policy that takes anything (a generic lambda) may not compile for a number.
  template <class E, class Policy>
    requires(!policy_for<Policy, E>) && policy_for<Policy, tabular_environment<E>>
  constexpr auto operator()(tabular_environment<E> const& t, Policy const& policy) const {
    return policy_table(t, policy, [](index_t i) { return i; },
                        [&](index_t i, index_t slot) {
                          auto const all = t.actions(i);
                          return slot >= *all.begin() && slot < *all.end() ? slot : no_index;
                        },
                        std::type_identity<tabular_environment<E>>{});
  }

 private:
  template <class T, class Policy, class StateOf, class SlotOf, class E>
  static constexpr auto policy_table(T const& t, Policy const& policy, StateOf state_of, SlotOf slot_of,
                                     std::type_identity<E>) {
    using F = scalar_t<typename T::reward_type>;
    using D = decltype(answer_distribution<E>(policy, std::declval<state_t<E> const&>()));
    using P = scalar_of_weight_t<probability_t<D>, F>;
    std::vector<index_t> first{0};
    std::vector<P> p(t.slots(), P(0));
    for (index_t i = 0; i < t.size(); ++i) {
      auto const all = t.actions(i);
      first.push_back(first.back() + static_cast<index_t>(std::ranges::size(all)));
      if (t.terminal(i)) continue;
      P total(0);
      std::size_t n = 0;
      for (auto&& e : answer_distribution<E>(policy, state_of(i))) {
        P const w = weigh(e.probability, F(1));
        if (!is_weight(w)) policy_weights_must_not_be_negative(i, t.state(i), w);
        ++n;
        total = sum(total, w);
        auto const a = static_cast<action_t<E>>(e.value);
        index_t const slot = slot_of(i, a);
        if (slot == no_index) {
          if (is_nothing(w)) continue;
          an_action_must_be_available(i, t.state(i), a);
        }
        p[slot] = sum(p[slot], w);
      }
      if (!is_near_one(total, n)) policy_weights_must_sum_to_one(i, t.state(i), total);
    }
    return tabular_policy<P>(std::move(first), std::move(p));
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
/// Everything is checked here, once: throws `invalid_value` for a probability below 0, probabilities that do not sum to
/// one (see `weight_tolerance`), a next state that `states()` does not list, a state listed twice, a state that is not
/// terminal and has no actions, a policy that names an action the state does not have. O(states + slots + transitions)
/// for states that are hashed (see `state_index`); 4 bytes and one probability a transition.
inline constexpr detail::tabulate_fn tabulate{};

}  // namespace bellman
