// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/two_hot.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/evenly_spaced.hpp>
#include <bellman/loss/signed_hyperbolic.hpp>
#include <bellman/loss/value_transform.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/softmax.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::evenly_spaced;
using bellman::invalid_value;
using bellman::rational;
using bellman::two_hot;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

constexpr auto weights_of(auto const& bins, rational const& x) {
  std::vector<rational> weights(bins.size(), rational(9));
  bins(x, weights.begin());
  return weights;
}

}  // namespace

TEST_CASE("a value is the mean of the two bins around it") {
  CHECK(true_at_both_times([] {
    two_hot const bins(evenly_spaced(rational(-1), rational(1), 5));
    using numbers = std::vector<rational>;
    return weights_of(bins, rational(-2, 5)) == numbers{0, rational(4, 5), rational(1, 5), 0, 0} &&
           weights_of(bins, rational(3, 10)) == numbers{0, 0, rational(2, 5), rational(3, 5), 0} &&
           weights_of(bins, rational(1, 2)) == numbers{0, 0, 0, 1, 0} &&
           weights_of(bins, rational(-1)) == numbers{1, 0, 0, 0, 0} &&
           weights_of(bins, rational(1)) == numbers{0, 0, 0, 0, 1};
  }));
}

TEST_CASE("bins that are integers are computed with as double") {
  two_hot const bins(std::array{0, 10});
  std::array<double, 2> weights{};
  bins(5, weights.begin());
  CHECK(weights == std::array{0.5, 0.5});
  bins(0.5, weights.begin());
  CHECK(weights == std::array{0.95, 0.05});
  CHECK(bins.inverse(bins(7.5)) == 7.5);
}

TEST_CASE("decoding is the inverse of encoding between the bins") {
  CHECK(true_at_both_times([] {
    two_hot const even(evenly_spaced(rational(-3), rational(4), 6));
    two_hot const uneven(std::array{rational(-3), rational(-1), rational(0), rational(1, 7), rational(4)});
    for (int i = -21; i <= 28; ++i) {
      rational const x(i, 7);
      if (even.inverse(even(x)) != x || uneven.inverse(uneven(x)) != x) return false;
    }
    return true;
  }));
}

TEST_CASE("outside of the bins all weight is on the first or the last") {
  CHECK(true_at_both_times([] {
    two_hot const bins(std::array{rational(-3), rational(0), rational(4)});
    return bins.inverse(bins(rational(-100))) == rational(-3) && bins.inverse(bins(rational(100))) == rational(4);
  }));
  double const infinity = std::numeric_limits<double>::infinity();
  two_hot const bins(std::array{-3.0, 4.0});
  CHECK(bins.inverse(bins(infinity)) == 4.0);
  CHECK(bins.inverse(bins(-infinity)) == -3.0);
}

TEST_CASE("bins whose distance is no number share a value all the same") {
  two_hot const bins(std::array{-1.75e308, 1.75e308});
  CHECK(bins.inverse(bins(0.0)) == 0.0);
  CHECK(approx_equal(bins.inverse(bins(1e308)), 1e308, 1e-15));
}

TEST_CASE("there may be one bin, which stands for everything") {
  CHECK(true_at_both_times([] {
    two_hot const bins(std::array{rational(2)});
    return bins.inverse(bins(rational(7))) == rational(2) && weights_of(bins, rational(1)) == std::vector{rational(1)};
  }));
}

TEST_CASE("any distribution over the bins has a value") {
  two_hot const bins(std::array{-1.0, 0.0, 2.0});
  CHECK(bins.inverse(bellman::dirac{std::size_t{2}}) == 2.0);
  // e / (2 + e) 2 - 1 / (2 + e)
  double const e = bellman::exp(1.0);
  CHECK(approx_equal(bins.inverse(bellman::softmax(std::array{0.0, 0.0, 1.0})), (2 * e - 1) / (2 + e), 1e-15));
  CHECK_THROWS_AS(bins.inverse(bellman::dirac{std::size_t{3}}), invalid_value);
}

TEST_CASE("bins after a transform represent values on another scale") {
  CHECK(true_at_both_times([] {
    bellman::transform_after const muzero{two_hot(evenly_spaced(-4.0, 4.0, 9)), bellman::signed_hyperbolic(0.0)};
    // sqrt(16) - 1 = 3 is a bin; half way between 1 and 2 is (1 + 3/2)^2 - 1.
    return muzero.inverse(muzero(15.0)) == 15.0 && muzero.inverse(muzero(-5.25)) == -5.25 &&
           muzero.inverse(muzero(1e6)) == 24.0;
  }));
}

TEST_CASE("bins that do not increase are refused with their number") {
  double const infinity = std::numeric_limits<double>::infinity();
  double const nan = std::numeric_limits<double>::quiet_NaN();
  for (double const x : {0.0, -1.0, infinity, nan}) {
    CHECK_THROWS_AS(two_hot(std::array{0.0, x, 2.0}), invalid_value);
  }
  CHECK_THROWS_AS(two_hot(std::vector<double>{}), invalid_value);
  CHECK_THROWS_AS(two_hot(evenly_spaced(1.0, 1.0, 3)), invalid_value);
  CHECK_THROWS_AS(two_hot(std::array{0.0, 1.0})(nan), invalid_value);
  try {
    two_hot(std::array{0.0, 1.0, 0.5});
    CHECK(false);
  } catch (invalid_value const& e) {
    CHECK(std::string(e.what()) ==
          "bellman: the value of bin 2 is 0.5; it must be finite and above that of the bin before");
  }
}
