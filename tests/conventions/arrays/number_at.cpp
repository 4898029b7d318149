// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/number_at.hpp>

#include <array>
#include <type_traits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::conventions::flag_at;
using bellman::conventions::number_at;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a column has a number for each step, one number is that of all") {
  CHECK(true_at_both_times([] {
    return number_at(std::array{1.0, 2.0}, 1) == 2.0 && number_at(0.5, 7) == 0.5;
  }));
  STATIC_REQUIRE(std::is_same_v<decltype(number_at(std::vector<bool>(), 0)), bool>);
}

TEST_CASE("a flag is set where it is not 0") {
  CHECK(true_at_both_times([] {
    return flag_at(std::array{0, 2}, 1) && !flag_at(std::array{0, 2}, 0) && flag_at(std::array{0.5f}, 0) &&
           !flag_at(std::array{false}, 0);
  }));
  CHECK(flag_at(std::vector<bool>{false, true}, 1));
}
