// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/experience/autoreset.hpp>
#include <bellman/experience/batch_policy.hpp>
#include <bellman/experience/vectorised_recording.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/layout/internal/rules.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/with_checked_weights.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

/// An environment whose episodes begin in a state that a generator draws, where there are too many states to list them
/// with their probabilities, such as points in space.
///
/// Minimal definition: `environment<E>` and `start(urbg)`, a state.
/// Axiom: `start(urbg)` depends on what it draws from `urbg` alone.
template <class E, class G>
concept drawn_start_environment = environment<E> && requires(E const& e, G& urbg) {
  { e.start(urbg) } -> internal::stands_for<state_t<E>>;
};

namespace refused {

struct the_environment_has_neither_a_distribution_of_states_to_start_in_nor_a_start_of_a_generator {};
struct states_and_actions_that_are_recorded_in_arrays_are_no_bool {};

}  // namespace refused

namespace internal {

template <class E, class G>
using a_start_to_draw =
    rule<(episodic_environment<E> || drawn_start_environment<E, std::remove_reference_t<G>>),
         refused::the_environment_has_neither_a_distribution_of_states_to_start_in_nor_a_start_of_a_generator>;

// An array of bool has no elements that can be referred to.
template <class E>
struct states_and_actions_in_arrays
    : rule<(!std::same_as<state_t<E>, bool> && !std::same_as<action_t<E>, bool>),
           refused::states_and_actions_that_are_recorded_in_arrays_are_no_bool> {};

template <class E>
struct rewards_to_add
    : rule<number_or_vector<reward_t<E>>, refused::reward_type_must_be_a_number_or_a_vector_with_sums_and_products> {};

}  // namespace internal

namespace detail {

[[noreturn]] inline void there_must_be_an_environment_to_step() {
  internal::refuse("bellman: 0 copies of an environment; there must be at least 1");
}
[[noreturn]] inline void an_episode_must_be_allowed_a_step() {
  internal::refuse("bellman: episodes are cut off after 0 steps; the limit must be at least 1");
}
[[noreturn]] inline void a_recording_must_have_a_step() {
  internal::refuse("bellman: a recording of 0 steps; there must be at least 1");
}
template <class S>
[[noreturn]] void an_episode_must_not_begin_where_it_ends(std::size_t copy, S const& state) {
  internal::refuse("bellman: copy " + std::to_string(copy) + " of the environment begins an episode in state " +
                   internal::describe(state) + ", which is terminal; it must not be");
}
[[noreturn]] inline void a_batch_policy_must_answer_each_state(std::size_t found, std::size_t states) {
  internal::refuse("bellman: a batch policy gives " +
                   (found > states ? "more than " + std::to_string(states) : std::to_string(found)) + " answers for " +
                   std::to_string(states) + " states; there must be one for each");
}

// Where one copy of an environment is, besides its state.
template <class E>
struct copy_of_an_environment {
  std::optional<action_t<E>> last_action{};
  accumulator<reward_t<E>> total{};
  std::size_t steps = 0;
  bool has_ended = false;
};

}  // namespace detail

/// `vectorised_environment<E, Autoreset>`: N copies of an environment that are stepped together, what `vectorised`
/// gives.
///
/// `record(T, policy, urbg)`: the next T steps of all copies, as a `vectorised_recording`; a later call goes on where
/// this one stopped. `states()`: in which state each copy is, a span of N; `size()`: N.
///
/// What a step is, is written here and nowhere else: *terminated* where the action arrived in a terminal state,
/// *truncated* where it did not and the episode has as many steps as its limit, *skipped* where the copy was reset.
///
/// The generator is asked in this order: of each step, of each copy: the action, the outcome, a new episode's start.
/// So the same seed gives the same recording, and two recordings of T steps are one of 2 T steps.
///
/// *Arguments*: at least one step; a policy for the environment, called once for each copy and step, or a
/// `batch_policy`, called once a step; `urbg`: any `std::uniform_random_bit_generator`.
/// *Errors*: `invalid_value` for no steps, for weights, of a start, the policy or a transition, that are no
/// distribution, for an episode that begins in a terminal state, and for a batch policy that does not answer each
/// state; the copies are then where they were, of the generator it is not known.
/// *Cost*: one sample of the policy and one of the transition for each copy and step; allocates once for each array.
/// *Laws*: `gae` of a recording is that of each episode by itself, in both kinds of autoreset; two recordings are as
/// one (tests/experience/vectorised_environment.cpp).
template <environment E, class Autoreset>
class vectorised_environment {
 public:
  using recording = vectorised_recording<state_t<E>, action_t<E>, reward_t<E>>;

  template <class G>
  constexpr vectorised_environment(E its_env, std::size_t its_size, step_limit its_limit, G& urbg)
      : env_(std::move(its_env)), limit_(its_limit.steps), copies_(its_size) {
    if (its_size == 0) detail::there_must_be_an_environment_to_step();
    if (limit_ == 0) detail::an_episode_must_be_allowed_a_step();
    states_.reserve(its_size);
    for (std::size_t i = 0; i < its_size; ++i) states_.push_back(drawn_start(i, urbg));
  }

  constexpr std::size_t size() const { return copies_.size(); }
  constexpr std::span<state_t<E> const> states() const& { return states_; }
  void states() const&& = delete;

  template <class N, class Policy, class G,
            class = typename internal::every<internal::a_count<N>, internal::a_policy_of_copies<Policy, E>,
                                             internal::a_generator<G>, internal::a_start_to_draw<E, G>>::type::yes>
  constexpr recording record(N steps, Policy const& policy, G&& urbg) {
    std::size_t const count = internal::counted(steps, "steps");
    if (count == 0) detail::a_recording_must_have_a_step();
    internal::recorded_rows<state_t<E>, action_t<E>, reward_t<E>> rows;
    rows.environments = size();
    reserve(rows, count);
    std::vector<detail::copy_of_an_environment<E>> copies = copies_;
    std::vector<state_t<E>> final_states;
    for (state_t<E> const& s : states_) rows.states.push_back(s);
    for (std::size_t t = 0; t < count; ++t) {
      if constexpr (internal::is_batch_policy<Policy>) {
        step_with_answers(policy, copies, final_states, rows, count, urbg);
      } else {
        for (std::size_t i = 0; i < size(); ++i) step(policy, copies[i], i, final_states, rows, count, urbg);
      }
    }
    std::vector<state_t<E>> reached(rows.states.end() - static_cast<std::ptrdiff_t>(size()), rows.states.end());
    rows.states.reserve(rows.states.size() + final_states.size());
    for (state_t<E>& s : final_states) rows.states.push_back(std::move(s));
    copies_ = std::move(copies);
    states_ = std::move(reached);
    return recording(std::move(rows));
  }

 private:
  using row_arrays = internal::recorded_rows<state_t<E>, action_t<E>, reward_t<E>>;

  constexpr void reserve(row_arrays& rows, std::size_t count) const {
    std::size_t const n = count * size();
    rows.states.reserve(n + size());
    rows.actions.reserve(n);
    rows.rewards.reserve(n);
    rows.terminated.reserve(n);
    rows.truncated.reserve(n);
    rows.own.reserve(n);
    rows.next.reserve(n);
    rows.transitions.reserve(n);
  }

  template <class G>
  constexpr state_t<E> drawn_start(std::size_t copy, G& urbg) const {
    state_t<E> s = start_of(env_, urbg);
    if (env_.terminal(s)) detail::an_episode_must_not_begin_where_it_ends(copy, s);
    return s;
  }
  template <class G>
  static constexpr state_t<E> start_of(E const& env, G& urbg) {
    if constexpr (episodic_environment<E>) {
      return static_cast<state_t<E>>(sample(with_checked_weights(env.start()), urbg));
    } else {
      return static_cast<state_t<E>>(env.start(urbg));
    }
  }

  template <class Policy, class G>
  constexpr void step_with_answers(Policy const& policy, std::vector<detail::copy_of_an_environment<E>>& copies,
                                   std::vector<state_t<E>>& final_states, row_arrays& rows, std::size_t count,
                                   G& urbg) const {
    std::span<state_t<E> const> const row(rows.states.data() + (rows.states.size() - size()), size());
    auto&& answers = policy(row);
    auto answer = std::ranges::begin(answers);
    auto const end = std::ranges::end(answers);
    for (std::size_t i = 0; i < size(); ++i, ++answer) {
      if (answer == end) detail::a_batch_policy_must_answer_each_state(i, size());
      // A name for it, should it be computed where it is read.
      std::ranges::range_value_t<decltype(answers)> const its_answer = *answer;
      step(internal::one_answer<std::remove_const_t<decltype(its_answer)>>{its_answer}, copies[i], i, final_states,
           rows, count, urbg);
    }
    if (!(answer == end)) detail::a_batch_policy_must_answer_each_state(size() + 1, size());
  }

  // One step of one copy, whose state is the `size()`th from the end of all states.
  template <class Policy, class G>
  constexpr void step(Policy const& policy, detail::copy_of_an_environment<E>& copy, std::size_t i,
                      std::vector<state_t<E>>& final_states, row_arrays& rows, std::size_t count, G& urbg) const {
    std::size_t const place = rows.rewards.size();
    if (copy.has_ended) {
      state_t<E> next = drawn_start(i, urbg);
      rows.actions.push_back(*copy.last_action);
      rows.rewards.push_back(scalar_traits<reward_t<E>>::zero());
      write(rows, false, false, false, place + size());
      rows.states.push_back(std::move(next));
      copy = {std::move(copy.last_action)};
      return;
    }
    state_t<E> const& s = rows.states[place];
    action_t<E> a = static_cast<action_t<E>>(sample(action_distribution<E>(policy, s), urbg));
    auto o = sample(with_checked_weights(env_.transition(s, a), s), urbg);
    auto reward = static_cast<reward_t<E>>(std::move(o.reward));
    auto next = static_cast<state_t<E>>(std::move(o.next));
    ++copy.steps;
    copy.total.add(reward);
    bool const is_terminal = env_.terminal(next);
    bool const is_cut_off = !is_terminal && copy.steps == limit_;
    bool const has_ended = is_terminal || is_cut_off;
    copy.last_action = a;
    rows.actions.push_back(std::move(a));
    rows.rewards.push_back(std::move(reward));
    rows.transitions.push_back(place);
    if (has_ended) rows.finished.push_back({place, copy.total.value(), copy.steps});
    if (std::same_as<Autoreset, same_step_autoreset> && has_ended) {
      write(rows, is_terminal, is_cut_off, true, (count + 1) * size() + final_states.size());
      final_states.push_back(std::move(next));
      rows.states.push_back(drawn_start(i, urbg));
      copy = {std::move(copy.last_action)};
    } else {
      write(rows, is_terminal, is_cut_off, true, place + size());
      rows.states.push_back(std::move(next));
      copy.has_ended = has_ended;
    }
  }
  static constexpr void write(row_arrays& rows, bool terminated, bool truncated, bool own, std::size_t next) {
    rows.terminated.push_back(terminated);
    rows.truncated.push_back(truncated);
    rows.own.push_back(own);
    rows.next.push_back(next);
  }

  E env_;
  std::size_t limit_;
  std::vector<detail::copy_of_an_environment<E>> copies_;
  std::vector<state_t<E>> states_{};
};

namespace detail {

struct vectorised_fn {
  template <class E, class N, class Autoreset, class G, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::transitions_to_sample<Env>,
                                             internal::states_and_actions_in_arrays<Env>, internal::rewards_to_add<Env>,
                                             internal::a_count<N>, internal::an_autoreset<Autoreset>,
                                             internal::a_generator<G>, internal::a_start_to_draw<Env, G>>::type::yes>
  [[nodiscard]] constexpr auto operator()(E&& env, N n, Autoreset, G&& urbg, step_limit limit = {}) const {
    auto kept = internal::environment_of(std::forward<E>(env));
    return vectorised_environment<decltype(kept), Autoreset>(std::move(kept), internal::counted(n, "environments"),
                                                             limit, urbg);
  }
};

}  // namespace detail

/// `vectorised(env, N, autoreset, urbg)`: N copies of an environment that are stepped together, each in a state drawn
/// from its start; `vectorised(env, N, autoreset, urbg, step_limit{n})`: their episodes are cut off after n steps and
/// then *truncated*.
///
/// *Arguments*: an `episodic_environment` or a `drawn_start_environment`, by value or as a `std::reference_wrapper` to
/// one that outlives this; at least one copy; `next_step_autoreset{}` or `same_step_autoreset{}`; any
/// `std::uniform_random_bit_generator`; at least one step.
/// *Errors*: `invalid_value` for no copies, a limit of no steps, a start whose weights are no distribution or that is
/// terminal.
/// *Cost*: N samples of the start; the environment is copied once or moved.
/// *Laws*: those of `vectorised_environment`.
/// *Source*: Gymnasium 1.1, `gymnasium.vector`.
/// *Use*:
///     [] {
///       auto const one_a_step = [](bellman::context const&, bellman::token) { return 1.0; };
///       auto const writer = bellman::with_start(
///           bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                      bellman::length_limit{2}, one_a_step),
///           bellman::dirac{bellman::context{}});
///       std::mt19937 urbg;
///       auto together = bellman::vectorised(writer, 1, bellman::next_step_autoreset{}, urbg);
///       auto const r = together.record(4, [](bellman::context const&) { return 1; }, urbg);
///       std::array const values{0.0, 0.0, 0.0, 0.0, 8.0};  // of r.states(): four steps and what comes after them
///       return bellman::returns_to_go(r.rewards(), r.steps(values), 0.5) == std::vector{1.5, 1.0, 0.0, 5.0};
///     }()
inline constexpr detail::vectorised_fn vectorised{};

}  // namespace bellman
