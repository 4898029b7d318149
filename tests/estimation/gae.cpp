// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/value/return.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <ranges>
#include <vector>

#include "models/path.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::gae;
using bellman::rational;
using bellman::terminated;
using bellman::truncated;
using bellman::test::true_at_both_times;

constexpr std::array rewards{rational(1), rational(0), rational(-2), rational(3)};
constexpr std::array values{rational(1, 2), rational(2), rational(-1), rational(4)};
constexpr rational g(1, 2);
constexpr rational l(2, 3);

}  // namespace

TEST_CASE("advantages are the sums of TD errors, discounted by gamma lambda") {
  // delta = 1 + 1/2 * 2 - 1/2, 0 - 1/2 - 2, -2 + 1/2 * 4 + 1, 3 - 4, and A_t = delta_t + 1/3 A_{t+1}
  CHECK(true_at_both_times([] {
    auto const [a, r] = gae(rewards, values, terminated{}, {.gamma = g, .lambda = l});
    return a == std::array{rational(20, 27), rational(-41, 18), rational(2, 3), rational(-1)} &&
           r == std::array{rational(67, 54), rational(-5, 18), rational(-1, 3), rational(3)};
  }));
}

TEST_CASE("where an episode was cut, the value that was given counts, and nothing else changes") {
  CHECK(true_at_both_times([] {
    auto const [a, r] = gae(rewards, values, truncated{rational(6)}, {.gamma = g, .lambda = l});
    return a[3] == rational(3) + g * rational(6) - rational(4) && a[2] == rational(1) + rational(1, 3) * a[3] &&
           r[3] == rational(6);
  }));
}

TEST_CASE("lambda 1 gives the return less the value, lambda 0 the TD errors") {
  CHECK(true_at_both_times([] {
    auto const whole = gae(rewards, values, truncated{rational(6)}, {.gamma = g, .lambda = rational(1)});
    auto const returns = bellman::discounted_returns(rewards, g, truncated{rational(6)});
    auto const single = gae(rewards, values, truncated{rational(6)}, {.gamma = g, .lambda = rational(0)});
    for (std::size_t t = 0; t < 4; ++t) {
      rational const next = t < 3 ? values[t + 1] : rational(6);
      if (whole.advantages[t] != returns[t] - values[t] || whole.returns[t] != returns[t]) return false;
      if (single.advantages[t] != rewards[t] + g * next - values[t]) return false;
    }
    return true;
  }));
}

TEST_CASE("the steps after a cut do not matter to those before it") {
  CHECK(true_at_both_times([] {
    std::array const first{rewards[0], rewards[1]};
    std::array const first_values{values[0], values[1]};
    auto const part = gae(first, first_values, truncated{values[2]}, {.gamma = g, .lambda = rational(0)});
    auto const whole = gae(rewards, values, terminated{}, {.gamma = g, .lambda = rational(0)});
    return part.advantages[0] == whole.advantages[0] && part.advantages[1] == whole.advantages[1];
  }));
}

TEST_CASE("with the values of the policy itself every TD error of a path is 0") {
  CHECK(true_at_both_times([] {
    models::path const env{rewards};
    auto const v = bellman::state_value(
        env, [](std::size_t) { return 0; }, g);
    std::array const exact{v(0), v(1), v(2), v(3)};
    auto const [a, r] = gae(rewards, exact, terminated{}, {.gamma = g, .lambda = l});
    return a == std::array{rational(0), rational(0), rational(0), rational(0)} && r == exact;
  }));
}

TEST_CASE("an array gives arrays, other ranges give vectors, and nothing gives nothing") {
  CHECK(true_at_both_times([] {
    std::vector<float> const r{0, 0, 1};
    std::vector<float> const v{0.25f, 0.5f, 0.75f};
    auto const [a, back] = gae(r, v, terminated{}, {.gamma = 1, .lambda = 1});
    std::vector<double> const none{};
    return a == std::vector{0.75f, 0.5f, 0.25f} && back == std::vector{1.0f, 1.0f, 1.0f} &&
           gae(none, none, terminated{}, {.gamma = 0.9, .lambda = 0.9}).advantages.empty();
  }));
  STATIC_REQUIRE(std::same_as<decltype(gae(rewards, values, terminated{}, {.gamma = g, .lambda = l}).advantages),
                              std::array<rational, 4>>);
  auto const halves = std::views::iota(0, 3) | std::views::transform([](int i) { return i / 2.0; });
  CHECK(gae(halves, halves, terminated{}, {.gamma = 0, .lambda = 0}).advantages == std::vector{0.0, 0.0, 0.0});
}

TEST_CASE("vectors of rewards have vectors of advantages") {
  CHECK(true_at_both_times([] {
    using bellman::coordinates;
    std::array const r{coordinates{1.0, 0.0}, coordinates{2.0, 4.0}};
    std::array const v{coordinates{0.5, 0.5}, coordinates{1.0, 1.0}};
    auto const [a, back] = gae(r, v, terminated{}, {.gamma = 0.5, .lambda = 1});
    return a[1] == coordinates{1.0, 3.0} && a[0] == coordinates{1.5, 1.5} && back[0] == coordinates{2.0, 2.0};
  }));
}

TEST_CASE("gamma and lambda outside of 0 to 1, and lengths that differ, are refused") {
  std::vector<double> const r{1.0, 2.0};
  std::vector<double> const v{1.0, 2.0, 3.0};
  double const not_a_number = std::numeric_limits<double>::quiet_NaN();
  for (double bad : {-0.5, 1.5, not_a_number}) {
    CHECK_THROWS_AS(gae(r, r, terminated{}, {.gamma = bad, .lambda = 0.5}), bellman::invalid_value);
    CHECK_THROWS_AS(gae(r, r, terminated{}, {.gamma = 0.5, .lambda = bad}), bellman::invalid_value);
  }
  CHECK_THROWS_AS(gae(r, v, terminated{}, {.gamma = 0.5, .lambda = 0.5}), bellman::invalid_value);
  CHECK_THROWS_AS(gae(v, r, truncated{1.0}, {.gamma = 0.5, .lambda = 0.5}), bellman::invalid_value);
}
