// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/distribution.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>

#include <array>
#include <limits>
#include <ranges>
#include <string>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::categorical;
using bellman::dirac;
using bellman::expectation;
using bellman::rational;
using bellman::uniform;
using bellman::weighted;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

}  // namespace

namespace {

// Says that its weights were checked, and has none.
struct row_of_nothing {
  static constexpr bool weights_were_checked = true;
  constexpr weighted<int, double> const* begin() const { return nullptr; }
  constexpr weighted<int, double> const* end() const { return nullptr; }
};

}  // namespace

TEST_CASE("a distribution without values has no expectation, whatever it says of its weights") {
  CHECK_THROWS_AS(bellman::expectation(row_of_nothing{}, [](int x) { return 1.0 * x; }), bellman::invalid_value);
}

TEST_CASE("everything that lists values and probabilities is a distribution") {
  using pairs = std::vector<weighted<int, double>>;
  STATIC_REQUIRE(bellman::distribution_over<dirac<int>, int>);
  STATIC_REQUIRE(bellman::distribution_over<categorical<pairs>, int>);
  STATIC_REQUIRE(bellman::distribution_over<pairs, long>);
  STATIC_REQUIRE(bellman::distribution_over<std::array<weighted<char, rational>, 2>, char>);
  STATIC_REQUIRE(bellman::distribution_over<decltype(uniform(std::views::iota(0, 3))), int>);
  STATIC_REQUIRE(!bellman::distribution<std::vector<int>>);
  STATIC_REQUIRE(!bellman::distribution<int>);
  STATIC_REQUIRE(!bellman::distribution<std::vector<weighted<int, int>>>);
  STATIC_REQUIRE(!bellman::distribution_over<dirac<int>, std::string>);
}

TEST_CASE("an expectation is the sum of probabilities times values") {
  CHECK(true_at_both_times([] {
    categorical const die{
        std::array{weighted{1, rational(1, 6)}, weighted{2, rational(1, 3)}, weighted{6, rational(1, 2)}}};
    return expectation(die, [](int x) { return rational(x); }) == rational(23, 6) &&
           expectation(die, [](int x) { return rational(x * x); }) == rational(39, 2);
  }));
  CHECK(true_at_both_times([] {
    return expectation(dirac{7}, [](int x) { return rational(x, 2); }) == rational(7, 2) &&
           expectation(uniform(std::array{1, 2, 6}), [](int x) { return rational(x); }) == rational(3);
  }));
}

TEST_CASE("an expectation is linear") {
  CHECK(true_at_both_times([] {
    categorical const d{std::array{weighted{1, rational(1, 4)}, weighted{5, rational(3, 4)}}};
    auto const f = [](int x) { return rational(x, 3); };
    auto const g = [](int x) { return rational(x * x - 2); };
    rational const c(5, 7);
    return expectation(d, [&](int x) { return c * f(x) + g(x); }) == c * expectation(d, f) + expectation(d, g) &&
           expectation(d, [](int) { return rational(1); }) == rational(1);
  }));
}

TEST_CASE("an expectation may be of vectors, dual numbers and intervals") {
  CHECK(true_at_both_times([] {
    categorical const d{std::array{weighted{1, 0.25}, weighted{5, 0.75}}};
    using bellman::coordinates;
    return expectation(d, [](int x) { return coordinates{double(x), 1.0}; }) == coordinates{4.0, 1.0};
  }));
  CHECK(true_at_both_times([] {
    // d/dp of p f(0) + (1 - p) f(1)
    using dual = bellman::dual<rational>;
    auto const p = dual::variable(rational(1, 3));
    categorical const d{std::array{weighted{10, p}, weighted{4, dual(1) - p}}};
    auto const mean = expectation(d, [](int x) { return rational(x); });
    return mean.value == rational(6) && mean.derivative[0] == rational(6);
  }));
  CHECK(true_at_both_times([] {
    using interval = bellman::interval<double>;
    interval const third = interval(1) / interval(3);
    categorical const d{std::array{weighted{1, third}, weighted{2, third}, weighted{3, third}}};
    return expectation(d, [](int x) { return interval(x); }).contains(2.0);
  }));
}

TEST_CASE("a value without probability is not looked at") {
  CHECK(true_at_both_times([] {
    categorical const d{std::array{weighted{1, 1.0}, weighted{0, 0.0}}};
    return expectation(d, [](int x) { return x == 0 ? std::numeric_limits<double>::infinity() : double(x); }) == 1.0;
  }));
}

TEST_CASE("a value that occurs twice has the sum of its probabilities") {
  CHECK(true_at_both_times([] {
    categorical const d{
        std::array{weighted{1, rational(1, 2)}, weighted{2, rational(1, 4)}, weighted{1, rational(1, 4)}}};
    return expectation(d, [](int x) { return rational(x == 1 ? 1 : 0); }) == rational(3, 4);
  }));
}

TEST_CASE("weights are checked of any range that has them") {
  using points = std::vector<weighted<int, double>>;
  auto const message = [](points const& p) { return message_of([&] { bellman::check_weights(p); }); };
  CHECK(message({{0, 0.25}, {1, 0.75}}).empty());
  CHECK(message({{0, 1.5}, {1, -0.5}}) == "bellman: weight 1 is -0.5; it must lie in [0, 1]");
  CHECK(message({{0, 0.25}}) == "bellman: the weights sum to 0.25; they must sum to 1");
  CHECK(message({}) == "bellman: a distribution has no values; it needs at least one, and its weights must sum to 1");
  // What rounding a sum of many may bring about is allowed for, whatever their number.
  CHECK(message_of([] { bellman::check_weights(std::vector(100'000, weighted{0, 1e-5f})); }).empty());
  CHECK(message_of([] { bellman::check_weights(std::vector(100'000, weighted{0, 1e-5})); }).empty());
}

TEST_CASE("of a sum of weights that are dual numbers or intervals their values and bounds must be one") {
  using dual = bellman::dual<double>;
  using interval = bellman::interval<double>;
  auto const x = dual::variable(0.25);
  CHECK(message_of([&] { bellman::check_weights(std::array{weighted{0, x}, weighted{1, 1 - x}}); }).empty());
  CHECK(!message_of([&] { bellman::check_weights(std::array{weighted{0, x}, weighted{1, x}}); }).empty());
  auto const third = interval(1) / interval(3);
  CHECK(message_of([&] { bellman::check_weights(std::vector(3, weighted{0, third})); }).empty());
  CHECK(!message_of([&] { bellman::check_weights(std::vector(2, weighted{0, third})); }).empty());
}
