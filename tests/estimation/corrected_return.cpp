// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/corrected_return.hpp>

#include <bellman/affine/one_step.hpp>
#include <bellman/estimation/correction.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/step_source.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/known.hpp>

#include <limits>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/rationals.hpp"

namespace {

using bellman::correction;
using bellman::known_one;
using bellman::known_zero;
using bellman::rational;
using bellman::test::half;

constexpr int no_parameters = 0;

template <class Ended, class Skipped>
constexpr auto seen(Skipped skipped, Ended ended, rational after) {
  return bellman::internal::step_seen<rational, Skipped, Ended>{skipped, ended, after};
}
template <class Seen, class Terms>
constexpr bool gives(Seen const& s, rational carry, Terms const& c, rational G, rational y) {
  bellman::numbers_of_step<rational, rational, rational, int> const step{rational(2), half, rational(0), no_parameters};
  auto const found = bellman::corrected(bellman::one_step<rational>(0), s, carry, step, c);
  return found.value == G && found.is_finite && carry == y;
}

}  // namespace

TEST_CASE("the return of a step is its reward and what comes after it, discounted; its worth is corrected") {
  CHECK(bellman::test::true_at_both_times([] {
    auto const s = seen(false, false, rational(0));
    // G = 2 + 4/2; y = 1 + (4 - 3) / 2
    return gives(s, rational(4), correction{.value = rational(1), .trace = half, .action_value = rational(3)},
                 rational(4), rational(3, 2)) &&
           gives(s, rational(4), correction{.value = rational(1), .trace = rational(0), .action_value = rational(3)},
                 rational(4), rational(1)) &&
           gives(s, rational(4), correction{.value = known_zero{}, .trace = known_one{}, .action_value = known_zero{}},
                 rational(4), rational(4)) &&
           gives(s, rational(4), correction{.value = rational(7), .trace = known_zero{}, .action_value = rational(3)},
                 rational(4), rational(7));
  }));
}

TEST_CASE("an ended step takes what its end says, a skipped one lets what comes after pass") {
  correction const c{.value = known_zero{}, .trace = known_one{}, .action_value = known_zero{}};
  CHECK(gives(seen(false, true, rational(10)), rational(4), c, rational(7), rational(7)));  // 2 + 10/2
  rational carry(4);
  bellman::numbers_of_step<rational, rational, rational, int> const step{rational(0), half, rational(0), no_parameters};
  bellman::corrected(bellman::one_step<rational>(0), seen(true, false, rational(0)), carry, step, c);
  CHECK(carry == rational(4));
}

TEST_CASE("a trace of zero hides the step, a discount of zero what comes after it") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  using seen_t = bellman::internal::step_seen<double, bellman::internal::nowhere, bellman::internal::nowhere>;
  double carry = 4;
  bellman::numbers_of_step<double, double, double, int> const of_nan{nan, 0.5, 0.0, no_parameters};
  bellman::corrected(bellman::one_step<double>(0), seen_t{{}, {}, 0.0}, carry, of_nan,
                     correction{.value = 1.0, .trace = 0.0, .action_value = nan});
  CHECK(carry == 1.0);
  carry = nan;
  bellman::numbers_of_step<double, double, double, int> const undiscounted{3.0, 0.0, 0.0, no_parameters};
  auto const found = bellman::corrected(bellman::one_step<double>(0), seen_t{{}, {}, 0.0}, carry, undiscounted,
                                        correction{.value = 1.0, .trace = 0.0, .action_value = 1.0});
  CHECK(found.value == 3.0);
}
