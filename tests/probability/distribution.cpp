// SPDX-License-Identifier: BSL-1.0
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <ranges>
#include <string>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::categorical;
using bellman::dirac;
using bellman::expectation;
using bellman::rational;
using bellman::uniform;
using bellman::weighted;
using bellman::test::true_at_both_times;

// What an exception says; empty if there is none.
template <class Body>
std::string message_of(Body const& body) {
  try {
    body();
  } catch (bellman::invalid_value const& error) {
    return error.what();
  }
  return "";
}
bool contains(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

template <class P>
auto pair_of(P const& p, P const& q) {
  return [=] { return categorical{std::array{weighted{'x', p}, weighted{'y', q}}}; };
}

}  // namespace

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

TEST_CASE("a uniform distribution is exact in every field, and keeps its range") {
  CHECK(true_at_both_times([] {
    std::size_t n = 0;
    for (auto const& e : uniform(std::vector{3, 1, 4})) {
      if (bellman::weigh(e.probability, rational(1)) != rational(1, 3)) return false;
      if (bellman::weigh(e.probability, 1.0) != 1.0 / 3) return false;
      ++n;
    }
    return n == 3;
  }));
  CHECK(true_at_both_times([] {
    // A copy holds values of its own.
    auto const copy = [] {
      auto const original = uniform(std::vector{3, 1, 4});
      return original;
    }();
    return expectation(copy, [](int x) { return rational(x); }) == rational(8, 3);
  }));
}

TEST_CASE("weights of products and of probabilities by their type multiply") {
  using bellman::certain;
  using bellman::unit_fraction;
  using bellman::weigh;
  CHECK(true_at_both_times([] {
    return weigh(certain{}, rational(2, 3)) == rational(2, 3) && weigh(rational(2, 3), certain{}) == rational(2, 3) &&
           weigh(unit_fraction{3}, rational(2)) == rational(2, 3) &&
           weigh(rational(2), unit_fraction{3}) == rational(2, 3) &&
           weigh(unit_fraction{3}, unit_fraction{4}) == unit_fraction{12} && weigh(unit_fraction{4}, 2) == 0.5;
  }));
  STATIC_REQUIRE(std::same_as<bellman::scalar_of_weight_t<certain, float>, float>);
  STATIC_REQUIRE(std::same_as<bellman::scalar_of_weight_t<unit_fraction, rational>, rational>);
  STATIC_REQUIRE(std::same_as<bellman::scalar_of_weight_t<float, float>, float>);
}

TEST_CASE("weights that are no probabilities are refused, by their place and their value") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(contains(message_of(pair_of(1.5, -0.5)), "weight 1 is -0.5; it must lie in [0, 1]"));
  CHECK(contains(message_of(pair_of(nan, 1.0)), "weight 0 is nan"));
  CHECK(contains(message_of(pair_of(0.5, 0.25)), "sum to 0.75; they must sum to 1"));
  CHECK(contains(message_of(pair_of(0.75, 0.75)), "sum to 1.5; they must sum to 1"));
  CHECK(contains(message_of(pair_of(rational(1, 3), rational(1, 3))), "sum to 2/3; they must sum to 1"));
  CHECK(contains(message_of(pair_of(rational(4, 3), rational(-1, 3))), "weight 1 is -1/3"));
  CHECK(contains(message_of([] { categorical{std::vector<weighted<int, double>>{}}; }), "has no values"));
  CHECK(contains(message_of([] { uniform(std::vector<int>{}); }), "has no values"));
}

TEST_CASE("floating-point weights may be off by the tolerance, and by no more; exact ones not at all") {
  double const tolerance = bellman::weight_tolerance<double>(2);
  CHECK(tolerance == 1e-9);
  CHECK(message_of(pair_of(0.5, 0.5 + 0.9 * tolerance)).empty());
  CHECK(message_of(pair_of(0.5, 0.5 - 0.9 * tolerance)).empty());
  CHECK(!message_of(pair_of(0.5, 0.5 + 2 * tolerance)).empty());
  CHECK(!message_of(pair_of(0.5, 0.5 - 2 * tolerance)).empty());
  CHECK(message_of(pair_of(0.5f, 0.50005f)).empty());
  CHECK(!message_of(pair_of(0.5f, 0.5003f)).empty());
  CHECK(!message_of(pair_of(rational(1, 2), rational(500'000'000'001, 1'000'000'000'000))).empty());
  // What rounding a sum of many may bring about is allowed for, whatever their number.
  CHECK(message_of([] { bellman::check_weights(std::vector(100'000, weighted{0, 1e-5f})); }).empty());
  CHECK(message_of([] { bellman::check_weights(std::vector(100'000, weighted{0, 1e-5})); }).empty());
}
