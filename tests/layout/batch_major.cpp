// SPDX-License-Identifier: BSL-1.0
#include <bellman/layout/batch_major.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace batch_major_test {

using bellman::batch_major;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

TEST_CASE("a sequence of rows of sequences is a row") {
  CHECK(true_at_both_times([] {
    std::array x{0, 1, 2, 10, 11, 12};
    auto const all = batch_major(x, 3);
    all.sequence(1)[2] = 7;
    return all.steps() == 3 && all.sequences() == 2 && all.size() == 6 && all.sequence(0)[1] == 1 && x[5] == 7;
  }));
}

TEST_CASE("the first of longer rows are rows") {
  CHECK(true_at_both_times([] {
    std::array const x{0, 1, 9, 10, 11, 9};
    auto const all = batch_major(x, 2, 3);
    auto const to_the_end = batch_major(std::span(x).first(5), 2, 3);
    return all.steps() == 2 && all.sequences() == 2 && all.sequence(1)[1] == 11 && to_the_end.sequences() == 2;
  }));
}

TEST_CASE("a part of the rows is rows") {
  CHECK(true_at_both_times([] {
    std::array const x{0, 1, 2, 10, 11, 12};
    auto const part = batch_major(x, 2).part(1, 2);
    return part.sequences() == 2 && part.sequence(1)[1] == 12 && batch_major(x, 2).part(3, 0).sequences() == 0;
  }));
}

TEST_CASE("a part of the steps, and one step, of batch_major arrays") {
  CHECK(true_at_both_times([] {
    std::array x{0, 10, 20, 1, 11, 21, 2, 12, 22};
    auto const all = batch_major(x, 3);
    auto const later = all.from_step(1);
    auto const one = later.first_steps(1);
    auto const step = later.step(1);
    bool const is_right = later.steps() == 2 && later.sequences() == 3 && later.sequence(2)[0] == 12 &&
                          later.sequence(2)[1] == 22 && later.stride() == 3 && one.steps() == 1 &&
                          one.sequence(0)[0] == 10 && one.sequence(0).size() == 1 && step.size() == 3 &&
                          step[0] == 20 && step[2] == 22 && all.first_steps(0).steps() == 0 &&
                          all.first_steps(0).sequences() == 3;
    later.step(0)[1] = 7;
    return is_right && all.sequence(1)[1] == 7;
  }));
  STATIC_REQUIRE(std::is_default_constructible_v<decltype(batch_major(std::declval<std::vector<float>&>(), 2))>);
}

TEST_CASE("from a step that batch_major arrays do not have there are no steps") {
  std::vector const x{0, 1, 2};
  // Rows that begin further apart than the array is long: the next one would begin behind its end.
  for (auto const& none : {batch_major(x, 3).from_step(3), batch_major(x, 3, 8).from_step(9)}) {
    CHECK(none.steps() == 0);
    CHECK(none.sequence(0).empty());
  }
  CHECK(batch_major(x, 1).from_step(1).steps() == batch_major(x, 1).steps() - 1);
  CHECK(message_of([&] { (void)batch_major(x, 3).step(3); }) == "bellman: steps 3 to 4 of " +
            std::to_string(batch_major(x, 3).steps()) + "; they are counted from 0");
  CHECK(message_of([&] { (void)batch_major(x, 3).first_steps(4); }) != "");
}

TEST_CASE("rows at an address and in two dimensions") {
  int rows[2][3] = {{0, 1, 2}, {10, 11, 12}};
  CHECK(batch_major(rows).sequence(1)[0] == 10);
  CHECK(batch_major(&rows[0][0], 2, 3).sequence(1)[0] == 10);
  CHECK(batch_major(&rows[0][0], 2, 2, 3).sequence(1)[1] == 11);
}

TEST_CASE("rows that do not fit are refused in words") {
  std::vector const x{0, 1, 2, 10, 11, 12};
  CHECK(message_of([&] { (void)batch_major(x, 0); }) ==
        "bellman: an array of rows with 0 steps; there must be at least 1");
  CHECK(message_of([&] { (void)batch_major(x, 4); }) ==
        "bellman: an array of 6 elements in rows of 4; it must be of whole rows");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(batch_major), std::vector<float>, int>);
}

}  // namespace batch_major_test
