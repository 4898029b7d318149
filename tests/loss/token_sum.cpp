// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/token_sum.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <concepts>
#include <limits>
#include <list>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::batch_mean;
using bellman::rational;
using bellman::token_mean;
using bellman::token_sum;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a token mean may be split inside of a sequence") {
  CHECK(true_at_both_times([] {
    auto const first = token_sum(std::array{rational(1), rational(2)});
    auto const rest = token_sum(std::array{rational(6)});
    return (first + rest).value() == rational(3) && first + rest == rest + first &&
           first + batch_mean<token_mean, rational>{} == first;
  }));
}

TEST_CASE("a sum over tokens reads its rows in step") {
  CHECK(true_at_both_times([] {
    auto const all =
        token_sum([](rational const& x, rational const& y, int z) { return x * y + z; },
                  std::array{rational(1), rational(2)}, std::array{rational(1, 2), rational(3)}, std::array{10, 20});
    return all.total == rational(73, 2) && all.count == 2;
  }));
  std::list<double> const list{1, 2, 3};
  CHECK(token_sum([](double x, double y) { return x * y; }, list, std::vector{1.0, 1.0, 2.0}).total == 9);
}

TEST_CASE("rows of different lengths are refused, whichever is the longest") {
  auto const add = [](double x, double y, double z) { return x + y + z; };
  std::vector<double> const two(2, 1.0);
  std::vector<double> const three(3, 1.0);
  CHECK_THROWS_AS(token_sum(add, three, two, two), bellman::invalid_value);
  CHECK_THROWS_AS(token_sum(add, two, three, two), bellman::invalid_value);
  CHECK_THROWS_AS(token_sum(add, two, two, three), bellman::invalid_value);
  CHECK_THROWS_AS(token_sum(add, three, three, two), bellman::invalid_value);
}

TEST_CASE("integers are summed as double, and duals keep their derivatives") {
  STATIC_REQUIRE(std::same_as<decltype(token_sum(std::array{1, 2}).value()), double>);
  STATIC_REQUIRE(token_sum(std::array{1, 2}).value() == 1.5);
  CHECK(true_at_both_times([] {
    using dual = bellman::dual<rational>;
    auto const mean = token_sum(std::array{dual::variable(rational(3)), dual(rational(1))}).value();
    return mean.value == rational(2) && mean.derivative[0] == rational(1, 2);
  }));
}

TEST_CASE("a NaN makes the mean a NaN") {
  double const mean = token_sum(std::array{1.0, std::numeric_limits<double>::quiet_NaN()}).value();
  CHECK(mean != mean);
}
