// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/rlax/vtrace.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/vtrace.hpp>

#include <array>
#include <cstddef>
#include <span>

#include "conventions/rlax/sequence.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace rlax = bellman::conventions::rlax;

using bellman::test::true_at_both_times;

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
