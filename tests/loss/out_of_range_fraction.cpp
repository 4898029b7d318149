// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/out_of_range_fraction.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/clip_fraction.hpp>
#include <bellman/loss/sequence_ratio.hpp>
#include <bellman/loss/surrogate.hpp>

#include <array>
#include <type_traits>
#include <vector>

#include "loss/tokens.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace out_of_range_fractions {

using bellman::clip_fraction;
using bellman::clipped;
using bellman::out_of_range_fraction;
using bellman::rational;
using bellman::sampled_tokens;
using bellman::test::fifth;
using bellman::test::true_at_both_times;

constexpr auto linear_ratio = [](auto const&) {
  return [](auto const& now, auto const& old) { return now - old + 1; };
};

TEST_CASE("a ratio leaves the range on either side, whatever the advantage, and not on the bound") {
  CHECK(true_at_both_times([] {
    // The ratios are 3/2, 3/2, 1/2, 6/5 and 1; the clip binds where they have gone the advantage's way.
    std::array<rational, 5> const now{rational(1, 2), rational(1, 2), rational(-1, 2), fifth, 0};
    std::array<rational, 5> const advantages{1, -1, 1, 1, 1};
    std::array const batch{sampled_tokens{now, std::array<rational, 5>{0, 0, 0, 0, 0}, advantages}};
    return out_of_range_fraction(batch, linear_ratio, clipped(fifth)).value() == 3.0 / 5 &&
           clip_fraction(batch, linear_ratio, clipped(fifth)).value() == 1.0 / 5 &&
           out_of_range_fraction(batch, linear_ratio, clipped(fifth, rational(1, 2))).value() == 1.0 / 5;
  }));
}

TEST_CASE("an out of range fraction is of a batch and a clip") {
  using row = std::vector<double>;
  using batch = std::vector<sampled_tokens<row, row, row>>;
  using fraction = decltype(out_of_range_fraction);
  STATIC_REQUIRE(std::is_invocable_v<fraction, batch const&, bellman::sequence_ratio, clipped<double>>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fraction, batch, bellman::token_ratio, bellman::unclipped>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fraction, batch, clipped<double>, clipped<double>>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fraction, row, bellman::token_ratio, clipped<double>>);
}

}  // namespace out_of_range_fractions
