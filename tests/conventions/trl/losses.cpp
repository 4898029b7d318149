// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/trl/losses.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/dual_clipped.hpp>
#include <bellman/loss/token_sum.hpp>

#include <array>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace trl = bellman::conventions::trl;

using bellman::batch_mean;
using bellman::clipped;
using bellman::dual_clipped;
using bellman::rational;
using bellman::token_mean;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("clipping on both sides is a dual clip, where delta is above the range") {
  CHECK(true_at_both_times([] {
    clipped const clip{rational(1, 5), rational(1, 4)};
    trl::two_sided_clipped const two_sided{clip, rational(3)};
    dual_clipped const twice{clip, rational(3)};
    for (int r = 0; r <= 50; ++r) {
      for (int a = -2; a <= 2; ++a) {
        if (!(two_sided(rational(r, 10), rational(a)) == twice(rational(r, 10), rational(a)))) return false;
      }
    }
    return true;
  }));
}

TEST_CASE("a mean over the columns is multiplied by the number of tokens, and a row of none is a term") {
  CHECK(true_at_both_times([] {
    auto const part = trl::length_times_mean{2}(bellman::token_sum(std::array{rational(1), rational(5), rational(0)}));
    auto const none = trl::length_times_mean{2}(batch_mean<token_mean, rational>{});
    return part.total == 4 && part.count == 1 && none.total == 0 && none.count == 1;
  }));
}
