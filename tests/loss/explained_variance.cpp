// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/explained_variance.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace explained_variances {

using bellman::explained_variance;
using bellman::rational;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

TEST_CASE("a critic explains as much of the returns' variance as its errors leave") {
  CHECK(true_at_both_times([] {
    // Returns of variance 2/3, errors 1, -1, 0 of variance 2/3; then errors 0, 0, 1 of variance 2/9.
    std::array<rational, 3> const returns{1, 2, 3};
    return explained_variance(std::array<rational, 3>{0, 3, 3}, returns) == rational(0) &&
           explained_variance(std::array<rational, 3>{1, 2, 2}, returns) == rational(2, 3) &&
           explained_variance(returns, returns) == rational(1) &&
           explained_variance(std::array<rational, 3>{3, 2, 1}, returns) == rational(-3);
  }));
  CHECK(true_at_both_times([] {
    // That it is too high by the same everywhere is not seen.
    return explained_variance(std::array{11.0, 12.0}, std::array{1.0, 2.0}) == 1.0 &&
           approx_equal(explained_variance(std::array{1.0f, 2.0f, 2.0f}, std::array{1, 2, 3}), 2.0 / 3, 1e-15);
  }));
}

TEST_CASE("where the returns do not differ there is nothing to explain") {
  CHECK_FALSE(explained_variance(std::vector{1.0, 2.0}, std::vector{3.0, 3.0}) ==
              explained_variance(std::vector{1.0, 2.0}, std::vector{3.0, 3.0}));
  double const of_none = explained_variance(std::vector<double>{}, std::vector<double>{});
  CHECK(of_none != of_none);
  CHECK_THROWS_AS(explained_variance(std::vector{rational(1)}, std::vector{rational(3)}), bellman::invalid_value);
}

TEST_CASE("an explained variance is of as many values as returns") {
  CHECK_THROWS_AS(explained_variance(std::vector{1.0, 2.0}, std::vector{3.0}), bellman::invalid_value);
  double const nan = std::numeric_limits<double>::quiet_NaN();
  double const of_nan = explained_variance(std::vector{1.0, nan}, std::vector{3.0, 4.0});
  CHECK(of_nan != of_nan);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(explained_variance), std::vector<double>, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(explained_variance), std::string, std::vector<double>>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(explained_variance), std::vector<rational>, std::vector<double>>);
}

}  // namespace explained_variances
