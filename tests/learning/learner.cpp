// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/learner.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/decision/episode.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/learning/at_end_of_episode.hpp>
#include <bellman/learning/double_prediction.hpp>
#include <bellman/learning/double_q_learning.hpp>
#include <bellman/learning/expected_sarsa.hpp>
#include <bellman/learning/gradient_correction.hpp>
#include <bellman/learning/least_squares.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/n_steps.hpp>
#include <bellman/learning/off_policy_td_learning.hpp>
#include <bellman/learning/per_state.hpp>
#include <bellman/learning/q_learning.hpp>
#include <bellman/learning/retrace_learning.hpp>
#include <bellman/learning/sarsa.hpp>
#include <bellman/learning/step_sizes.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/tree_backup_learning.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include <boost/rational.hpp>

#include "learning/small_world.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace learner {

namespace b = bellman;
using learning_models::other_policy;
using learning_models::small_world;
using learning_models::some_policy;
using b::test::message_of;

// Every target and rule, of numbers V: what each makes of two episodes, as a double.
template <class V>
std::vector<double> learned_by_all() {
  using world = small_world<V, true>;
  world const env;
  V const gamma = V(1) / V(2), lambda = V(1) / V(4), alpha = V(1) / V(8);
  auto const pi = [](int s) { return some_policy<V>(s); };
  auto const mu = [](int s) { return other_policy<V>(s); };
  std::vector const seen{b::episode<int, int, V>{{0, 1, 0, 2, 3}, {0, 1, 1, 0}, {V(1), V(-2), V(3), V(1)}, {}},
                         b::episode<int, int, V>{{1, 2, 0, 1, 3}, {1, 1, 0, 0}, {V(0), V(2), V(-1), V(1)}, {}}};
  std::vector<double> all;
  auto const learn = [&](auto agent) {
    for (auto const& one : seen) agent.improve(one);
    if constexpr (requires { agent.solve(); }) agent.solve();
    for (std::size_t i = 0; i < agent.prediction().weights().size(); ++i) {
      V const w = agent.prediction().weights()[i];
      if constexpr (requires { w.numerator(); }) {
        all.push_back(static_cast<double>(w.numerator()) / static_cast<double>(w.denominator()));
      } else if constexpr (requires { w.derivative; }) {
        all.push_back(w.value);
      } else {
        all.push_back(w);
      }
    }
  };
  b::value_table<V, int> const v(V(1));
  b::value_table<V, int, int> const q(V(1));
  b::linear_prediction const x(std::vector(2, V(1)), [](int s) { return std::array{V(1), V(s)}; });
  b::td_learning const td{.gamma = gamma, .lambda = lambda};
  b::off_policy_td_learning const off{.policy = pi, .behaviour = mu, .gamma = gamma, .lambda = lambda};
  learn(b::learner(v, b::td_learning{.gamma = gamma}, alpha));
  learn(b::learner(v, td, alpha));
  learn(b::learner(x, td, b::replacing{alpha}));
  learn(b::learner(x, td, b::dutch{alpha}));
  learn(b::learner(x, td, b::at_end_of_episode{b::accumulating{alpha}}));
  learn(b::learner(v, td, b::n_steps<world, V>{2, alpha}));
  learn(b::learner(v, td, b::per_state{b::harmonic_step{}}));
  learn(b::learner(x, off, b::gradient_correction{.step = alpha, .second_step = alpha}));
  learn(b::learner(x, td, b::least_squares{.regulariser = V(1)}));
  learn(b::learner(x, td, b::recursive_least_squares{.regulariser = V(1)}));
  learn(b::learner(q, b::sarsa{.gamma = gamma, .lambda = lambda}, alpha));
  learn(b::learner(q, b::expected_sarsa{.policy = pi, .gamma = gamma, .lambda = lambda}, alpha));
  learn(b::learner(q, b::q_learning{.env = env, .gamma = gamma, .lambda = lambda}, alpha));
  learn(b::learner(q, b::tree_backup_learning{.policy = pi, .gamma = gamma, .lambda = lambda}, alpha));
  learn(b::learner(q, b::retrace_learning{.policy = pi, .behaviour = mu, .gamma = gamma, .lambda = lambda}, alpha));
  learn(b::learner(b::double_prediction(q, std::mt19937{1}), b::double_q_learning{.env = env, .gamma = gamma}, alpha));
  return all;
}

TEST_CASE("every learner learns the same of float, double, dual numbers and fractions") {
  auto const exact = learned_by_all<b::rational512>();
  auto const in_double = learned_by_all<double>();
  auto const in_float = learned_by_all<float>();
  auto const of_duals = learned_by_all<b::dual<double>>();
  REQUIRE(exact.size() == in_double.size());
  REQUIRE(exact.size() == in_float.size());
  REQUIRE(exact.size() == of_duals.size());
  for (std::size_t i = 0; i < exact.size(); ++i) {
    CHECK(std::abs(in_double[i] - exact[i]) <= 1e-14 * (1 + std::abs(exact[i])));
    CHECK(std::abs(in_float[i] - exact[i]) <= 1e-5 * (1 + std::abs(exact[i])));
    CHECK(of_duals[i] == in_double[i]);
  }
}

TEST_CASE("a learner carries derivatives") {
  using number = b::dual<double>;
  b::learner agent(b::value_table<number, int>{}, b::td_learning{.gamma = number::variable(0.5)}, number(0.25));
  agent.observe(1, 0, number(4.0), b::terminated{});
  agent.observe(0, 0, number(1.0), 1);
  // V(1) = 1, and V(0) = 1/4 (1 + gamma V(1)).
  CHECK(agent(0).value == 0.375);
  CHECK(agent(0).derivative[0] == 0.25);
}

TEST_CASE("what is out of range is refused where a learner is built") {
  b::value_table<double, int> const v;
  auto const with = [&](auto const& gamma, auto const& lambda, auto const& step) {
    return message_of([&] { b::learner(v, b::td_learning{.gamma = gamma, .lambda = lambda}, step); });
  };
  CHECK(with(1.5, 0.5, 0.5) == "bellman: the discount is 1.5; it must lie in [0, 1]");
  CHECK(with(0.5, -0.5, 0.5) == "bellman: the discount is -0.5; it must lie in [0, 1]");
  CHECK(with(0.5, 0.5, 0.0).find("must lie in (0, 1]") != std::string::npos);
  CHECK(with(0.5, 0.5, 1.5).find("must lie in (0, 1]") != std::string::npos);
  CHECK(with(0.5, 0.5, std::nan("")).find("must lie in (0, 1]") != std::string::npos);
}

TEST_CASE("rewards and features that are not finite are refused, and the learner stays as it was") {
  double const infinite = std::numeric_limits<double>::infinity();
  auto const features = [infinite](int s) { return std::array{1.0, s == 2 ? infinite : 1.0 * s}; };
  b::learner agent(b::linear_prediction(std::vector{1.0, 0.0}, features), b::td_learning{.gamma = 0.5, .lambda = 0.5},
                   0.5);
  agent.observe(0, 0, 1.0, 1);
  auto const before = agent.prediction().weights();
  CHECK(message_of([&] { agent.observe(1, 0, std::nan(""), 0); }).find("has no finite error") != std::string::npos);
  CHECK(message_of([&] { agent.observe(2, 0, 1.0, 0); }) != "");
  CHECK(agent.prediction().weights() == before);
  using path = b::episode<int, int, double>;
  CHECK(message_of([&] { agent.improve(path{{0, 1, 0}, {0, 0}, {1.0, infinite}, {}}); }) ==
        "bellman: the reward of step 1 is inf; it must be finite");
  CHECK(message_of([&] { agent.improve(path{{0, 2, 0}, {0, 0}, {1.0, 1.0}, {}}); }) ==
        "bellman: component 1 of the features, or of the gradient, is inf; it must be finite");
  CHECK(message_of([&] { agent.improve(path{{0, 1}, {0, 0}, {1.0, 1.0}, {}}); }) ==
        "bellman: an episode of 2 states, 2 actions and 2 rewards; there must be an action and a reward for each state "
        "but the last");
  CHECK(message_of([&] { agent.errors(path{{0, 1}, {0, 0}, {1.0, 1.0}, {}}); }) != "");
  CHECK(agent.prediction().weights() == before);
  agent.improve(path{{0}, {}, {}, {}});
  CHECK(agent.prediction().weights() == before);
}

TEST_CASE("a step toward a target that is given is one along the gradient") {
  b::learner agent(b::value_table<double, int>{}, b::td_learning{.gamma = 0.5}, b::per_state{b::harmonic_step{}});
  CHECK(agent.fit(7, 0, 3.0) == 3.0);
  CHECK(agent.fit(7, 0, 6.0) == 3.0);
  CHECK(agent.fit(7, 0, 0.0) == -4.5);
  CHECK(agent(7) == 3.0);  // the mean
  CHECK(message_of([&] { agent.fit(7, 0, std::nan("")); }) != "");
  CHECK(agent(7) == 3.0);
}

template <class... X>
concept make_a_learner = requires(X const&... x) { b::learner(x...); };
template <class L, class... X>
concept observes = requires(L& agent, X const&... x) { agent.observe(x...); };

TEST_CASE("parts that do not go together make no learner") {
  using table = b::value_table<double, int>;
  using actions = b::value_table<double, int, int>;
  using env = small_world<double>;
  using td = b::td_learning<double>;
  STATIC_REQUIRE(make_a_learner<table, td, double>);
  STATIC_REQUIRE(make_a_learner<table, td, b::per_state<b::harmonic_step>>);
  STATIC_REQUIRE_FALSE(make_a_learner<int, td, double>);
  STATIC_REQUIRE_FALSE(make_a_learner<table, int, double>);
  STATIC_REQUIRE_FALSE(make_a_learner<table, td, std::string>);
  STATIC_REQUIRE_FALSE(make_a_learner<table, td, b::per_state<std::string>>);
  STATIC_REQUIRE_FALSE(make_a_learner<table, b::td_learning<std::string>, double>);
  STATIC_REQUIRE_FALSE(make_a_learner<table, b::td_learning<double, std::string>, double>);
  // True online traces are of targets that value a state as they predict it.
  STATIC_REQUIRE_FALSE(make_a_learner<actions, b::q_learning<env, double>, b::dutch<double>>);
  STATIC_REQUIRE(make_a_learner<actions, b::sarsa<double>, b::dutch<double>>);
  // n steps ask for a lambda.
  STATIC_REQUIRE_FALSE(make_a_learner<table, td, b::n_steps<env, double>>);
  STATIC_REQUIRE(make_a_learner<table, b::td_learning<double, int>, b::n_steps<env, double>>);
  // An exact prediction takes no rounded step.
  using fraction = boost::rational<int>;
  STATIC_REQUIRE(make_a_learner<b::value_table<fraction, int>, b::td_learning<fraction>, fraction>);
  STATIC_REQUIRE_FALSE(make_a_learner<b::value_table<fraction, int>, b::td_learning<fraction>, double>);
  // A table of states does not predict actions, nor the other way round.
  using of_states = decltype(b::learner(table{}, td{.gamma = 0.5}, 0.5));
  using of_actions = decltype(b::learner(table{}, b::sarsa{.gamma = 0.5}, 0.5));
  STATIC_REQUIRE(observes<of_states, int, int, double, int>);
  STATIC_REQUIRE(observes<of_states, int, std::string, double, b::terminated>);
  STATIC_REQUIRE_FALSE(observes<of_states, std::string, int, double, int>);
  STATIC_REQUIRE_FALSE(observes<of_states, int, int, std::string, int>);
  STATIC_REQUIRE_FALSE(observes<of_states, int, int, double, std::string>);
  STATIC_REQUIRE_FALSE(observes<of_states, int, int, double, int, int>);
  STATIC_REQUIRE_FALSE(observes<of_actions, int, int, double, int, int>);
}

}  // namespace learner
