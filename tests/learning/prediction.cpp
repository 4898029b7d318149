// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/prediction.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/td_learning.hpp>

#include <array>
#include <cstddef>
#include <string>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace prediction {

namespace b = bellman;
using b::test::true_at_both_times;

// No more than is asked for: the same for even and for odd states.
class by_parity {
 public:
  using value_type = double;
  constexpr double operator()(int s) const { return w_[static_cast<std::size_t>(s % 2)]; }
  template <class Visit>
  constexpr void gradient(Visit const& visit, int s) {
    visit(static_cast<std::size_t>(s % 2), 1.0);
  }
  constexpr std::array<double, 2>& weights() { return w_; }
  constexpr std::array<double, 2> const& weights() const { return w_; }

 private:
  std::array<double, 2> w_{};
};

TEST_CASE("what has values, a gradient and weights is learned") {
  STATIC_REQUIRE(b::prediction_of<by_parity, int>);
  STATIC_REQUIRE_FALSE(b::prediction_of<by_parity, std::string>);
  STATIC_REQUIRE_FALSE(b::prediction_of<by_parity, int, int>);
  STATIC_REQUIRE_FALSE(b::prediction_of<int, int>);
  CHECK(true_at_both_times([] {
    b::learner agent(by_parity{}, b::td_learning{.gamma = 0.5}, 0.5);
    agent.observe(4, 0, 8.0, b::terminated{});
    agent.observe(1, 0, 0.0, 2);
    return agent(0) == 4.0 && agent(7) == 1.0;
  }));
}

}  // namespace prediction
