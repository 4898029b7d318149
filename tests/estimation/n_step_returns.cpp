// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/n_step_returns.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/coordinates.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <span>
#include <vector>

#include <rapidcheck.h>

#include "estimation/four_steps.hpp"
#include "estimation/random_recording.hpp"
#include "estimation/residue.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/rationals.hpp"

namespace {

using bellman::n_step_returns;
using bellman::rational;
using bellman::skipped;
using bellman::terminated;
using bellman::truncated;
using bellman::test::four_steps::rewards;
using bellman::test::four_steps::values;
using bellman::test::half;
using bellman::test::message_of;
using bellman::test::true_at_both_times;
using estimators::residue;

// As it is defined: the rewards of the next n steps of the policy's own, fewer before an end.
std::vector<residue> as_defined(estimators::recording<residue> const& r, std::size_t n, residue gamma) {
  std::vector<residue> all;
  for (std::size_t t = 0; t < r.size(); ++t) {
    residue G(0);
    if (!r.steps[t].is_skipped()) {
      residue discount(1);
      std::size_t seen = 0;
      bool ended = false;
      std::size_t s = t;
      for (; !ended && (seen < n || r.steps[s].is_skipped()); ++s) {
        if (r.steps[s].is_skipped()) continue;
        G = G + discount * r.of.rewards[s];
        discount = discount * gamma;
        ++seen;
        ended = r.steps[s].is_ended();
        if (ended) G = G + discount * r.steps[s].after();
      }
      if (!ended) G = G + discount * r.of.values[s];
    }
    all.push_back(G);
  }
  return all;
}

}  // namespace

TEST_CASE("an n-step return is n rewards and the value of the state behind them") {
  CHECK(true_at_both_times([] {
    // 1 + 0/2 - 1/4, 0 - 2/2 + 4/4, -2 + 3/2, 3; and with 6 behind the end + 6/4, + 6/2.
    return n_step_returns(rewards, values, terminated{}, 2, half) ==
               std::array{rational(3, 4), rational(0), rational(-1, 2), rational(3)} &&
           n_step_returns(rewards, values, truncated{rational(6)}, 2, half) ==
               std::array{rational(3, 4), rational(0), rational(1), rational(6)};
  }));
}

TEST_CASE("of one step it is the TD(0) target, of as many as there are the return to go") {
  CHECK(true_at_both_times([] {
    auto const ending = truncated{rational(6)};
    bool equal = n_step_returns(rewards, values, ending, 1, half) ==
                 std::array{rational(2), rational(-1, 2), rational(0), rational(6)};
    for (std::size_t n : {4u, 5u, 1000000000u}) {
      equal =
          equal && n_step_returns(rewards, values, ending, n, half) == bellman::returns_to_go(rewards, ending, half);
    }
    return equal;
  }));
}

TEST_CASE("an n-step return is what its definition says of every recording, for every n") {
  CHECK(rc::check([] {
    auto const r = estimators::random_recording<residue>(estimators::random_size(60));
    residue const gamma = residue(estimators::random_integer(0, 9)) / residue(8);
    for (std::size_t n : {1u, 2u, 3u, 4u, 5u, 7u, 16u, 59u, 60u, 61u}) {
      RC_ASSERT(n_step_returns(r.of.rewards, r.of.values, r.steps, n, gamma) == as_defined(r, n, gamma));
    }
  }));
}

TEST_CASE("n counts the policy's own steps, and a window ends where an episode does") {
  CHECK(true_at_both_times([] {
    using step = bellman::step<rational>;
    std::array const steps{step(bellman::continues{}), step(skipped{}), step(terminated{}), step(terminated{})};
    // 1 - 2/2; skipped; -2; 3
    return n_step_returns(rewards, values, steps, 2, half) ==
           std::array{rational(0), rational(0), rational(-2), rational(3)};
  }));
}

TEST_CASE("n-step returns take a discount for each step, and vectors") {
  CHECK(true_at_both_times([] {
    std::array const discounts{rational(1), rational(1, 3), rational(0), rational(1)};
    // 1 + 0 - 1/3, 0 - 2/3, -2, 3
    return n_step_returns(rewards, values, terminated{}, 2, std::span(discounts)) ==
           std::array{rational(2, 3), rational(-2, 3), rational(-2), rational(3)};
  }));
  CHECK(true_at_both_times([] {
    using bellman::coordinates;
    std::array const r{coordinates{1.0, 0.0}, coordinates{2.0, 4.0}, coordinates{0.0, 1.0}};
    std::array const v{coordinates{0.0, 0.0}, coordinates{8.0, 8.0}, coordinates{4.0, 0.0}};
    auto const G = n_step_returns(r, v, terminated{}, 2, 0.5);
    return G[0] == coordinates{3.0, 2.0} && G[1] == coordinates{2.0, 4.5} && G[2] == coordinates{0.0, 1.0};
  }));
}

TEST_CASE("n-step returns are written where the caller says, be it over the rewards or the values") {
  auto r = rewards;
  auto v = values;
  auto const expected = n_step_returns(rewards, values, terminated{}, 3, half);
  CHECK(n_step_returns(r, v, terminated{}, 3, half, r.begin()) == r.end());
  CHECK(r == expected);
  CHECK(n_step_returns(rewards, v, terminated{}, 3, half, v.begin()) == v.end());
  CHECK(v == expected);
  STATIC_REQUIRE(std::same_as<decltype(bellman::n_step_returns_in<double>(std::vector<float>{}, std::vector<float>{},
                                                                          terminated{}, 2, 0.5)),
                              std::vector<double>>);
}

TEST_CASE("n-step returns of no steps, and of arguments that do not fit, are refused") {
  std::vector const r{1.0, 2.0};
  std::vector const v{1.0, 2.0, 3.0};
  CHECK(message_of([&] { n_step_returns(r, r, terminated{}, 0, 0.5); }) ==
        "bellman: the returns have 0 steps; they must have at least 1");
  CHECK(message_of([&] { n_step_returns(r, v, terminated{}, 2, 0.5); }) ==
        "bellman: 3 values and 2 rewards; there must be one for each reward");
  CHECK(message_of([&] { n_step_returns(r, r, terminated{}, 2, 1.5); }) ==
        "bellman: the discount is 1.5; it must lie in [0, 1]");
  CHECK(n_step_returns(std::vector<double>{}, std::vector<double>{}, terminated{}, 3, 0.5).empty());
}
