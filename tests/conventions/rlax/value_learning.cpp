// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/rlax/value_learning.hpp>

#include <bellman/error.hpp>

#include <array>
#include <vector>

#include "conventions/rlax/sequence.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace rlax = bellman::conventions::rlax;

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("rlax's TD errors of one transition") {
  using namespace sequence;
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
  using namespace sequence;
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

TEST_CASE("values and rewards of two lengths are refused") {
  std::vector<double> const two{0.5, 0.5};
  std::vector<double> const three{0.5, 0.5, 0.5};
  CHECK_THROWS_AS(rlax::td_lambda(three, two, two, two, 0.5), bellman::invalid_value);
}
