// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/bellman_n_step.hpp>

#include <bellman/decision/rollout.hpp>
#include <bellman/decision/trajectories.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <vector>

#include "models/textbook.hpp"
#include "planning/cases.hpp"
#include "planning/contains.hpp"
#include "planning/loop_and_end.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace bellman_n_step_tests {

using bellman::bellman_n_step;
using bellman::rational;
using bellman::test::any_way;
using bellman::test::contains;
using bellman::test::cycle;
using bellman::test::go_round;
using bellman::test::guess;
using bellman::test::half;
using bellman::test::loop_and_end;
using bellman::test::message_of;
using bellman::test::one;
using bellman::test::true_at_both_times;

constexpr rational g(3, 4);

// The mean of the first n-step return over all courses of `limit` steps.
constexpr rational mean_return(int s, std::size_t limit, std::size_t n) {
  auto const env = loop_and_end<rational>();
  auto const paths = bellman::trajectories(env, any_way, s, bellman::step_limit{limit});
  return bellman::expectation(paths, [&](auto const& path) {
    std::vector<rational> values;
    for (std::size_t k = 0; k < path.size(); ++k) values.push_back(guess(path.states[k]));
    if (path.has_terminated()) {
      return bellman::n_step_returns(path.rewards, values, bellman::terminated{}, n, g)[0];
    }
    return bellman::n_step_returns(path.rewards, values, bellman::truncated{guess(path.states.back())}, n, g)[0];
  });
}

TEST_CASE("it is the operator n times") {
  CHECK(true_at_both_times([] {
    auto const env = loop_and_end<rational>();
    auto const T = bellman::bellman_expectation(env, any_way, g);
    auto const three = bellman_n_step(env, any_way, g, 3)(guess);
    auto const none = bellman_n_step(env, any_way, g, 0)(guess);
    for (int s = 0; s < 3; ++s) {
      if (three(s) != T(T(T(guess)))(s)) return false;
      if (none(s) != (s == 2 ? rational(0) : guess(s))) return false;
    }
    return three.error_bound() == rational(0);
  }));
}

TEST_CASE("the expectation of n-step returns over all courses, exactly") {
  CHECK(true_at_both_times([] {
    auto const env = loop_and_end<rational>();
    for (std::size_t n = 1; n <= 3; ++n) {
      auto const v = bellman_n_step(env, any_way, g, n)(guess);
      for (int s : {0, 1}) {
        if (v(s) != mean_return(s, 3, n)) return false;
      }
    }
    return true;
  }));
}

TEST_CASE("the fixed point is the value of the policy, and two values come closer by the discount each step") {
  CHECK(true_at_both_times([] {
    auto const env = loop_and_end<rational>();
    auto const v = bellman::state_value(env, any_way, g);
    auto const T = bellman_n_step(env, any_way, g, 4);
    auto const above = [](int s) { return rational(guess(s) + rational(s + 1)); };
    rational most(0);
    for (int s : {0, 1}) {
      if (T(v)(s) != v(s) || T(above)(s) < T(guess)(s)) return false;
      rational const apart = T(above)(s) - T(guess)(s);
      if (most < apart) most = apart;
    }
    return rational(0) < most && most <= g * g * g * g * rational(2);
  }));
}

TEST_CASE("in floating point with bounds, and by the numbers of a table") {
  auto const table = bellman::tabulate(::models::random_walk<double>{});
  auto const pi = bellman::tabulate(table, [](int) { return 0; });
  auto const v = bellman_n_step(table, pi, 1.0, 200)([](bellman::index_t) { return 0.5; });
  auto const exact = bellman_n_step(
      ::models::random_walk<rational>{}, [](int) { return 0; }, one, 12)([](int) { return rational(1, 2); });
  CHECK(v.error_bound() < 1e-12);
  CHECK(0.0 < v.error_bound());
  auto const twelve = bellman_n_step(table, pi, 1.0, 12)([](bellman::index_t) { return 0.5; });
  CHECK(twelve.lower(2) <= bellman::to_double(exact(2)));
  CHECK(bellman::to_double(exact(2)) <= twelve.upper(2));
  for (int s = 1; s < 6; ++s) {
    CHECK(v(static_cast<bellman::index_t>(s)) > s / 6.0 - 1e-6);
    CHECK(v(static_cast<bellman::index_t>(s)) < s / 6.0 + 1e-6);
  }
}

TEST_CASE("what is wrong with a number of steps is said") {
  CHECK(contains(message_of([] { bellman_n_step(cycle{}, go_round, half, -2); }), "the number of steps is -2"));
  using maker = decltype(bellman_n_step);
  STATIC_REQUIRE(!std::is_invocable_v<maker const&, cycle, decltype(go_round), rational, double>);
}

}  // namespace bellman_n_step_tests
