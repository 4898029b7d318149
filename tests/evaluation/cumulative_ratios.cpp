// SPDX-License-Identifier: BSL-1.0
#include <bellman/evaluation/cumulative_ratios.hpp>

#include <bellman/error.hpp>
#include <bellman/evaluation/importance_ratios.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>

#include <array>
#include <concepts>
#include <list>
#include <span>
#include <string>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::cumulative_ratios;
using bellman::importance_ratios;
using bellman::importance_ratios_of_logs;
using bellman::invalid_value;
using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("cumulative ratios are the products up to each step") {
  CHECK(true_at_both_times([] {
    std::array const ratios{rational(1, 2), rational(3), rational(0), rational(7)};
    return cumulative_ratios(ratios) == std::array{rational(1, 2), rational(3, 2), rational(0), rational(0)};
  }));
  CHECK(cumulative_ratios(std::vector<double>{}).empty());
}

TEST_CASE("a ratio or a product that is too large to be a number is refused with its step") {
  CHECK_THROWS_AS(importance_ratios(std::array{1.0}, std::array{1e-310}), invalid_value);
  CHECK_THROWS_AS(importance_ratios(std::array{1.0f}, std::array{1e-40f}), invalid_value);
  CHECK_THROWS_AS(importance_ratios_of_logs(std::array{0.0}, std::array{-800.0}), invalid_value);
  CHECK(bellman::test::message_of([] {
          cumulative_ratios(std::array{1e200, 1e200, 0.0});
        }) == "bellman: the product of the ratios up to step 1 is too large to be a number");
  CHECK(bellman::test::message_of([] {
          importance_ratios_of_logs(std::array{0.0, 0.0}, std::array{0.0, -800.0});
        }) == "bellman: step 1: the ratio of 0 to -800 is too large to be a number");
}
