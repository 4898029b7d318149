// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/clip_fraction.hpp>

#include <bellman/loss/clipped.hpp>
#include <bellman/loss/ratio.hpp>

#include "loss/tokens.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::clipped;
using bellman::token_ratio;
using bellman::test::true_at_both_times;
using bellman::test::tokens;
using bellman::test::log_probs;
using bellman::test::old_log_probs;

}  // namespace

TEST_CASE("a clip fraction counts the tokens that a clip changes") {
  CHECK(true_at_both_times([] {
    auto const batch = tokens(3, log_probs, old_log_probs, {1.0, 1.0, -1.0});
    return bellman::clip_fraction(batch, token_ratio{}, clipped(0.2)).value() == 1.0 / 3 &&
           bellman::clip_fraction(batch, token_ratio{}, clipped(0.01)).value() == 2.0 / 3;
  }));
}
