// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/at_arrival.hpp>

#include <array>
#include <vector>

#include "conventions/arrays/holds.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::conventions::at_arrival;
using bellman::test::holds;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("numbers of the state of arrival stand one step later, where they lie") {
  CHECK(true_at_both_times([] {
    std::array const row{1.0, 10.0};
    return holds(at_arrival(row), {1, 1}) && at_arrival(0.5) == 0.5;
  }));
  std::vector<double> numbers{1, 2, 3};
  auto const moved = at_arrival(numbers);
  numbers[1] = 7;
  CHECK(holds(moved, {1, 1, 7}));
}
