// SPDX-License-Identifier: BSL-1.0
#include <bellman/groups/whiten.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/scalar/square_root.hpp>

#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::spread_plus;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("whitening leaves mean 0 and deviation 1 over all tokens of a ragged batch") {
  CHECK(true_at_both_times([] {
    // 1, 2, 3, 6, 8: mean 4, squares 9 + 4 + 1 + 4 + 16 = 34
    std::vector<std::vector<double>> const batch{{1, 2, 3}, {}, {6, 8}};
    auto const white = bellman::whiten(batch);
    double const width = bellman::sqrt(34.0 / 4);
    return white.size() == 3 && white[1].empty() && approx_equal(white[0][0], -3 / width, 1e-15) &&
           approx_equal(white[2][1], 4 / width, 1e-15);
  }));
  CHECK(true_at_both_times([] {
    bellman::whitening const by_more{spread_plus{bellman::population_variance{}, rational(1, 3)}};
    // Mean 2, variance 2 / 3
    std::vector<std::vector<rational>> const batch{{1, 2}, {3}};
    auto const white = by_more(batch);
    return white[0][0] == rational(-1) && white[0][1] == rational(0) && white[1][0] == rational(1);
  }));
}
