// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/shared/less_values.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace conventions = bellman::conventions;

using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("estimates less the values") {
  CHECK(true_at_both_times([] {
    std::array const returns{rational(3), rational(1, 2)};
    return conventions::less_values(returns, std::array{rational(1), rational(1, 3)}) ==
           std::array{rational(2), rational(1, 6)};
  }));
  CHECK(conventions::less_values(std::vector{3.0, 2.0}, std::array{1, 2}) == std::vector{2.0, 0.0});
  CHECK_THROWS_AS(conventions::less_values(std::vector{3.0, 2.0}, std::array{1.0}), bellman::invalid_value);
}
