// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/rlax/multistep.hpp>
#include <bellman/conventions/rlax/value_learning.hpp>
#include <bellman/conventions/rlax/vtrace.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/importance_corrected_td_errors.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/retrace.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

// Three actions; the second ends an episode by a discount of 0.
namespace {

namespace rlax = bellman::conventions::rlax;

using bellman::rational;
using bellman::test::true_at_both_times;

constexpr rational half(1, 2);
constexpr std::array r_t{rational(1), rational(2), rational(4)};
constexpr std::array discount_t{half, rational(0), half};
constexpr std::array v_t{rational(8), rational(16), rational(6)};

}  // namespace

TEST_CASE("rlax's returns end where a discount is 0, and are worth the last value behind the sequence") {
  CHECK(true_at_both_times([] {
    std::array const returns{rational(2), rational(2), rational(7)};
    return rlax::discounted_returns(r_t, discount_t, rational(6)) == returns &&
           rlax::discounted_returns(r_t, discount_t, v_t) == returns &&
           rlax::lambda_returns(r_t, discount_t, v_t, rational(1)) == returns;
  }));
}

TEST_CASE("rlax's lambda belongs to the state in which the action arrived") {
  CHECK(true_at_both_times([] {
    std::array const lambda{rational(1, 4), rational(1), rational(0)};
    // 1 + 1/2 (3/4 * 8 + 1/4 * 2)
    return rlax::lambda_returns(r_t, discount_t, v_t, lambda) ==
           std::array{rational(17, 4), rational(2), rational(7)};
  }));
}

TEST_CASE("rlax's n-step returns are shorter at the end, and mix in values by lambda") {
  CHECK(true_at_both_times([] {
    std::array const ones{rational(1), rational(1), rational(1)};
    auto const returns = [&](std::size_t n, rational const& lambda) {
      return rlax::n_step_bootstrapped_returns(r_t, ones, v_t, n, lambda);
    };
    return returns(1, rational(1)) == std::array{rational(9), rational(18), rational(10)} &&
           returns(2, rational(1)) == std::array{rational(19), rational(12), rational(10)} &&
           returns(9, rational(1)) == std::array{rational(13), rational(12), rational(10)} &&
           // 1 + 1/2 * 8 + 1/2 (2 + 16), 2 + 1/2 * 16 + 1/2 (4 + 6)
           returns(2, half) == std::array{rational(14), rational(15), rational(10)} &&
           returns(9, rational(0)) == returns(1, rational(1));
  }));
}

TEST_CASE("rlax's GAE is gae with discounts of 0 for terminations") {
  CHECK(true_at_both_times([] {
    std::array const values{rational(3), rational(8), rational(16), rational(6)};
    auto const theirs = rlax::truncated_generalized_advantage_estimation(r_t, discount_t, half, values);
    std::array const ours{values[0], values[1], values[2]};
    auto const gae = bellman::gae(r_t, ours, bellman::truncated{rational(6)},
                                  bellman::trace_parameters{.gamma = std::span(discount_t), .lambda = half});
    // 4 + 3 - 16; 2 - 8; 1 + 4 - 3 + 1/4 * -6
    return theirs == std::array{half, rational(-6), rational(-9)} && gae.advantages == theirs;
  }));
}

TEST_CASE("rlax's off-policy returns believe c of the correction, and do not read the last") {
  CHECK(true_at_both_times([] {
    std::array const q_t{rational(4), rational(5)};
    std::array const c_t{half, rational(3)};
    std::array const q_given{rational(4), rational(5), rational(99)};
    std::array const c_given{half, rational(3), rational(99)};
    // 1 + 1/2 (8 + 1/2 (2 - 4))
    std::array const returns{rational(9, 2), rational(2), rational(7)};
    return rlax::general_off_policy_returns_from_q_and_v(q_t, v_t, r_t, discount_t, c_t) == returns &&
           rlax::general_off_policy_returns_from_q_and_v(q_given, v_t, r_t, discount_t, c_given) == returns;
  }));
}

TEST_CASE("rlax's corrected TD errors weigh each by the ratios on the way") {
  CHECK(true_at_both_times([] {
    std::array const values{rational(3), rational(8), rational(16), rational(6)};
    std::array const rho{half, rational(2), rational(3)};
    // 3 (4 + 3 - 16); 2 (2 - 8); 1/2 (1 + 4 - 3 + 1/2 * 2 * -6)
    return rlax::importance_corrected_td_errors(r_t, discount_t, rho, rational(1), values) ==
           std::array{rational(-2), rational(-12), rational(-27)};
  }));
}

TEST_CASE("rlax's V-trace is V-trace where the values agree") {
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

TEST_CASE("rlax's TD errors of one transition") {
  CHECK(true_at_both_times([] {
    std::array const q_tm1{rational(1), rational(2)};
    std::array const q_t{rational(4), rational(6)};
    std::array const selector{rational(1), rational(0)};
    std::array const pi{rational(3, 4), rational(1, 4)};
    rational const r(1);
    return rlax::td_learning(rational(2), r, half, rational(6)) == rational(2) &&
           rlax::sarsa(q_tm1, 1, r, half, q_t, 0) == rational(1) &&
           rlax::expected_sarsa(q_tm1, 1, r, half, q_t, pi) == rational(5, 4) &&
           rlax::q_learning(q_tm1, 0, r, half, q_t) == rational(3) &&
           rlax::double_q_learning(q_tm1, 0, r, half, q_t, selector) == rational(2) &&
           rlax::persistent_q_learning(q_tm1, 0, r, half, q_t, half) == rational(5, 2) &&
           rlax::qv_learning(q_tm1, 0, r, half, rational(2)) == rational(1) &&
           rlax::qv_max(rational(2), r, half, q_t) == rational(2);
  }));
}

TEST_CASE("rlax's TD errors of a sequence") {
  CHECK(true_at_both_times([] {
    std::array const v_tm1{rational(1), rational(1), rational(1)};
    using row = std::array<rational, 2>;
    std::array const q_tm1{row{rational(1), rational(0)}, row{rational(0), rational(1)}, row{rational(1), rational(5)}};
    std::array const a_tm1{0, 1, 0};
    std::array const q_t{row{rational(8), rational(4)}, row{rational(16), rational(0)}, row{rational(6), rational(2)}};
    std::array const a_t{0, 0, 0};
    std::array const sure{row{rational(1), rational(0)}, row{rational(1), rational(0)}, row{rational(1), rational(0)}};
    std::array const mu{half, half, half};
    // The returns are those of v_t by lambda 1/2: 1 + 1/2 (4 + 1), 2, 7.
    std::array const errors{rational(5, 2), rational(1), rational(6)};
    return rlax::td_lambda(v_tm1, r_t, discount_t, v_t, half) == errors &&
           rlax::sarsa_lambda(q_tm1, a_tm1, r_t, discount_t, q_t, a_t, half) == errors &&
           rlax::q_lambda(q_tm1, a_tm1, r_t, discount_t, q_t, half) == errors &&
           rlax::retrace(q_tm1, q_t, a_tm1, a_t, r_t, discount_t, sure, mu, half, rational(0)) == errors;
  }));
}

TEST_CASE("sequences of two lengths are refused, none has no returns") {
  std::vector<double> const two{0.5, 0.5};
  std::vector<double> const three{0.5, 0.5, 0.5};
  std::vector<double> const none;
  CHECK_THROWS_AS(rlax::lambda_returns(two, two, three, 0.5), bellman::invalid_value);
  CHECK_THROWS_AS(rlax::truncated_generalized_advantage_estimation(two, two, 0.5, two), bellman::invalid_value);
  CHECK_THROWS_AS(rlax::td_lambda(three, two, two, two, 0.5), bellman::invalid_value);
  CHECK(rlax::lambda_returns(none, none, none, 0.5).empty());
}
