// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/at_arrival.hpp>

#include <bellman/layout/batch_major.hpp>
#include <bellman/layout/packed.hpp>
#include <bellman/layout/time_major.hpp>

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

TEST_CASE("of several sequences each number stands one step later in its own") {
  CHECK(true_at_both_times([] {
    std::array const numbers{1, 10, 0, 2, 20, 0, 3, 30};
    auto const rows = at_arrival(bellman::time_major(numbers, 2, 3));
    std::array const in_rows{1, 2, 3, 0, 10, 20, 30};
    auto const sequences = at_arrival(bellman::batch_major(in_rows, 3, 4));
    return rows.steps() == 3 && rows.sequence(0)[1] == 1 && rows.sequence(1)[1] == 10 && rows.sequence(1)[2] == 20 &&
           sequences.steps() == 3 && sequences.sequence(0)[2] == 2 && sequences.sequence(1)[1] == 10 &&
           sequences.sequence(1)[2] == 20;
  }));
  std::array const numbers{1.0, 10.0, 20.0};
  std::array const offsets{0, 1, 1, 3};
  CHECK(at_arrival(bellman::packed(numbers, offsets)).sequence(2)[1] == 10);
}
