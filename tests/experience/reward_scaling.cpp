// SPDX-License-Identifier: BSL-1.0
#include <bellman/experience/reward_scaling.hpp>

#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/experience/vectorised_environment.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/layout/time_major.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <span>
#include <type_traits>
#include <vector>

#include "experience/walk.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/rationals.hpp"

namespace reward_scaling_test {

using bellman::population_variance;
using bellman::rational;
using bellman::recorded_steps;
using bellman::reward_scaling;
using bellman::time_major;
using bellman::test::half;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

TEST_CASE("rewards are divided by the spread of the returns so far, which begin anew after an end") {
  CHECK(true_at_both_times([] {
    // Two environments; the first ends with its first step, the second is cut off with its second.
    std::array const rewards{rational(1), rational(3), rational(2), rational(-1), rational(4), rational(5)};
    std::array const ends{1, 0, 0, 0, 0, 0};
    std::array const cuts{0, 0, 0, 1, 0, 0};
    std::array const nothing{0, 0, 0, 0, 0, 0};
    recorded_steps const steps{
        .terminated = time_major(ends, 2), .truncated = time_major(cuts, 2), .value_after = time_major(nothing, 2)};
    reward_scaling scaling(half, 2, population_variance{});
    auto const scaled = scaling(time_major(rewards, 2), steps);
    // Returns: 1 3, then 2 and 3/2 - 1 = 1/2, then 1 + 4 = 5 and 5. Variances of the first two, four and six.
    rational const v1 = 1;
    rational const m2(13, 8);
    rational const v2 =
        ((1 - m2) * (1 - m2) + (3 - m2) * (3 - m2) + (2 - m2) * (2 - m2) + (half - m2) * (half - m2)) / 4;
    rational const m3(33, 12);
    rational const v3 = ((1 - m3) * (1 - m3) + (3 - m3) * (3 - m3) + (2 - m3) * (2 - m3) + (half - m3) * (half - m3) +
                         2 * (5 - m3) * (5 - m3)) /
                        6;
    return scaled == std::vector{1 / v1, 3 / v1, 2 / v2, -1 / v2, 4 / v3, 5 / v3} &&
           scaling.seen() == bellman::statistics<rational>{6, m3, 6 * v3};
  }));
}

// Two passes, as variance is defined.
double deviation(std::vector<double> const& all) {
  double mean = 0;
  for (double const x : all) mean += x / static_cast<double>(all.size());
  double squares = 0;
  for (double const x : all) squares += (x - mean) * (x - mean);
  return std::sqrt(squares / static_cast<double>(all.size()) + 1e-8);
}

TEST_CASE("over many recordings the statistics are those of two passes, and resets count as nothing") {
  std::mt19937 urbg(1);
  auto together =
      bellman::vectorised(experience::walk{}, 8, bellman::next_step_autoreset{}, urbg, bellman::step_limit{9});
  reward_scaling scaling(0.9, 8);
  std::vector<double> returns;
  std::array<double, 8> running{};
  for (int part = 0; part < 20; ++part) {
    auto const r = together.record(16, experience::either_way, urbg);
    std::vector<double> paid;  // far from 0, where a sum of squares would lose its digits
    for (std::size_t k = 0; k < 8 * 16; ++k) paid.push_back(1e6 + bellman::to_double(r.reward(k)));
    auto const scaled = scaling(time_major(paid, 8), r.steps());
    std::vector<bool> own(8 * 16, false), ended(8 * 16, false);
    for (std::size_t const place : r.transitions()) own[place] = true;
    for (auto const& f : r.finished()) ended[f.place] = true;
    for (std::size_t t = 0; t < 16; ++t) {
      for (std::size_t i = 0; i < 8; ++i) {
        if (!own[t * 8 + i]) continue;
        running[i] = 0.9 * running[i] + paid[t * 8 + i];
        returns.push_back(running[i]);
      }
      double const divisor = deviation(returns);
      for (std::size_t i = 0; i < 8; ++i) {
        std::size_t const place = t * 8 + i;
        double const right = own[place] ? paid[place] / divisor : 0;
        // The first returns are 10^6 deviations from 0: of a sum of squares four digits would be left.
        CHECK(std::abs(scaled[place] - right) <= 1e-9 * std::abs(right));
        if (ended[place]) running[i] = 0;
      }
    }
  }
  CHECK(scaling.seen().count == returns.size());
}

TEST_CASE("rewards in float are scaled as float, over statistics in double") {
  std::vector<float> const rewards{1.0f, 3.0f};
  std::vector<unsigned char> const ends{0, 0};
  reward_scaling scaling(0.99, 1);
  auto const scaled = scaling(time_major(rewards, 1), recorded_steps{.terminated = time_major(ends, 1)});
  STATIC_REQUIRE(std::is_same_v<decltype(scaled), std::vector<float> const>);
  // Of a single return the variance is 0, which leaves 1e-8; then 1 and 3.99 have the deviation 1.495.
  CHECK(std::abs(scaled[0] - 1e4f) < 1e-2f);
  CHECK(std::abs(scaled[1] - 3.0f / 1.495f) < 1e-6f);
}

TEST_CASE("what cannot be scaled is refused, and nothing has changed") {
  std::array const rewards{1.0, 2.0, 3.0, std::numeric_limits<double>::infinity()};
  std::array const equal{2.0, 2.0, 2.0, 2.0};
  std::array const ends{0, 0, 0, 0};
  recorded_steps const steps{.terminated = time_major(ends, 2)};
  reward_scaling scaling(0.5, 2);
  (void)scaling(time_major(equal, 2), steps);
  auto const before = scaling.seen();
  CHECK(message_of([&] { (void)scaling(time_major(rewards, 2), steps); }) != "");
  CHECK(message_of([&] { (void)scaling(time_major(rewards, 4), steps); }) ==
        "bellman: rewards of 4 environments; they are scaled for 2");
  CHECK(message_of([&] { (void)scaling(time_major(equal, 2), recorded_steps{.terminated = time_major(ends, 4)}); }) !=
        "");
  CHECK(scaling.seen() == before);
  reward_scaling by_variance(0.0, 2, population_variance{});
  CHECK(message_of([&] { (void)by_variance(time_major(equal, 2), steps); }) ==
        "bellman: at step 0 the returns have the spread 0, by which rewards are divided; it must be greater than 0 "
        "and finite");
  // Returns whose deviation no double holds are refused, and do not make all rewards 0.
  double const huge = std::numeric_limits<double>::max();
  std::array const vast{huge, -huge, huge, -huge};
  CHECK(message_of([&] { (void)scaling(time_major(vast, 2), steps); }) != "");
  CHECK(scaling.seen() == before);
  STATIC_REQUIRE(std::is_same_v<decltype(reward_scaling(1, 2)), reward_scaling<double>>);
  CHECK(message_of([] { reward_scaling(1.5, 2); }) == "bellman: the discount is 1.5; it must lie in [0, 1]");
  CHECK(message_of([] { reward_scaling(0.5, 0); }) != "");
}

}  // namespace reward_scaling_test
