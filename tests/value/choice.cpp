// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/choice.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>

#include "models/recycling_robot.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;
using models::battery;
using models::deed;
using robot = models::recycling_robot<rational>;

// 1 for searching, 2 for waiting, 4 for recharging.
template <class R>
constexpr R q(deed a) {
  return a == deed::search ? R(1) : a == deed::wait ? R(2) : R(4);
}
constexpr auto fair = [](battery) {
  return std::array{bellman::weighted{deed::search, 0.5}, bellman::weighted{deed::wait, 0.5}};
};

}  // namespace

TEST_CASE("a state's value is the mean of its action values over a policy, or the best of them") {
  CHECK(true_at_both_times([] {
    auto const pi = [](battery) {
      return std::array{bellman::weighted{deed::search, rational(1, 3)}, bellman::weighted{deed::wait, rational(2, 3)}};
    };
    bellman::expected_choice<decltype(pi)> const mean{pi};
    return mean(robot{}, battery::high, q<rational>) == rational(5, 3) &&
           bellman::greedy_choice{}(robot{}, battery::high, q<rational>) == rational(2) &&
           bellman::greedy_choice{}(robot{}, battery::low, q<rational>) == rational(4);
  }));
}

TEST_CASE("or a maximum that a temperature softens, under a reference policy") {
  CHECK(true_at_both_times([] {
    models::recycling_robot<double> const env{};
    // log((e + e^2) / 2), and with the reference given the same, for it is uniform too
    bellman::soft_choice<double, bellman::uniform_over_actions> const soft{1.0, {}};
    bellman::soft_choice<double, bellman::reference_policy<decltype(fair)>> const with_reference{1.0, {fair}};
    return approx_equal(soft(env, battery::high, q<double>), 1.6201145069582775, 1e-15) &&
           approx_equal(with_reference(env, battery::low, q<double>), 1.6201145069582775, 1e-15);
  }));
}
