// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/td_update.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/linear_prediction.hpp>
#include <bellman/learning/td_learning.hpp>

#include <array>
#include <vector>

#include "support/catch.hpp"

namespace td_update {

namespace b = bellman;

// A rule that keeps what it is told.
struct told {
  double decay = -1, weight = -1, error = -1, predicted = -1, reward = -1, next_value = -1, gamma = -1, lambda = -1;
  std::vector<b::feature<double>> gradient{}, next_gradient{};
  int episodes = 0;
};
struct keep {
  struct working {
    static constexpr bool reads_next_gradient = true;
    told* to;

    void operator()(std::vector<double>&, b::td_update<double> const& x) const {
      *to = {x.decay, x.weight, x.error, x.predicted, x.reward, x.next_value, x.gamma, x.lambda, x.gradient,
             x.next_gradient, to->episodes};
    }
    void end_of_episode(std::vector<double>&) const { ++to->episodes; }
  };
  told* to;

  template <class V>
  working start() const {
    return {to};
  }
};

TEST_CASE("a rule is told all of a step") {
  told last;
  b::linear_prediction const v(std::vector{2.0, 4.0}, [](int s) { return std::array{1.0, 1.0 * s}; });
  b::learner agent(v, b::td_learning{.gamma = 0.5, .lambda = 0.25}, keep{&last});
  agent.observe(1, 'x', 3.0, 2);  // v(1) = 6, v(2) = 10
  CHECK(last.predicted == 6);
  CHECK(last.next_value == 10);
  CHECK(last.reward == 3);
  CHECK(last.error == 2);
  CHECK(last.gamma == 0.5);
  CHECK(last.lambda == 0.25);
  CHECK(last.decay == 0.125);
  CHECK(last.weight == 1);
  CHECK(last.gradient == std::vector{b::feature{0, 1.0}, b::feature{1, 1.0}});
  CHECK(last.next_gradient == std::vector{b::feature{0, 1.0}, b::feature{1, 2.0}});
  CHECK(last.episodes == 0);
  agent.observe(1, 'x', 3.0, b::terminated{});
  CHECK(last.next_value == 0);
  CHECK(last.error == -3);
  CHECK(last.next_gradient.empty());
  CHECK(last.episodes == 1);
  agent.observe(1, 'x', 3.0, b::truncated{2});
  CHECK(last.next_value == 10);
  CHECK(last.next_gradient.size() == 2);
  CHECK(last.episodes == 2);
}

}  // namespace td_update
