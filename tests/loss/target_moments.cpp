// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/target_moments.hpp>

#include <bellman/affine/affine.hpp>
#include <bellman/affine/fold.hpp>
#include <bellman/affine/scan.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <limits>
#include <ranges>
#include <type_traits>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::affine;
using bellman::follow_target;
using bellman::invalid_value;
using bellman::normalisation;
using bellman::rational;
using bellman::target_moments;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("moments move towards a target and its square") {
  CHECK(true_at_both_times([] {
    // mean 0 + 1/4 (4 - 0), second 1 + 1/4 (16 - 1)
    auto const m = follow_target(target_moments<rational>{}, rational(4), rational(1, 4));
    return m == target_moments{rational(1), rational(15, 4)} && m.second() == rational(19, 4) &&
           follow_target(m, rational(5), rational(1)) == target_moments{rational(5), rational(0)} &&
           follow_target(m, rational(5), rational(0)) == m;
  }));
}

TEST_CASE("one target after another is a fold of affine maps") {
  CHECK(true_at_both_times([] {
    std::array const targets{rational(2), rational(-1), rational(3, 2), rational(0)};
    rational const step(1, 3);
    target_moments<rational> moments{};
    for (rational const& y : targets) moments = follow_target(moments, y, step);
    auto const map = [&](rational const& y) { return affine<rational>{step * y, rational(1) - step}; };
    auto const last_first = targets | std::views::reverse;
    return moments.mean == bellman::fold(last_first | std::views::transform(map), rational(0)) &&
           moments.second() ==
               bellman::fold(last_first | std::views::transform([&](rational const& y) { return map(y * y); }),
                             rational(1));
  }));
}

TEST_CASE("the scale is the standard deviation within its bounds") {
  CHECK(true_at_both_times([] {
    target_moments const m{4.0, 9.0};
    target_moments const constant{4.0, 0.0};
    target_moments const rounded{4.0, -0.1};
    return m.normaliser(1e-4, 1e6) == normalisation(4.0, 3.0) && m.normaliser(5.0, 10.0).scale() == 5.0 &&
           m.normaliser(0.5, 2.0).scale() == 2.0 && constant.normaliser(0.25, 1e6).scale() == 0.25 &&
           rounded.normaliser(0.25, 1e6).scale() == 0.25;
  }));
}

TEST_CASE("a bound of the scale is that number, also where its square is none") {
  CHECK(true_at_both_times([] {
    target_moments const constant{0.0f, 0.0f};
    target_moments const wide{0.0f, 1e38f};
    // 1e-30f squared is 0 in float, and 1e25f squared infinite.
    if (constant.normaliser(1e-30f, 1.0f).scale() != 1e-30f) return false;
    if (wide.normaliser(1e-3f, 1e18f).scale() != 1e18f || wide.normaliser(1e20f, 1e25f).scale() != 1e20f) return false;
    for (int i = 1; i < 200; ++i) {
      double const bound = i / 199.0;
      if (target_moments{0.0, 0.0}.normaliser(bound, 2.0).scale() != bound) return false;
    }
    return true;
  }));
}

TEST_CASE("targets that were followed are normalised to mean zero and deviation one") {
  target_moments<double> m{};
  for (int i = 0; i < 4000; ++i) m = follow_target(m, i % 2 == 0 ? 90.0 : 110.0, 0.01);
  auto const n = m.normaliser(1e-4, 1e6);
  CHECK(approx_equal(n.shift(), 100.0, 0.001));
  CHECK(approx_equal(n.scale(), 10.0, 0.001));
}

TEST_CASE("targets that are large and vary little have their own deviation, in float too") {
  // 10000 +- 1 with a variance of 1, of which the squares in float know nothing.
  target_moments<float> m{};
  for (int i = 0; i < 200000; ++i) m = follow_target(m, i % 2 == 0 ? 10001.0f : 9999.0f, 1e-3f);
  auto const n = m.normaliser(1e-4f, 1e6f);
  CHECK(std::is_same_v<decltype(n.scale()), float const&>);
  CHECK(approx_equal(n.shift(), 10000.0f, 0.001f));
  CHECK(approx_equal(n.scale(), 1.0f, 0.001f));
}

TEST_CASE("steps, bounds and targets that mean nothing are refused") {
  double const infinity = std::numeric_limits<double>::infinity();
  double const nan = std::numeric_limits<double>::quiet_NaN();
  for (double const x : {0.0, -1.0, infinity, nan}) {
    CHECK_THROWS_AS((target_moments<double>{}.normaliser(x, 1e6)), invalid_value);
    CHECK_THROWS_AS((target_moments<double>{}.normaliser(1.0, x)), invalid_value);
  }
  CHECK_THROWS_AS((target_moments<double>{}.normaliser(2.0, 1.0)), invalid_value);
  for (double const x : {-0.1, 1.1, nan}) {
    CHECK_THROWS_AS(follow_target(target_moments<double>{}, 1.0, x), invalid_value);
  }
  for (double const x : {infinity, nan}) {
    CHECK_THROWS_AS(follow_target(target_moments<double>{}, x, 0.5), invalid_value);
  }
}
