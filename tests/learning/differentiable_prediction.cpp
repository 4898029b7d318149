// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/differentiable_prediction.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/learning/learner.hpp>
#include <bellman/learning/td_learning.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <type_traits>

#include <boost/rational.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace differentiable_prediction {

namespace b = bellman;
using b::test::true_at_both_times;
using fraction = boost::rational<long long>;

// w_0 w_1 s + w_1^2
constexpr auto surface = [](auto const& w, int s) { return w[0] * w[1] * fraction(s) + w[1] * w[1]; };

TEST_CASE("the gradient of a function is its derivative") {
  CHECK(true_at_both_times([] {
    b::differentiable_prediction const p(std::array{fraction(2), fraction(3)}, surface);
    std::array d{fraction(0), fraction(0)};
    p.gradient([&](std::size_t i, fraction const& x) { d[i] = x; }, 5);
    return p(5) == 39 && d[0] == 15 && d[1] == 16;
  }));
}

TEST_CASE("a function is learned along its gradient") {
  CHECK(true_at_both_times([] {
    b::learner agent(b::differentiable_prediction(std::array{fraction(2), fraction(3)}, surface),
                     b::td_learning{.gamma = fraction(1, 2)}, fraction(1, 10));
    // v(5) = 39, v(1) = 15: an error of 1 + 15/2 - 39 along (15, 16).
    bool const right = agent.observe(5, 'x', fraction(1), 1) == fraction(-61, 2);
    auto const& w = agent.prediction().weights();
    return right && w[0] == fraction(2) - fraction(61 * 15, 20) && w[1] == fraction(3) - fraction(61 * 16, 20);
  }));
}

TEST_CASE("what dual numbers cannot go through is no prediction") {
  auto const of_doubles = [](std::array<double, 1> const& w, int s) { return w[0] * s; };
  using p = b::differentiable_prediction<double, 1, decltype(of_doubles)>;
  STATIC_REQUIRE_FALSE(std::is_invocable_v<p const&, int>);
}

}  // namespace differentiable_prediction
