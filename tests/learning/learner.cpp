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
#include <bellman/probability/categorical.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <string>
#include <utility>
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

TEST_CASE("a return that is not finite is refused, and n steps are as they were") {
  using world = small_world<double>;
  b::td_learning const monte_carlo{.gamma = 1.0, .lambda = 1.0};
  b::learner agent(b::value_table<double, int>{}, monte_carlo, b::n_steps<world, double>{2, 0.5});
  double const huge = std::numeric_limits<double>::max();
  agent.observe(0, 0, huge, 1);
  CHECK(message_of([&] { agent.observe(1, 0, huge, 2); }).find("has the error inf; it must be finite") !=
        std::string::npos);
  CHECK(agent(0) == 0.0);
  agent.observe(1, 0, -huge, 2);
  CHECK(agent(0) == 0.0);  // half of huge - huge
  agent.observe(2, 0, 2.0, b::terminated{});
  CHECK(agent(2) == 1.0);
  b::learner at_once(b::value_table<double, int>{}, monte_carlo, 0.5);
  using path = b::episode<int, int, double>;
  path const seen{{0, 1, 2}, {0, 0}, {huge, huge}, {}};
  CHECK(message_of([&] { at_once.improve_offline(seen); }) != "");
  CHECK(message_of([&] { (void)at_once.errors(seen); }) != "");
  CHECK(at_once(0) == 0.0);
  CHECK(at_once(1) == 0.0);
}

TEST_CASE("what cannot be learned of a step is refused when it is seen, and not n steps later") {
  using world = small_world<double>;
  double const infinite = std::numeric_limits<double>::infinity();
  auto const features = [infinite](int s) { return std::array{s == 1 ? infinite : 1.0}; };
  b::learner agent(b::linear_prediction(1, features), b::td_learning{.gamma = 1.0, .lambda = 1.0},
                   b::n_steps<world, double>{2, 0.5});
  agent.observe(0, 0, 1.0, 2);
  CHECK(message_of([&] { agent.observe(1, 0, 1.0, b::terminated{}); }) != "");
  agent.observe(0, 0, 3.0, b::terminated{});
  CHECK(agent(0) == 2.5);  // half of 1 + 3, then half of 3 - 2
  b::learner never(b::value_table<double, int, int>{},
                   b::retrace_learning{.policy = [](int) { return 0; }, .behaviour = [](int) { return 0; },
                                       .gamma = 1.0, .lambda = 1.0},
                   b::n_steps<world, double>{2, 0.5});
  never.observe(0, 0, 1.0, 2);
  CHECK(message_of([&] { never.observe(1, 1, 1.0, b::terminated{}); }) != "");
  never.observe(1, 0, 3.0, b::terminated{});
  CHECK(never(0, 0) == 2.0);
  CHECK(never(1, 1) == 0.0);
}

TEST_CASE("an episode with an action that was not possible leaves the weights and the traces as they were") {
  auto const certain = [](int) { return 0; };
  using path = b::episode<int, int, double>;
  path const wrong{{0, 1, 2}, {0, 1}, {1.0, 1.0}, {}};
  auto const stays = [&](auto agent) {
    CHECK(message_of([&] { agent.improve(wrong); }) ==
          "bellman: the policy that acted gives probability 0 to an action that was taken");
    for (double const w : agent.prediction().weights()) CHECK(w == 0.0);
    agent.observe(2, 0, 4.0, b::terminated{});  // nothing before it has credit
    CHECK(agent.prediction().weights()[0] == 0.0);
  };
  stays(b::learner(b::value_table<double, int>{},
                   b::off_policy_td_learning{.policy = certain, .behaviour = certain, .gamma = 1.0, .lambda = 1.0},
                   0.5));
  stays(b::learner(b::value_table<double, int>{},
                   b::off_policy_td_learning{.policy = certain, .behaviour = certain, .gamma = 1.0}, 0.5));
  stays(b::learner(b::value_table<double, int, int>{},
                   b::retrace_learning{.policy = certain, .behaviour = certain, .gamma = 1.0, .lambda = 1.0}, 0.5));
}

TEST_CASE("an importance ratio that is not finite is refused") {
  auto const hardly = [](int) {
    return b::categorical(std::array{b::weighted{0, 1.0}, b::weighted{1, std::numeric_limits<double>::denorm_min()}});
  };
  b::learner agent(b::value_table<double, int>{},
                   b::off_policy_td_learning{.policy = [](int) { return 1; }, .behaviour = hardly, .gamma = 0.5}, 0.5);
  CHECK(message_of([&] { agent.observe(0, 1, 0.0, 1); }).find("too little for its importance ratio to be finite") !=
        std::string::npos);
  CHECK(agent(0) == 0.0);
}

TEST_CASE("a feature that is zero has no part in a step: dense features are as those that are listed") {
  auto const dense = [](int s) { return std::array{s == 0 ? 1.0 : 0.0, s == 1 ? 1.0 : 0.0}; };
  auto const listed = [](int s) { return s; };
  auto const both = [&](auto const& target, auto const& rule) {
    b::learner one(b::linear_prediction(2, dense), target, rule);
    b::learner two(b::linear_prediction(2, listed), target, rule);
    for (int k = 0; k < 7; ++k) {
      one.observe(k % 2, 0, 1.0 + k, (k + 1) % 2);
      two.observe(k % 2, 0, 1.0 + k, (k + 1) % 2);
    }
    CHECK(one.prediction().weights() == two.prediction().weights());
    CHECK(one(1) != 0.0);
  };
  both(b::td_learning{.gamma = 0.5}, b::per_state{b::harmonic_step{}});
  both(b::td_learning{.gamma = 0.5, .lambda = 0.5}, b::replacing{0.5});
}

TEST_CASE("the return of a target of one step is its sample, of double Q-learning too") {
  small_world<double> const env;
  b::learner agent(b::double_prediction(b::value_table<double, int, int>(1.0), std::mt19937{1}),
                   b::double_q_learning{.env = env, .gamma = 0.5}, 0.5);
  b::episode<int, int, double> const seen{{0, 1, 3}, {0, 1}, {3.0, 5.0}, {}};
  CHECK(agent.errors(seen) == std::vector{3.0 + 0.5 - 1.0, 5.0 - 1.0});
  agent.improve_offline(seen);
  CHECK(agent(0, 0) == 1.0 + 1.25 / 2);  // of two predictions one has learned
  CHECK(agent(1, 1) == 1.0 + 2.0 / 2);
}

TEST_CASE("each of two tables has the weights of both, in whatever order they grow") {
  small_world<double> const env;
  b::learner agent(b::double_prediction(b::value_table<double, int, int>{}, std::mt19937{1}),
                   b::double_q_learning{.env = env, .gamma = 0.0}, b::at_end_of_episode{b::accumulating{1.0}});
  for (int s = 0; s < 9; ++s) agent.observe(s, 0, 2.0, s + 1);
  agent.observe(9, 0, 2.0, b::terminated{});
  CHECK(agent.prediction().weights().size() == 20);
  std::size_t learned = 0;
  for (std::size_t i = 0; i < 20; ++i) learned += agent.prediction().weights()[i] == 2.0 ? 1u : 0u;
  CHECK(learned == 10);
  for (int s = 0; s < 10; ++s) CHECK(agent(s, 0) == 1.0);
}

TEST_CASE("a target that is given goes to both of two predictions, and to no action that there is not") {
  small_world<double> const env;
  b::learner agent(b::double_prediction(b::value_table<double, int, int>{}, std::mt19937{1}),
                   b::double_q_learning{.env = env, .gamma = 0.5}, 1.0);
  for (int k = 0; k < 50; ++k) agent.fit(0, 0, 4.0);
  CHECK(agent(0, 0) == 4.0);
  CHECK(message_of([&] { agent.fit(0, 7, 4.0); }) ==
        "bellman: action 7 is none of the environment's in the state it was taken in");
}

TEST_CASE("a step whose size is refused is not counted") {
  auto const schedule = [](std::size_t n) { return n == 2 ? 2.0 : 0.5; };
  auto const refuses_twice = [&](auto agent) {
    agent.observe(0, 0, 1.0, 1);
    auto const message = message_of([&] { agent.observe(0, 0, 1.0, 1); });
    CHECK(message != "");
    CHECK(message_of([&] { agent.observe(0, 0, 1.0, 1); }) == message);
  };
  b::linear_prediction const x(2, [](int s) { return s; });
  refuses_twice(b::learner(x, b::td_learning{.gamma = 0.5}, schedule));
  refuses_twice(b::learner(x, b::td_learning{.gamma = 0.5}, b::per_state{schedule}));
  refuses_twice(b::learner(x, b::td_learning{.gamma = 0.5}, b::gradient_correction{0.5, schedule}));
  refuses_twice(b::learner(x, b::td_learning{.gamma = 0.5}, b::gradient_correction{schedule, 0.5}));
}

template <class L, class... X>
concept improves = requires(L& agent, b::episode<X...> const& e) { agent.improve(e); };
template <class L, class... X>
concept improves_offline = requires(L& agent, b::episode<X...> const& e) { agent.improve_offline(e); };
template <class L, class... X>
concept has_errors = requires(L const& agent, b::episode<X...> const& e) { agent.errors(e); };
template <class L, class... X>
concept fits = requires(L& agent, X const&... x) { agent.fit(x...); };

TEST_CASE("what a learner is asked for is answered before it is tried") {
  using table = b::value_table<double, int>;
  using actions = b::value_table<double, int, int>;
  using env = small_world<double>;
  using of_states = decltype(b::learner(table{}, b::td_learning{.gamma = 0.5}, 0.5));
  STATIC_REQUIRE(improves<of_states, int, int, double>);
  STATIC_REQUIRE_FALSE(improves<of_states, std::string, int, double>);
  STATIC_REQUIRE_FALSE(improves<of_states, int, int, std::string>);
  STATIC_REQUIRE(improves_offline<of_states, int, int, double>);
  STATIC_REQUIRE_FALSE(improves_offline<of_states, std::string, int, double>);
  STATIC_REQUIRE(has_errors<of_states, int, int, double>);
  STATIC_REQUIRE_FALSE(has_errors<of_states, std::string, int, double>);
  STATIC_REQUIRE(fits<of_states, int, int, double>);
  STATIC_REQUIRE_FALSE(fits<of_states, std::string, int, double>);
  STATIC_REQUIRE_FALSE(fits<of_states, int, int, std::string>);
  using equations = decltype(b::learner(table{}, b::td_learning{.gamma = 0.5}, b::least_squares{.regulariser = 1.0}));
  STATIC_REQUIRE_FALSE(fits<equations, int, int, double>);
  STATIC_REQUIRE_FALSE(improves_offline<equations, int, int, double>);
  STATIC_REQUIRE(improves<equations, int, int, double>);
  // The action taken next is one, too.
  using by_sarsa = decltype(b::learner(actions{}, b::sarsa{.gamma = 0.5}, 0.5));
  STATIC_REQUIRE(observes<by_sarsa, int, int, double, int, int>);
  STATIC_REQUIRE(observes<by_sarsa, int, int, double, b::terminated>);
  STATIC_REQUIRE_FALSE(observes<by_sarsa, int, int, double, int>);
  STATIC_REQUIRE_FALSE(observes<by_sarsa, int, int, double, int, std::string>);
  STATIC_REQUIRE_FALSE(observes<by_sarsa, int, int, double, b::truncated<int>>);
  // What a target reads of the environment and of policies.
  auto const observed = [](auto const& target) {
    return observes<decltype(b::learner(actions{}, target, 0.5)), int, int, double, int>;
  };
  auto const one = [](int) { return 1; };
  auto const text = [](int) { return std::string("right"); };
  CHECK(observed(b::q_learning{.env = env{}, .gamma = 0.5}));
  CHECK_FALSE(observed(b::q_learning{.env = 3, .gamma = 0.5}));
  CHECK(observed(b::expected_sarsa{.policy = one, .gamma = 0.5}));
  CHECK_FALSE(observed(b::expected_sarsa{.policy = 3, .gamma = 0.5}));
  CHECK_FALSE(observed(b::expected_sarsa{.policy = text, .gamma = 0.5}));
  CHECK_FALSE(observed(b::tree_backup_learning{.policy = text, .gamma = 0.5, .lambda = 0.5}));
  CHECK(observed(b::retrace_learning{.policy = one, .behaviour = one, .gamma = 0.5, .lambda = 0.5}));
  CHECK_FALSE(observed(b::retrace_learning{.policy = one, .behaviour = text, .gamma = 0.5, .lambda = 0.5}));
  using fraction = boost::rational<int>;
  b::off_policy_td_learning const rounded{.policy = some_policy<double>, .behaviour = some_policy<double>, .gamma = 1};
  using exact = decltype(b::learner(b::value_table<fraction, int>{}, rounded, fraction(1, 2)));
  STATIC_REQUIRE_FALSE(observes<exact, int, int, fraction, int>);  // whose weights a rounded probability cannot weigh
  // Double Q-learning learns two predictions, and its value has no gradient of the one that is learned.
  b::double_q_learning const twice{.env = env{}, .gamma = 0.5};
  CHECK_FALSE(observed(twice));
  using two = b::double_prediction<actions, std::mt19937>;
  using by_steps = decltype(b::learner(std::declval<two>(), twice, 0.5));
  using by_equations = decltype(b::learner(std::declval<two>(), twice, b::least_squares{.regulariser = 1.0}));
  STATIC_REQUIRE(observes<by_steps, int, int, double, int>);
  STATIC_REQUIRE_FALSE(observes<by_equations, int, int, double, int>);
  // Steps are kept as the environment has them.
  using kept = decltype(b::learner(b::value_table<double, std::string>{}, b::td_learning{.gamma = 0.5, .lambda = 1},
                                   b::n_steps<env, double>{2, 0.5}));
  STATIC_REQUIRE_FALSE(observes<kept, std::string, int, double, std::string>);
  // At the end of an episode only those steps can be taken that do not depend on each other.
  b::td_learning const td{.gamma = 0.5, .lambda = 0.5};
  STATIC_REQUIRE(make_a_learner<table, decltype(td), b::at_end_of_episode<b::replacing<double>>>);
  STATIC_REQUIRE_FALSE(make_a_learner<table, decltype(td), b::at_end_of_episode<b::dutch<double>>>);
  STATIC_REQUIRE_FALSE(make_a_learner<table, decltype(td), b::at_end_of_episode<b::least_squares<double>>>);
  STATIC_REQUIRE_FALSE(make_a_learner<table, decltype(td), b::at_end_of_episode<b::n_steps<env, double>>>);
}

}  // namespace learner
