// SPDX-License-Identifier: BSL-1.0
#include <bellman/views/estimates_view.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/td_errors.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/views/discounted_returns.hpp>
#include <bellman/views/gae.hpp>
#include <bellman/views/lambda_returns.hpp>
#include <bellman/views/n_step_returns.hpp>
#include <bellman/views/returns_to_go.hpp>
#include <bellman/views/td_errors.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <span>
#include <utility>
#include <vector>

#include "recording.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace views = bellman::views;
using bellman::continues;
using bellman::rational;
using bellman::terminated;
using bellman::trace_parameters;
using bellman::truncated;
using bellman::test::elements;
using bellman::test::lengths;
using bellman::test::random_recording;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("returns are seen from the first to the last, in reverse, and at random") {
  CHECK(true_at_both_times([] {
    std::array const rewards{rational(2), rational(4), rational(8)};
    auto returns = rewards | views::discounted_returns(rational(1, 2));
    std::array const expected{rational(6), rational(8), rational(8)};
    return std::ranges::equal(returns, expected) &&
           std::ranges::equal(returns | std::views::reverse, expected | std::views::reverse) &&
           returns[1] == rational(8) && returns.back() == rational(8) && returns.front() == rational(6) &&
           returns.size() == 3;
  }));
  CHECK(true_at_both_times([] {
    return std::ranges::equal(std::vector{1.0, 2.0} | views::discounted_returns(truncated{4.0}, 0.5),
                              std::array{3.0, 4.0}) &&
           std::ranges::equal(views::discounted_returns(std::vector{1.0, 2.0}, 0.5), std::array{2.0, 2.0});
  }));
}

TEMPLATE_TEST_CASE("a view has the values of the eager form to the last bit", "", float, double) {
  for (std::size_t n : lengths) {
    auto const r = random_recording<TestType>(n);
    trace_parameters<double> const p{.gamma = 0.9, .lambda = 0.8};

    CHECK(elements(r.rewards | views::discounted_returns(truncated{0.1}, 0.9)) ==
          bellman::returns_to_go(r.rewards, truncated{0.1}, 0.9));
    CHECK(elements(r.rewards | views::returns_to_go(r.steps, 0.9)) == bellman::returns_to_go(r.rewards, r.steps, 0.9));
    CHECK(elements(r.rewards | views::td_errors(r.values, r.steps, 0.9)) ==
          bellman::td_errors(r.rewards, r.values, r.steps, 0.9));
    CHECK(elements(r.rewards | views::lambda_returns(r.values, r.steps, p)) ==
          bellman::lambda_returns(r.rewards, r.values, r.steps, {.gamma = 0.9, .lambda = 0.8}));

    auto const gae = bellman::gae(r.rewards, r.values, r.steps, {.gamma = 0.9, .lambda = 0.8});
    auto lazily = r.rewards | views::gae(r.values, r.steps, {.gamma = 0.9, .lambda = 0.8});
    CHECK(elements(lazily | std::views::transform([](auto const& x) { return x.advantages; })) == gae.advantages);
    CHECK(elements(lazily | std::views::transform([](auto const& x) { return x.returns; })) == gae.returns);
    auto backwards = elements(lazily | std::views::reverse | std::views::transform([](auto const& x) {
                                return x.advantages;
                              }));
    std::ranges::reverse(backwards);
    CHECK(backwards == gae.advantages);
  }
}

TEST_CASE("flags and masks are read where they stand") {
  std::vector<double> const rewards{1, 2, 3, 4};
  std::vector<double> const values{1, 1, 1, 1};
  std::vector<std::uint8_t> const ends{0, 1, 0, 1};  // the last of them is not read
  std::vector<std::uint8_t> const own{1, 1, 0, 1};
  bellman::recorded_steps const steps{.terminated = std::span(ends), .own = std::span(own), .value_after_last = 8.0};
  CHECK(elements(rewards | views::returns_to_go(steps, 0.5)) == std::vector{2.0, 2.0, 0.0, 8.0});
  CHECK(elements(rewards | views::td_errors(values, steps, 0.5)) == std::vector{0.5, 1.0, 0.0, 7.0});
  CHECK(elements(rewards | views::n_step_returns(values, steps, 3, 0.5)) == std::vector{2.0, 2.0, 0.0, 8.0});
  bellman::recorded_steps const one_episode{.value_after_last = terminated{}};
  CHECK(elements(rewards | std::views::drop(3) | views::returns_to_go(one_episode, 1)) == std::vector{4.0});
}

TEST_CASE("discounts may be one for each step") {
  auto const r = random_recording<double>(600);
  std::vector<double> gammas;
  for (std::size_t t = 0; t < 600; ++t) gammas.push_back(static_cast<double>(t % 5) / 5);
  trace_parameters const p{.gamma = std::span(gammas), .lambda = 0.5};
  CHECK(elements(r.rewards | views::lambda_returns(r.values, r.steps, p)) ==
        bellman::lambda_returns(r.rewards, r.values, r.steps, p));
  CHECK(elements(r.rewards | views::returns_to_go(r.steps, gammas)) ==
        bellman::returns_to_go(r.rewards, r.steps, gammas));
  CHECK(elements(r.rewards | views::td_errors(r.values, r.steps, gammas)) ==
        bellman::td_errors(r.rewards, r.values, r.steps, gammas));
}

TEST_CASE("advantages are the returns of TD errors: views are put on views") {
  std::array const rewards{rational(1), rational(2), rational(4), rational(3)};
  std::array const values{rational(2), rational(0), rational(4), rational(7)};
  rational const gamma(1, 2);
  rational const lambda(1, 3);
  auto advantages = rewards | views::td_errors(values, terminated{}, gamma) |
                    views::discounted_returns(rational(gamma * lambda));
  auto const eager = bellman::gae(rewards, values, terminated{}, trace_parameters{.gamma = gamma, .lambda = lambda});
  CHECK(std::ranges::equal(advantages, eager.advantages));
}

TEST_CASE("nothing is read before it is asked for, and no more than is said") {
  std::size_t reads = 0;
  std::vector<double> const ones(1000, 1.0);
  auto const counted = ones | std::views::transform([&reads](double x) {
                         ++reads;
                         return x;
                       });
  SECTION("a TD error reads one reward") {
    auto errors = counted | views::td_errors(ones, terminated{}, 0.5);
    CHECK(reads == 0);
    CHECK(errors[10] == 0.5);
    CHECK(reads == 1);
  }
  SECTION("a window reads its rewards") {
    auto returns = counted | views::n_step_returns(ones, terminated{}, 5, 1.0);
    CHECK(returns[10] == 6.0);
    CHECK(reads == 5);
  }
  SECTION("returns are computed once in reverse, twice from the first to the last") {
    auto returns = counted | views::discounted_returns(1.0);
    CHECK(returns.begin() != returns.end());
    CHECK(reads == 0);
    double sum = 0;
    for (double x : returns | std::views::reverse) sum += x;
    CHECK(sum == 500'500.0);
    CHECK(reads == 1000);
    reads = 0;
    auto again = counted | views::discounted_returns(1.0);
    for (double x : again) sum -= x;
    CHECK(sum == 0.0);
    CHECK(reads <= 2000);
  }
  SECTION("the last block is enough for the last returns") {
    auto returns = counted | views::discounted_returns(1.0);
    CHECK(returns[999] == 1.0);
    CHECK(returns[800] == 200.0);
    CHECK(reads == 256);
  }
}

TEST_CASE("a view may be copied, moved and assigned to, and holds a temporary") {
  std::vector<double> const rewards(300, 1.0);
  auto returns = rewards | views::discounted_returns(1.0);
  CHECK(returns[0] == 300.0);
  auto copy = returns;
  CHECK(copy[1] == 299.0);
  auto moved = std::move(copy);
  CHECK(moved[2] == 298.0);
  decltype(returns) assigned;
  assigned = moved;
  CHECK(assigned[299] == 1.0);
  CHECK(moved[3] == 297.0);

  auto owner = std::vector<double>(300, 1.0) |
               views::lambda_returns(std::vector<double>(300, 0.0), terminated{}, {.gamma = 1.0, .lambda = 1.0});
  CHECK(owner[0] == 300.0);
  auto const new_owner = [](auto view) { return view[1]; };
  CHECK(new_owner(std::move(owner)) == 299.0);
}

TEST_CASE("views model the concepts of the standard library") {
  using rewards = std::vector<float>&;
  using returns = decltype(std::declval<rewards>() | views::discounted_returns(0.5));
  using errors = decltype(std::declval<rewards>() | views::td_errors(std::declval<rewards>(), terminated{}, 0.5));
  STATIC_REQUIRE(std::ranges::view<returns>);
  STATIC_REQUIRE(std::ranges::random_access_range<returns>);
  STATIC_REQUIRE(std::ranges::sized_range<returns>);
  STATIC_REQUIRE(std::ranges::common_range<returns>);
  STATIC_REQUIRE(std::same_as<std::ranges::range_value_t<returns>, float>);
  STATIC_REQUIRE(std::ranges::view<errors>);
  STATIC_REQUIRE(std::ranges::random_access_range<errors>);
  STATIC_REQUIRE(std::same_as<std::ranges::range_value_t<errors>, float>);
}

TEST_CASE("closures are put together before there is a range") {
  std::vector<double> const rewards{1, 2, 4, 8};
  auto const twice = [](double x) { return 2 * x; };
  auto const pipeline = std::views::take(3) | views::discounted_returns(0.5) | std::views::transform(twice);
  CHECK(elements(rewards | pipeline) == std::vector{6.0, 8.0, 8.0});
  auto const again = views::discounted_returns(0.0) | views::discounted_returns(1.0);
  CHECK(elements(rewards | again) == std::vector{15.0, 14.0, 12.0, 8.0});
}

TEST_CASE("what the eager form refuses the view refuses when it is begun") {
  auto r = random_recording<double>(10);
  auto const begin = [](auto view) { view.begin(); };
  CHECK_THROWS_AS(begin(r.rewards | views::discounted_returns(1.5)), bellman::invalid_value);
  CHECK_THROWS_AS(begin(r.rewards | views::returns_to_go(r.steps, -0.5)), bellman::invalid_value);
  CHECK_THROWS_AS(begin(r.rewards | views::td_errors(r.values, r.steps, 2.0)), bellman::invalid_value);
  CHECK_THROWS_AS(begin(r.rewards | views::gae(r.values, r.steps, {.gamma = 0.5, .lambda = 1.5})),
                  bellman::invalid_value);
  CHECK_THROWS_AS(r.rewards | views::n_step_returns(r.values, r.steps, 0, 0.5), bellman::invalid_value);
  r.values.pop_back();
  CHECK_THROWS_AS(begin(r.rewards | views::td_errors(r.values, r.steps, 0.5)), bellman::invalid_value);
  CHECK_THROWS_AS(begin(r.rewards | views::n_step_returns(r.values, r.steps, 3, 0.5)), bellman::invalid_value);
  CHECK_THROWS_AS(begin(r.rewards | views::lambda_returns(r.values, r.steps, {.gamma = 0.5, .lambda = 0.5})),
                  bellman::invalid_value);
  r.steps.back() = continues{};
  CHECK_THROWS_AS(begin(r.rewards | views::returns_to_go(r.steps, 0.5)), bellman::invalid_value);
}
