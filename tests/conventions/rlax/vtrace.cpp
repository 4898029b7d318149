// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/rlax/vtrace.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/vtrace.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "conventions/rlax/sequence.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace rlax = bellman::conventions::rlax;

using bellman::rational;
using bellman::test::true_at_both_times;
using sequence::half;

}  // namespace

TEST_CASE("rlax's V-trace is V-trace where the values agree") {
  using namespace sequence;
  CHECK(true_at_both_times([] {
    std::array const v_tm1{rational(3), rational(8), rational(16)};
    std::array const rho{half, rational(2), rational(3)};
    auto const theirs = rlax::vtrace_td_error_and_advantage(
        v_tm1, v_t, r_t, discount_t, rho,
        rlax::vtrace_parameters<rational, rational>{.lambda = half, .clip_rho_threshold = rational(2),
                                                    .clip_pg_rho_threshold = rational(1), .alpha = rational(1)});
    auto const ours = bellman::vtrace(
        r_t, v_tm1, rho, bellman::truncated{rational(6)},
        bellman::vtrace_parameters{.gamma = std::span(discount_t), .lambda = half, .clip_rho = rational(2),
                                   .clip_c = rational(1), .clip_pg_rho = rational(1)});
    for (std::size_t t = 0; t < 3; ++t) {
      if (theirs.errors[t] != ours.targets[t] - v_tm1[t] || theirs.pg_advantage[t] != ours.advantages[t]) return false;
    }
    return theirs.errors[2] == rational(-18) && theirs.q_estimate[2] == rational(7);  // 2 (4 + 3 - 16)
  }));
}

TEST_CASE("a masked step of rlax's V-trace carries what comes after it through, and none of its numbers") {
  CHECK(true_at_both_times([] {
    std::array const v_tm1{rational(1), rational(100), rational(2), rational(3)};
    std::array const v_t{rational(2), rational(-100), rational(3), rational(4)};
    std::array const r{rational(1), rational(50), rational(2), rational(5)};
    std::array const gamma{half, rational(0), half, half};
    std::array const rho{half, rational(7), rational(2), rational(1)};
    std::array const mask{1, 0, 1, 1};
    auto const p = rlax::vtrace_parameters<rational, rational, std::span<int const>>{
        .lambda = half, .clip_rho_threshold = rational(1), .clip_pg_rho_threshold = rational(1), .alpha = rational(1),
        .sample_mask = mask};
    auto const errors = rlax::vtrace_td_error_and_advantage(v_tm1, v_t, r, gamma, rho, p).errors;
    // 5 + 2 - 3; 2 + 3/2 - 2 + (1/2) (1/2) 4; the same; 1/2 (1 + 1 - 1) + (1/2) (1/2) (1/2) (5/2)
    return errors == std::array{rational(13, 16), rational(5, 2), rational(5, 2), rational(4)};
  }));
}

TEST_CASE("steps between which rlax's V-trace skips others are those of a sequence without the others") {
  CHECK(true_at_both_times([] {
    // The value of the next state is that of the next step of one's own.
    std::array const v{rational(3), rational(-9), rational(8), rational(16), rational(-9)};
    std::array const v_next{rational(8), rational(77), rational(16), rational(6), rational(77)};
    std::array const r{rational(1), rational(55), rational(2), rational(4), rational(55)};
    std::array const gamma{half, rational(0), half, half, rational(1)};
    std::array const rho{half, rational(9), rational(2), rational(3), rational(0)};
    std::array const mask{true, false, true, true, false};
    auto const p = rlax::vtrace_parameters<rational, rational, std::span<bool const>>{
        .lambda = half, .clip_rho_threshold = rational(2), .clip_pg_rho_threshold = rational(1), .alpha = rational(1),
        .sample_mask = mask};
    auto const theirs = rlax::vtrace_td_error_and_advantage(v, v_next, r, gamma, rho, p);
    bellman::recorded_steps const steps{.own = std::span(mask), .value_after_last = rational(6)};
    auto const ours = bellman::vtrace(
        r, v, rho, steps,
        bellman::vtrace_parameters{.gamma = std::span(gamma), .lambda = half, .clip_rho = rational(2),
                                   .clip_c = rational(1), .clip_pg_rho = rational(1)});
    for (std::size_t const t : std::array<std::size_t, 3>{0, 2, 3}) {
      if (theirs.errors[t] != ours.targets[t] - v[t]) return false;
    }
    // The masked step at the end hands on nothing, the one within the next error.
    return theirs.errors[4] == rational(0) && theirs.errors[1] == theirs.errors[2];
  }));
}

TEST_CASE("of a masked step of rlax's V-trace no number is read for the errors, and a mask has one flag a reward") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector const v_tm1{1.0, nan, 2.0};
  std::vector const v_t{2.0, nan, 4.0};
  std::vector const r{1.0, nan, 2.0};
  std::vector const gamma{0.5, nan, 0.5};
  std::vector const rho{1.0, nan, 1.0};
  std::vector const mask{1.0, 0.0, 1.0};
  auto const with = [&](std::span<double const> its_mask) {
    return rlax::vtrace_td_error_and_advantage(
        v_tm1, v_t, r, gamma, rho,
        rlax::vtrace_parameters{.sample_mask = its_mask});
  };
  // 2 + 2 - 2; 1 + 1 - 1 + (1/2) 2
  CHECK(with(mask).errors == std::vector{2.0, 2.0, 2.0});
  CHECK_THROWS_AS(with(std::span(mask).first(2)), bellman::invalid_value);
}

TEST_CASE("with an alpha of 0 rlax's ratios are not clipped") {
  CHECK(true_at_both_times([] {
    std::array const v{0.0};
    auto const all = [&](double alpha) {
      return rlax::vtrace_td_error_and_advantage(v, v, std::array{1.0}, std::array{0.5}, std::array{8.0},
                                                 rlax::vtrace_parameters<>{.alpha = alpha});
    };
    return all(1).errors[0] == 1 && all(0).errors[0] == 8 && all(0.5).pg_advantage[0] == 4.5;
  }));
}
