// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/occupancy_measure.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <string>
#include <type_traits>

#include "planning/cases.hpp"
#include "planning/contains.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::rational;
using bellman::test::contains;
using bellman::test::cycle;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

// A third of the time it stays.
constexpr auto mostly_goes = [](int) {
  return std::array{bellman::weighted{0, rational(1, 3)}, bellman::weighted{1, rational(2, 3)}};
};

constexpr auto measure() {
  auto const t = bellman::tabulate(cycle{});
  auto const pi = bellman::tabulate(t, mostly_goes);
  using policy = std::remove_const_t<decltype(pi)>;
  return bellman::occupancy_measure<cycle, rational, policy>(t, pi, bellman::bounded_values<rational>{.values = {rational(3), rational(6)}});
}

}  // namespace

TEST_CASE("an occupancy measure has a number for each state and each of its actions") {
  CHECK(true_at_both_times([] {
    auto const d = measure();
    // Staying in 0 pays 0, going on from there 3; staying in 1 pays 1, going back costs 1.
    return d(0) == rational(3) && d(0, 0) == rational(1) && d(0, 1) == rational(2) && d(1, 1) == rational(4) &&
           d.expected_reward() == rational(2 * 3 + 2 * 1 - 4 * 1);
  }));
}

TEST_CASE("an occupancy measure is asked for states and their actions") {
  CHECK(contains(message_of([] { measure()(1, 2); }), "in state 1 (1) there is no action 2"));
  CHECK(contains(message_of([] { measure()(2, 0); }), "the state 2 is not among the 2 states of the table"));
  using measure_type = decltype(measure());
  STATIC_REQUIRE(std::is_invocable_v<measure_type, int, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<measure_type, int, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<measure_type, std::string>);
}
