// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/value_transform.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/hyperbolic_arcsine.hpp>
#include <bellman/loss/signed_hyperbolic.hpp>
#include <bellman/loss/signed_logarithm.hpp>

#include "loss/transforms.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::hyperbolic_arcsine;
using bellman::identity_transform;
using bellman::inverse_transform;
using bellman::rational;
using bellman::signed_hyperbolic;
using bellman::signed_logarithm;
using bellman::transform_after;
using bellman::test::true_at_both_times;
using bellman::test::inverts;
using bellman::test::keeps_what_is_not_finite;
using bellman::test::numbers;

}  // namespace

TEST_CASE("a transform after another, and a transform taken backwards") {
  CHECK(true_at_both_times([] {
    transform_after const both{signed_hyperbolic(0.5), signed_hyperbolic(0.0)};
    inverse_transform const back{both};
    // sqrt(16) - 1 = 3, sqrt(4) - 1 + 3/2 = 5/2
    return both(15.0) == 2.5 && both.inverse(2.5) == 15.0 && back(2.5) == 15.0 && back.inverse(15.0) == 2.5;
  }));
  STATIC_REQUIRE(bellman::value_transform<transform_after<signed_logarithm, hyperbolic_arcsine>, double>);
  STATIC_REQUIRE(bellman::value_transform<inverse_transform<signed_hyperbolic<float>>, float>);
  STATIC_REQUIRE(bellman::value_transform<identity_transform, rational>);
  STATIC_REQUIRE(!bellman::value_transform<double, double>);
}

TEST_CASE("a transform that changes nothing is its own inverse") {
  CHECK(inverts(identity_transform(), numbers<double>(), 0.0));
  CHECK(keeps_what_is_not_finite(identity_transform()));
}
