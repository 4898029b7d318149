// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/policy_family.hpp>

#include <bellman/learning/actor.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <cstddef>

#include <boost/rational.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace policy_family {

namespace b = bellman;
using b::test::true_at_both_times;
using fraction = boost::rational<long long>;

constexpr auto shares = [](auto const& theta, int) {
  auto const total = theta[0] + theta[1];
  return b::categorical(std::array{b::weighted{'x', theta[0] / total}, b::weighted{'y', theta[1] / total}});
};

TEST_CASE("the score is the derivative of the log-probability, exactly") {
  CHECK(true_at_both_times([] {
    b::policy_family const pi(shares, std::array{fraction(2), fraction(3)});
    std::array d{fraction(0), fraction(0)};
    pi.score([&](std::size_t i, fraction const& x) { d[i] = x; }, 0, 'x');
    // log x - log (x + y): 1/2 - 1/5 and -1/5.
    return d[0] == fraction(3, 10) && d[1] == fraction(-1, 5) && pi(0).begin()[0].probability == fraction(2, 5);
  }));
}

TEST_CASE("a family is a differentiable policy") {
  STATIC_REQUIRE(b::differentiable_policy<decltype(b::policy_family(shares, std::array{1.0, 2.0})), int, char>);
  STATIC_REQUIRE_FALSE(b::differentiable_policy<int, int, char>);
}

}  // namespace policy_family
