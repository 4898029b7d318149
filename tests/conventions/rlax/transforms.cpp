// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/rlax/transforms.hpp>

#include <bellman/error.hpp>

#include <array>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace rlax = bellman::conventions::rlax;

using bellman::invalid_value;
using bellman::test::absolutely_close;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("rlax's transforms come with their inverses") {
  CHECK(true_at_both_times([] {
    for (double const x : {-2.5, 0.3, 7.0}) {
      bool const back = approx_equal(rlax::signed_expm1(rlax::signed_logp1(x)), x, 1e-14) &&
                        approx_equal(rlax::signed_parabolic(rlax::signed_hyperbolic(x)), x, 1e-14) &&
                        approx_equal(rlax::hyperbolic_sin(rlax::hyperbolic_arcsin(x)), x, 1e-14) &&
                        approx_equal(rlax::logit(rlax::sigmoid(x)), x, 1e-13) &&
                        approx_equal(rlax::power(rlax::power(x, 0.3), 1 / 0.3), x, 1e-13);
      if (!back) return false;
    }
    // (3 / 2 + 1)^4 = 625 / 16, q = 2
    return approx_equal(rlax::power(-3.0, 4.0), -(625.0 / 16 - 1) / 2, 1e-14) && rlax::identity(3) == 3;
  }));
}

TEST_CASE("rlax's two-hot weights are off by the 1e-5 that they add to the distance of two bins") {
  CHECK(true_at_both_times([] {
    // Half a bin of width 1/2 above 0.
    auto const weights = rlax::transform_to_2hot(0.25, -1.0, 1.0, 5);
    double const on_lower = 0.25 / (0.5 + 1e-5);
    return weights == std::vector{0.0, 0.0, on_lower, 1 - on_lower, 0.0} && weights[2] < 0.5 &&
           absolutely_close(rlax::transform_from_2hot(weights, -1.0, 1.0, 5), 0.25, 1e-5) &&
           rlax::transform_to_2hot(0.5, -1.0, 1.0, 5) == std::vector{0.0, 0.0, 0.0, 1.0, 0.0} &&
           rlax::transform_to_2hot(7.0, -1.0, 1.0, 5) == std::vector{0.0, 0.0, 0.0, 0.0, 1.0};
  }));
  CHECK_THROWS_AS(rlax::transform_to_2hot(0.5, -1.0, 1.0, 1), invalid_value);
  CHECK_THROWS_AS(rlax::transform_to_2hot(0.0 / 0.0, -1.0, 1.0, 5), invalid_value);
  CHECK_THROWS_AS(rlax::transform_to_2hot(0.5, 1.0, 1.0, 3), invalid_value);
  CHECK_THROWS_AS(rlax::transform_to_2hot(0.5, 1.0, -1.0, 3), invalid_value);
  CHECK_THROWS_AS(rlax::transform_to_2hot(0.5, 0.0, 1.0 / 0.0, 3), invalid_value);
  CHECK_THROWS_AS(rlax::transform_to_2hot(0.5, 0.0 / 0.0, 1.0, 3), invalid_value);
  CHECK_THROWS_AS(rlax::transform_from_2hot(std::array{0.0, 1.0, 0.0}, -1.0, 1.0, 2), invalid_value);
  CHECK_THROWS_AS(rlax::transform_from_2hot(std::array{0.0, 1.0}, -1.0, 1.0, 3), invalid_value);
  CHECK_THROWS_AS(rlax::logit(1.5), invalid_value);
  CHECK_THROWS_AS(rlax::logit(-0.5), invalid_value);
}
