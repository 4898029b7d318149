// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/strided.hpp>

#include <bellman/error.hpp>

#include <array>
#include <vector>

#include "conventions/arrays/holds.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::invalid_value;
using bellman::conventions::strided;
using bellman::test::holds;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the columns of a flat array are read where they lie") {
  CHECK(true_at_both_times([] {
    std::array const flat{1.0, 10.0, 2.0, 20.0, 3.0, 30.0};  // of two environments, time-major
    return holds(strided(flat, 0, 2), {1, 2, 3}) && holds(strided(flat, 1, 2), {10, 20, 30});
  }));
}

TEST_CASE("a flat array whose length is no multiple of the stride has the longer columns first") {
  std::vector<int> const flat{0, 1, 2, 3, 4};
  CHECK(holds(strided(flat, 0, 3), {0, 3}));
  CHECK(holds(strided(flat, 1, 3), {1, 4}));
  CHECK(holds(strided(flat, 2, 3), {2}));
  CHECK_THROWS_AS(strided(flat, 3, 3), invalid_value);
  CHECK_THROWS_AS(strided(flat, 0, 0), invalid_value);
}
