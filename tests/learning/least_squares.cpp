// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/least_squares.hpp>

#include <bellman/decision/episode.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/learning/expected_sarsa.hpp>
#include <bellman/learning/feature.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/off_policy_td_learning.hpp>
#include <bellman/learning/projected_value.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/value/action_value.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "learning/least_squares.hpp"
#include "learning/small_world.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace least_squares {

namespace b = bellman;
using learning_models::other_policy;
using learning_models::see_all;
using learning_models::small_world;
using learning_models::some_policy;
using b::test::true_at_both_times;
using rational = b::rational512;

TEST_CASE("LSTD of a table that has seen every transition as often as it is likely is the state value") {
  small_world<rational, true> const env;
  auto const pi = some_policy<rational>;
  rational const gamma = rational(3) / 4;
  auto const v = b::state_value(env, pi, gamma);
  b::learner agent(b::value_table<rational, int>{}, b::td_learning{.gamma = gamma},
                   b::least_squares{.regulariser = rational(0)});
  see_all(agent, env, pi, [](int s) { return 2 * s + 1; });
  CHECK(agent(1) == 0);  // nothing is learned yet
  agent.solve();
  for (int s = 0; s < 3; ++s) CHECK(agent(s) == v(s));

  auto const q = b::action_value(env, gamma, v);
  b::learner of_actions(b::value_table<rational, int, int>{}, b::expected_sarsa{.policy = pi, .gamma = gamma},
                        b::least_squares{.regulariser = rational(0)});
  see_all(of_actions, env, pi, [](int) { return 1; });
  of_actions.solve();
  for (int s = 0; s < 3; ++s) {
    for (int a : env.actions(s)) CHECK(of_actions(s, a) == q(s, a));
  }
}

TEST_CASE("LSTD of features solves the projected Bellman equation") {
  small_world<rational, true> const env;
  auto const pi = some_policy<rational>;
  rational const gamma = rational(3) / 4;
  auto const features = [](int s) { return std::array{rational(1), rational(s * s)}; };
  auto const counts = [](int s) { return 3 - s; };
  b::linear_prediction const p(std::vector(2, rational(7)), features);
  b::learner agent(p, b::td_learning{.gamma = gamma}, b::least_squares{.regulariser = rational(0)});
  see_all(agent, env, pi, counts);
  agent.solve();
  auto const v = b::projected_value(env, pi, gamma, p, counts);
  CHECK(agent.prediction().weights() == v.weights());
  CHECK(v.weights() != p.weights());
}

TEST_CASE("recursive least squares has after each step what least squares would solve for") {
  CHECK(true_at_both_times([] {
    using number = boost::rational<long long>;
    b::linear_prediction const p(std::vector(2, number(0)), [](int s) { return std::array{number(1), number(s)}; });
    b::learner at_once(p, b::td_learning{.gamma = number(1, 2), .lambda = number(1, 2)},
                       b::least_squares{.regulariser = number(1, 3)});
    b::learner by_steps(p, b::td_learning{.gamma = number(1, 2), .lambda = number(1, 2)},
                        b::recursive_least_squares{.regulariser = number(1, 3)});
    std::array const states{0, 1, 0, 2};
    for (std::size_t t = 0; t + 1 < states.size(); ++t) {
      at_once.observe(states[t], 0, number(static_cast<int>(t) - 1), states[t + 1]);
      by_steps.observe(states[t], 0, number(static_cast<int>(t) - 1), states[t + 1]);
      at_once.solve();
      if (at_once.prediction().weights() != by_steps.prediction().weights()) return false;
    }
    at_once.observe(2, 0, number(4), b::terminated{});
    by_steps.observe(2, 0, number(4), b::terminated{});
    at_once.solve();
    return at_once.prediction().weights() == by_steps.prediction().weights();
  }));
}

TEST_CASE("recursive least squares are drawn to where the weights begin, least squares to 0") {
  using number = boost::rational<long long>;
  b::value_table<number, int> const half(number(1, 2));
  b::learner at_once(half, b::td_learning{.gamma = 1}, b::least_squares{.regulariser = number(1, 3)});
  b::learner by_steps(half, b::td_learning{.gamma = 1}, b::recursive_least_squares{.regulariser = number(1, 3)});
  at_once.observe(0, 'a', number(1), b::terminated{});
  by_steps.observe(0, 'a', number(1), b::terminated{});
  at_once.solve();
  CHECK(at_once(0) == number(3, 4));   // (1 + 1/3) w = 1
  CHECK(by_steps(0) == number(7, 8));  // (1 + 1/3) w = 1 + 1/3 1/2
}

TEST_CASE("LSTD(1) is the regression of the returns") {
  using number = boost::rational<long long>;
  b::episode<int, int, number> const seen{{0, 1, 0, 2, 3}, {0, 0, 0, 0}, {number(1), number(-2), number(0), number(3)}, {}};
  b::linear_prediction const p(std::vector(2, number(0)), [](int s) { return std::array{number(1), number(s)}; });
  b::learner agent(p, b::td_learning{.gamma = number(1, 2), .lambda = 1}, b::least_squares{.regulariser = number(0)});
  agent.improve(seen);
  agent.solve();
  // Returns 3/8, -5/4, 3/2, 3 of the states 0, 1, 0, 2: n = 4, sum s = 3, sum s s = 5, sum G = 29/8, sum s G = 19/4.
  // w_1 = (4 * 19/4 - 3 * 29/8) / (4 * 5 - 9), w_0 = (29/8 - 3 w_1) / 4.
  number const slope = (number(19) - number(87, 8)) / number(11);
  CHECK(agent.prediction().weights() == std::vector{(number(29, 8) - 3 * slope) / 4, slope});
}

TEST_CASE("equations that do not determine a weight are refused, and the weights stay") {
  auto const twice = [](int s) { return std::array{1.0, 2.0, 1.0 * s}; };
  b::learner agent(b::linear_prediction(std::vector{1.0, 2.0, 3.0}, twice), b::td_learning{.gamma = 0.5},
                   b::least_squares{.regulariser = 0.0});
  for (int s = 0; s < 4; ++s) agent.observe(s, 0, 1.0, s + 1);
  CHECK(b::test::message_of([&] { agent.solve(); }) ==
        "bellman: the equations do not determine weight 1; see more states, take out features that depend on others, "
        "or give a .regulariser above 0");
  CHECK(agent.prediction().weights() == std::vector{1.0, 2.0, 3.0});
}

TEST_CASE("a regulariser below zero, and of the recursive rule one that is zero, is refused") {
  auto const with = [](auto const& rule) {
    b::learner(b::value_table<double, int>{}, b::td_learning{.gamma = 0.5}, rule);
  };
  CHECK_THROWS_AS(with(b::least_squares{.regulariser = -1.0}), b::invalid_value);
  CHECK_THROWS_AS(with(b::recursive_least_squares{.regulariser = 0.0}), b::invalid_value);
}

TEST_CASE("recursive least squares is drawn away from the weights that it begins with") {
  using number = boost::rational<long long>;
  number const c(1, 3), gamma(1, 2);
  auto const features = [](int s) { return std::array{number(1), number(s)}; };
  std::vector const first{number(2), number(-1)};
  b::learner agent(b::linear_prediction(first, features), b::td_learning{.gamma = gamma},
                   b::recursive_least_squares{.regulariser = c});
  std::array const states{0, 1, 0, 2};
  for (std::size_t t = 0; t + 1 < states.size(); ++t) {
    agent.observe(states[t], 0, number(t == 1 ? 3 : 1), states[t + 1]);
  }
  auto const& w = agent.prediction().weights();
  std::array left{number(0), number(0)};  // sum e (R + gamma v' - v)
  for (std::size_t t = 0; t + 1 < states.size(); ++t) {
    number const error = number(t == 1 ? 3 : 1) + gamma * agent(states[t + 1]) - agent(states[t]);
    left = {left[0] + error, left[1] + error * states[t]};
  }
  CHECK(left[0] == c * (w[0] - first[0]));
  CHECK(left[1] == c * (w[1] - first[1]));
  CHECK(w != first);
}

TEST_CASE("a step that leaves no solution is refused, also of a state without features") {
  auto const features = [](int s) {
    return s == 0 ? std::vector{b::feature<double>{0, 1.0}} : std::vector<b::feature<double>>{};
  };
  b::learner agent(b::linear_prediction(1, features), b::td_learning{.gamma = 1.0, .lambda = 1.0},
                   b::recursive_least_squares{.regulariser = 1.0});
  agent.observe(0, 0, 1.0, 0);  // known: (1 + 1 (1 - 1)) w = 1
  CHECK(agent(0) == 1.0);
  auto const before = agent.prediction().weights();
  CHECK(b::test::message_of([&] { agent.observe(1, 0, 1.0, 0); }) != "");  // (1 + 1 (0 - 1)) w = ...
  CHECK(agent.prediction().weights() == before);
  agent.observe(0, 0, 2.0, b::terminated{});  // the trace is 2, as if nothing had been refused: 1 + 2 (1 - 0) = 3
  CHECK(agent(0) == 1.0 + 2.0 / 3);           // and the error 2 - 1
  double const huge = 1e200;
  b::learner vast(b::linear_prediction(1, [huge](int) { return std::array{huge}; }), b::td_learning{.gamma = 0.5},
                  b::recursive_least_squares{.regulariser = 1.0});
  CHECK(b::test::message_of([&] { vast.observe(0, 0, 1.0, 0); }) != "");
  CHECK(vast.prediction().weights()[0] == 0.0);
}

TEST_CASE("off the policy and with traces it is LSTD(lambda), and an end or a cut ends the traces") {
  auto const pi = some_policy<rational>;
  auto const mu = other_policy<rational>;
  rational const gamma = rational(1) / 2, c = rational(1) / 3;
  auto const x = [](int s) { return std::array{rational(1), rational(s)}; };
  for (rational const& lambda : {rational(0), rational(2) / 3, rational(1)}) {
    b::off_policy_td_learning const target{.policy = pi, .behaviour = mu, .gamma = gamma, .lambda = lambda};
    b::linear_prediction const p(std::vector(2, rational(0)), x);
    b::learner at_once(p, target, b::least_squares{.regulariser = c});
    b::learner by_steps(p, target, b::recursive_least_squares{.regulariser = c});
    // A = sum z (x - gamma x')^T, b = sum z R, with z = rho (gamma lambda z + x).
    std::array<std::array<rational, 2>, 2> A{{{c, rational(0)}, {rational(0), c}}};
    std::array<rational, 2> paid{}, z{};
    auto const see = [&](int s, int a, rational const& r, std::array<rational, 2> const& next) {
      rational const rho = rational(2) * (a == 0 ? 1 + s : 4 - s) / 5;
      for (std::size_t i = 0; i < 2; ++i) {
        z[i] = rho * (gamma * lambda * z[i] + x(s)[i]);
        for (std::size_t j = 0; j < 2; ++j) A[i][j] += z[i] * (x(s)[j] - gamma * next[j]);
        paid[i] += z[i] * r;
      }
    };
    auto const both = [&](auto const&... step) {
      at_once.observe(step...);
      by_steps.observe(step...);
    };
    both(0, 1, rational(2), 1);
    see(0, 1, rational(2), x(1));
    both(1, 0, rational(-1), b::truncated{2});
    see(1, 0, rational(-1), x(2));
    z = {};
    both(0, 0, rational(1), 2);
    see(0, 0, rational(1), x(2));
    both(2, 1, rational(4), b::terminated{});
    see(2, 1, rational(4), {});
    z = {};
    both(1, 1, rational(3), 0);
    see(1, 1, rational(3), x(0));
    at_once.solve();
    auto const& w = at_once.prediction().weights();
    for (std::size_t i = 0; i < 2; ++i) CHECK(A[i][0] * w[0] + A[i][1] * w[1] == paid[i]);
    CHECK(by_steps.prediction().weights() == w);
  }
}

}  // namespace least_squares
