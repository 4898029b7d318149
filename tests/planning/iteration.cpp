// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/iteration.hpp>

#include <bellman/error.hpp>
#include <bellman/planning/elimination.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/uniform.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <ranges>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>
#include <boost/rational.hpp>
#include <rapidcheck.h>

#include "models/frozen_lake.hpp"
#include "models/listed_mdp.hpp"
#include "models/textbook.hpp"
#include "models/two_state_cycle.hpp"
#include "planning/cases.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::elimination;
using bellman::iteration;
using bellman::test::absolutely_close;
using bellman::test::go_round;
using bellman::test::true_at_both_times;
using exact = boost::rational<boost::multiprecision::cpp_int>;

exact fraction_of(double x) {
  int exponent = 0;
  auto const mantissa = static_cast<long long>(std::ldexp(std::frexp(x, &exponent), 53));
  exponent -= 53;
  boost::multiprecision::cpp_int const power = boost::multiprecision::cpp_int(1) << std::abs(exponent);
  return exponent < 0 ? exact(mantissa, power) : exact(mantissa * power);
}

// An environment whose numbers are eighths and halves, so that a double holds them exactly: the same one for every R.
struct drawn_model {
  struct drawn_action {
    std::vector<int> next;  // eight, each with the probability 1/8
    int twice_the_reward;
  };
  std::vector<std::vector<drawn_action>> actions;
  std::vector<int> policy;

  template <class R>
  models::listed_mdp<R> environment() const {
    models::listed_mdp<R> env;
    for (auto const& of_state : actions) {
      auto& row = env.outcomes.emplace_back();
      for (auto const& a : of_state) {
        auto& outcomes = row.emplace_back();
        for (int next : a.next) outcomes.push_back({{R(a.twice_the_reward) / R(2), next}, R(1) / R(8)});
      }
    }
    return env;
  }
};
drawn_model draw_model(int largest_reward) {
  drawn_model model;
  int const n = *rc::gen::inRange(1, 7);
  bool const ends = *rc::gen::arbitrary<bool>();
  for (int s = 0; s < n; ++s) {
    auto& actions = model.actions.emplace_back();
    int const m = ends && s == n - 1 ? 0 : *rc::gen::inRange(1, 4);
    for (int a = 0; a < m; ++a) {
      auto const next = *rc::gen::container<std::vector<int>>(8, rc::gen::inRange(0, n));
      actions.push_back({next, *rc::gen::inRange(-largest_reward, largest_reward + 1)});
    }
    model.policy.push_back(m == 0 ? 0 : *rc::gen::inRange(0, m));
  }
  return model;
}

template <class V, class W>
bool is_within_its_bound(V const& found, W const& true_value, int n) {
  exact const bound = fraction_of(static_cast<double>(found.error_bound()));
  for (int s = 0; s < n; ++s) {
    exact const off = fraction_of(static_cast<double>(found(s))) - true_value(s);
    if (bound < off || off < -bound) return false;
  }
  return true;
}

template <class F>
void check_bounds(drawn_model const& model, F gamma, double tolerance) {
  int const n = static_cast<int>(model.actions.size());
  auto const policy = [&](int s) { return model.policy[static_cast<std::size_t>(s)]; };
  auto const env = model.environment<F>();
  auto const exact_env = model.environment<exact>();
  exact const exact_gamma = fraction_of(static_cast<double>(gamma));

  auto const value = bellman::state_value(env, policy, gamma, iteration{tolerance});
  RC_ASSERT(is_within_its_bound(value, bellman::state_value(exact_env, policy, exact_gamma), n));
  auto const best = bellman::solve(env, gamma, iteration{tolerance});
  auto const truth = bellman::solve(exact_env, exact_gamma);
  RC_ASSERT(is_within_its_bound(best.value, truth.value, n));
  // No best action is missed.
  for (int s = 0; s < n; ++s) {
    auto const found = best.policy.optimal_actions(s);
    for (int a : truth.policy.optimal_actions(s)) RC_ASSERT(std::ranges::count(found, a) == 1);
  }
}

}  // namespace

TEST_CASE("the bound of an iteration is certain: the exact value lies within it") {
  CHECK(rc::check("in double", [] {
    double const gamma = *rc::gen::element(0.0, 0.1, 0.5, 0.9, 0.99, 0.999);
    check_bounds(draw_model(6), gamma, *rc::gen::element(1.0, 1e-3, 1e-9, 1e-12, 1e-300));
  }));
  CHECK(rc::check("in float", [] {
    float const gamma = *rc::gen::element(0.0f, 0.5f, 0.9f, 0.99f);
    check_bounds(draw_model(6), gamma, *rc::gen::element(1.0, 1e-3, 1e-5, 1e-30));
  }));
  CHECK(rc::check("for large rewards", [] { check_bounds(draw_model(100'000'000), 0.95, 1e-6); }));
}

TEST_CASE("an iteration reaches its tolerance, and the values of elimination") {
  models::frozen_lake<double> const lake{models::lake_8x8, 8};
  auto const any = [](int) { return bellman::uniform(std::views::iota(0, 4)); };
  for (double tolerance : {1e-3, 1e-6, 1e-9}) {
    auto const iterated = bellman::state_value(lake, any, 0.99, iteration{tolerance});
    auto const eliminated = bellman::state_value(lake, any, 0.99, elimination{});
    auto const best = bellman::solve(lake, 0.99, iteration{tolerance}).value;
    CHECK(iterated.error_bound() <= tolerance);
    CHECK(best.error_bound() <= tolerance);
    CHECK(eliminated.error_bound() == 0.0);
    for (int s = 0; s < 64; ++s) CHECK(absolutely_close(iterated(s), eliminated(s), tolerance));
    CHECK(absolutely_close(best(0), 0.41464036179998764, tolerance));
  }
}

TEST_CASE("an iteration may run in a constant expression") {
  CHECK(true_at_both_times([] {
    // (3 - g) / (1 - g^2) at g = 1/2
    auto const v = bellman::state_value(models::two_state_cycle<double>{}, go_round, 0.5, iteration{1e-6});
    return absolutely_close(v(0), 10.0 / 3, 1e-6) && v.error_bound() <= 1e-6;
  }));
}

TEST_CASE("a discount of 1 can be iterated where each step may end, and is refused where none may") {
  CHECK(absolutely_close(bellman::state_value(
                             models::random_walk<double>{}, [](int) { return 0; }, 0.999, iteration{})(3),
                         bellman::state_value(
                             models::random_walk<double>{}, [](int) { return 0; }, 0.999)(3),
                         1e-9));
  auto const every_step_may_end = models::mdp_of_rows<double>(2, {{0, 0, 0.5, 0, 1.0}, {0, 0, 0.5, 1, 1.0}});
  auto const v = bellman::state_value(
      every_step_may_end, [](int) { return 0; }, 1.0, iteration{1e-9});
  CHECK(absolutely_close(v(0), 2.0, 1e-9));
  CHECK_THROWS_AS(bellman::state_value(models::two_state_cycle<double>{}, go_round, 1.0, iteration{}),
                  bellman::invalid_value);
  CHECK_THROWS_AS(bellman::solve(models::two_state_cycle<double>{}, 1.0, iteration{}), bellman::invalid_value);
}

TEST_CASE("a tolerance that is not above 0 is refused") {
  for (double bad : {0.0, -1e-9, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(bellman::solve(models::two_state_cycle<double>{}, 0.5, iteration{bad}), bellman::invalid_value);
  }
}
