// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/soft_overlong_penalty.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <cstddef>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::soft_overlong_penalty;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("an overlong answer is punished on a line, then in full") {
  // DAPO's own numbers: 16,384 tokens and a cache of 4,096.
  CHECK(true_at_both_times([] {
    soft_overlong_penalty<rational> const penalty(20480, 4096);
    return penalty(0) == 0 && penalty(16384) == 0 && penalty(16385) == rational(-1, 4096) &&
           penalty(18432) == rational(-1, 2) && penalty(20480) == -1 && penalty(20481) == -1 && penalty(1000000) == -1;
  }));
  CHECK(true_at_both_times([] {
    // A cache of the whole length punishes every token.
    // Lengths beyond those of an int: half of the cache of 2^33 tokens.
    return soft_overlong_penalty{std::size_t{1} << 34, std::size_t{1} << 33}((std::size_t{3} << 32)) == -0.5 &&
           soft_overlong_penalty{4, 4}(1) == -0.25 && soft_overlong_penalty{4, 4}(0) == 0.0;
  }));
  CHECK_THROWS_AS((soft_overlong_penalty{4, 5}), bellman::invalid_value);
  CHECK_THROWS_AS((soft_overlong_penalty{4, 0}), bellman::invalid_value);
}
