// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/normalised.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <concepts>
#include <limits>
#include <list>
#include <string>
#include <type_traits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace probability_normalised_test {

using bellman::normalised;
using bellman::rational;
using bellman::weighted;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

TEST_CASE("weights in proportion become weights that sum to one") {
  CHECK(true_at_both_times([] {
    std::array const counts{2, 0, 6};
    std::array const thirds{rational(1, 3), rational(1, 4)};
    return normalised(counts) == std::array{0.25, 0.0, 0.75} &&
           normalised(thirds) == std::array{rational(4, 7), rational(3, 7)} &&
           normalised(std::vector{3.0f, 1.0f}) == std::vector{0.75f, 0.25f};
  }));
  CHECK(normalised(std::list<int>{1, 1}) == std::vector{0.5, 0.5});
  CHECK(normalised(std::vector<bool>{true, false, true}) == std::vector{0.5, 0.0, 0.5});
}

TEST_CASE("points in proportion become a distribution") {
  CHECK(true_at_both_times([] {
    std::array const points{weighted{'a', rational(1, 3)}, weighted{'b', rational(1, 6)}};
    auto const d = normalised(points);
    return d == bellman::categorical{std::array{weighted{'a', rational(2, 3)}, weighted{'b', rational(1, 3)}}} &&
           normalised(std::vector(d.begin(), d.end())).begin()->probability == rational(2, 3);
  }));
  // Three digits of three thirds, which are no distribution, and are one when it is said that they are meant so.
  std::vector const typed{weighted{1, 0.333}, weighted{2, 0.333}, weighted{3, 0.333}};
  CHECK_THROWS_AS(bellman::categorical{typed}, bellman::invalid_value);
  auto const d = normalised(typed);
  CHECK_NOTHROW(bellman::check_weights(d));
  CHECK(d.begin()->probability == 1.0 / 3);
  STATIC_REQUIRE(bellman::weights_were_checked<decltype(d)>);
}

TEST_CASE("within the tolerance and not exactly one, they sum to one within rounding") {
  std::vector const close{weighted{1, 0.333333333}, weighted{2, 0.333333333}, weighted{3, 0.333333333}};
  double total = 0;
  for (auto const& point : normalised(close)) total += point.probability;
  CHECK(total > 1 - 1e-15);
  CHECK(total < 1 + 1e-15);
}

TEST_CASE("a derivative of weights in proportion is that of their shares") {
  // d (x / (x + 3)) / dx at 1 is 3 / 16.
  using number = bellman::dual<double>;
  auto const shares = normalised(std::array{number::variable(1.0, 0), number(3.0)});
  CHECK(shares[0].value == 0.25);
  CHECK(shares[0].derivative[0] == 3.0 / 16);
  CHECK(shares[1].derivative[0] == -3.0 / 16);
}

TEST_CASE("weights that are none in proportion are refused by their place") {
  double const infinity = std::numeric_limits<double>::infinity();
  CHECK(message_of([] {
          (void)normalised(std::vector{1.0, 2.0, -0.5});
        }) == "bellman: weight 2 is -0.5; it must be a finite number from 0 on");
  CHECK(message_of([&] { (void)normalised(std::vector{1.0, infinity}); }).find("weight 1 is inf") != std::string::npos);
  CHECK(message_of([&] {
          (void)normalised(std::vector{weighted{'a', 1.0}, weighted{'b', infinity - infinity}});
        }).find("weight 1 is") != std::string::npos);
  CHECK(message_of([] {
          (void)normalised(std::vector{0.0, 0.0});
        }) == "bellman: the weights sum to 0; they are divided by their sum, which must be finite and above 0");
  CHECK_THROWS_AS(normalised(std::vector<double>{}), bellman::invalid_value);
  CHECK_THROWS_AS(normalised(std::vector{1e308, 1e308}), bellman::invalid_value);
}

TEST_CASE("what has no weights in a field is not normalised") {
  using call = decltype(normalised) const&;
  STATIC_REQUIRE(std::is_invocable_v<call, std::vector<float>>);
  STATIC_REQUIRE(!std::is_invocable_v<call, double>);
  STATIC_REQUIRE(!std::is_invocable_v<call, std::vector<std::string>>);
  STATIC_REQUIRE(!std::is_invocable_v<call, decltype(bellman::uniform(std::array{1, 2}))>);
  STATIC_REQUIRE(!std::is_invocable_v<call, std::vector<weighted<int, int>>>);
}

}  // namespace probability_normalised_test
