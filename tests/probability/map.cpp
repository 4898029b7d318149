// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/map.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/probability/weights_in.hpp>

#include <ranges>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::expectation;
using bellman::rational;
using bellman::weights_in;
using bellman::test::true_at_both_times;

constexpr auto die = [] { return weights_in<rational>(bellman::uniform(std::views::iota(1, 7))); };
constexpr auto number = [](int x) { return rational(x); };

template <class D>
constexpr rational probability_of(D const& d, int x) {
  return expectation(d, [x](int y) { return rational(x == y ? 1 : 0); });
}

}  // namespace

TEST_CASE("a mapped distribution is that of the function's value") {
  CHECK(true_at_both_times([] {
    auto const odd = bellman::map(die(), [](int x) { return x % 2; });
    return probability_of(odd, 1) == rational(1, 2) &&
           expectation(bellman::map(die(), [](int x) { return x * x; }), number) ==
               expectation(die(), [](int x) { return rational(x * x); });
  }));
}
