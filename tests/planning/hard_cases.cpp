// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/ending.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <ranges>
#include <type_traits>
#include <vector>

#include "models/two_state_cycle.hpp"
#include "support/approx_equal.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::dirac;
using bellman::outcome;
using bellman::test::approx_equal;
using bellman::test::message_of;

// One state that comes back; each action pays its own reward.
template <class R>
struct bandit {
  using state_type = int;
  using action_type = int;
  using reward_type = R;
  std::vector<R> pays;

  auto states() const { return std::views::iota(0, 1); }
  auto actions(int) const { return std::views::iota(0, static_cast<int>(pays.size())); }
  bool terminal(int) const { return false; }
  auto transition(int s, int a) const { return dirac{outcome{pays[static_cast<std::size_t>(a)], s}}; }
};

// State 0 leads to state 1 and pays -6; from state 1 one may end for 5, stay for nothing, or go back for nothing.
struct loop_for_nothing {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  auto states() const { return std::views::iota(0, 3); }
  auto actions(int s) const { return std::views::iota(0, s == 0 ? 1 : 3); }
  bool terminal(int s) const { return s == 2; }
  auto transition(int s, int a) const {
    if (s == 0) return dirac{outcome{-6.0, 1}};
    if (a == 0) return dirac{outcome{5.0, 2}};
    return dirac{outcome{0.0, a == 1 ? 1 : 0}};
  }
};

}  // namespace

TEST_CASE("policy iteration ends where two actions are equal but for rounding") {
  using D = bellman::dual<double>;
  for (double gamma : {0.1, 0.3, 0.5, 0.7, 0.9, 0.99}) {
    auto const best = bellman::solve(bandit<double>{{1.0, 1.0, 1.0}}, D::variable(gamma));
    CHECK(approx_equal(best.value(0).value, 1 / (1 - gamma), 1e-12));
    CHECK(approx_equal(best.value(0).derivative[0], 1 / ((1 - gamma) * (1 - gamma)), 1e-12));
  }
}

TEST_CASE("optimal values do not depend on the unit of the rewards") {
  CHECK(approx_equal(bellman::solve(bandit<double>{{1e-14, 2e-14}}, 0.9).value(0), 2e-13, 1e-12));
  CHECK(approx_equal(bellman::solve(bandit<float>{{1.0f, 1.02f}}, 0.99).value(0), 102.0f, 1e-5f));
}

TEST_CASE("optimal intervals in a cycle enclose the value, or are refused where the choice is not certain") {
  using I = bellman::interval<double>;
  auto const certain = bellman::solve(bandit<I>{{I(0.0, 1.0), I(3.0, 3.5)}}, I(0.5));
  CHECK(certain.value(0).contains(6.0));
  CHECK(certain.value(0).contains(7.0));
  // Of a single state the values of all actions are known, and the best lies between the best of their bounds.
  auto const either = bellman::solve(bandit<I>{{I(0.0, 1.0), I(0.5, 2.0)}}, I(0.5));
  CHECK(either.value(0).lower() <= 1.0);
  CHECK(either.value(0).upper() >= 4.0);
  CHECK(either.value(0).upper() <= 4.001);
  CHECK(either.policy.optimal_actions(0).size() == 2);
  CHECK(bellman::solve(bandit<I>{{I(0.5, 2.0), I(0.0, 1.0)}}, I(0.5)).value(0) == either.value(0));
  CHECK(message_of([] {
          bellman::solve(models::two_state_cycle<I>{I(0.0, 1.0), I(0.5, 2.0), I(0.0), I(0.0)}, I(0.5));
        }) == "bellman: in state 0 (0) the intervals of two action values overlap, so that it is not certain which is "
              "the best; among states that lead to each other it must be");
}

TEST_CASE("a reward that is no finite number is refused") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  double const infinite = std::numeric_limits<double>::infinity();
  CHECK_THROWS_AS(bellman::solve(bandit<double>{{1.0, nan}}, 0.5), bellman::invalid_value);
  CHECK_THROWS_AS(bellman::solve(bandit<double>{{-infinite, 1.0}}, 0.5, bellman::iteration{}), bellman::invalid_value);
}

TEST_CASE("with a discount of 1 a loop for nothing is no better than what it could end with") {
  auto const best = bellman::solve(loop_for_nothing{}, 1);
  CHECK(best.value(0) == -1.0);
  CHECK(best.value(1) == 5.0);
}

TEST_CASE("gae of integer rewards is of the values' type") {
  std::vector<int> const rewards{0, 0, 1};
  std::vector<double> const values{0.25, 0.5, 0.75};
  auto const e = bellman::gae(rewards, values, bellman::terminated{}, {.gamma = 1, .lambda = 1});
  STATIC_REQUIRE(std::is_same_v<decltype(e.advantages), std::vector<double>>);
  CHECK(e.advantages == std::vector<double>{0.75, 0.5, 0.25});
}
