// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/columns.hpp>
#include <bellman/conventions/arrays/flags_at_next_step.hpp>
#include <bellman/conventions/arrays/flags_at_step.hpp>
#include <bellman/conventions/arrays/without_padding.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/returns_to_go.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <initializer_list>
#include <limits>
#include <ranges>
#include <span>
#include <type_traits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using namespace bellman;
using namespace bellman::conventions;
using bellman::test::true_at_both_times;

constexpr double unread = std::numeric_limits<double>::quiet_NaN();

template <class Range>
constexpr bool holds(Range const& range, std::initializer_list<double> numbers) {
  return std::ranges::equal(range, numbers);
}

}  // namespace

TEST_CASE("a computed column is a view with random access") {
  auto const squares = computed(4, [](std::size_t t) { return static_cast<double>(t * t); });
  using column = decltype(squares);
  STATIC_REQUIRE(std::ranges::view<std::remove_const_t<column>>);
  STATIC_REQUIRE(std::ranges::random_access_range<column const>);
  STATIC_REQUIRE(std::ranges::common_range<column const>);
  CHECK(holds(squares, {0, 1, 4, 9}));
  CHECK(squares.begin()[3] == 9);
  CHECK(*(squares.end() - 2) == 4);
  CHECK(holds(squares | std::views::reverse, {9, 4, 1, 0}));
  auto copy = squares;
  copy = squares;
  CHECK(holds(copy, {0, 1, 4, 9}));
}

TEST_CASE("columns are read where they lie") {
  CHECK(true_at_both_times([] {
    std::array const flat{1.0, 10.0, 2.0, 20.0, 3.0, 30.0};  // of two environments, time-major
    std::array const rows{std::array{1.0, 10.0}, std::array{2.0, 20.0}, std::array{3.0, 30.0}};
    return holds(strided(flat, 0, 2), {1, 2, 3}) && holds(strided(flat, 1, 2), {10, 20, 30}) &&
           holds(across(rows, 1), {10, 20, 30}) && holds(at_arrival(rows[0]), {1, 1}) && at_arrival(0.5) == 0.5;
  }));
  std::vector<double> numbers{1, 2, 3};
  auto const moved = at_arrival(numbers);
  numbers[1] = 7;
  CHECK(holds(moved, {1, 1, 7}));
}

TEST_CASE("a flat array whose length is no multiple of the stride has the longer columns first") {
  std::vector<int> const flat{0, 1, 2, 3, 4};
  CHECK(holds(strided(flat, 0, 3), {0, 3}));
  CHECK(holds(strided(flat, 1, 3), {1, 4}));
  CHECK(holds(strided(flat, 2, 3), {2}));
  CHECK_THROWS_AS(strided(flat, 3, 3), invalid_value);
  CHECK_THROWS_AS(strided(flat, 0, 0), invalid_value);
}

TEST_CASE("masks of any number are read alike, and what they hide is not read") {
  std::vector<double> const numbers{1, unread, 3};
  std::vector<bool> const bools{true, false, true};
  std::vector<int> const ints{1, 0, 2};
  std::vector<float> const floats{1, 0, 0.5f};
  CHECK(holds(own_or_zero(bools, numbers), {1, 0, 3}));
  CHECK(holds(own_or_zero(ints, numbers), {1, 0, 3}));
  CHECK(holds(own_or_zero(floats, numbers), {1, 0, 3}));
  CHECK_THROWS_AS(own_or_zero(bools, std::span(numbers).first(2)), invalid_value);
}

TEST_CASE("padding at either side is cut off, what is masked in between stays") {
  CHECK(true_at_both_times([] {
    std::array const row{1.0, 2.0, 3.0, 4.0, 5.0};
    return holds(without_padding(row, std::array{0, 1, 0, 1, 0}), {2, 3, 4}) &&
           holds(without_padding(row, std::array{1, 1, 1, 0, 0}), {1, 2, 3}) &&
           holds(without_padding(row, std::array{0, 0, 0, 1, 1}), {4, 5}) &&
           holds(without_padding(row, std::array{1, 1, 1, 1, 1}), {1, 2, 3, 4, 5}) &&
           std::ranges::empty(without_padding(row, std::array{0, 0, 0, 0, 0}));
  }));
  std::vector<double> row{1, 2, 3};
  std::vector<bool> const mask{false, true, true};
  CHECK(&*without_padding(row, mask).begin() == &row[1]);
  CHECK_THROWS_AS(without_padding(row, std::vector<bool>{true}), invalid_value);
}

TEST_CASE("an estimate of a padded row is that of the row without its padding, whatever stands there") {
  CHECK(true_at_both_times([] {
    std::array const rewards{unread, unread, 1.0, unread, 2.0, unread};
    std::array const values{unread, unread, 0.5, unread, 0.25, unread};
    std::array const mask{0, 0, 1, 0, 1, 0};
    auto const whole = gae(rewards, values, recorded_steps{.own = std::span(mask), .last = terminated{}},
                           {.gamma = 0.5, .lambda = 0.5});
    auto const own = without_padding(mask, mask);
    auto const cut = gae(without_padding(rewards, mask), without_padding(values, mask),
                         recorded_steps{.own = own, .last = terminated{}}, {.gamma = 0.5, .lambda = 0.5});
    // 2 - 1/4, and 1 + 1/8 - 1/2 + 1/4 * 7/4
    return cut.advantages.size() == 3 && cut.advantages[2] == 1.75 && cut.advantages[0] == 1.0625 &&
           whole.advantages == std::array{0.0, 0.0, 1.0625, 0.0, 1.75, 0.0};
  }));
}

TEST_CASE("flags at the step and at the next step say the same") {
  std::vector<double> const rewards{1, 2, 4, 8};
  std::vector<double> const next{10, 20, 30, 40};
  std::vector<bool> const ends{false, true, false, false};
  std::vector<bool> const starts{true, false, true, false};
  auto const at_step = returns_to_go(rewards, flags_at_step(ends, ends, next), 0.5);
  auto const at_next = returns_to_go(rewards, flags_at_next_step(starts, false, 40), 0.5);
  CHECK(at_step == std::vector<double>{2, 2, 18, 28});
  CHECK(at_next == at_step);
}

TEST_CASE("flags at the step tell a time limit from a termination") {
  std::vector<double> const rewards{1, 2, 4};
  std::vector<double> const next{unread, 20, unread};
  std::vector<int> const done{0, 1, 1};
  std::vector<int> const ends{0, 0, 1};
  CHECK(returns_to_go(rewards, flags_at_step(done, ends, next), 0.5) == std::vector<double>{7, 12, 4});
}

TEST_CASE("recordings of no steps have no estimates") {
  std::vector<double> const none;
  CHECK(returns_to_go(none, flags_at_step(none, none, none), 0.5).empty());
  CHECK(returns_to_go(none, flags_at_next_step(none, 0.0, 1.0), 0.5).empty());
}

TEST_CASE("columns of two lengths are refused") {
  std::vector<double> const two{1, 2};
  std::vector<double> const three{1, 2, 3};
  CHECK(common_length(two, two) == 2);
  CHECK_THROWS_AS(common_length(two, three), invalid_value);
  CHECK_THROWS_AS(flags_at_step(two, two, three), invalid_value);
}
