// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/clip_fraction.hpp>
#include <bellman/loss/clipped.hpp>
#include <bellman/loss/policy_loss.hpp>
#include <bellman/loss/ratio.hpp>

#include <array>
#include <concepts>

#include "archetypes/archetypes.hpp"
#include "archetypes/tokens.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using archetypes::number;
using archetypes::row_of;
using archetypes::token_rows;
using bellman::test::true_at_both_times;

// A ratio, and the function it gives: neither can be copied, assigned, compared or made of nothing.
class ratio {
 public:
  constexpr explicit ratio(number its_factor) : factor_(its_factor) {}
  ratio(ratio const&) = delete;

  class of_token {
   public:
    constexpr explicit of_token(number its_factor) : factor_(its_factor) {}
    of_token(of_token const&) = delete;
    constexpr number operator()(number const& now, number const& old) const { return factor_ * now / old; }

   private:
    number const factor_;
  };
  constexpr of_token operator()(token_rows const&) const { return of_token(factor_); }

 private:
  number const factor_;
};

}  // namespace

TEST_CASE("the archetype of a ratio is one, and no more") {
  STATIC_REQUIRE(bellman::ratio<ratio, token_rows>);
  STATIC_REQUIRE(!std::copyable<ratio> && !bellman::ratio<ratio>);
}

TEST_CASE("losses and clip fractions ask for no more than a ratio") {
  CHECK(true_at_both_times([] {
    ratio const r(number(2));
    std::array<token_rows, 1> const batch{token_rows{row_of(3, 1), row_of(4, 2), row_of(1, -1)}};
    // The ratios are 3/2 and 1, clipped at 5/4.
    bellman::clipped const clip{number(1, 4)};
    return bellman::policy_loss(batch, r, bellman::unclipped{}, bellman::token_mean{}).total == number(-1, 2) &&
           bellman::policy_loss(batch, r, clip, bellman::sequence_sum{}).total == number(-1, 4) &&
           bellman::clip_fraction(batch, r, clip).value() == 0.5;
  }));
}
