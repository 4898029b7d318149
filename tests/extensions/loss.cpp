// SPDX-License-Identifier: BSL-1.0
#include "extensions/loss.hpp"

#include <bellman/loss/mean_over.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

using dual = bellman::dual<double>;

}  // namespace

TEST_CASE("a ratio, a surrogate and a scope from outside are what policy_loss asks for") {
  STATIC_REQUIRE(bellman::ratio<extensions::product_ratio> && bellman::surrogate<extensions::squared_distance> &&
                 bellman::scope_for<extensions::by_squared_length>);
  CHECK(true_at_both_times([] {
    std::array const old{-1.0, -1.0};
    std::array const now{dual::variable(-1.0), dual(-1.0 + bellman::log(2.0))};
    std::array const batch{bellman::sampled_tokens{now, old, std::array{3.0, 1.0}}};
    // r = 2 for both: -(2 (3 + 1) - 2 (1/2) (2 - 1)^2) / 4, and its derivative -(2 (3 + 1) - 2 (1/2) 2 2 (2 - 1)) / 4.
    auto const loss =
        bellman::policy_loss(batch, extensions::product_ratio{}, extensions::squared_distance{0.5}, extensions::by_squared_length{}).value();
    return approx_equal(loss.value, -7.0 / 4, 1e-14) && approx_equal(loss.derivative[0], -1.0, 1e-14);
  }));
}

TEST_CASE("their gradients are written") {
  STATIC_REQUIRE(bellman::shared_ratio<extensions::product_ratio>);
  CHECK(true_at_both_times([] {
    std::array const batch{bellman::sampled_tokens{std::array{-1.0, -1.0 + bellman::log(2.0)}, std::array{-1.0, -1.0},
                                                   std::array{3.0, 1.0}}};
    std::array<std::array<double, 2>, 1> gradients{{{7, 7}}};
    bellman::policy_loss(batch, extensions::product_ratio{}, extensions::squared_distance{0.5},
                         extensions::by_squared_length{}, gradients);
    return approx_equal(gradients[0][0], -1.0, 1e-14) && approx_equal(gradients[0][1], -1.0, 1e-14);
  }));
}

TEST_CASE("they go with those of the library") {
  CHECK(true_at_both_times([] {
    std::array const batch{bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{3.0}}};
    auto const loss = [&](auto const& ratio, auto const& surrogate) {
      return bellman::policy_loss(batch, ratio, surrogate, bellman::token_mean{}).value();
    };
    return loss(bellman::token_ratio{}, extensions::squared_distance{0.5}) == -3.0 &&
           loss(extensions::product_ratio{}, bellman::clipped{0.2}) == -3.0;
  }));
  std::vector const batch{std::vector{4.0, 4.0}, std::vector{3.0}};
  CHECK(bellman::mean_over(batch, extensions::by_squared_length{}).value() == 2.5);
}
