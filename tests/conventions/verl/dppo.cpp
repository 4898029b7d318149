// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/verl/dppo.hpp>

#include <bellman/loss/ratio.hpp>
#include <bellman/loss/sampled_tokens.hpp>
#include <bellman/loss/surrogate.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace verl = bellman::conventions::verl;

using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a token whose probability has moved too far the way of its advantage has no loss") {
  CHECK(true_at_both_times([] {
    // From 1/2 to 3/4: by 1/4, and by a KL of 1/2 log(4/3) = 0.1438.
    double const old = -bellman::log(2.0);
    double const now = old + bellman::log(1.5);
    bellman::sampled_tokens const tokens{std::array{now}, std::array{old}, std::array{2.0}};
    auto const r = verl::clamped_ratio_and_old{}(tokens)(now, old);
    verl::within_total_variation<double> const wide{0.1, 0.3, 20.0};
    verl::within_total_variation<double> const narrow{0.1, 0.2, 20.0};
    verl::within_binary_kl<double> const near{0.1, 0.143, 20.0};
    verl::within_binary_kl<double> const far{0.1, 0.144, 20.0};
    return approx_equal(wide(r, 2.0, now), 3.0 * now, 1e-15) && narrow(r, 2.0, now) == 0.0 &&
           narrow.trusts(r, -2.0, now) && approx_equal(far(r, 2.0, now), 3.0 * now, 1e-15) &&
           near(r, 2.0, now) == 0.0 && near.trusts(r, -2.0, now) &&
           approx_equal(verl::within_total_variation<double>{0.1, 0.3, 1.0}(r, 2.0, now), 2.0 * now, 1e-15);
  }));
  STATIC_REQUIRE(bellman::ratio<verl::clamped_ratio_and_old>);
  STATIC_REQUIRE(bellman::surrogate<verl::within_binary_kl<double>, verl::ratio_and_old<double, double>, double>);
}
