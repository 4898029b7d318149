// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/policy_iteration.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <array>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/frozen_lake.hpp"
#include "models/recycling_robot.hpp"
#include "models/textbook.hpp"
#include "planning/cases.hpp"
#include "planning/contains.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace policy_iteration_tests {

using bellman::policy_iteration;
using bellman::rational;
using bellman::test::absolutely_close;
using bellman::test::contains;
using bellman::test::cycle;
using bellman::test::half;
using bellman::test::message_of;
using bellman::test::one;
using bellman::test::true_at_both_times;
using models::battery;
using models::deed;

using range_of_the_cycle = decltype(policy_iteration(cycle{}, half));
static_assert(std::ranges::input_range<range_of_the_cycle>);
static_assert(std::ranges::view<range_of_the_cycle>);

// Each value is that of its policy and rises; the last is the best.
template <class E, class... Rest>
constexpr std::size_t obeys_the_laws(E const& env, rational const& g, Rest const&... rest) {
  auto const best = bellman::solve(env, g).value;
  std::vector<rational> before;
  std::size_t n = 0;
  bool is_best = false;
  for (auto const& [pi, v] : policy_iteration(env, g, rest...)) {
    auto const T = bellman::bellman_expectation(env, pi, g);
    bool rises = before.empty();
    std::size_t i = 0;
    is_best = true;
    for (auto const s : env.states()) {
      rational const x = v(s);
      if (T(v)(s) != x) return 0;
      if (!before.empty()) {
        if (x < before[i]) return 0;
        rises = rises || before[i] < x;
        before[i] = x;
      }
      is_best = is_best && x == best(s);
      ++i;
    }
    if (!rises) return 0;
    if (before.empty()) {
      for (auto const s : env.states()) before.push_back(v(s));
    }
    ++n;
  }
  return is_best ? n : 0;
}

TEST_CASE("every policy on the way is better than the one before, and the last is the best") {
  CHECK(true_at_both_times([] {
    return obeys_the_laws(cycle{}, half) > 0 && obeys_the_laws(models::recycling_robot<rational>{}, half) == 3 &&
           obeys_the_laws(models::forest<rational>(), half) == 1;
  }));
  CHECK(true_at_both_times([] {
    return obeys_the_laws(models::small_example<rational>(), rational(9, 10)) > 1 &&
           obeys_the_laws(models::forest<rational>(), rational(9, 10), [](int) { return 1; }) > 1;
  }));
}

TEST_CASE("the robot by hand: when the battery is low it searches, recharges and, at best, waits") {
  CHECK(true_at_both_times([] {
    auto const steps = policy_iteration(models::recycling_robot<rational>{}, half);
    auto i = steps.begin();
    if (i->policy(battery::low) != deed::search || i->policy(battery::high) != deed::search) return false;
    // 5 h = 16 + l and 3 l = h - 2; recharging would be worth 23/14 and waiting 17/14.
    if (i->value(battery::high) != rational(23, 7) || i->value(battery::low) != rational(3, 7)) return false;
    ++i;
    if (i->policy(battery::low) != deed::recharge || i->value(battery::high) != rational(32, 9)) return false;
    ++i;
    if (i->policy(battery::low) != deed::wait || i->value(battery::low) != rational(2) ||
        i->value(battery::high) != rational(18, 5)) {
      return false;
    }
    ++i;
    return i == std::default_sentinel;
  }));
}

TEST_CASE("without a discount it begins with a policy that ends") {
  CHECK(true_at_both_times([] {
    models::way_to_a_corner<rational> const env{};
    auto const round_the_board = [](int s) { return s % 4 == 0 ? 0 : 3; };  // to the left, then up
    std::size_t n = 0;
    rational last(0);
    for (auto const& [pi, v] : policy_iteration(env, one, round_the_board)) {
      if (n == 0 && v(14) != rational(-5)) return false;
      last = v(14);
      ++n;
    }
    return n > 1 && last == rational(-1);
  }));
  auto const steps = policy_iteration(models::way_to_a_corner<rational>{}, one);
  CHECK(contains(message_of([&] { steps.begin(); }), "the policy never ends"));
}

TEST_CASE("in floating point it ends, with every way to evaluate") {
  models::frozen_lake<double, models::lake_8x8> const lake{};
  auto const best = bellman::solve(lake, 0.99);
  auto const check = [&](auto const& steps) {
    std::size_t n = 0;
    double last = 0;
    for (auto const& [pi, v] : steps) {
      CHECK(last <= v(0) + 1e-9);
      last = v(0);
      ++n;
    }
    CHECK(1 < n);
    CHECK(n < 30);
    CHECK(absolutely_close(last, best.value(0), 1e-8));
  };
  check(policy_iteration(lake, 0.99));
  check(policy_iteration(lake, 0.99, bellman::elimination{}));
  check(policy_iteration(
      lake, 0.99, [](int) { return 2; }, bellman::iteration{1e-10}));
}

TEST_CASE("by the numbers of a table, and with derivatives") {
  CHECK(true_at_both_times([] {
    auto const table = bellman::tabulate(models::recycling_robot<rational>{});
    rational last(0);
    for (auto const& [pi, v] : policy_iteration(table, half)) last = v(0);
    return last == rational(18, 5);
  }));
  using d = bellman::dual<double>;
  double slope = 0;
  for (auto const& [pi, v] : policy_iteration(models::recycling_robot<d>{}, d::variable(0.5))) {
    slope = v(battery::high).derivative[0];
  }
  // h = 2 + g (3/4 h + 1/4 l), l = 1/(1 - g): h = (2 + g/4 l) / (1 - 3/4 g); by g at 1/2.
  CHECK(absolutely_close(slope, ((0.25 * 2 + 0.125 * 4) + 0.75 * 3.6) / 0.625, 1e-12));
}

TEST_CASE("what policy iteration cannot begin with is refused") {
  using range = decltype(policy_iteration);
  auto const by_chance = [](int) { return bellman::uniform(std::array{0, 1}); };
  STATIC_REQUIRE(!std::is_invocable_v<range const&, cycle, rational, decltype(by_chance)>);
  STATIC_REQUIRE(!std::is_invocable_v<range const&, cycle, rational, bellman::elimination, bellman::elimination>);
  STATIC_REQUIRE(!std::is_invocable_v<range const&, cycle>);
  auto const steps = policy_iteration(models::way_to_a_corner<rational>{}, half);
  auto const pi = steps.begin()->policy;
  CHECK(contains(message_of([&] { pi(0); }), "is terminal, and a policy has no action there"));
}

}  // namespace policy_iteration_tests
