// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/returns_to_go.hpp>

#include <bellman/affine/order.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <concepts>
#include <span>
#include <vector>

#include "estimation/four_steps.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/rationals.hpp"

namespace {

using bellman::rational;
using bellman::returns_to_go;
using bellman::terminated;
using bellman::truncated;
using bellman::test::four_steps::doubling;
using bellman::test::half;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("returns to go of one episode are its discounted returns") {
  CHECK(true_at_both_times([] {
    return returns_to_go(doubling, terminated{}, half) == bellman::discounted_returns(doubling, half) &&
           returns_to_go(doubling, truncated{rational(6)}, half) ==
               bellman::discounted_returns(doubling, truncated{rational(6)}, half) &&
           returns_to_go(doubling, terminated{}, 0) == doubling &&
           returns_to_go(doubling, terminated{}, 1) ==
               std::array{rational(15), rational(14), rational(12), rational(8)};
  }));
}

TEST_CASE("each reward may have a discount of its own") {
  CHECK(true_at_both_times([] {
    std::array const discounts{half, rational(0), rational(1), rational(1, 3)};
    // 8 + 6/3, 4 + 10, 2, 1 + 2/2
    return returns_to_go(doubling, truncated{rational(6)}, std::span(discounts)) ==
           std::array{rational(2), rational(2), rational(14), rational(10)};
  }));
}

TEST_CASE("integer rewards have returns in double, floats in float unless another type is named") {
  std::vector const counts{1, 2, 4};
  std::vector const floats{1.0f, 2.0f, 4.0f};
  STATIC_REQUIRE(std::same_as<decltype(returns_to_go(counts, terminated{}, 0.5)), std::vector<double>>);
  STATIC_REQUIRE(std::same_as<decltype(returns_to_go(floats, terminated{}, 0.5)), std::vector<float>>);
  STATIC_REQUIRE(std::same_as<decltype(returns_to_go(floats, truncated{1.0}, 0.5)), std::vector<float>>);
  STATIC_REQUIRE(
      std::same_as<decltype(bellman::returns_to_go_in<double>(floats, terminated{}, 0.5)), std::vector<double>>);
  STATIC_REQUIRE(std::same_as<decltype(bellman::returns_to_go_in<double>(std::array{1.0f}, terminated{}, 0.5)),
                              std::array<double, 1>>);
  CHECK(returns_to_go(counts, terminated{}, 0.5) == std::vector{3.0, 4.0, 4.0});
  CHECK(returns_to_go(floats, terminated{}, 0.5) == std::vector{3.0f, 4.0f, 4.0f});
}

TEST_CASE("floats that are summed in double lose nothing that a float can hold") {
  // 2^24 + 1 is no float: one after another in float the ones vanish, in double they do not.
  std::vector<float> many(1 << 12, 1.0f);
  many.back() = 16777216.0f;
  double const exact = 16777216.0 + (1 << 12) - 1;
  std::vector<float> const narrow =
      bellman::returns_to_go_in<bellman::deduced, bellman::sequential>(many, terminated{}, 1);
  std::vector<double> const wide = bellman::returns_to_go_in<double>(many, terminated{}, 1);
  CHECK(wide[0] == exact);
  CHECK(narrow[0] == 16777216.0f);
  // Written back into floats, it is rounded once.
  std::vector<float> out(many.size());
  bellman::returns_to_go_in<double>(many, terminated{}, 1, out.begin());
  CHECK(out[0] == static_cast<float>(exact));
}

TEST_CASE("the derivative of a return by its discount is the sum of k gamma^(k - 1) R_k") {
  CHECK(true_at_both_times([] {
    using number = bellman::dual<rational>;
    auto const G = returns_to_go(doubling, terminated{}, number::variable(half));
    // 2 + 2 * 4/2 + 3 * 8/4
    return G[0].value == rational(4) && G[0].derivative[0] == rational(12) && G[3].derivative[0] == rational(0);
  }));
}
