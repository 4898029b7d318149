// SPDX-License-Identifier: BSL-1.0
// What is learned step by step and what is learned from recordings: where theory says that they are the same, they are,
// in exact numbers.

#include <bellman/decision/episode.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/estimation/importance_corrected_td_errors.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/off_policy_returns.hpp>
#include <bellman/estimation/retrace.hpp>
#include <bellman/estimation/tree_backup.hpp>
#include <bellman/estimation/watkins_q_lambda_returns.hpp>
#include <bellman/learning/at_end_of_episode.hpp>
#include <bellman/learning/expected_sarsa.hpp>
#include <bellman/learning/learn_online.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/n_steps.hpp>
#include <bellman/learning/off_policy_td_learning.hpp>
#include <bellman/learning/q_learning.hpp>
#include <bellman/learning/retrace_learning.hpp>
#include <bellman/learning/sarsa.hpp>
#include <bellman/learning/td_learning.hpp>
#include <bellman/learning/tree_backup_learning.hpp>
#include <bellman/learning/value_table.hpp>

#include <array>
#include <cstddef>
#include <random>
#include <vector>

#include <boost/rational.hpp>

#include "learning/small_world.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace views {

namespace b = bellman;
using learning_models::other_policy;
using learning_models::small_world;
using learning_models::some_policy;
using b::test::true_at_both_times;
using rational = boost::rational<long long>;
using path = b::episode<int, int, rational>;

constexpr rational discount() { return rational(1, 2); }
constexpr rational decay() { return rational(2, 3); }
constexpr rational alpha() { return rational(1, 4); }

// Comes back to states, and takes actions that are greedy and such that are not.
path walked() {
  return {{0, 1, 0, 1, 2, 0, 2, 3}, {1, 0, 0, 1, 0, 1, 1}, {rational(1), rational(-2), rational(0), rational(3),
                                                              rational(1, 2), rational(2), rational(-1)}, {}};
}
path cut() {
  path all = walked();
  all.states.pop_back();
  all.actions.pop_back();
  all.rewards.pop_back();
  all.ending = b::truncated{};
  return all;
}

rational v_of(int s) { return rational(s * s - 1, 2); }
rational q_of(int s, int a) { return rational(2 * s + 3 * a - 3 * s * a, 3); }
auto states() { return b::linear_prediction(std::vector{v_of(0), v_of(1), v_of(2)}, [](int s) { return s; }); }
auto actions() {
  return b::linear_prediction(std::vector{q_of(0, 0), q_of(0, 1), q_of(1, 0), q_of(1, 1), q_of(2, 0), q_of(2, 1)},
                              [](int s, int a) { return 2 * s + a; });
}
// Of two features, so that states share what is learned.
auto with_features() {
  return b::linear_prediction(std::vector{rational(1), rational(-1, 2)},
                              [](int s) { return std::array{rational(1), rational(s)}; });
}

template <class Prediction, class Target>
void backward_is_forward(Prediction const& p, Target const& target, path const& seen) {
  b::learner backward(p, target, b::at_end_of_episode{b::accumulating{alpha()}});
  b::learner forward(p, target, alpha());
  backward.improve(seen);
  forward.improve_offline(seen);
  CHECK(backward.prediction().weights() != p.weights());
  CHECK(backward.prediction().weights() == forward.prediction().weights());
}

TEST_CASE("steps added up within an episode are the errors of the returns, for every target") {
  small_world<rational, true> const env;
  auto const pi = some_policy<rational>;
  auto const mu = other_policy<rational>;
  for (path const& seen : {walked(), cut()}) {
    backward_is_forward(states(), b::td_learning{.gamma = discount(), .lambda = decay()}, seen);
    backward_is_forward(with_features(), b::td_learning{.gamma = discount(), .lambda = decay()}, seen);
    backward_is_forward(with_features(), b::td_learning{.gamma = discount(), .lambda = 1}, seen);
    backward_is_forward(states(),
                        b::off_policy_td_learning{.policy = pi, .behaviour = mu, .gamma = discount(), .lambda = decay()},
                        seen);
    backward_is_forward(actions(), b::expected_sarsa{.policy = pi, .gamma = discount(), .lambda = decay()}, seen);
    backward_is_forward(actions(), b::q_learning{.env = env, .gamma = discount(), .lambda = decay()}, seen);
    backward_is_forward(actions(), b::tree_backup_learning{.policy = pi, .gamma = discount(), .lambda = decay()}, seen);
    backward_is_forward(
        actions(), b::retrace_learning{.policy = pi, .behaviour = mu, .gamma = discount(), .lambda = decay()}, seen);
  }
  backward_is_forward(actions(), b::sarsa{.gamma = discount(), .lambda = decay()}, walked());
}

// The columns that the estimators read, of an episode.
template <class F>
auto column(path const& seen, F const& f) {
  std::vector<rational> all;
  for (std::size_t t = 0; t < seen.size(); ++t) all.push_back(f(seen.states[t], seen.actions[t]));
  return all;
}
auto less(std::vector<rational> returns, std::vector<rational> const& predicted) {
  for (std::size_t t = 0; t < returns.size(); ++t) returns[t] -= predicted[t];
  return returns;
}

TEST_CASE("the errors of the returns are those that the estimators give") {
  small_world<rational, true> const env;
  auto const pi = some_policy<rational>;
  auto const mu = other_policy<rational>;
  path const seen = walked();
  b::trace_parameters const p{.gamma = discount(), .lambda = decay()};
  auto const probability = [](auto const& policy, int s, int a) { return policy(s).begin()[a].probability; };
  auto const v = column(seen, [](int s, int) { return v_of(s); });
  auto const q = column(seen, [](int s, int a) { return q_of(s, a); });
  auto const mean = column(seen, [&](int s, int) { return b::expectation(pi(s), [&](int a) { return q_of(s, a); }); });
  auto const greatest = column(seen, [](int s, int) { return q_of(s, 0) < q_of(s, 1) ? q_of(s, 1) : q_of(s, 0); });
  auto const share = column(seen, [&](int s, int a) { return probability(pi, s, a); });
  auto const ratio = column(seen, [&](int s, int a) { return probability(pi, s, a) / probability(mu, s, a); });
  std::vector const one(seen.size(), rational(1));
  auto const end = b::terminated{};
  auto const errors = [&](auto const& prediction, auto const& target) {
    return b::learner(prediction, target, alpha()).errors(seen);
  };
  CHECK(errors(states(), b::td_learning{.gamma = discount(), .lambda = decay()}) ==
        less(b::lambda_returns(seen.rewards, v, end, p), v));
  CHECK(errors(states(), b::off_policy_td_learning{.policy = pi, .behaviour = mu, .gamma = discount(),
                                                   .lambda = decay()}) ==
        b::importance_corrected_td_errors(seen.rewards, v, ratio, end, p));
  CHECK(errors(actions(), b::sarsa{.gamma = discount(), .lambda = decay()}) ==
        less(b::lambda_returns(seen.rewards, q, end, p), q));
  CHECK(errors(actions(), b::expected_sarsa{.policy = pi, .gamma = discount(), .lambda = decay()}) ==
        less(b::off_policy_returns(seen.rewards, mean, q, one, end, p), q));
  CHECK(errors(actions(), b::q_learning{.env = env, .gamma = discount(), .lambda = decay()}) ==
        less(b::watkins_q_lambda_returns(seen.rewards, greatest, q, end, p), q));
  CHECK(errors(actions(), b::tree_backup_learning{.policy = pi, .gamma = discount(), .lambda = decay()}) ==
        less(b::tree_backup(seen.rewards, mean, q, share, end, p), q));
  CHECK(errors(actions(), b::retrace_learning{.policy = pi, .behaviour = mu, .gamma = discount(), .lambda = decay()}) ==
        less(b::retrace(seen.rewards, mean, q, ratio, end, p), q));
}

// The online lambda-return algorithm, as the book has it (section 12.4): after each step the weights are learned anew
// from the beginning, with the returns of all that was seen so far; a value is that of the weights when it was seen.
std::vector<rational> online_lambda_returns(path const& seen, rational lambda, auto const& step) {
  std::array<rational, 2> const first{rational(1), rational(-1, 2)};
  auto const value = [](std::array<rational, 2> const& w, int s) { return w[0] + w[1] * s; };
  std::vector<std::array<rational, 2>> settled{first};  // after h steps
  for (std::size_t h = 1; h <= seen.size(); ++h) {
    auto w = first;
    for (std::size_t t = 0; t < h; ++t) {
      // The lambda-return of step t that ends with step h: a mixture of returns of 1, 2, ..., h - t steps.
      rational target(0), share(1), paid(0), discounted(1);
      for (std::size_t n = 1; n <= h - t; ++n) {
        paid += discounted * seen.rewards[t + n - 1];
        discounted *= discount();
        int const s = seen.states[t + n];
        rational const after = s == 3 ? rational(0) : discounted * value(settled[t + n - 1], s);
        target += (n == h - t ? share : share * (rational(1) - lambda)) * (paid + after);
        share *= lambda;
      }
      rational const error = target - value(w, seen.states[t]);
      w = {w[0] + step(t + 1) * error, w[1] + step(t + 1) * error * seen.states[t]};
    }
    settled.push_back(w);
  }
  return {settled.back().begin(), settled.back().end()};
}

TEST_CASE("dutch traces are the online lambda-return algorithm") {
  path seen = walked();
  seen.states = {0, 1, 0, 2, 3};
  seen.actions.resize(4);
  seen.rewards.resize(4);
  auto const constant = [](std::size_t) { return alpha(); };
  auto const falling = [](std::size_t n) { return rational(1, static_cast<int>(n + 1)); };
  for (rational const lambda : {rational(0), decay(), rational(1)}) {
    b::learner with_falling_steps(with_features(), b::td_learning{.gamma = discount(), .lambda = lambda},
                                  b::dutch{falling});
    with_falling_steps.improve(seen);
    CHECK(with_falling_steps.prediction().weights() == online_lambda_returns(seen, lambda, falling));
    b::learner agent(with_features(), b::td_learning{.gamma = discount(), .lambda = lambda}, b::dutch{alpha()});
    agent.improve(seen);
    CHECK(agent.prediction().weights() == online_lambda_returns(seen, lambda, constant));
  }
  // They are no accumulating traces, which differ where states share what is learned.
  b::learner other(with_features(), b::td_learning{.gamma = discount(), .lambda = decay()}, alpha());
  other.improve(seen);
  CHECK(other.prediction().weights() != online_lambda_returns(seen, decay(), constant));
}

TEST_CASE("dutch traces forget an episode when it ends") {
  path seen = walked();
  b::learner agent(with_features(), b::td_learning{.gamma = discount(), .lambda = decay()}, b::dutch{rational(1, 9)});
  seen.states = {1, 3};
  seen.actions.resize(1);
  seen.rewards.resize(1);
  agent.improve(seen);
  b::learner anew(agent.prediction(), b::td_learning{.gamma = discount(), .lambda = decay()}, b::dutch{rational(1, 9)});
  agent.improve(seen);
  anew.improve(seen);
  CHECK(agent.prediction().weights() == anew.prediction().weights());
}

TEST_CASE("n-step learning has the n-step returns of the weights at the time") {
  using world = small_world<rational, true>;
  path const seen = walked();
  for (std::size_t const n : {std::size_t{1}, std::size_t{3}, std::size_t{20}}) {
    // The book's algorithm, section 7.1: a state is learned n steps after it was seen.
    std::vector<rational> V{v_of(0), v_of(1), v_of(2), rational(0)};
    auto const T = seen.size();
    for (std::size_t t = 0; t < T + n - 1; ++t) {
      if (t + 1 < n) continue;
      std::size_t const tau = t + 1 - n;
      if (tau >= T) break;
      rational G(0), discounted(1);
      for (std::size_t k = tau; k < tau + n && k < T; ++k) {
        G += discounted * seen.rewards[k];
        discounted *= discount();
      }
      if (tau + n < T) G += discounted * V[static_cast<std::size_t>(seen.states[tau + n])];
      auto& v = V[static_cast<std::size_t>(seen.states[tau])];
      v += alpha() * (G - v);
    }
    b::learner agent(states(), b::td_learning{.gamma = discount(), .lambda = 1}, b::n_steps<world, rational>{n, alpha()});
    agent.improve(seen);
    for (int s = 0; s < 3; ++s) CHECK(agent(s) == V[static_cast<std::size_t>(s)]);
  }
}

TEST_CASE("n-step tree backup and Sarsa are learned by the returns of their estimators") {
  using world = small_world<rational, true>;
  auto const pi = some_policy<rational>;
  path const seen = walked();
  std::size_t const n = 2;
  std::vector<rational> tree{q_of(0, 0), q_of(0, 1), q_of(1, 0), q_of(1, 1), q_of(2, 0), q_of(2, 1)}, by_sample = tree;
  auto const at = [](int s, int a) { return static_cast<std::size_t>(2 * s + a); };
  for (std::size_t tau = 0; tau < seen.size(); ++tau) {
    bool const ends = tau + n >= seen.size();
    std::size_t const last = ends ? seen.size() : tau + n;
    auto const mean = [&](int s) {
      return b::expectation(pi(s), [&](int a) { return tree[at(s, a)]; });
    };
    std::vector<rational> rewards, v, q, share, taken;
    for (std::size_t k = tau; k < last; ++k) {
      int const s = seen.states[k], a = seen.actions[k];
      rewards.push_back(seen.rewards[k]);
      v.push_back(mean(s));
      q.push_back(tree[at(s, a)]);
      share.push_back(pi(s).begin()[a].probability);
      taken.push_back(by_sample[at(s, a)]);
    }
    b::trace_parameters const p{.gamma = discount(), .lambda = rational(1)};
    auto const G = ends ? b::tree_backup(rewards, v, q, share, b::terminated{}, p)[0]
                        : b::tree_backup(rewards, v, q, share, b::truncated{mean(seen.states[last])}, p)[0];
    auto const H = ends ? b::lambda_returns(rewards, taken, b::terminated{}, p)[0]
                        : b::lambda_returns(rewards, taken,
                                            b::truncated{by_sample[at(seen.states[last], seen.actions[last])]}, p)[0];
    auto& of_tree = tree[at(seen.states[tau], seen.actions[tau])];
    of_tree += alpha() * (G - of_tree);
    auto& of_sample = by_sample[at(seen.states[tau], seen.actions[tau])];
    of_sample += alpha() * (H - of_sample);
  }
  b::learner agent(actions(), b::tree_backup_learning{.policy = pi, .gamma = discount(), .lambda = 1},
                   b::n_steps<world, rational>{n, alpha()});
  agent.improve(seen);
  CHECK(agent.prediction().weights() == tree);
  b::learner other(actions(), b::sarsa{.gamma = discount(), .lambda = 1}, b::n_steps<world, rational>{n, alpha()});
  other.improve(seen);
  CHECK(other.prediction().weights() == by_sample);
}

TEST_CASE("what is learned online is what is learned from the recording of the same steps") {
  small_world<double, true> const env;
  auto const pi = some_policy<double>;
  auto const same = [&](auto const& agent) {
    auto online = agent, recorded = agent;
    std::mt19937 one{3}, two{3};
    for (int k = 0; k < 20; ++k) {
      auto const total = b::learn_online(online, env, pi, one);
      auto const seen = b::rollout(env, pi, two);
      recorded.improve(seen);
      CHECK(total.steps == seen.size());
    }
    CHECK(online.prediction().weights() == recorded.prediction().weights());
  };
  b::value_table<double, int, int> const q;
  same(b::learner(b::value_table<double, int>{}, b::td_learning{.gamma = 0.5, .lambda = 0.5}, b::dutch{0.1}));
  same(b::learner(q, b::sarsa{.gamma = 0.5, .lambda = 0.5}, b::replacing{0.1}));
  same(b::learner(q, b::q_learning{.env = env, .gamma = 0.5, .lambda = 0.5}, 0.1));
}

}  // namespace views
