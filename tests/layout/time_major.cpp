// SPDX-License-Identifier: BSL-1.0
#include <bellman/layout/time_major.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <deque>
#include <iterator>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace time_major_test {

using bellman::time_major;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

TEST_CASE("a sequence of rows of steps is a column") {
  CHECK(true_at_both_times([] {
    std::array const x{0, 1, 2, 10, 11, 12};
    auto const all = time_major(x, 3);
    auto const second = all.sequence(1);
    return all.steps() == 2 && all.sequences() == 3 && all.size() == 6 && second.size() == 2 && second[0] == 1 &&
           second[1] == 11 && *(second.end() - 1) == 11;
  }));
}

TEST_CASE("what is written through a column is written to the array") {
  CHECK(true_at_both_times([] {
    std::array x{0, 1, 2, 10, 11, 12};
    auto column = time_major(x, 3).sequence(2);
    column[1] = 7;
    *column.begin() = 8;
    for (auto& each : time_major(x, 3).sequence(0)) each += 100;
    return x == std::array{100, 1, 8, 110, 11, 7};
  }));
  STATIC_REQUIRE(std::ranges::random_access_range<decltype(time_major(std::declval<std::vector<float>&>(), 2).sequence(0))>);
  STATIC_REQUIRE(std::output_iterator<decltype(time_major(std::declval<std::vector<float>&>(), 2).sequence(0).begin()), float>);
  // Of numbers that are const nothing can be written.
  STATIC_REQUIRE_FALSE(
      std::output_iterator<decltype(time_major(std::declval<std::vector<float> const&>(), 2).sequence(0).begin()), float>);
}

TEST_CASE("rows may be slices of wider rows") {
  CHECK(true_at_both_times([] {
    std::array const x{9, 0, 1, 9, 9, 10, 11, 9};
    // Without what lies behind the last row, with a part of it, and with all of it.
    auto const by = [&](std::size_t first, std::size_t count) {
      auto const slice = time_major(std::span(x).subspan(first, count), 2, 4);
      return slice.steps() == 2 && slice.sequences() == 2 && slice.sequence(1)[0] == 1 && slice.sequence(1)[1] == 11;
    };
    return by(1, 6) && by(1, 7);
  }));
}

TEST_CASE("a part of the sequences is their columns") {
  CHECK(true_at_both_times([] {
    std::array const x{0, 1, 2, 10, 11, 12};
    auto const part = time_major(x, 3).part(1, 2);
    return part.sequences() == 2 && part.steps() == 2 && part.sequence(1)[1] == 12 && part.stride() == 3 &&
           time_major(x, 3).part(3, 0).sequences() == 0;
  }));
}

TEST_CASE("arrays of many kinds are taken") {
  std::vector v{0, 1, 2, 10, 11, 12};
  std::deque const d(v.begin(), v.end());
  int c[] = {0, 1, 2, 10, 11, 12};
  int rows[2][3] = {{0, 1, 2}, {10, 11, 12}};
  auto const is_right = [](auto const& x) {
    return x.steps() == 2 && x.sequences() == 3 && x.sequence(2)[0] == 2 && x.sequence(2)[1] == 12;
  };
  CHECK(is_right(time_major(v, 3)));
  CHECK(is_right(time_major(std::span(v), 3u)));
  CHECK(is_right(time_major(d, 3L)));
  CHECK(is_right(time_major(c, std::size_t{3})));
  CHECK(is_right(time_major(rows)));
  CHECK(is_right(time_major(v.data(), 2, 3)));
  CHECK(is_right(time_major(std::as_const(v).data(), 2, 3, 3)));
  std::vector const wide{0, 1, 2, 9, 9, 10, 11, 12, 9, 9};
  CHECK(is_right(time_major(wide, 3, 5)));
  CHECK(is_right(time_major(wide.data(), 2, 3, 5)));
  // A C array is an array, of which two numbers say what they say of any other.
  int const wide_c[] = {0, 1, 2, 9, 9, 10, 11, 12, 9, 9};
  CHECK(is_right(time_major(wide_c, 3, 5)));
  time_major(rows).sequence(1)[1] = 5;
  CHECK(rows[1][1] == 5);
  std::vector<int> const none;
  CHECK(time_major(none, 3).steps() == 0);
  CHECK(time_major(none, 3).sequences() == 3);
  CHECK(time_major(none, 3).sequence(2).empty());
}

TEST_CASE("a part of the steps, and one step, of time_major arrays") {
  CHECK(true_at_both_times([] {
    std::array x{0, 1, 2, 10, 11, 12, 20, 21, 22};
    auto const all = time_major(x, 3);
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
  STATIC_REQUIRE(std::is_default_constructible_v<decltype(time_major(std::declval<std::vector<float>&>(), 2))>);
}

TEST_CASE("from a step that time_major arrays do not have there are no steps") {
  std::vector const x{0, 1, 2};
  // Rows that begin further apart than the array is long: the next one would begin behind its end.
  for (auto const& none : {time_major(x, 3).from_step(3), time_major(x, 3, 8).from_step(9)}) {
    CHECK(none.steps() == 0);
    CHECK(none.sequence(0).empty());
  }
  CHECK(time_major(x, 1).from_step(1).steps() == time_major(x, 1).steps() - 1);
  CHECK(message_of([&] { (void)time_major(x, 3).step(3); }) == "bellman: steps 3 to 4 of " +
            std::to_string(time_major(x, 3).steps()) + "; they are counted from 0");
  CHECK(message_of([&] { (void)time_major(x, 3).first_steps(4); }) != "");
}

TEST_CASE("what is no array of rows is refused by type") {
  using view = decltype(time_major);
  STATIC_REQUIRE(std::is_invocable_v<view, std::vector<float>&, int>);
  // A temporary ends before its view.
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, std::vector<float>, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, std::vector<float>&, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, std::vector<float>&, bool>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, std::vector<float>&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, float*, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, int, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, float (&)[2]>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, float (&&)[2][3]>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, float (&)[6], int, int, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, void*, int, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, std::vector<float>&, int, int, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<view, float*, int, int, int, int>);
}

TEST_CASE("shapes that do not fit are refused in words") {
  std::vector const x{0, 1, 2, 10, 11, 12};
  CHECK(message_of([&] { (void)time_major(x, 0); }) ==
        "bellman: an array of rows with 0 sequences; there must be at least 1");
  CHECK(message_of([&] { (void)time_major(x, -2); }) ==
        "bellman: an array of rows with -2 sequences; a count is not negative");
  CHECK(message_of([&] { (void)time_major(x, 4); }) ==
        "bellman: an array of 6 elements in rows of 4; it must be of whole rows");
  CHECK(message_of([&] { (void)time_major(x, 3, 2); }) ==
        "bellman: rows of 3 elements that begin 2 elements apart; they must be at least as far apart as they are long");
  CHECK(message_of([&] { (void)time_major(x, 3, 5); }) ==
        "bellman: an array of 6 elements in rows of 3 that begin 5 apart; it must be of whole rows");
  CHECK(message_of([&] { (void)time_major(x.data(), 2, 3, 2); }) != "");
  CHECK(message_of([&] { (void)time_major(x, 3).sequence(3); }) ==
        "bellman: sequences 3 to 4 of 3; they are counted from 0");
  CHECK(message_of([&] { (void)time_major(x, 3).part(2, 2); }) != "");
}

}  // namespace time_major_test
