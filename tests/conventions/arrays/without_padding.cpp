// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/without_padding.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/step.hpp>

#include <array>
#include <ranges>
#include <span>
#include <vector>

#include "conventions/arrays/holds.hpp"
#include "conventions/unread.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::gae;
using bellman::invalid_value;
using bellman::recorded_steps;
using bellman::terminated;
using bellman::conventions::without_padding;
using bellman::test::holds;
using bellman::test::true_at_both_times;
using bellman::test::unread;

}  // namespace

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
    auto const whole = gae(rewards, values, recorded_steps{.own = std::span(mask), .value_after_last = terminated{}},
                           {.gamma = 0.5, .lambda = 0.5});
    auto const own = without_padding(mask, mask);
    auto const cut = gae(without_padding(rewards, mask), without_padding(values, mask),
                         recorded_steps{.own = own, .value_after_last = terminated{}}, {.gamma = 0.5, .lambda = 0.5});
    // 2 - 1/4, and 1 + 1/8 - 1/2 + 1/4 * 7/4
    return cut.advantages.size() == 3 && cut.advantages[2] == 1.75 && cut.advantages[0] == 1.0625 &&
           whole.advantages == std::array{0.0, 0.0, 1.0625, 0.0, 1.75, 0.0};
  }));
}
