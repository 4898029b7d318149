// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/estimator_fn.hpp>

#include <bellman/affine/order.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <concepts>
#include <deque>
#include <list>
#include <span>
#include <vector>

#include "support/catch.hpp"

namespace {

using bellman::gae;
using bellman::rational;
using bellman::terminated;

template <class... Arguments>
concept callable = requires(Arguments const&... arguments) { gae(arguments...); };

constexpr bellman::trace_parameters both_half{.gamma = 0.5, .lambda = 0.5};

}  // namespace

TEST_CASE("an array gives arrays, any other range vectors, iterators their ends") {
  std::array const a{1.0, 2.0};
  std::vector const v{1.0, 2.0};
  std::deque const d{1.0, 2.0};
  STATIC_REQUIRE(std::same_as<decltype(gae(a, v, terminated{}, both_half).advantages), std::array<double, 2>>);
  STATIC_REQUIRE(std::same_as<decltype(gae(d, a, terminated{}, both_half).returns), std::vector<double>>);
  std::vector<double> advantages(2), returns(2);
  auto const ends = gae(d, v, terminated{}, both_half, advantages.begin(), returns.begin());
  CHECK(ends.advantages == advantages.end());
  CHECK(ends.returns == returns.end());
  // delta_1 = 2 - 2, delta_0 = 1 + 2/2 - 1
  CHECK(advantages == std::vector{1.0, 0.0});
  CHECK(returns == std::vector{2.0, 2.0});
}

TEST_CASE("all outputs are given or none") {
  STATIC_REQUIRE(callable<std::vector<double>, std::vector<double>, terminated, decltype(both_half)>);
  STATIC_REQUIRE(!callable<std::vector<double>, std::vector<double>, terminated, decltype(both_half), double*>);
  STATIC_REQUIRE(!callable<std::vector<double>, std::vector<double>, terminated, double>);
  STATIC_REQUIRE(!callable<std::vector<double>, double, terminated, decltype(both_half)>);
}

TEST_CASE("estimates are of the widest type, unless one is named") {
  std::vector<int> const integers{1, 2};
  std::vector<float> const floats{1, 2};
  STATIC_REQUIRE(
      std::same_as<decltype(gae(integers, integers, terminated{}, both_half).advantages), std::vector<double>>);
  STATIC_REQUIRE(std::same_as<decltype(gae(integers, floats, terminated{}, both_half).advantages), std::vector<float>>);
  STATIC_REQUIRE(std::same_as<decltype(bellman::gae_in<double>(integers, floats, terminated{}, both_half).advantages),
                              std::vector<double>>);
  bellman::trace_parameters const exact{.gamma = rational(1, 2), .lambda = rational(1, 2)};
  std::vector const rationals{rational(1), rational(2)};
  CHECK(bellman::gae_in<rational, bellman::in_register<2>>(rationals, rationals, terminated{}, exact).returns ==
        std::vector{rational(2), rational(2)});
}
