// SPDX-License-Identifier: BSL-1.0

// 1.6 Policy
//
//   pi_theta(a_t | s_t) = P_theta(next token = a_t | context s_t)
//   theta* = argmax_theta J(theta),  J(theta) = E_{tau ~ pi_theta}[R(tau)]
//
// tau is a whole sequence of tokens, R(tau) its total reward. J is an expectation, so its gradient is had in three
// ways: by differentiating it, by the policy-gradient theorem, and from sampled sequences.

#include "count_the_ones.hpp"

#include <bellman/decision/reward.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/decision/trajectories.hpp>
#include <bellman/language/language_policy.hpp>
#include <bellman/learning/objective.hpp>
#include <bellman/learning/policy_gradient.hpp>
#include <bellman/learning/policy_gradient_agent.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/value/return.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <random>

namespace foundation {
namespace {

template <class R>
constexpr auto task = count_the_ones(bellman::verifiable<R>(is_right));

// A policy that is rational in theta: pi_theta(a | s) = theta_a / (theta_0 + theta_1 + theta_2), in every context.
template <class T>
constexpr auto shares(std::array<T, 3> const& theta) {
  return [theta](context const&) {
    T const total = theta[0] + theta[1] + theta[2];
    return bellman::categorical(std::array{bellman::weighted{zero, theta[0] / total},
                                           bellman::weighted{one, theta[1] / total},
                                           bellman::weighted{stop, theta[2] / total}});
  };
}

// J(theta) = E_{tau ~ pi_theta}[R(tau)], over all sequences of tokens. Only "10." is right, so it is
// theta_0 theta_1 theta_2 / (theta_0 + theta_1 + theta_2)^3.
constexpr bool objective_is_the_expected_reward() {
  auto const pi = shares(std::array<rational, 3>{1, 2, 3});
  rational const J = bellman::objective(task<rational>, pi, rational(1), prompt());
  auto const R = [](auto const& tau) { return bellman::discounted_return(tau.rewards, rational(1)); };
  return J == bellman::expectation(bellman::trajectories(task<rational>, pi, prompt()), R) && J == rational(6, 216);
}
static_assert(objective_is_the_expected_reward());

// The gradient of J by dual numbers, dJ/dtheta_k = J (1 / theta_k - 3 / (theta_0 + theta_1 + theta_2)), is that of the
// policy-gradient theorem, E_pi[sum over t and a of grad pi(a | S_t) Q_pi(S_t, a)].
constexpr std::array gradient{rational(1, 72), rational(0), rational(-1, 216)};
constexpr auto parts_that_vary() {
  using dual = bellman::dual<rational, 3>;
  return shares(std::array{dual::variable(1, 0), dual::variable(2, 1), dual::variable(3, 2)});
}
constexpr bool dual_numbers_give_the_gradient() {
  return bellman::objective(task<rational>, parts_that_vary(), rational(1), prompt()).derivative == gradient;
}
static_assert(dual_numbers_give_the_gradient());
constexpr bool the_theorem_gives_the_gradient() {
  return bellman::policy_gradient(task<rational>, parts_that_vary(), rational(1), prompt()).components == gradient;
}
static_assert(the_theorem_gives_the_gradient());

// A language model: logits theta, one for each pair of the token before and the token to come, and their softmax.
constexpr auto language_model = [](auto const& theta, context const& s) {
  auto const logits = [&theta](context const& c) {
    auto const row = 3 * static_cast<std::size_t>(c.last() + 1);
    return std::array{theta[row], theta[row + 1], theta[row + 2]};
  };
  return bellman::language_policy(words, logits)(s);
};
using agent = bellman::policy_gradient_agent<decltype(language_model), double, 9>;

double J(agent const& pi) { return bellman::objective(task<double>, pi, 1.0, prompt()); }

/// theta <- theta + rate grad J(theta), with the exact gradient.
agent ascent(int steps, double rate) {
  std::array<double, 9> theta{};
  for (int k = 0; k < steps; ++k) {
    auto const pi = agent(language_model, theta, 1.0, rate).with_derivatives();
    auto const gradient = bellman::policy_gradient(task<double>, pi, 1.0, prompt());
    for (std::size_t i = 0; i < theta.size(); ++i) theta[i] += rate * gradient[i];
  }
  return {language_model, theta, 1.0, rate};
}

/// The same with gradients estimated from one sequence each: what an agent does that knows no probabilities but its
/// own.
agent reinforce(int episodes, double rate) {
  agent pi(language_model, {}, 1.0, rate);
  std::mt19937_64 chance(1);
  for (int k = 0; k < episodes; ++k) pi.improve(bellman::rollout(task<double>, pi, prompt(), chance));
  return pi;
}

}  // namespace
}  // namespace foundation

int main() {
  using namespace foundation;
  double const best = bellman::solve(task<double>, 1.0, prompt()).value(prompt());  // the right answer for sure
  double const before = J(agent(language_model, {}, 1.0, 1.0));
  double const exact = J(ascent(200, 10));
  double const sampled = J(reinforce(3000, 1));
  std::puts("J(theta), the probability of the right answer:");
  std::printf("  at theta = 0                      %.4f\n", before);
  std::printf("  after 200 steps along grad J      %.4f\n", exact);
  std::printf("  after 3000 sampled sequences      %.4f\n", sampled);
  std::printf("  at the optimum theta*             %.4f\n", best);
  bool const good = best == 1 && exact > 0.99 && exact <= best && sampled > 0.99 && sampled <= best;
  return good && objective_is_the_expected_reward() && dual_numbers_give_the_gradient() &&
                 the_theorem_gives_the_gradient()
             ? 0
             : 1;
}
