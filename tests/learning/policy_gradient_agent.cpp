// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/policy_gradient_agent.hpp>

#include <bellman/decision/agent.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/decision/trajectories.hpp>
#include <bellman/error.hpp>
#include <bellman/learning/objective.hpp>
#include <bellman/learning/policy_gradient.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/softmax.hpp>
#include <bellman/scalar/coordinates.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <random>
#include <string>

#include <boost/rational.hpp>

#include "models/token_tree.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::policy_gradient_agent;
using bellman::weighted;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;
using models::answer;
using rational = boost::rational<long long>;

// theta_0 : theta_1 : 1 for a, b and the end, in every state.
constexpr auto shares_of = [](auto const& theta, answer const&) {
  auto const total = theta[0] + theta[1] + 1;
  return bellman::categorical(
      std::array{weighted{'a', theta[0] / total}, weighted{'b', theta[1] / total}, weighted{'.', 1 / total}});
};

// A softmax over the tokens, with a logit for each pair of the token before and the token to come.
constexpr auto bigram = [](auto const& theta, answer const& s) {
  std::size_t const row = s.last() == 'a' ? 3 : s.last() == 'b' ? 6 : 0;
  return bellman::softmax(models::token_tree<double>::vocabulary,
                          std::array{theta[row], theta[row + 1], theta[row + 2]});
};
using bigram_agent = policy_gradient_agent<decltype(bigram), double, 9>;

double J(bigram_agent const& agent) { return bellman::objective(models::token_tree<double>{}, agent, 1.0); }

// The token "ab.": 1 less three tenths.
double best() { return bellman::solve(models::token_tree<double>{}, 1.0).value(answer{}); }

}  // namespace

TEST_CASE("a policy-gradient agent acts and improves") {
  STATIC_REQUIRE(bellman::agent_for<bigram_agent, models::token_tree<double>>);
  STATIC_REQUIRE(!bellman::agent_for<decltype([](answer const&) { return 'a'; }), models::token_tree<double>>);
}

TEST_CASE("an agent's policy is its family at its parameters") {
  CHECK(true_at_both_times([] {
    policy_gradient_agent const agent(shares_of, std::array<rational, 2>{1, 2}, rational(1), rational(1));
    auto const d = agent(answer{});
    auto const with_derivatives = agent.with_derivatives()(answer{});
    auto const p = *d.begin();
    auto const q = *with_derivatives.begin();
    return p.value == 'a' && p.probability == rational(1, 4) && q.probability.value == rational(1, 4) &&
           q.probability.derivative == std::array{rational(3, 16), rational(-1, 16)};
  }));
}

TEST_CASE("a step along an episode is the return times the score") {
  // "ab." brings -1/10, -1/10, 9/10. With gamma 1/2: G = 3/40, 7/20, 9/10. At theta = (1, 2) the scores are those of
  // a (3/4, -1/4), b (-1/4, 1/4) and the end (-1/4, -1/4).
  CHECK(true_at_both_times([] {
    rational const gamma(1, 2);
    rational const rate(2);
    policy_gradient_agent agent(shares_of, std::array<rational, 2>{1, 2}, gamma, rate);
    answer const s_1 = answer{}.followed_by('a');
    answer const s_2 = s_1.followed_by('b');
    agent.improve(bellman::episode<answer, char, rational>{
        {answer{}, s_1, s_2, s_2.followed_by('.')}, {'a', 'b', '.'}, {{-1, 10}, {-1, 10}, {9, 10}}, {}});
    rational const a = rate * rational(3, 40);
    rational const b = rate * gamma * rational(7, 20);
    rational const stop = rate * gamma * gamma * rational(9, 10);
    return agent.parameters()[0] == 1 + a * rational(3, 4) - b / 4 - stop / 4 &&
           agent.parameters()[1] == 2 - a / 4 + b / 4 - stop / 4;
  }));
}

TEST_CASE("the expected step is the policy gradient times the rate, exactly") {
  CHECK(true_at_both_times([] {
    models::token_tree<rational> const env;
    rational const gamma(1, 2);
    rational const rate(3);
    std::array<rational, 2> const theta{1, 2};
    policy_gradient_agent const agent(shares_of, theta, gamma, rate);
    auto const step = [&](auto const& tau) {
      auto improved = agent;
      improved.improve(tau);
      return bellman::coordinates{improved.parameters()[0] - theta[0], improved.parameters()[1] - theta[1]};
    };
    auto const mean = bellman::expectation(bellman::trajectories(env, agent, answer{}), step);
    return mean == rate * bellman::policy_gradient(env, agent.with_derivatives(), gamma);
  }));
}

TEST_CASE("an episode of no steps teaches nothing") {
  CHECK(true_at_both_times([] {
    policy_gradient_agent agent(shares_of, std::array<rational, 2>{1, 2}, rational(1), rational(1));
    agent.improve(bellman::episode<answer, char, rational>{{answer{{'.'}, 1}}, {}, {}, {}});
    return agent.parameters() == std::array<rational, 2>{1, 2};
  }));
}

TEST_CASE("exact gradient ascent reaches the optimum") {
  std::array<double, 9> theta{};
  double last = J({bigram, theta, 1.0, 1.0});
  bool rises = true;
  for (int k = 0; k < 400; ++k) {
    auto const pi = bigram_agent(bigram, theta, 1.0, 1.0).with_derivatives();
    auto const gradient = bellman::policy_gradient(models::token_tree<double>{}, pi, 1.0);
    for (std::size_t i = 0; i < theta.size(); ++i) theta[i] += 4 * gradient[i];
    double const now = J({bigram, theta, 1.0, 1.0});
    rises = rises && now > last;
    last = now;
  }
  CHECK(rises);
  CHECK(approx_equal(best(), 0.7, 1e-14));
  CHECK(last > 0.69);
  CHECK(last <= best());
}

TEST_CASE("an agent that learns from sampled episodes reaches the optimum") {
  bigram_agent agent(bigram, {}, 1.0, 0.5);
  std::mt19937_64 chance(3);
  CHECK(J(agent) < 0);
  for (int k = 0; k < 5000; ++k) agent.improve(bellman::rollout(models::token_tree<double>{}, agent, chance));
  CHECK(J(agent) > 0.69);
  CHECK(J(agent) <= best());
  // and when it acts it says so
  auto const tau = bellman::rollout(models::token_tree<double>{}, agent, chance);
  CHECK(tau.states.back() == answer{{'a', 'b', '.'}, 3});
}

TEST_CASE("an action that the policy does not take is refused, and the agent stays as it was") {
  policy_gradient_agent agent(shares_of, std::array<rational, 2>{1, 0}, rational(1), rational(1));
  answer const s_1 = answer{}.followed_by('a');
  bellman::episode<answer, char, rational> const impossible{
      {answer{}, s_1, s_1.followed_by('b')}, {'a', 'b'}, {1, 1}, {}};
  std::string message;
  try {
    agent.improve(impossible);
  } catch (bellman::invalid_value const& e) {
    message = e.what();
  }
  CHECK(message == "bellman: at step 1 the episode has action " + std::to_string('b') +
                       ", to which the agent's policy gives probability 0");
  CHECK(agent.parameters() == std::array<rational, 2>{1, 0});
}

TEST_CASE("an agent's discount lies between zero and one") {
  std::array<double, 9> const theta{};
  CHECK_THROWS_AS(bigram_agent(bigram, theta, 1.01, 0.5), bellman::invalid_value);
  CHECK_THROWS_AS(bigram_agent(bigram, theta, -0.01, 0.5), bellman::invalid_value);
  CHECK_THROWS_AS(bigram_agent(bigram, theta, std::numeric_limits<double>::quiet_NaN(), 0.5), bellman::invalid_value);
  CHECK_NOTHROW(bigram_agent(bigram, theta, 0.0, 0.5));
}
