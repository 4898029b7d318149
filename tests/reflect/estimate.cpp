// SPDX-License-Identifier: BSL-1.0
#include <bellman/reflect/estimate.hpp>

#include <bellman/affine/order.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/retrace.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/td_errors.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/tree_backup.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/reflect/bundle.hpp>
#include <bellman/reflect/column_named.hpp>
#include <bellman/reflect/estimators.hpp>
#include <bellman/reflect/name.hpp>
#include <bellman/scalar/dual.hpp>

#include <boost/hana/define_struct.hpp>
#include <boost/hana/map.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/string.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <type_traits>
#include <vector>

#include "recording.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace hana = boost::hana;
using bellman::continues;
using bellman::rational;
using bellman::terminated;
using bellman::trace_parameters;
using bellman::truncated;
using bellman::reflect::as;
using bellman::reflect::bundle;
using bellman::reflect::estimate;
using bellman::reflect::name;
using bellman::test::random_recording;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a bundle gives under each name what its estimator gives alone") {
  // 1, 2, 4 with values 2, 0, 4: TD errors 1 + 0 - 2, 2 + 4/2 - 0, 4 - 4; lambda 1 sums them up, halved a step.
  CHECK(true_at_both_times([] {
    auto const sequence = hana::make_map(
        hana::make_pair(name<"rewards">, std::array{rational(1), rational(2), rational(4)}),
        hana::make_pair(name<"values">, std::array{rational(2), rational(0), rational(4)}),
        hana::make_pair(name<"ratios">, std::array{rational(1), rational(1), rational(1)}),
        hana::make_pair(name<"steps">, terminated{}));
    trace_parameters const p{.gamma = rational(1, 2), .lambda = rational(1)};
    bellman::vtrace_parameters<rational> const on_policy{.gamma = rational(1, 2)};
    auto const all = estimate(sequence, bundle(bellman::reflect::returns_to_go(rational(1, 2)),
                                               bellman::reflect::td_errors(rational(1, 2)), bellman::reflect::gae(p),
                                               bellman::reflect::vtrace(on_policy)));
    std::array const returns{rational(3), rational(4), rational(4)};
    return all[name<"returns_to_go">] == returns &&
           all[name<"td_errors">] == std::array{rational(-1), rational(4), rational(0)} &&
           all[name<"gae">].advantages == std::array{rational(1), rational(4), rational(0)} &&
           all[name<"gae">].returns == returns && all[name<"vtrace">].targets == returns &&
           all[name<"vtrace">].advantages == std::array{rational(1), rational(4), rational(0)};
  }));
}

TEMPLATE_TEST_CASE("the estimates of a bundle equal those of separate calls to the last bit", "", float, double) {
  for (std::size_t n : std::array<std::size_t, 11>{0, 1, 2, 7, 8, 9, 31, 32, 33, 200, 1000}) {
    auto const r = random_recording<TestType>(n);
    auto const all =
        estimate(r, bundle(bellman::reflect::returns_to_go(0.9), bellman::reflect::td_errors(0.9),
                           bellman::reflect::lambda_returns({.gamma = 0.9, .lambda = 0.8}),
                           bellman::reflect::gae({.gamma = 0.9, .lambda = 0.95}),
                           bellman::reflect::vtrace({.gamma = 0.9, .lambda = 0.9, .clip_rho = 1.5}),
                           bellman::reflect::retrace({.gamma = 0.9, .lambda = 0.9}),
                           bellman::reflect::tree_backup({.gamma = 0.9, .lambda = 0.9}),
                           as<"one step">(bellman::reflect::lambda_returns({.gamma = 0.9, .lambda = 0.0}))));

    auto const gae = bellman::gae(r.rewards, r.values, r.steps, {.gamma = 0.9, .lambda = 0.95});
    auto const vtrace = bellman::vtrace(r.rewards, r.values, r.ratios, r.steps,
                                        {.gamma = 0.9, .lambda = 0.9, .clip_rho = 1.5});
    CHECK(all[name<"returns_to_go">] == bellman::returns_to_go(r.rewards, r.steps, 0.9));
    CHECK(all[name<"td_errors">] == bellman::td_errors(r.rewards, r.values, r.steps, 0.9));
    CHECK(all[name<"lambda_returns">] ==
          bellman::lambda_returns(r.rewards, r.values, r.steps, {.gamma = 0.9, .lambda = 0.8}));
    CHECK(all[name<"gae">].advantages == gae.advantages);
    CHECK(all[name<"gae">].returns == gae.returns);
    CHECK(all[name<"vtrace">].targets == vtrace.targets);
    CHECK(all[name<"vtrace">].advantages == vtrace.advantages);
    CHECK(all[name<"retrace">] == bellman::retrace(r.rewards, r.values, r.action_values, r.ratios, r.steps,
                                                   {.gamma = 0.9, .lambda = 0.9}));
    CHECK(all[name<"tree_backup">] == bellman::tree_backup(r.rewards, r.values, r.action_values, r.probabilities,
                                                           r.steps, {.gamma = 0.9, .lambda = 0.9}));
    CHECK(all[name<"one step">] ==
          bellman::lambda_returns(r.rewards, r.values, r.steps, {.gamma = 0.9, .lambda = 0.0}));
  }
}

TEST_CASE("a bundle may be evaluated in a constant expression, over vectors too") {
  CHECK(true_at_both_times([] {
    auto const sequence = hana::make_map(hana::make_pair(name<"rewards">, std::vector<double>(5, 1.0)),
                                         hana::make_pair(name<"values">, std::vector<double>(5, 0.5)),
                                         hana::make_pair(name<"steps">, truncated{2.0}));
    auto const all = estimate(sequence, bundle(bellman::reflect::gae({.gamma = 0.5, .lambda = 0.5}),
                                               bellman::reflect::returns_to_go(0.5)));
    return all[name<"returns_to_go">] == std::vector<double>(5, 2.0) && all[name<"gae">].advantages[4] == 1.5;
  }));
}

TEST_CASE("steps may be flags and masks, where they stand") {
  std::vector<double> const rewards{1, 2, 3, 4};
  std::vector<std::uint8_t> const ends{0, 1, 0, 0};
  std::vector<std::uint8_t> const own{1, 1, 0, 1};
  bellman::recorded_steps const steps{
      .terminated = std::span(ends), .own = std::span(own), .value_after_last = 8.0};
  auto const all = estimate(hana::make_map(hana::make_pair(name<"rewards">, std::span(rewards)),
                                           hana::make_pair(name<"steps">, steps)),
                            bundle(bellman::reflect::returns_to_go(0.5)));
  CHECK(all[name<"returns_to_go">] == std::vector{2.0, 2.0, 0.0, 8.0});
}

TEST_CASE("estimates may be written into the caller's memory") {
  auto const r = random_recording<double>(100);
  auto const both =
      bundle(bellman::reflect::td_errors(0.9), bellman::reflect::gae({.gamma = 0.9, .lambda = 0.5}));
  auto const expected = estimate(r, both);

  SECTION("through iterators") {
    std::vector<double> errors(100);
    std::vector<double> advantages(100);
    std::vector<double> returns(100);
    estimate(r, both,
             hana::make_map(hana::make_pair(name<"td_errors">, errors.data()),
                            hana::make_pair(name<"gae">, bellman::advantages_and_returns{advantages.begin(),
                                                                                        returns.begin()})));
    CHECK(errors == expected[name<"td_errors">]);
    CHECK(advantages == expected[name<"gae">].advantages);
    CHECK(returns == expected[name<"gae">].returns);
  }
  SECTION("into an earlier result") {
    auto again = estimate(random_recording<double>(100), both);
    again[name<"td_errors">].assign(100, 7.0);
    double const* const there = again[name<"td_errors">].data();
    estimate(r, both, again);
    CHECK(again[name<"td_errors">] == expected[name<"td_errors">]);
    CHECK(again[name<"td_errors">].data() == there);
  }
}

TEST_CASE("the estimates of a bundle are of the widest of its columns, unless their type is named") {
  auto const sequence = hana::make_map(hana::make_pair(name<"rewards">, std::vector{1.0f, 1.0f}),
                                       hana::make_pair(name<"values">, std::vector{0.1, 0.2}),
                                       hana::make_pair(name<"steps">, terminated{}));
  auto const returns = bundle(bellman::reflect::returns_to_go(0.9));
  auto const both = bundle(bellman::reflect::returns_to_go(0.9), bellman::reflect::td_errors(0.9));
  using floats = std::vector<float>;
  using doubles = std::vector<double>;
  STATIC_REQUIRE(std::same_as<decltype(estimate(sequence, returns)[name<"returns_to_go">]), floats&&>);
  STATIC_REQUIRE(std::same_as<decltype(estimate(sequence, both)[name<"returns_to_go">]), doubles&&>);
  STATIC_REQUIRE(
      std::same_as<decltype(bellman::reflect::estimate_in<float>(sequence, both)[name<"td_errors">]), floats&&>);
  CHECK(estimate(sequence, both)[name<"returns_to_go">] ==
        bellman::returns_to_go_in<double>(std::vector{1.0f, 1.0f}, terminated{}, 0.9));
  CHECK(bellman::reflect::estimate_in<double, bellman::sequential>(sequence, returns)[name<"returns_to_go">] ==
        doubles{1.9, 1.0});
}

TEST_CASE("a name is a hana string") {
  STATIC_REQUIRE(std::same_as<bellman::reflect::name_t<"gae">, hana::string<'g', 'a', 'e'>>);
  auto const by_hana = BOOST_HANA_STRING("gae");
  STATIC_REQUIRE(std::same_as<bellman::reflect::name_t<"gae">, std::remove_const_t<decltype(by_hana)>>);
}

TEST_CASE("what an estimator refuses its bundle refuses") {
  auto r = random_recording<double>(10);
  auto const two = bundle(bellman::reflect::returns_to_go(0.9), bellman::reflect::td_errors(0.9));
  CHECK_THROWS_AS(estimate(r, bundle(bellman::reflect::returns_to_go(1.1))), bellman::invalid_value);
  r.values.pop_back();
  CHECK_THROWS_AS(estimate(r, two), bellman::invalid_value);
  r.values.push_back(0.0);
  r.steps.back() = continues{};
  CHECK_THROWS_AS(estimate(r, two), bellman::invalid_value);
  r.steps.pop_back();
  CHECK_THROWS_AS(estimate(r, two), bellman::invalid_value);
}

TEST_CASE("an estimator gives numbers of the same type in a bundle as by itself") {
  auto const sequence = hana::make_map(hana::make_pair(name<"rewards">, std::array{1.0f, 2.0f}),
                                       hana::make_pair(name<"values">, std::array{0.5f, 1.0f}),
                                       hana::make_pair(name<"ratios">, std::array{1.0, 1.0}),
                                       hana::make_pair(name<"steps">, terminated{}));
  auto const all = estimate(sequence, bundle(bellman::reflect::vtrace({.gamma = 0.5})));
  STATIC_REQUIRE(std::same_as<decltype(all[name<"vtrace">].targets), std::array<float, 2>>);
  // 1 + 2 gamma, of which the derivative in gamma is 2
  auto const of_gamma = estimate(sequence, bundle(bellman::reflect::returns_to_go(bellman::dual<double>::variable(0.5))));
  CHECK(of_gamma[name<"returns_to_go">][0].value == 2.0);
  CHECK(of_gamma[name<"returns_to_go">][0].derivative[0] == 2.0);
}
