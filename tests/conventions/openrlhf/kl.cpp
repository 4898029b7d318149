// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/openrlhf/kl.hpp>

#include <bellman/loss/kl_estimate.hpp>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace openrlhf = bellman::conventions::openrlhf;

using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("an estimate is clamped to 10 on both sides") {
  CHECK(true_at_both_times([] {
    openrlhf::clamped_kl const k{bellman::k1};
    return k(-1.0f, -1.5f) == 0.5f && k(-1.0f, -30.0f) == 10.0f && k(-30.0f, -1.0f) == -10.0f;
  }));
}
