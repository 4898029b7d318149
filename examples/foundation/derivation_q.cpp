// SPDX-License-Identifier: BSL-1.0

// The Bellman equation of the action value, derived:
//
//   Q_pi(s_t, a_t) = R(s_t, a_t) + gamma E_pi[V_pi(S_{t+1}) | S_t = s_t, A_t = a_t]
//
// Step by step as for the state value in derivation_v.cpp, with an action given beside the state.

#include "process.hpp"

#include <bellman/value/action_value.hpp>

#include <cstddef>
#include <cstdio>

namespace foundation {
namespace {

using bellman::given;

// Q(s_t, a_t) = E[G_t | S_t = s_t, A_t = a_t]: the definition of the action value.
constexpr auto definition_of_the_value = [](auto const& m, std::size_t t, auto const& s, auto const& a) {
  auto const Q_pi = bellman::action_value(m.env, gamma, m.V_pi);
  return Q_pi(s, a) == E(m.given_action(t, s, a), m.G(t));
};
static_assert(is_proved<robot, definition_of_the_value>);
static_assert(is_proved<answers, definition_of_the_value>);

// = E[R_t + gamma G_{t+1} | S_t = s_t, A_t = a_t]: the definition of the return.
constexpr auto definition_of_the_return = [](auto const& m, std::size_t t, auto const& s, auto const& a) {
  auto const R_t = m.R(t);
  auto const G_next = m.G(t + 1);
  auto const here = m.given_action(t, s, a);
  return E(here, m.G(t)) == E(here, [&](auto const& tau) { return R_t(tau) + gamma * G_next(tau); });
};
static_assert(is_proved<robot, definition_of_the_return>);
static_assert(is_proved<answers, definition_of_the_return>);

// = E[R_t | S_t = s_t, A_t = a_t] + gamma E[G_{t+1} | S_t = s_t, A_t = a_t]: expectations add up.
constexpr auto additivity = [](auto const& m, std::size_t t, auto const& s, auto const& a) {
  auto const R_t = m.R(t);
  auto const G_next = m.G(t + 1);
  auto const here = m.given_action(t, s, a);
  return E(here, [&](auto const& tau) { return R_t(tau) + gamma * G_next(tau); }) ==
         E(here, R_t) + gamma * E(here, G_next);
};
static_assert(is_proved<robot, additivity>);
static_assert(is_proved<answers, additivity>);

// = R(s_t, a_t) + gamma E[G_{t+1} | S_t = s_t, A_t = a_t], for E[R_t | S_t = s_t, A_t = a_t] = R(s_t, a_t).
constexpr auto mean_reward = [](auto const& m, std::size_t t, auto const& s, auto const& a) {
  return E(m.given_action(t, s, a), m.R(t)) == m.mean_reward(s, a);
};
static_assert(is_proved<robot, mean_reward>);
static_assert(is_proved<answers, mean_reward>);

// The law of total expectation, over the next state: E[G_{t+1} | S_t = s_t, A_t = a_t] =
// sum over s_{t+1} of E[G_{t+1} | S_t = s_t, A_t = a_t, S_{t+1} = s_{t+1}] p(s_{t+1} | s_t, a_t)
constexpr auto total_expectation = [](auto const& m, std::size_t t, auto const& s, auto const& a) {
  auto const here = m.given_action(t, s, a);
  auto const S_next = m.S(t + 1);
  auto const G_next = m.G(t + 1);
  rational total = 0;
  for (auto const& s_next : values_of(here, S_next)) {
    total += E(given(here, is(S_next, s_next)), G_next) * m.p(s_next, s, a);
  }
  return E(here, G_next) == total;
};
static_assert(is_proved<robot, total_expectation>);
static_assert(is_proved<answers, total_expectation>);

// E[G_{t+1} | S_t = s_t, A_t = a_t, S_{t+1} = s_{t+1}] = E[G_{t+1} | S_{t+1} = s_{t+1}]: the Markov property. Given the
// next state, the state and the action before it no longer matter, nor does all the history that led to them.
constexpr auto markov_property = [](auto const& m, std::size_t t, auto const& s, auto const& a) {
  auto const here = m.given_action(t, s, a);
  auto const S_next = m.S(t + 1);
  auto const G_next = m.G(t + 1);
  for (auto const& s_next : values_of(here, S_next)) {
    rational const given_the_state = E(m.given_state(t + 1, s_next), G_next);
    auto const here_and_there = given(here, is(S_next, s_next));
    if (E(here_and_there, G_next) != given_the_state) return false;
    for (auto const& tau : m.histories(here_and_there, t + 1)) {
      if (E(given(here_and_there, m.history_of(tau, t + 1)), G_next) != given_the_state) return false;
    }
  }
  return true;
};
static_assert(is_proved<robot, markov_property>);
static_assert(is_proved<answers, markov_property>);

// It fails where a part of the state is not seen; expectations add up there too.
static_assert(is_proved<half_seen_robot, additivity>);
static_assert(!is_proved<half_seen_robot, markov_property>);

// E[G_{t+1} | S_{t+1} = s_{t+1}] = V(s_{t+1}): the definition of the state value. Substituted,
// E[G_{t+1} | S_t = s_t, A_t = a_t] = sum over s_{t+1} of V(s_{t+1}) p(s_{t+1} | s_t, a_t)
//                                   = E[V_{t+1} | S_t = s_t, A_t = a_t]
constexpr auto substitution = [](auto const& m, std::size_t t, auto const& s, auto const& a) {
  auto const here = m.given_action(t, s, a);
  auto const S_next = m.S(t + 1);
  rational total = 0;
  for (auto const& s_next : values_of(here, S_next)) {
    if (E(m.given_state(t + 1, s_next), m.G(t + 1)) != m.V_pi(s_next)) return false;
    total += m.V_pi(s_next) * m.p(s_next, s, a);
  }
  return E(here, m.G(t + 1)) == total && total == E(here, [&](auto const& tau) { return m.V_pi(S_next(tau)); });
};
static_assert(is_proved<robot, substitution>);
static_assert(is_proved<answers, substitution>);

// Q(s_t, a_t) = R(s_t, a_t) + gamma sum over s_{t+1} of V(s_{t+1}) p(s_{t+1} | s_t, a_t)
//             = R(s_t, a_t) + gamma E[V_{t+1} | S_t = s_t, A_t = a_t]
//             = E[R_t + gamma V(S_{t+1}) | S_t = s_t, A_t = a_t]
constexpr auto bellman_equation = [](auto const& m, std::size_t t, auto const& s, auto const& a) {
  auto const Q_pi = bellman::action_value(m.env, gamma, m.V_pi);
  auto const here = m.given_action(t, s, a);
  auto const R_t = m.R(t);
  auto const S_next = m.S(t + 1);
  rational total = 0;
  for (auto const& s_next : values_of(here, S_next)) total += m.V_pi(s_next) * m.p(s_next, s, a);
  return Q_pi(s, a) == m.mean_reward(s, a) + gamma * total &&
         Q_pi(s, a) == m.mean_reward(s, a) + gamma * E(here, [&](auto const& tau) { return m.V_pi(S_next(tau)); }) &&
         Q_pi(s, a) == E(here, [&](auto const& tau) { return R_t(tau) + gamma * m.V_pi(S_next(tau)); });
};
static_assert(is_proved<robot, bellman_equation>);
static_assert(is_proved<answers, bellman_equation>);

bool report(char const* equality, bool holds) {
  std::printf("  %-66s %s\n", equality, holds ? "holds" : "FAILS");
  return holds;
}
template <class Equality>
bool report(char const* text, Equality equality) {
  return report(text, is_computed(robot, equality) && is_computed(answers, equality));
}

}  // namespace
}  // namespace foundation

int main() {
  using namespace foundation;
  std::puts("Q(s_t, a_t) of a robot and of a language model, at t = 0 and t = 1, in every state, for every action:");
  bool good = report("Q(s_t, a_t) = E[G_t | s_t, a_t]", definition_of_the_value);
  good &= report("  = E[R_t + gamma G_{t+1} | s_t, a_t]", definition_of_the_return);
  good &= report("  = E[R_t | s_t, a_t] + gamma E[G_{t+1} | s_t, a_t]", additivity);
  good &= report("  = R(s_t, a_t) + gamma E[G_{t+1} | s_t, a_t]", mean_reward);
  good &= report("E[G_{t+1} | s_t, a_t] = sum E[G_{t+1} | s_t, a_t, s_{t+1}] p", total_expectation);
  good &= report("E[G_{t+1} | history, s_{t+1}] = E[G_{t+1} | s_{t+1}]", markov_property);
  good &= report("E[G_{t+1} | s_t, a_t] = E[V_{t+1} | s_t, a_t]", substitution);
  good &= report("Q(s_t, a_t) = R(s_t, a_t) + gamma E[V_{t+1} | s_t, a_t]", bellman_equation);
  good &= report("without the Markov property it is refuted", !is_computed(half_seen_robot, markov_property));
  return good ? 0 : 1;
}
