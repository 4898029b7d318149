// SPDX-License-Identifier: BSL-1.0

// A NaN or an infinity is seen where it is part of an estimate, and nowhere else.
#include <bellman/affine/affine.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/affine/scan.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/off_policy_returns.hpp>
#include <bellman/estimation/retrace.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/td_errors.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/vtrace.hpp>

#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include <rapidcheck.h>

#include "estimation/every_estimator.hpp"
#include "estimation/random_recording.hpp"
#include "estimation/rounding.hpp"
#include "estimation/tasks.hpp"
#include "support/catch.hpp"

namespace {

using bellman::deduced;
using bellman::in_register;
using bellman::sequential;
using bellman::terminated;
using bellman::truncated;

template <class T>
constexpr T not_a_number = std::numeric_limits<T>::quiet_NaN();
template <class T>
constexpr T infinity = std::numeric_limits<T>::infinity();

template <class T>
T random_decay() {
  return *rc::gen::element(T(0), T(0.5), T(0.9), T(1));
}
bool sometimes() { return estimators::random_integer(0, 12) == 0; }

template <class T, class... Orders, class Check>
void in_every_order(Check const& check) {
  estimators::for_each([&]<class Estimator>(Estimator estimator) { (check(estimator, Orders{}), ...); });
}

std::vector<bool> pattern(std::vector<double> const& xs) {
  std::vector<bool> is_number;
  for (double x : xs) is_number.push_back(!std::isnan(x));
  return is_number;
}

}  // namespace

TEMPLATE_TEST_CASE("what stands at a skipped step does not matter, bit by bit", "", float, double) {
  using T = TestType;
  CHECK(rc::check([] {
    auto const clean = estimators::random_real_recording<T>(estimators::random_size(70));
    auto dirty = clean;
    for (std::size_t t = 0; t < clean.size(); ++t) {
      if (!clean.steps[t].is_skipped()) continue;
      dirty.of.rewards[t] = not_a_number<T>;
      dirty.of.values[t] = sometimes() ? infinity<T> : not_a_number<T>;
      dirty.of.action_values[t] = -infinity<T>;
      dirty.of.ratios[t] = not_a_number<T>;
    }
    estimators::flags<T> const flags(clean.steps);
    bellman::trace_parameters<T> const p{.gamma = random_decay<T>(), .lambda = random_decay<T>()};
    in_every_order<T, sequential, in_register<4>, deduced>([&]<class Estimator, class Order>(Estimator, Order) {
      auto const outputs = [&](auto const& r, auto const& steps) {
        return estimators::outputs(Estimator::template call<deduced, Order>(r.of, steps, p));
      };
      RC_ASSERT(outputs(dirty, dirty.steps) == outputs(clean, clean.steps));
      RC_ASSERT(outputs(dirty, flags.steps()) == outputs(clean, flags.steps()));
    });
    for (std::size_t n : {1u, 3u}) {
      RC_ASSERT(bellman::n_step_returns(dirty.of.rewards, dirty.of.values, dirty.steps, n, p.gamma) ==
                bellman::n_step_returns(clean.of.rewards, clean.of.values, clean.steps, n, p.gamma));
    }
  }));
}

TEMPLATE_TEST_CASE("a NaN or an infinity spreads as the plain loop says, and not over an end", "", float, double) {
  using T = TestType;
  CHECK(rc::check([] {
    auto r = estimators::random_real_recording<T>(estimators::random_size(70));
    for (std::size_t t = 0; t < r.size(); ++t) {
      if (sometimes()) r.of.rewards[t] = *rc::gen::element(not_a_number<T>, infinity<T>, -infinity<T>);
      if (sometimes()) r.of.values[t] = not_a_number<T>;
      if (sometimes()) r.of.action_values[t] = not_a_number<T>;
      if (r.steps[t].is_ended() && sometimes()) r.steps[t] = truncated{not_a_number<T>};
    }
    T const gamma = random_decay<T>();
    T const lambda = random_decay<T>();
    bellman::trace_parameters<T> const p{.gamma = gamma, .lambda = lambda};
    in_every_order<T, sequential, in_register<2>, in_register<4>, deduced>(
        [&]<class Estimator, class Order>(Estimator, Order) {
          // The sizes of what is added take every action for greedy, so that a NaN would spread over one that is not.
          if constexpr (!std::same_as<Estimator, estimators::watkins_q_lambda_returns>) {
            estimators::exact_estimates<Estimator, T> const exact(r, gamma, lambda);
            auto const found = estimators::outputs(Estimator::template call<deduced, Order>(r.of, r.steps, p));
            if (!exact.agree_with(found)) RC_LOG(Estimator::name);
            RC_ASSERT(exact.agree_with(found));
          }
        });
  }));
}

TEST_CASE("a NaN reward is seen by the steps of its episode up to it") {
  double const nan = not_a_number<double>;
  std::vector const rewards{1.0, 2.0, 3.0, nan, 5.0, 6.0, 7.0};
  std::vector const values{1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0};
  std::vector<bellman::step<>> steps(7, bellman::continues{});
  steps[0] = terminated{};
  steps[5] = truncated{2.0};
  steps[6] = terminated{};
  std::vector const up_to_it{true, false, false, false, true, true, true};
  std::vector const itself_only{true, true, true, false, true, true, true};
  CHECK(pattern(bellman::gae(rewards, values, steps, {.gamma = 0.5, .lambda = 0.5}).advantages) == up_to_it);
  CHECK(pattern(bellman::gae(rewards, values, steps, {.gamma = 0.5, .lambda = 0.0}).advantages) == itself_only);
  CHECK(pattern(bellman::td_errors(rewards, values, steps, 0.5)) == itself_only);
  CHECK(pattern(bellman::returns_to_go(rewards, steps, 0.5)) == up_to_it);
  CHECK(pattern(bellman::returns_to_go(rewards, steps, 0.0)) == itself_only);
  CHECK(pattern(bellman::n_step_returns(rewards, values, steps, 2, 0.5)) ==
        std::vector{true, true, false, false, true, true, true});
  CHECK(pattern(bellman::n_step_returns(rewards, values, steps, 9, 0.5)) == up_to_it);
}

TEST_CASE("a NaN value is seen by the step before it, whose error it is part of, and by its own") {
  double const nan = not_a_number<double>;
  std::vector const rewards{1.0, 2.0, 3.0, 4.0};
  std::vector const values{1.0, 1.0, nan, 1.0};
  CHECK(pattern(bellman::td_errors(rewards, values, terminated{}, 0.5)) == std::vector{true, false, false, true});
  CHECK(pattern(bellman::td_errors(rewards, values, truncated{nan}, 0.5)) == std::vector{true, false, false, false});
  CHECK(pattern(bellman::n_step_returns(rewards, values, terminated{}, 2, 0.5)) ==
        std::vector{false, true, true, true});
}

TEST_CASE("a discount of zero ends what is seen") {
  double const nan = not_a_number<double>;
  std::vector const rewards{1.0, 2.0, nan, 4.0};
  std::vector const values{1.0, 1.0, nan, 1.0};
  std::vector const discounts{1.0, 0.0, 1.0, 1.0};
  bellman::trace_parameters const p{.gamma = std::span(discounts), .lambda = 1.0};
  std::vector const others{true, true, false, true};
  CHECK(pattern(bellman::gae(rewards, values, terminated{}, p).advantages) == others);
  CHECK(pattern(bellman::gae_in<deduced, sequential>(rewards, values, terminated{}, p).advantages) == others);
  CHECK(pattern(bellman::returns_to_go(rewards, terminated{}, std::span(discounts))) == others);
  CHECK(pattern(bellman::n_step_returns(rewards, values, terminated{}, 2, std::span(discounts))) == others);
}

TEST_CASE("a NaN ratio is not clipped to a number") {
  double const nan = not_a_number<double>;
  std::vector const rewards{1.0, 1.0, 1.0};
  std::vector const values{0.5, 0.5, 0.5};
  std::vector const ratios{1.0, nan, 1.0};
  auto const [targets, advantages] = bellman::vtrace(rewards, values, ratios, terminated{}, {.gamma = 0.5});
  CHECK(pattern(targets) == std::vector{false, false, true});
  CHECK(pattern(advantages) == std::vector{false, false, true});
  CHECK(pattern(bellman::retrace(rewards, values, values, ratios, terminated{}, {.gamma = 0.5, .lambda = 1})) ==
        std::vector{false, true, true});
}

TEST_CASE("a scan of maps hides a NaN behind a slope of zero and nowhere else, whatever the order") {
  // Slopes that are composed to 2^-600, which is no float.
  std::vector<bellman::affine<float>> maps(600, {1.0f, 0.5f});
  maps[599].offset = not_a_number<float>;
  auto const seen_before = [&](auto const& order) {
    std::vector<float> out(600);
    bellman::backward_scan(order, maps, 0.0f, out.end());
    std::size_t count = 0;
    for (float x : out) count += std::isnan(x) ? 1 : 0;
    return count;
  };
  auto const check = [&](std::size_t expected) {
    CHECK(seen_before(sequential{}) == expected);
    CHECK(seen_before(in_register<4>{}) == expected);
    for (std::size_t pieces : {1u, 2u, 3u, 7u}) {
      CHECK(seen_before(bellman::in_parallel{estimators::from_last_to_first, pieces}) == expected);
    }
  };
  check(600);
  maps[250].slope = 0.0f;
  check(349);
}

TEST_CASE("a NaN within the window of an n-step return is seen however small its weight") {
  std::vector<float> rewards(600, 1.0f);
  rewards[500] = not_a_number<float>;
  auto const found = bellman::n_step_returns(rewards, rewards, terminated{}, 490, 0.5f);
  std::size_t count = 0;
  for (float x : found) count += std::isnan(x) ? 1 : 0;
  CHECK(count == 491);  // the steps 11 to 500, and 10 by the value of the state
  CHECK(!std::isnan(found[9]));
  CHECK(std::isnan(found[10]));
  CHECK(!std::isnan(found[501]));
}

TEST_CASE("slopes that overflow when composed do not spoil what they do not reach") {
  // One after another no value exceeds 1e30: 1e-30, 1, 1e30.
  std::vector const nothing{0.0f, 0.0f, 0.0f, 0.0f};
  std::vector const ratios{0.0f, 1e30f, 1e30f, 1e-30f};
  bellman::trace_parameters<float> const p{.gamma = 1, .lambda = 1};
  auto const found =
      bellman::off_policy_returns_in<deduced, in_register<4>>(nothing, nothing, nothing, ratios, truncated{1.0f}, p);
  CHECK(found == std::vector{1e30f, 1.0f, 1e-30f, 1.0f});
}
