// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/rlax/policy_loss.hpp>

#include <bellman/error.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace rlax = bellman::conventions::rlax;

using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("rlax's losses are means over all steps, the masked ones included") {
  CHECK(true_at_both_times([] {
    // Probabilities 1/2 and 1/4 of the actions taken; the second step has no weight.
    std::array const logits{std::array{0.0, 0.0}, std::array{bellman::log(3.0), 0.0}};
    std::array const weights{1.0, 0.0};
    double const two = bellman::log(2.0);
    return approx_equal(rlax::policy_gradient_loss(logits, std::array{0, 1}, std::array{3.0, 5.0}, weights), 1.5 * two,
                        1e-15) &&
           approx_equal(
               rlax::policy_gradient_loss(logits, std::array{0, 1}, std::array{3.0, 5.0}, std::array{1.0, 1.0}),
               6.5 * two, 1e-14) &&
           approx_equal(rlax::entropy_loss(logits, weights), -two / 2, 1e-15) &&
           rlax::clipped_surrogate_pg_loss(std::array{2.0, 2.0}, std::array{1.0, -1.0}, 0.5) == 0.25;
  }));
  CHECK_THROWS_AS(rlax::clipped_surrogate_pg_loss(std::vector<double>{}, std::vector<double>{}, 0.5),
                  bellman::invalid_value);
  CHECK_THROWS_AS(rlax::clipped_surrogate_pg_loss(std::array{2.0}, std::array{1.0, 1.0}, 0.5), bellman::invalid_value);
}
