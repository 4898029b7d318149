// SPDX-License-Identifier: BSL-1.0

// Off-policy evaluation on a small environment, where every trajectory of the behaviour policy can be listed: what an
// estimate is on average is a finite sum, and exact.
#include <bellman/decision/ending.hpp>
#include <bellman/decision/trajectories.hpp>
#include <bellman/evaluation/importance_ratios.hpp>
#include <bellman/evaluation/off_policy_evaluation.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/return.hpp>

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "models/listed_mdp.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::difference;
using bellman::expectation;
using bellman::product;
using bellman::quotient;
using bellman::rational;
using bellman::sum;
using bellman::weighted;
using bellman::test::true_at_both_times;

constexpr rational gamma_(1, 2);

// Three states and an end, 3; episodes of one to three steps. With `chance` false nothing is left to it.
constexpr auto environment(bool chance = true) {
  using row = models::listed_row<rational>;
  rational const even(1, 2);
  std::vector<row> rows{row{0, 0, even, 1, 1},  row{0, 0, even, 2, 0}, row{0, 1, 1, 3, 2}, row{1, 0, 1, 3, 4},
                        row{1, 1, even, 2, -1}, row{1, 1, even, 3, 0}, row{2, 0, 1, 3, 3}, row{2, 1, 1, 3, 1}};
  if (!chance) {
    rows = {row{0, 0, 1, 1, 1},  row{0, 1, 1, 3, 2}, row{1, 0, 1, 3, 4},
            row{1, 1, 1, 2, -1}, row{2, 0, 1, 3, 3}, row{2, 1, 1, 3, 1}};
  }
  return models::mdp_of_rows(4, rows);
}

template <class P = rational>
constexpr auto of_two(P first) {
  return bellman::categorical(std::array{weighted{0, first}, weighted{1, P(difference(P(1), first))}});
}
constexpr auto behaviour = [](int) { return of_two(rational(1, 2)); };
constexpr auto target = [](int s) {
  return of_two(s == 0 ? rational(3, 4) : s == 1 ? rational(1, 4) : rational(1, 2));
};
// Never takes action 1 in state 1: some ratios are 0.
constexpr auto resolute = [](int s) { return of_two(s == 1 ? rational(1) : rational(1, 3)); };

template <class P, class Policy>
constexpr P probability_of(Policy const& policy, int s, int a) {
  P total(0);
  for (auto const& e : policy(s)) total = e.value == a ? P(sum(total, P(e.probability))) : total;
  return total;
}

// A model without any truth in it.
constexpr auto wrong_q = [](int s, int a) { return rational(7 * s - 5 * a + 2, 3); };
constexpr auto wrong_v = [](int s) { return rational(5 * s + 1, 2); };

template <class Policy, class Q>
constexpr auto mean_of(Policy const& policy, Q const& q) {
  return [=](int s) { return expectation(policy(s), [&](int a) { return q(s, a); }); };
}

// What a log of `behaviour` says about `pi`, beside a model.
template <class P = rational, class Path, class Policy, class Q, class V>
constexpr auto log_of(Path const& path, Policy const& pi, Q const& q, V const& v) {
  std::vector<P> ratios;
  std::vector<rational> qs;
  std::vector<rational> vs;
  for (std::size_t t = 0; t < path.size(); ++t) {
    int const s = path.states[t];
    int const a = path.actions[t];
    ratios.push_back(quotient(probability_of<P>(pi, s, a), probability_of<P>(behaviour, s, a)));
    qs.push_back(q(s, a));
    vs.push_back(v(s));
  }
  return bellman::modelled_episode{path.rewards, std::move(ratios), std::move(qs), std::move(vs)};
}
template <class P = rational, class Path, class Policy>
constexpr auto log_of(Path const& path, Policy const& pi) {
  return log_of<P>(path, pi, wrong_q, mean_of(pi, wrong_q));
}

// The mean of an estimate over all episodes of `behaviour`, and over all pairs of them.
template <class Env, class Of>
constexpr auto on_average(Env const& env, int start, Of const& of) {
  return expectation(bellman::trajectories(env, behaviour, start), of);
}
template <class Env, class Policy, class Of>
constexpr rational on_average_of_pairs(Env const& env, Policy const& pi, Of const& of) {
  auto const paths = bellman::trajectories(env, behaviour, 0);
  return expectation(paths, [&](auto const& one) {
    return expectation(paths, [&](auto const& other) { return of(std::array{log_of(one, pi), log_of(other, pi)}); });
  });
}

template <class Estimate, class Policy>
constexpr bool is_unbiased(Estimate const& estimate, Policy const& pi) {
  auto const env = environment();
  auto const v = bellman::state_value(env, pi, gamma_);
  for (int s : {0, 1, 2}) {
    if (on_average(env, s, [&](auto const& path) { return estimate(log_of(path, pi), gamma_); }) != v(s)) return false;
  }
  return true;
}

template <class Env, class Estimate>
constexpr rational variance_of(Env const& env, Estimate const& estimate) {
  auto const mean = on_average(env, 0, estimate);
  return on_average(env, 0, [&](auto const& path) {
    rational const off = difference(estimate(path), mean);
    return product(off, off);
  });
}

}  // namespace

TEST_CASE("importance sampling is unbiased, per trajectory and per decision") {
  CHECK(true_at_both_times([] { return is_unbiased(bellman::importance_sampling, target); }));
  CHECK(true_at_both_times([] { return is_unbiased(bellman::per_decision_importance_sampling, target); }));
  CHECK(true_at_both_times([] { return is_unbiased(bellman::importance_sampling, resolute); }));
  CHECK(true_at_both_times([] { return is_unbiased(bellman::per_decision_importance_sampling, resolute); }));
}

TEST_CASE("an episode that is cut off is worth what the true value says about where it was") {
  auto const env = environment();
  auto const v = bellman::state_value(env, target, gamma_);
  auto const paths = bellman::trajectories(env, behaviour, 0, bellman::step_limit{1});
  auto const mean = [&](auto const& estimate) {
    return expectation(paths, [&](auto const& path) {
      auto const whole = log_of(path, target);
      rational const after = path.has_terminated() ? rational(0) : v(path.states.back());
      bellman::modelled_episode const cut{whole.rewards, whole.ratios, whole.action_values, whole.state_values,
                                          bellman::truncated{after}};
      return estimate(cut, gamma_);
    });
  };
  CHECK(mean(bellman::importance_sampling) == v(0));
  CHECK(mean(bellman::per_decision_importance_sampling) == v(0));
  CHECK(mean(bellman::doubly_robust) == v(0));
}

TEST_CASE("doubly robust is unbiased whatever its model says") {
  CHECK(true_at_both_times([] { return is_unbiased(bellman::doubly_robust, target); }));
  CHECK(true_at_both_times([] { return is_unbiased(bellman::doubly_robust, resolute); }));
}

TEST_CASE("doubly robust with a V that is not the mean of its Q is off by the return of their difference") {
  CHECK(true_at_both_times([] {
    auto const env = environment();
    auto const v = bellman::state_value(env, target, gamma_);
    rational const estimated = on_average(env, 0, [&](auto const& path) {
      return bellman::doubly_robust(log_of(path, target, wrong_q, wrong_v), gamma_);
    });
    auto const mean_q = mean_of(target, wrong_q);
    rational const off = expectation(bellman::trajectories(env, target, 0), [&](auto const& path) {
      std::vector<rational> differences;
      for (std::size_t t = 0; t < path.size(); ++t) {
        differences.push_back(difference(wrong_v(path.states[t]), mean_q(path.states[t])));
      }
      return bellman::discounted_return(differences, gamma_);
    });
    return off != rational(0) && difference(estimated, v(0)) == off;
  }));
}

TEST_CASE("with the true model and without chance doubly robust has no variance") {
  CHECK(true_at_both_times([] {
    auto const env = environment(false);
    auto const v = bellman::state_value(env, target, gamma_);
    auto const q = bellman::action_value(env, gamma_, v);
    auto const paths = bellman::trajectories(env, behaviour, 0);
    for (auto const& path : paths) {
      if (bellman::doubly_robust(log_of(path.value, target, q, v), gamma_) != v(0)) return false;
    }
    return paths.size() == 4;
  }));
}

TEST_CASE("where chance is left the true model still takes most of the variance away") {
  auto const env = environment();
  auto const v = bellman::state_value(env, target, gamma_);
  auto const q = bellman::action_value(env, gamma_, v);
  rational const robust =
      variance_of(env, [&](auto const& path) { return bellman::doubly_robust(log_of(path, target, q, v), gamma_); });
  rational const per_decision = variance_of(
      env, [&](auto const& path) { return bellman::per_decision_importance_sampling(log_of(path, target), gamma_); });
  // By the law of total variance: what is left is how R + gamma V varies after action 0 in state 0 and after action 1
  // in state 1, where chance decides, weighed by the squared ratios and discounts on the way.
  rational expected(0);
  for (auto const& first : env.transition(0, 0)) {
    rational const off = first.value.reward + gamma_ * v(first.value.next) - q(0, 0);
    expected += rational(1, 2) * first.probability * rational(9, 4) * off * off;
  }
  for (auto const& second : env.transition(1, 1)) {
    rational const off = second.value.reward + gamma_ * v(second.value.next) - q(1, 1);
    expected += rational(1, 2) * rational(1, 2) * rational(1, 2) * second.probability *
                (rational(9, 4) * gamma_ * gamma_ * rational(9, 4)) * off * off;
  }
  CHECK(robust == expected);
  CHECK(robust > rational(0));
  CHECK(robust < per_decision);
}

TEST_CASE("the direct method answers the model's value") {
  auto const env = environment();
  CHECK(on_average(env, 0, [](auto const& path) { return bellman::direct_method(log_of(path, target)); }) ==
        mean_of(target, wrong_q)(0));
}

TEST_CASE("the weighted forms are biased, and of two episodes by exactly this much") {
  auto const env = environment();
  rational const value = bellman::state_value(env, target, gamma_)(0);
  CHECK(value == rational(23, 16));
  auto const whole = on_average_of_pairs(
      env, target, [](auto const& pair) { return bellman::weighted_importance_sampling(pair, gamma_).value; });
  CHECK(whole - value == rational(1967, 10560));
  auto const by_decision = on_average_of_pairs(env, target, [](auto const& pair) {
    return bellman::weighted_per_decision_importance_sampling(pair, gamma_).value;
  });
  CHECK(by_decision - value == rational(173, 960));
  // The unweighted ones are not.
  CHECK(on_average_of_pairs(
            env, target, [](auto const& pair) { return bellman::importance_sampling(pair, gamma_).value; }) == value);
}

TEST_CASE("of a single episode a weighted form is the behaviour policy's return") {
  auto const env = environment();
  rational const value = bellman::state_value(env, behaviour, gamma_)(0);
  CHECK(on_average(env, 0, [](auto const& path) {
          return bellman::weighted_importance_sampling(std::array{log_of(path, target)}, gamma_).value;
        }) == value);
  CHECK(on_average(env, 0, [](auto const& path) {
          return bellman::weighted_per_decision_importance_sampling(std::array{log_of(path, target)}, gamma_).value;
        }) == value);
}

TEST_CASE("the estimated variance is on average the variance") {
  auto const env = environment();
  auto const check = [&](auto const& estimate) {
    rational const estimated =
        on_average_of_pairs(env, target, [&](auto const& pair) { return estimate(pair, gamma_).variance(); });
    rational const of_one = variance_of(env, [&](auto const& path) { return estimate(log_of(path, target), gamma_); });
    CHECK(estimated == of_one / 2);
  };
  check(bellman::importance_sampling);
  check(bellman::per_decision_importance_sampling);
  check(bellman::doubly_robust);
}

TEST_CASE("every ratio has the mean one, and so has their product") {
  auto const env = environment();
  CHECK(on_average(env, 0, [](auto const& path) {
          return bellman::cumulative_ratios(log_of(path, target).ratios).back();
        }) == rational(1));
  CHECK(on_average(env, 0, [](auto const& path) { return log_of(path, target).ratios.front(); }) == rational(1));
}

TEST_CASE("with dual ratios the mean derivative is that of the target policy's value") {
  using number = bellman::dual<rational>;
  // The probability of action 0 is p in states 0 and 2, and 1 - p in state 1.
  auto const pi = [](int s) {
    number const p = number::variable(rational(1, 3));
    return of_two(s == 1 ? number(number(1) - p) : p);
  };
  auto const env = environment();
  auto const value = expectation(bellman::trajectories(env, pi, 0),
                                 [](auto const& path) { return bellman::discounted_return(path.rewards, gamma_); });
  auto const agrees = [&](auto const& estimate) {
    number const mean = on_average(env, 0, [&](auto const& path) {
      auto const log = log_of<number>(path, pi, wrong_q, [](int) { return rational(0); });
      return estimate(bellman::logged_episode{log.rewards, log.ratios}, gamma_);
    });
    return mean.value == value.value && mean.derivative == value.derivative;
  };
  CHECK(agrees(bellman::importance_sampling));
  CHECK(agrees(bellman::per_decision_importance_sampling));
  CHECK(value.derivative[0] != rational(0));
}
