// SPDX-License-Identifier: BSL-1.0

// The Bellman equation of the state value, derived:
//
//   V_pi(s_t) = R(s_t) + gamma E_pi[V_{t+1} | S_t = s_t]
//
// Every equality of the derivation is a function template over a process, and is proved in exact arithmetic for a robot
// whose states come back for ever and for the tokens of a language model, by enumerating what can happen.

#include "process.hpp"

#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/return.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdio>
#include <vector>

namespace foundation {
namespace {

using bellman::given;

// V(s_t) = E[G_t | S_t = s_t]: the definition of the state value. V_pi was solved from the policy's linear equations.
constexpr auto definition_of_the_value = [](auto const& m, std::size_t t, auto const& s) {
  return m.V_pi(s) == E(m.given_state(t, s), m.G(t));
};
static_assert(is_proved<robot, definition_of_the_value>);
static_assert(is_proved<answers, definition_of_the_value>);

// = E[R_t + gamma G_{t+1} | S_t = s_t]: the definition of the return.
constexpr auto definition_of_the_return = [](auto const& m, std::size_t t, auto const& s) {
  auto const R_t = m.R(t);
  auto const G_next = m.G(t + 1);
  auto const here = m.given_state(t, s);
  return E(here, m.G(t)) == E(here, [&](auto const& tau) { return R_t(tau) + gamma * G_next(tau); });
};
static_assert(is_proved<robot, definition_of_the_return>);
static_assert(is_proved<answers, definition_of_the_return>);

// = E[R_t | S_t = s_t] + gamma E[G_{t+1} | S_t = s_t]: expectations add up.
constexpr auto additivity = [](auto const& m, std::size_t t, auto const& s) {
  auto const R_t = m.R(t);
  auto const G_next = m.G(t + 1);
  auto const here = m.given_state(t, s);
  return E(here, [&](auto const& tau) { return R_t(tau) + gamma * G_next(tau); }) ==
         E(here, R_t) + gamma * E(here, G_next);
};
static_assert(is_proved<robot, additivity>);
static_assert(is_proved<answers, additivity>);

// = R(s_t) + gamma E[G_{t+1} | S_t = s_t], for E[R_t | S_t = s_t] = R(s_t).
constexpr auto mean_reward = [](auto const& m, std::size_t t, auto const& s) {
  return E(m.given_state(t, s), m.R(t)) == m.mean_reward(s);
};
static_assert(is_proved<robot, mean_reward>);
static_assert(is_proved<answers, mean_reward>);

// The law of total expectation, E(X) = sum over k of P(Y_k) E(X | Y_k), of X = G_{t+1} and Y = S_{t+1}:
// E[G_{t+1} | S_t = s_t] = sum over s_{t+1} of E[G_{t+1} | S_t = s_t, S_{t+1} = s_{t+1}] p(s_{t+1} | s_t)
constexpr auto total_expectation = [](auto const& m, std::size_t t, auto const& s) {
  auto const here = m.given_state(t, s);
  auto const S_next = m.S(t + 1);
  auto const G_next = m.G(t + 1);
  rational total = 0;
  for (auto const& s_next : values_of(here, S_next))
    total += E(given(here, is(S_next, s_next)), G_next) * m.p(s_next, s);
  return E(here, G_next) == total;
};
static_assert(is_proved<robot, total_expectation>);
static_assert(is_proved<answers, total_expectation>);

// E(X) = E(E(X | Y)): the same, with the conditional expectation as a random variable.
constexpr auto nested_expectation = [](auto const& m, std::size_t t, auto const& s) {
  auto const here = m.given_state(t, s);
  auto const S_next = m.S(t + 1);
  auto const G_next = m.G(t + 1);
  auto const all = values_of(here, S_next);
  std::vector<rational> given_next;
  for (auto const& s_next : all) given_next.push_back(E(given(here, is(S_next, s_next)), G_next));
  return E(here, G_next) == E(here, [&](auto const& tau) {
           return given_next[static_cast<std::size_t>(std::ranges::find(all, S_next(tau)) - all.begin())];
         });
};
static_assert(is_proved<robot, nested_expectation>);
static_assert(is_proved<answers, nested_expectation>);

// E[G_{t+1} | S_t = s_t, S_{t+1} = s_{t+1}] = E[G_{t+1} | S_{t+1} = s_{t+1}]: the Markov property. Not only S_t may be
// forgotten, but all of the history (s_0, a_0, r_0, ..., s_t, a_t, r_t): for every history that can be,
// E[G_{t+1} | history, S_{t+1} = s_{t+1}] is the same.
constexpr auto markov_property = [](auto const& m, std::size_t t, auto const& s) {
  auto const here = m.given_state(t, s);
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

// It is a property of the process, not of expectations: it fails where a part of the state is not seen, where the law
// of total expectation holds all the same.
static_assert(is_proved<half_seen_robot, nested_expectation>);
static_assert(!is_proved<half_seen_robot, markov_property>);

// E[G_{t+1} | S_{t+1} = s_{t+1}] = V(s_{t+1}): the definition again. Substituted,
// E[G_{t+1} | S_t = s_t] = sum over s_{t+1} of V(s_{t+1}) p(s_{t+1} | s_t) = E[V_{t+1} | S_t = s_t]
constexpr auto substitution = [](auto const& m, std::size_t t, auto const& s) {
  auto const here = m.given_state(t, s);
  auto const S_next = m.S(t + 1);
  rational total = 0;
  for (auto const& s_next : values_of(here, S_next)) {
    if (E(m.given_state(t + 1, s_next), m.G(t + 1)) != m.V_pi(s_next)) return false;
    total += m.V_pi(s_next) * m.p(s_next, s);
  }
  return E(here, m.G(t + 1)) == total && total == E(here, [&](auto const& tau) { return m.V_pi(S_next(tau)); });
};
static_assert(is_proved<robot, substitution>);
static_assert(is_proved<answers, substitution>);

// V(s_t) = R(s_t) + gamma sum over s_{t+1} of V(s_{t+1}) p(s_{t+1} | s_t) = R(s_t) + gamma E[V_{t+1} | S_t = s_t],
// which is what bellman_expectation computes.
constexpr auto bellman_equation = [](auto const& m, std::size_t t, auto const& s) {
  auto const here = m.given_state(t, s);
  auto const S_next = m.S(t + 1);
  rational total = 0;
  for (auto const& s_next : values_of(here, S_next)) total += m.V_pi(s_next) * m.p(s_next, s);
  return m.V_pi(s) == m.mean_reward(s) + gamma * total &&
         m.V_pi(s) == m.mean_reward(s) + gamma * E(here, [&](auto const& tau) { return m.V_pi(S_next(tau)); }) &&
         m.V_pi(s) == bellman::bellman_expectation(m.env, m.pi, gamma)(m.V_pi)(s);
};
static_assert(is_proved<robot, bellman_equation>);
static_assert(is_proved<answers, bellman_equation>);

// The robot's return never ends, so each path was cut off after n steps and the value of its last state put in the
// place of what follows. Where it is cut makes no difference, and without that value the expectation tends to V:
// |E[G_t^(n) | S_t = s_t] - V(s_t)| <= gamma^n max |V|.
constexpr auto limit = [](std::size_t n) {
  auto const m = robot(n);
  rational const V = m.V_pi(battery::high);
  rational const plain = E(m.paths, [](auto const& tau) { return bellman::discounted_return(tau.rewards, gamma); });
  rational bound = std::max(abs(m.V_pi(battery::high)), abs(m.V_pi(battery::low)));
  for (std::size_t k = 0; k < n; ++k) bound *= gamma;
  return E(m.paths, m.G(0)) == V && abs(plain - V) <= bound;
};
static_assert(limit(0) && limit(1) && limit(2));
static_assert(limit(3));

bool report(char const* equality, bool holds) {
  std::printf("  %-58s %s\n", equality, holds ? "holds" : "FAILS");
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
  std::puts("V(s_t) for a robot and for a language model, at t = 0 and t = 1, in every state:");
  bool good = report("V(s_t) = E[G_t | s_t]", definition_of_the_value);
  good &= report("  = E[R_t + gamma G_{t+1} | s_t]", definition_of_the_return);
  good &= report("  = E[R_t | s_t] + gamma E[G_{t+1} | s_t]", additivity);
  good &= report("  = R(s_t) + gamma E[G_{t+1} | s_t]", mean_reward);
  good &= report("E[G_{t+1} | s_t] = sum E[G_{t+1} | s_t, s_{t+1}] p", total_expectation);
  good &= report("  = E[E[G_{t+1} | s_t, S_{t+1}] | s_t]", nested_expectation);
  good &= report("E[G_{t+1} | history, s_{t+1}] = E[G_{t+1} | s_{t+1}]", markov_property);
  good &= report("E[G_{t+1} | s_t] = E[V_{t+1} | s_t]", substitution);
  good &= report("V(s_t) = R(s_t) + gamma E[V_{t+1} | s_t]", bellman_equation);
  good &= report("n steps of the robot tend to V", limit(0) && limit(1) && limit(2) && limit(3));
  good &= report("without the Markov property it is refuted", !is_computed(half_seen_robot, markov_property));
  return good ? 0 : 1;
}
