// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/bind.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/map.hpp>

#include <array>

#include "probability/dice.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::bind;
using bellman::categorical;
using bellman::dirac;
using bellman::expectation;
using bellman::rational;
using bellman::weighted;
using bellman::test::die;
using bellman::test::number;
using bellman::test::probability_of;
using bellman::test::true_at_both_times;

// A walk of one step from x: down with probability 1/3.
constexpr auto step = [](int x) {
  return categorical{std::array{weighted{x - 1, rational(1, 3)}, weighted{x + 2, rational(2, 3)}}};
};

}  // namespace

TEST_CASE("to bind is to go on by chance: the sum of two dice") {
  CHECK(true_at_both_times([] {
    auto const two = bind(die(), [](int x) { return bellman::map(die(), [x](int y) { return x + y; }); });
    return probability_of(two, 2) == rational(1, 36) && probability_of(two, 7) == rational(1, 6) &&
           probability_of(two, 12) == rational(1, 36) && expectation(two, number) == rational(7);
  }));
}

TEST_CASE("the law of total expectation holds for bound distributions") {
  CHECK(true_at_both_times([] {
    auto const f = [](int x) { return rational(x * x, 7); };
    return expectation(bind(die(), step), f) == expectation(die(), [&](int x) { return expectation(step(x), f); });
  }));
}

TEST_CASE("bind obeys the laws of a monad") {
  CHECK(true_at_both_times([] {
    auto const certain = [](int x) { return dirac{x}; };
    auto const d = step(0);
    auto const one_by_one = bind(bind(d, step), step);
    auto const at_once = bind(d, [](int y) { return bind(step(y), step); });
    for (int x = -3; x < 7; ++x) {
      if (probability_of(bind(dirac{3}, step), x) != probability_of(step(3), x)) return false;
      if (probability_of(bind(d, certain), x) != probability_of(d, x)) return false;
      if (probability_of(one_by_one, x) != probability_of(at_once, x)) return false;
    }
    return probability_of(one_by_one, 6) == rational(8, 27);
  }));
}
