// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/spread.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::population_variance;
using bellman::rational;
using bellman::root_of;
using bellman::sample_variance;
using bellman::spread_at_least;
using bellman::spread_plus;
using bellman::standard_deviation;
using bellman::statistics;
using bellman::statistics_of;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a spread is a composition of how the square is taken, what is added and what it must not fall below") {
  CHECK(true_at_both_times([] {
    statistics<double> const s{5, 1.0, 36.0};
    return sample_variance{}(s) == 9.0 && population_variance{}(s) == 36.0 / 5 && standard_deviation{}(s) == 3.0 &&
           spread_plus{standard_deviation{}, 0.5}(s) == 3.5 && spread_at_least{standard_deviation{}, 4}(s) == 4.0 &&
           spread_at_least{standard_deviation{}, 2}(s) == 3.0 && root_of{spread_plus{sample_variance{}, 7}}(s) == 4.0 &&
           root_of{spread_at_least{population_variance{}, 25}}(s) == 5.0;
  }));
  CHECK(true_at_both_times([] {
    statistics<rational> const s{5, rational(1), rational(36)};
    return sample_variance{}(s) == rational(9) && population_variance{}(s) == rational(36, 5);
  }));
}

TEST_CASE("the spread of one value, and of none, is 0") {
  CHECK(true_at_both_times([] {
    statistics<double> const one{1, 3.0, 0.0};
    return sample_variance{}(one) == 0.0 && population_variance{}(one) == 0.0 && standard_deviation{}(one) == 0.0 &&
           sample_variance{}(statistics<double>{}) == 0.0 && population_variance{}(statistics<double>{}) == 0.0;
  }));
}

TEST_CASE("the deviation of dual numbers has a derivative, but where it is 0, where it is a constant") {
  CHECK(true_at_both_times([] {
    using number = bellman::dual<double>;
    auto const x = number::variable(3.0);
    // sqrt((x - 1)^2 / 2) = (x - 1) / sqrt 2
    auto const s = standard_deviation{}(statistics_of(std::array<number, 2>{x, number(1.0)}));
    auto const none = standard_deviation{}(statistics_of(std::array<number, 2>{x, number(3.0)}));
    return approx_equal(s.derivative[0], 0.70710678118654752, 1e-15) && none.value == 0.0 && none.derivative[0] == 0.0;
  }));
}
