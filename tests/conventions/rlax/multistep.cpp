// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/rlax/multistep.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/gae.hpp>

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "conventions/rlax/sequence.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace rlax = bellman::conventions::rlax;

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("rlax's returns end where a discount is 0, and are worth the last value behind the sequence") {
  using namespace sequence;
  CHECK(true_at_both_times([] {
    std::array const returns{rational(2), rational(2), rational(7)};
    return rlax::discounted_returns(r_t, discount_t, rational(6)) == returns &&
           rlax::discounted_returns(r_t, discount_t, v_t) == returns &&
           rlax::lambda_returns(r_t, discount_t, v_t, rational(1)) == returns;
  }));
}

TEST_CASE("rlax's lambda belongs to the state in which the action arrived") {
  using namespace sequence;
  CHECK(true_at_both_times([] {
    std::array const lambda{rational(1, 4), rational(1), rational(0)};
    // 1 + 1/2 (3/4 * 8 + 1/4 * 2)
    return rlax::lambda_returns(r_t, discount_t, v_t, lambda) ==
           std::array{rational(17, 4), rational(2), rational(7)};
  }));
}

TEST_CASE("rlax's n-step returns are shorter at the end, and mix in values by lambda") {
  using namespace sequence;
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
  using namespace sequence;
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
  using namespace sequence;
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
  using namespace sequence;
  CHECK(true_at_both_times([] {
    std::array const values{rational(3), rational(8), rational(16), rational(6)};
    std::array const rho{half, rational(2), rational(3)};
    // 3 (4 + 3 - 16); 2 (2 - 8); 1/2 (1 + 4 - 3 + 1/2 * 2 * -6)
    return rlax::importance_corrected_td_errors(r_t, discount_t, rho, rational(1), values) ==
           std::array{rational(-2), rational(-12), rational(-27)};
  }));
}

TEST_CASE("rlax's off-policy returns from the values of all actions are those from q and v") {
  using namespace sequence;
  CHECK(true_at_both_times([] {
    using row = std::array<rational, 2>;
    std::array const q{row{rational(4), rational(12)}, row{rational(5), rational(27)}, row{rational(6), rational(6)}};
    std::array const pi{row{half, half}, row{half, half}, row{half, half}};
    std::array const a_t{0, 0, 0};
    std::array const c_t{half, rational(3), rational(99)};
    // 1 + 1/2 (8 + 1/2 (2 - 4))
    return rlax::general_off_policy_returns_from_action_values(q, a_t, r_t, discount_t, c_t, pi) ==
           std::array{rational(9, 2), rational(2), rational(7)};
  }));
}

TEST_CASE("sequences of two lengths are refused, none has no returns") {
  std::vector<double> const two{0.5, 0.5};
  std::vector<double> const three{0.5, 0.5, 0.5};
  std::vector<double> const none;
  CHECK_THROWS_AS(rlax::lambda_returns(two, two, three, 0.5), bellman::invalid_value);
  CHECK_THROWS_AS(rlax::truncated_generalized_advantage_estimation(two, two, 0.5, two), bellman::invalid_value);
  CHECK(rlax::lambda_returns(none, none, none, 0.5).empty());
}
