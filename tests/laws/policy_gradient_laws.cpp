// SPDX-License-Identifier: BSL-1.0
// The policy-gradient theorem on the tree of all answers of a language, with any baseline, and the losses of sampled
// tokens whose gradient it is.

#include <bellman/decision/trajectories.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/learning/actor.hpp>
#include <bellman/learning/policy_family.hpp>
#include <bellman/learning/policy_gradient.hpp>
#include <bellman/loss/clipped.hpp>
#include <bellman/loss/policy_loss.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/sampled_tokens.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/loss/surrogate.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/softmax.hpp>
#include <bellman/scalar/coordinates.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include <boost/rational.hpp>

#include "models/token_tree.hpp"
#include "support/catch.hpp"

namespace policy_gradient_laws {

namespace b = bellman;
using models::answer;
using rational = boost::rational<long long>;

// theta_0 : theta_1 : 1 for a, b and the end, more of a after b.
constexpr auto shares = [](auto const& theta, answer const& s) {
  auto const of_a = s.last() == 'b' ? 2 * theta[0] : theta[0];
  auto const total = of_a + theta[1] + 1;
  return b::categorical(
      std::array{b::weighted{'a', of_a / total}, b::weighted{'b', theta[1] / total}, b::weighted{'.', 1 / total}});
};

TEST_CASE("the expected sum of scores times returns less a baseline is the policy gradient, whatever the baseline") {
  models::token_tree<rational> const tree;
  b::policy_family pi(shares, std::array{rational(1), rational(2)});
  auto const gradient = b::policy_gradient(tree, pi.with_derivatives(), 1, answer{});
  auto const v = b::state_value(tree, pi, 1, answer{});
  auto const expected = [&](auto const& baseline) {
    b::coordinates<rational, 2> total{rational(0), rational(0)};
    for (auto const& path : b::trajectories(tree, pi, answer{})) {
      auto const& seen = path.value;
      auto const returns = b::discounted_returns(seen.rewards, rational(1));
      for (std::size_t t = 0; t < seen.size(); ++t) {
        rational const by = path.probability * (returns[t] - baseline(seen.states[t]));
        pi.score([&](std::size_t k, rational const& d) { total[k] = total[k] + by * d; }, seen.states[t],
                 seen.actions[t]);
      }
    }
    return total;
  };
  CHECK(expected([](answer const&) { return rational(0); }) == gradient);
  CHECK(expected([](answer const& s) { return rational(static_cast<long long>(s.size) - 7, 3); }) == gradient);
  CHECK(expected(v) == gradient);
  CHECK(expected([&](answer const& s) { return s.size == 1 && s.last() == 'a' ? v(s) : rational(0); }) == gradient);
}

// A softmax with a logit for each pair of the token before and the token to come.
constexpr auto bigram = [](auto const& theta, answer const& s) {
  std::size_t const row = s.last() == 'a' ? 3 : s.last() == 'b' ? 6 : 0;
  return b::softmax(models::token_tree<double>::vocabulary, std::array{theta[row], theta[row + 1], theta[row + 2]});
};

TEST_CASE("where the policy has not moved the gradient of PPO's loss is the negative policy gradient") {
  models::token_tree<double> const tree;
  b::policy_family pi(bigram, std::array{0.2, -0.1, 0.4, 0.0, 0.7, -0.3, 0.1, 0.2, -0.5});
  auto const gradient = b::policy_gradient(tree, pi.with_derivatives(), 1, answer{});
  auto const v = b::state_value(tree, pi, 1, answer{});
  // All answers, each token weighed with the probability of its answer.
  std::vector<std::vector<double>> log_probs, advantages, weights, gradients;
  auto const paths = b::trajectories(tree, pi, answer{});
  double tokens = 0;
  for (auto const& path : paths) {
    auto const& seen = path.value;
    auto const returns = b::discounted_returns(seen.rewards, 1.0);
    auto& l = log_probs.emplace_back();
    auto& A = advantages.emplace_back();
    auto& w = weights.emplace_back();
    for (std::size_t t = 0; t < seen.size(); ++t) {
      double p = 0;
      for (auto const& e : pi(seen.states[t])) p += e.value == seen.actions[t] ? e.probability : 0;
      l.push_back(std::log(p));
      A.push_back(returns[t] - v(seen.states[t]));
      w.push_back(path.probability);
    }
    tokens += static_cast<double>(seen.size());
    gradients.emplace_back(seen.size(), 0.0);
  }
  for (double const range : {0.2, 0.01}) {
    using row = std::vector<double>;
    using tokens_of = b::sampled_tokens<row, row, row, row>;
    std::vector<tokens_of> batch;
    for (std::size_t i = 0; i < log_probs.size(); ++i) {
      batch.push_back({log_probs[i], log_probs[i], advantages[i], weights[i]});
    }
    b::policy_loss(batch, b::token_ratio{}, b::clipped{range}, b::token_mean{}, gradients);
    std::array<double, 9> total{};
    for (std::size_t i = 0; i < batch.size(); ++i) {
      auto const& seen = paths[i].value;
      for (std::size_t t = 0; t < seen.size(); ++t) {
        pi.score([&](std::size_t k, double d) { total[k] += gradients[i][t] * d; }, seen.states[t], seen.actions[t]);
      }
    }
    // The loss is a mean over the number of tokens.
    for (std::size_t k = 0; k < 9; ++k) CHECK(std::abs(total[k] * tokens + gradient[k]) < 1e-14);
  }
}

}  // namespace policy_gradient_laws
