// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/evenly_spaced.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::evenly_spaced;
using bellman::rational;
using bellman::test::true_at_both_times;
using bellman::invalid_value;

}  // namespace

TEST_CASE("even values include both ends") {
  CHECK(true_at_both_times([] {
    return evenly_spaced(rational(-1), rational(2), 4) == std::vector<rational>{-1, 0, 1, 2} &&
           evenly_spaced(rational(0), rational(1), 2) == std::vector<rational>{0, 1};
  }));
  CHECK(true_at_both_times([] {
    std::array<rational, 5> out{9, 9, 9, 9, 9};
    auto const end = evenly_spaced(rational(-1), rational(2), 4, out.begin());
    return end == out.begin() + 4 && out == std::array<rational, 5>{-1, 0, 1, 2, 9};
  }));
  CHECK(evenly_spaced(-1, 1, 3) == std::vector{-1.0, 0.0, 1.0});
  CHECK(evenly_spaced(0, 0.5f, 2) == std::vector{0.0f, 0.5f});
  CHECK_THROWS_AS(evenly_spaced(0.0, 1.0, 1), invalid_value);
  CHECK_THROWS_AS(evenly_spaced(0.0, 1.0, 0), invalid_value);
}
