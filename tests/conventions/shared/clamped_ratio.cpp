// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/shared/clamped_ratio.hpp>

#include <bellman/loss/ratio.hpp>
#include <bellman/loss/sampled_tokens.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::conventions::clamped_log_ratio;
using bellman::conventions::clamped_ratio;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a log-ratio is clamped to 20 on both sides, and flat beyond") {
  CHECK(true_at_both_times([] {
    using dual = bellman::dual<double>;
    bellman::sampled_tokens const tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}};
    auto const near = clamped_ratio{}(tokens)(dual::variable(-1.0), -1.0);
    auto const far = clamped_ratio{}(tokens)(dual::variable(-1.0), -30.0);
    return clamped_log_ratio(-1.0, -1.5) == 0.5 && clamped_log_ratio(-1.0, -30.0) == 20.0 &&
           clamped_log_ratio(-30.0, -1.0) == -20.0 && near.value == 1.0 && near.derivative[0] == 1.0 &&
           far.value == bellman::exp(20.0) && far.derivative[0] == 0.0;
  }));
  STATIC_REQUIRE(bellman::ratio<clamped_ratio>);
}
