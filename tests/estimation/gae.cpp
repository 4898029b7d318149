// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/gae.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/scalar/coordinates.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <ranges>
#include <span>
#include <type_traits>
#include <vector>

#include "estimation/four_steps.hpp"
#include "models/path.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/sixteen_bits.hpp"

namespace {

using bellman::gae;
using bellman::rational;
using bellman::terminated;
using bellman::truncated;
using bellman::test::four_steps::g;
using bellman::test::four_steps::l;
using bellman::test::four_steps::rewards;
using bellman::test::four_steps::values;
using bellman::test::true_at_both_times;

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
    auto const returns = bellman::discounted_returns(rewards, truncated{rational(6)}, g);
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

TEST_CASE("each reward may have a discount of its own, each state a lambda") {
  CHECK(true_at_both_times([] {
    std::array const gammas{g, rational(0), rational(1), rational(1, 3)};
    std::array const lambdas{rational(0), rational(1), g, rational(1, 4)};
    // A_3 = 3 + 6/3 - 4; A_2 = -2 + 4 + A_3 / 4 + 1; A_1 = 0 - 2; A_0 = 1 + (2 + A_1) / 2 - 1/2
    auto const [a, r] = gae(rewards, values, truncated{rational(6)},
                            bellman::trace_parameters{.gamma = std::span(gammas), .lambda = std::span(lambdas)});
    return a == std::array{rational(1, 2), rational(-2), rational(13, 4), rational(1)} &&
           r == std::array{rational(1), rational(0), rational(9, 4), rational(5)};
  }));
}

TEST_CASE("an array of several episodes with a tool's tokens between them") {
  CHECK(true_at_both_times([] {
    using step = bellman::step<rational>;
    std::array const steps{step(bellman::continues{}), step(bellman::skipped{}), step(terminated{}),
                           step(truncated{rational(6)})};
    // A_2 = -2 + 1, A_0 = 1 - 1/2 - 1/2 + A_2 / 3; A_3 = 3 + 6/2 - 4
    auto const [a, r] = gae(rewards, values, steps, {.gamma = g, .lambda = l});
    return a == std::array{rational(-1, 3), rational(0), rational(-1), rational(2)} &&
           r == std::array{rational(1, 6), rational(0), rational(-2), rational(6)};
  }));
}

TEST_CASE("a cut at which its value is the return from there changes nothing") {
  CHECK(true_at_both_times([] {
    using step = bellman::step<rational>;
    bellman::trace_parameters<rational> const p{.gamma = g, .lambda = rational(1)};
    auto const whole = gae(rewards, values, terminated{}, p);
    std::array const steps{step(bellman::continues{}), step(truncated{whole.returns[2]}), step(bellman::continues{}),
                           step(terminated{})};
    auto const cut = gae(rewards, values, steps, p);
    return cut.advantages == whole.advantages && cut.returns == whole.returns;
  }));
}

TEST_CASE("floats that are estimated in double are nearer to what is exact") {
  // Rewards and values of sevenths, which no float has; the truth in long double, of the floats as they are.
  std::vector<float> r;
  std::vector<float> v;
  std::vector<long double> exact_r;
  std::vector<long double> exact_v;
  for (int i = 0; i < 2000; ++i) {
    r.push_back(static_cast<float>(i % 7 + 1) / 7);
    v.push_back(static_cast<float>(i % 5 + 90) / 7);
    exact_r.push_back(r.back());
    exact_v.push_back(v.back());
  }
  // Such as no rounding tells apart in float and in double.
  bellman::trace_parameters<double> const p{.gamma = 0.9921875, .lambda = 0.96875};
  auto const exact = bellman::gae_in<long double>(exact_r, exact_v, terminated{}, p).advantages;
  auto const narrow = gae(r, v, terminated{}, p).advantages;
  auto const wide = bellman::gae_in<double>(r, v, terminated{}, p).advantages;
  long double worst_narrow = 0;
  long double worst_wide = 0;
  for (std::size_t t = 0; t < r.size(); ++t) {
    auto const off = [&](long double x) { return x < exact[t] ? exact[t] - x : x - exact[t]; };
    worst_narrow = std::max(worst_narrow, off(narrow[t]));
    worst_wide = std::max(worst_wide, off(wide[t]));
  }
  STATIC_REQUIRE(std::same_as<decltype(narrow), std::vector<float> const>);
  STATIC_REQUIRE(std::same_as<decltype(wide), std::vector<double> const>);
  CHECK(worst_narrow > 1e-7L);
  CHECK(worst_wide < 1e-13L);
}

TEST_CASE("advantages and returns are written where the caller says") {
  std::vector const r{0.0f, 0.0f, 1.0f};
  std::vector const v{0.25f, 0.5f, 0.75f};
  std::array<double, 3> advantages{};
  std::vector<float> returns(4, 7.0f);
  auto const ends = gae(r, v, terminated{}, {.gamma = 1, .lambda = 1}, advantages.begin(), advantages.begin());
  CHECK(ends.advantages == advantages.end());
  CHECK(ends.returns == advantages.end());
  CHECK(advantages == std::array{1.0, 1.0, 1.0});  // the returns are written last
  gae(r, v, terminated{}, {.gamma = 1, .lambda = 1}, returns.begin() + 1, returns.begin() + 1);
  CHECK(returns == std::vector{7.0f, 1.0f, 1.0f, 1.0f});
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

TEST_CASE("recordings of 16 bits are estimated in float, and may be written to where such are stored") {
  auto const check = [](auto number) {
    using number_type = decltype(number);
    auto const row = [](auto... x) { return std::array{number_type(x)...}; };
    auto const half_rewards = row(1.0f, 0.5f, 2.0f);
    auto const half_values = row(0.25f, 0.5f, 0.75f);
    std::array const r{1.0f, 0.5f, 2.0f};
    std::array const v{0.25f, 0.5f, 0.75f};
    bellman::truncated const steps{number_type(1.5f)};
    bellman::truncated const in_float{1.5f};
    auto const expected = bellman::gae(r, v, in_float, {.gamma = 0.5, .lambda = 0.5});
    auto const got = bellman::gae(half_rewards, half_values, steps, {.gamma = 0.5, .lambda = 0.5});
    STATIC_REQUIRE(std::is_same_v<decltype(got), decltype(expected)>);
    CHECK(got.advantages == expected.advantages);
    CHECK(got.returns == expected.returns);
    CHECK(bellman::gae(half_rewards, v, steps, {.gamma = 0.5, .lambda = 0.5}).returns == expected.returns);
    std::array<number_type, 3> advantages{};
    std::array<number_type, 3> returns{};
    bellman::gae(half_rewards, half_values, steps, {.gamma = 0.5, .lambda = 0.5}, advantages.begin(), returns.begin());
    for (std::size_t t = 0; t < 3; ++t) {
      CHECK(static_cast<float>(advantages[t]) == static_cast<float>(number_type(expected.advantages[t])));
      CHECK(static_cast<float>(returns[t]) == static_cast<float>(number_type(expected.returns[t])));
    }
  };
  check(bellman::test::brain_float{});
  check(bellman::test::half_float{});
}
