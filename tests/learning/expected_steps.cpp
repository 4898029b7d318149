// SPDX-License-Identifier: BSL-1.0
// The expected step of each learner, by enumeration of all that may happen, in exact numbers: the Bellman residual or
// the policy gradient.

#include <bellman/decision/trajectories.hpp>
#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/learning/actor.hpp>
#include <bellman/learning/actor_critic.hpp>
#include <bellman/learning/double_prediction.hpp>
#include <bellman/learning/double_q_learning.hpp>
#include <bellman/learning/at_end_of_episode.hpp>
#include <bellman/learning/expected_sarsa.hpp>
#include <bellman/learning/gradient_correction.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/off_policy_td_learning.hpp>
#include <bellman/learning/policy_family.hpp>
#include <bellman/learning/policy_gradient.hpp>
#include <bellman/learning/q_learning.hpp>
#include <bellman/learning/reinforce_agent.hpp>
#include <bellman/learning/sarsa.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/value_table.hpp>
#include <bellman/planning/discounted_occupancy.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <array>
#include <cstddef>
#include <random>

#include <boost/rational.hpp>

#include "learning/small_world.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace expected_steps {

namespace b = bellman;
using learning_models::each_step;
using learning_models::observed;
using learning_models::other_policy;
using learning_models::small_world;
using learning_models::some_policy;
using b::test::true_at_both_times;
using rational = boost::rational<long long>;

constexpr auto discount = [] { return rational(3, 4); };
constexpr auto alpha = [] { return rational(1, 5); };

// Some values, of states and of actions.
constexpr rational v_of(int s) { return rational(s == 3 ? 0 : 2 * s * s - 1, 2); }
constexpr rational q_of(int s, int a) { return rational(3 * s + 5 * a - 4 * s * a, 3); }

constexpr auto table_of_states() {
  b::linear_prediction p(std::vector{v_of(0), v_of(1), v_of(2)}, [](int s) { return s; });
  return p;
}
constexpr auto table_of_actions() {
  return b::linear_prediction(std::vector{q_of(0, 0), q_of(0, 1), q_of(1, 0), q_of(1, 1), q_of(2, 0), q_of(2, 1)},
                              [](int s, int a) { return 2 * s + a; });
}


TEST_CASE("the expected step of TD(0) in a state is the Bellman residual") {
  CHECK(true_at_both_times([] {
    small_world<rational, true> const env;
    auto const pi = some_policy<rational>;
    b::learner const agent(table_of_states(), b::td_learning{.gamma = discount()}, alpha());
    auto const T = b::bellman_expectation(env, pi, discount())([](int s) { return v_of(s); });
    for (int s = 0; s < 3; ++s) {
      rational moved(0);
      each_step(env, pi, s, [&](rational p, int a, rational r, int next) {
        moved += p * (observed(agent, env, s, a, r, next)(s) - agent(s));
      });
      if (moved != alpha() * (T(s) - v_of(s))) return false;
    }
    return true;
  }));
}

TEST_CASE("so it is of TD(0) for another policy than the one that acts") {
  CHECK(true_at_both_times([] {
    small_world<rational, true> const env;
    auto const pi = some_policy<rational>;
    auto const mu = other_policy<rational>;
    b::learner const agent(table_of_states(),
                           b::off_policy_td_learning{.policy = pi, .behaviour = mu, .gamma = discount()}, alpha());
    auto const T = b::bellman_expectation(env, pi, discount())([](int s) { return v_of(s); });
    for (int s = 0; s < 3; ++s) {
      rational moved(0);
      each_step(env, mu, s, [&](rational p, int a, rational r, int next) {
        moved += p * (observed(agent, env, s, a, r, next)(s) - agent(s));
      });
      if (moved != alpha() * (T(s) - v_of(s))) return false;
    }
    return true;
  }));
}

TEST_CASE("the expected step of Sarsa and of expected Sarsa is the residual of the policy's action values") {
  CHECK(true_at_both_times([] {
    small_world<rational, true> const env;
    auto const pi = some_policy<rational>;
    b::learner const by_sample(table_of_actions(), b::sarsa{.gamma = discount()}, alpha());
    b::learner const by_mean(table_of_actions(), b::expected_sarsa{.policy = pi, .gamma = discount()}, alpha());
    auto const mean = [&](int s) { return b::expectation(pi(s), [&](int a) { return q_of(s, a); }); };
    auto const Q = b::action_value(env, discount(), mean);
    for (int s = 0; s < 3; ++s) {
      for (int a : env.actions(s)) {
        rational sampled(0), averaged(0);
        for (auto const& o : env.transition(s, a)) {
          int const next = o.value.next;
          averaged += o.probability * (observed(by_mean, env, s, a, o.value.reward, next)(s, a) - q_of(s, a));
          for (auto const& then : pi(next)) {
            sampled += o.probability * then.probability *
                       (observed(by_sample, env, s, a, o.value.reward, next, then.value)(s, a) - q_of(s, a));
          }
        }
        if (sampled != alpha() * (Q(s, a) - q_of(s, a)) || averaged != sampled) return false;
      }
    }
    return true;
  }));
}

TEST_CASE("the expected step of Q-learning, and of double Q-learning from two tables alike, is the optimal residual") {
  CHECK(true_at_both_times([] {
    struct coin {  // a generator of one number
      static constexpr unsigned min() { return 0; }
      static constexpr unsigned max() { return 0xffffffffU; }
      constexpr unsigned operator()() { return 0; }
    };
    small_world<rational, true> const env;
    b::learner const agent(table_of_actions(), b::q_learning{.env = env, .gamma = discount()}, alpha());
    b::learner const twice(b::double_prediction(table_of_actions(), coin{}),
                           b::double_q_learning{.env = env, .gamma = discount()}, alpha());
    auto const best = [&](int s) { return q_of(s, 0) < q_of(s, 1) ? q_of(s, 1) : q_of(s, 0); };
    auto const Q = b::action_value(env, discount(), best);
    for (int s = 0; s < 3; ++s) {
      for (int a : env.actions(s)) {
        rational moved(0), of_two(0);
        for (auto const& o : env.transition(s, a)) {
          moved += o.probability * (observed(agent, env, s, a, o.value.reward, o.value.next)(s, a) - q_of(s, a));
          of_two += o.probability * (observed(twice, env, s, a, o.value.reward, o.value.next)(s, a) - q_of(s, a));
        }
        // One of two tables has moved, and the mean of both half as far.
        if (moved != alpha() * (Q(s, a) - q_of(s, a)) || 2 * of_two != moved) return false;
      }
    }
    return true;
  }));
}

// Takes action 0 with probability x / (x + s + 1), in states that are aggregated as the policy does not know them.
constexpr auto shares = [](auto const& theta, int s) {
  auto const total = theta[0] + theta[1] * rational(s + 1);
  return b::categorical(std::array{b::weighted{0, theta[0] / total}, b::weighted{1, theta[1] * rational(s + 1) / total}});
};
constexpr auto theta() { return std::array{rational(2), rational(3)}; }
constexpr auto acting() { return b::actor(b::policy_family(shares, theta()), alpha()); }

TEST_CASE("the expected steps of actor-critic, with the true values, weighed by the occupancy are the policy gradient") {
  CHECK(true_at_both_times([] {
    small_world<rational, true> const env;
    b::policy_family const pi(shares, theta());
    auto const v = b::state_value(env, pi, discount());
    b::linear_prediction const values(std::vector{v(0), v(1), v(2)}, [](int s) { return s; });
    b::actor_critic const agent(acting(), b::learner(values, b::td_learning{.gamma = discount()}, alpha()));
    auto const d = b::discounted_occupancy(env, pi, discount(), 0);
    b::coordinates<rational, 2> moved{rational(0), rational(0)};
    for (int s = 0; s < 3; ++s) {
      each_step(env, pi, s, [&](rational p, int a, rational r, int next) {
        auto const& w = observed(agent, env, s, a, r, next).actor().policy().weights();
        moved = moved + p * d(s) * b::coordinates<rational, 2>{w[0] - theta()[0], w[1] - theta()[1]};
      });
    }
    auto const gradient = b::policy_gradient(env, pi.with_derivatives(), discount(), 0);
    return moved == alpha() * gradient;
  }));
}

TEST_CASE("the expected step of REINFORCE is the policy gradient, whatever the baseline") {
  small_world<rational> const env;
  b::policy_family const pi(shares, theta());
  auto const gradient = b::policy_gradient(env, pi.with_derivatives(), discount(), 0);
  for (rational const level : {rational(0), rational(7, 2)}) {
    b::linear_prediction const values(std::vector{level, -level, level / 3}, [](int s) { return s; });
    b::reinforce_agent const agent(acting(), b::learner(values, b::td_learning{.gamma = discount()}, alpha()));
    b::coordinates<rational, 2> moved{rational(0), rational(0)};
    for (auto const& path : b::trajectories(env, pi, 0)) {
      auto improved = agent;
      improved.improve(path.value);
      auto const& w = improved.actor().policy().weights();
      moved = moved + path.probability * b::coordinates<rational, 2>{w[0] - theta()[0], w[1] - theta()[1]};
    }
    CHECK(moved == alpha() * gradient);
  }
}

TEST_CASE("the expected step of TDC is half the negative gradient of the projected error") {
  using wide = b::rational512;
  using number = b::dual<wide, 2>;
  // States 0 to 2 have two features; two states more have one of them, to bring the second weights where they belong.
  auto const features = [](int s) {
    if (s >= 10) return std::array{wide(s == 10 ? 1 : 0), wide(s == 10 ? 0 : 1)};
    return std::array{wide(1), wide(s * s)};
  };
  small_world<wide, true> const env;
  auto const pi = [](int s) { return some_policy<wide>(s < 3 ? s : 0); };
  auto const mu = other_policy<wide>;
  wide const g = wide(3) / 4, a = wide(1) / 5, beta = wide(1) / 7;
  std::array const w{wide(2), wide(-1) / 3};
  std::array const d{wide(1) / 2, wide(1) / 3, wide(1) / 6};  // how often each state is seen

  // E[rho delta x] and E[x x'] with the weights as unknowns, by the definitions.
  std::array const unknown{number::variable(w[0], 0), number::variable(w[1], 1)};
  auto const value = [&](int s) {
    if (s == 3) return number(0);
    return unknown[0] * number(features(s)[0]) + unknown[1] * number(features(s)[1]);
  };
  std::array<number, 2> error{number(0), number(0)};
  std::array<wide, 4> moments{wide(0), wide(0), wide(0), wide(0)};
  for (int s = 0; s < 3; ++s) {
    auto const x = features(s);
    for (std::size_t i = 0; i < 2; ++i) {
      for (std::size_t j = 0; j < 2; ++j) moments[2 * i + j] += d[static_cast<std::size_t>(s)] * x[i] * x[j];
    }
    each_step(env, pi, s, [&](wide p, int, wide r, int next) {
      number const delta = number(r) + number(g) * value(next) - value(s);
      for (std::size_t i = 0; i < 2; ++i) error[i] = error[i] + number(p * d[static_cast<std::size_t>(s)] * x[i]) * delta;
    });
  }
  wide const determinant = moments[0] * moments[3] - moments[1] * moments[2];
  auto const solved = [&](auto const& y) {
    using Y = std::remove_cvref_t<decltype(y[0])>;
    return std::array{Y((Y(moments[3]) * y[0] - Y(moments[1]) * y[1]) / Y(determinant)),
                      Y((Y(moments[0]) * y[1] - Y(moments[2]) * y[0]) / Y(determinant))};
  };
  auto const in_square = solved(error);
  number const projected_error = error[0] * in_square[0] + error[1] * in_square[1];
  std::array const h{in_square[0].value, in_square[1].value};

  // A learner whose second weights are h and whose weights are w, after two steps that end at once.
  std::array const first{w[0] - a / beta * h[0], w[1] - a / beta * h[1]};
  b::learner agent(b::linear_prediction(std::vector(first.begin(), first.end()), features),
                   b::off_policy_td_learning{.policy = pi, .behaviour = mu, .gamma = g},
                   b::gradient_correction{.step = a, .second_step = beta});
  for (int k = 0; k < 2; ++k) {
    // Action 1 of a state of which both policies would take it alike.
    auto const i = static_cast<std::size_t>(k);
    wide const rho = pi(10 + k).begin()[1].probability / mu(10 + k).begin()[1].probability;
    agent.observe(10 + k, 1, first[i] + h[i] / beta / rho, b::terminated{});
  }
  REQUIRE(agent.prediction().weights() == std::vector(w.begin(), w.end()));

  std::array moved{wide(0), wide(0)};
  for (int s = 0; s < 3; ++s) {
    each_step(env, mu, s, [&](wide p, int action, wide r, int next) {
      auto const& then = observed(agent, env, s, action, r, next).prediction().weights();
      for (std::size_t i = 0; i < 2; ++i) moved[i] += d[static_cast<std::size_t>(s)] * p * (then[i] - w[i]);
    });
  }
  for (std::size_t i = 0; i < 2; ++i) CHECK(moved[i] == -a * projected_error.derivative[i] / 2);
}

}  // namespace expected_steps
