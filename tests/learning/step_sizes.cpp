// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/step_sizes.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/approx_equal.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/refusals.hpp"

namespace step_sizes {

namespace {

using bellman::constant_step;
using bellman::generalised_harmonic_step;
using bellman::harmonic_step;
using bellman::linear_step;
using bellman::power_step;
using bellman::rational;
using bellman::step_schedule;
using bellman::step_size_of;
using bellman::test::message_of;
using bellman::test::true_at_both_times;
using bellman::test::word;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// `v + a (g - v)`, which is what every learner does with its step.
template <class V, class Schedule>
constexpr V learned(Schedule const& schedule, std::array<V, 5> const& targets) {
  V v(7);  // which a first step of 1 forgets
  for (std::size_t n = 1; n <= targets.size(); ++n) {
    v = V(v + step_size_of<V>(schedule, n) * (targets[n - 1] - v));
  }
  return v;
}

// The sums of the sizes, and of their squares, of the first `count` steps.
template <class Schedule>
std::array<double, 2> sums(Schedule const& schedule, std::size_t count) {
  bellman::accumulator<double> of_sizes;
  bellman::accumulator<double> of_squares;
  for (std::size_t n = 1; n <= count; ++n) {
    double const a = step_size_of<double>(schedule, n);
    of_sizes.add(a);
    of_squares.add(a * a);
  }
  return {of_sizes.value(), of_squares.value()};
}

// Of a quantity that grows by c n^x between n and 10 n the growth is multiplied by 10^x each time: it converges if the
// growth shrinks, and does not where it stays or grows.
template <std::size_t Which, class Schedule>
bool converges(Schedule const& schedule) {
  double const a = sums(schedule, 1'000)[Which];
  double const b = sums(schedule, 10'000)[Which];
  double const c = sums(schedule, 100'000)[Which];
  return c - b < 0.99 * (b - a);
}
template <class Schedule>
bool seems_to_meet_robbins_monro(Schedule const& schedule) {
  return !converges<0>(schedule) && converges<1>(schedule);
}

}  // namespace

TEST_CASE("step sizes are what their formulas say, exactly in rationals") {
  CHECK(true_at_both_times([] {
    return constant_step{rational(1, 3)}(5) == rational(1, 3) &&
           step_size_of<rational>(harmonic_step{}, 7) == rational(1, 7) &&
           generalised_harmonic_step{rational(2), rational(3)}(1) == rational(2, 3) &&
           generalised_harmonic_step{rational(2), rational(3)}(4) == rational(1, 3) &&
           generalised_harmonic_step{rational(5)}(1) == 1 &&
           generalised_harmonic_step{rational(5)}(6) == rational(1, 2);
  }));
  CHECK(true_at_both_times([] {
    linear_step const schedule{rational(1), rational(1, 4), 3};
    return schedule(1) == 1 && schedule(2) == rational(3, 4) && schedule(3) == rational(1, 2) &&
           schedule(4) == rational(1, 4) && schedule(5) == rational(1, 4) && schedule(1'000'000) == rational(1, 4);
  }));
}

TEST_CASE("a power of the count is what std::pow has") {
  CHECK(true_at_both_times([] {
    return power_step{0.6}(1) == 1.0 && bellman::approx_equal(power_step{0.5}(64), 0.125, 1e-15) &&
           bellman::approx_equal(power_step{1}(1'000'000), 1e-6, 1e-14);
  }));
  for (double const p : {0.1, 0.51, 0.6, 0.85, 1.0, 2.0}) {
    for (std::size_t const n : {1u, 2u, 3u, 10u, 12'345u, 1'000'000'000u}) {
      CHECK(bellman::approx_equal(power_step{p}(n), std::pow(static_cast<double>(n), -p), 2e-14));
    }
  }
}

TEST_CASE("with harmonic steps the mean of all targets is learned, exactly") {
  CHECK(true_at_both_times([] {
    std::array<rational, 5> const targets{3, rational(1, 2), -4, 0, rational(9, 5)};
    return learned(harmonic_step{}, targets) == (3 + rational(1, 2) - 4 + rational(9, 5)) / 5;
  }));
}

TEST_CASE("a constant step forgets by a constant factor") {
  // 7 / 2^5 + sum_n g_n / 2^(6 - n)
  CHECK(true_at_both_times([] {
    std::array<rational, 5> const targets{3, 0, -4, 0, 1};
    return learned(constant_step{rational(1, 2)}, targets) == rational(7 + 3 - 4 * 4 + 16, 32) &&
           learned(rational(1, 2), targets) == rational(7 + 3 - 4 * 4 + 16, 32);
  }));
}

TEST_CASE("step sizes are taken in the numbers of the learner") {
  CHECK(true_at_both_times([] {
    using D = bellman::dual<double>;
    using Q = bellman::dual<rational>;
    D const third = step_size_of<D>(harmonic_step{}, 3);
    return step_size_of<float>(harmonic_step{}, 3) == 1.0f / 3.0f && step_size_of<float>(0.1, 3) == 0.1f &&
           third.value == 1.0 / 3.0 && third.derivative[0] == 0.0 &&
           step_size_of<Q>(harmonic_step{}, 3).value == rational(1, 3) && step_size_of<rational>(1, 9) == 1 &&
           step_size_of<D>(0.25, 1).value == 0.25;
  }));
  // A step size may be what one asks the derivative by.
  auto const a = bellman::dual<double>::variable(0.5);
  CHECK(step_size_of<bellman::dual<double>>(constant_step{a}, 3).derivative[0] == 1.0);
  CHECK(step_size_of<double>([](std::size_t n) { return 1.0 / static_cast<double>(n * n); }, 3) == 1.0 / 9.0);
}

TEST_CASE("the conditions of Robbins and Monro hold where a schedule says so") {
  STATIC_REQUIRE(harmonic_step::meets_robbins_monro());
  CHECK(seems_to_meet_robbins_monro(harmonic_step{}));
  for (auto const& schedule : {generalised_harmonic_step{0.5, 1.0}, generalised_harmonic_step{20.0}}) {
    CHECK(schedule.meets_robbins_monro());
    CHECK(seems_to_meet_robbins_monro(schedule));
  }
  for (double const p : {0.1, 0.3, 0.5, 0.6, 0.8, 1.0, 1.1, 1.5, 2.0}) {
    CHECK(power_step{p}.meets_robbins_monro() == (p > 0.5 && p <= 1.0));
    CHECK(power_step{p}.meets_robbins_monro() == seems_to_meet_robbins_monro(power_step{p}));
  }
  STATIC_REQUIRE(!constant_step<double>::meets_robbins_monro());
  CHECK(!seems_to_meet_robbins_monro(constant_step{0.1}));
  STATIC_REQUIRE(!linear_step<double>::meets_robbins_monro());
  CHECK(!seems_to_meet_robbins_monro(linear_step{1.0, 0.1, 100}));
}

TEST_CASE("what is a schedule for which numbers") {
  using bellman::dual;
  STATIC_REQUIRE(step_schedule<harmonic_step, rational>);
  STATIC_REQUIRE(step_schedule<harmonic_step, float>);
  STATIC_REQUIRE(step_schedule<harmonic_step, dual<rational>>);
  STATIC_REQUIRE(step_schedule<power_step<double>, float>);
  STATIC_REQUIRE(step_schedule<double, float>);
  STATIC_REQUIRE(step_schedule<int, rational>);
  STATIC_REQUIRE(step_schedule<double (*)(std::size_t), double>);
  // No exact number is made of one that was rounded, and none without derivatives of one that has some.
  STATIC_REQUIRE(!step_schedule<double, rational>);
  STATIC_REQUIRE(!step_schedule<power_step<double>, rational>);
  STATIC_REQUIRE(!step_schedule<constant_step<double>, dual<rational>>);
  STATIC_REQUIRE(!step_schedule<dual<double>, double>);
  STATIC_REQUIRE(!step_schedule<word, double>);
  STATIC_REQUIRE(!step_schedule<char, double>);
  STATIC_REQUIRE(!step_schedule<std::string, double>);
  STATIC_REQUIRE(!step_schedule<std::vector<double>, double>);
  STATIC_REQUIRE(!step_schedule<word (*)(std::size_t), double>);
  STATIC_REQUIRE(!step_schedule<double, int>);
  STATIC_REQUIRE(!step_schedule<double, word>);
  CHECK(bellman::test::wrong_answers<step_size_of<double>>(bellman::test::arguments<harmonic_step, std::size_t>{},
                                                           bellman::test::except<0, int>{},
                                                           bellman::test::except<1, int>{}) == "");
  STATIC_REQUIRE(!std::is_constructible_v<constant_step<std::string>, std::string>);
  STATIC_REQUIRE(!std::is_constructible_v<power_step<rational>, rational>);
  STATIC_REQUIRE(!std::is_constructible_v<generalised_harmonic_step<word>, word>);
  STATIC_REQUIRE(!std::is_constructible_v<linear_step<word>, word, word, int>);
}

TEST_CASE("a step size outside (0, 1] is refused where it is built") {
  for (double const a : {0.0, -0.1, 1.0000000000000002, infinity, -infinity, nan}) {
    CHECK_THROWS_AS(constant_step{a}, bellman::invalid_value);
    CHECK_THROWS_AS((linear_step{a, 0.5, 3}), bellman::invalid_value);
    CHECK_THROWS_AS((linear_step{0.5, a, 3}), bellman::invalid_value);
    CHECK_THROWS_AS((generalised_harmonic_step{a, 1.0}), bellman::invalid_value);
  }
  CHECK_THROWS_AS(constant_step{2}, bellman::invalid_value);
  CHECK_THROWS_AS((linear_step{0.5, 0.1, 0}), bellman::invalid_value);
  for (double const b : {0.0, -1.0, infinity, nan}) {
    CHECK_THROWS_AS((generalised_harmonic_step{0.5, b}), bellman::invalid_value);
    CHECK_THROWS_AS(generalised_harmonic_step{b}, bellman::invalid_value);
    CHECK_THROWS_AS(power_step{b}, bellman::invalid_value);
  }
  CHECK_THROWS_AS((generalised_harmonic_step{-1.0, -2.0}), bellman::invalid_value);
  CHECK_NOTHROW(constant_step{1.0});
  CHECK_NOTHROW(constant_step{std::numeric_limits<double>::denorm_min()});
  CHECK(message_of([] { constant_step{1.5}; }) == "bellman: a step size is 1.5; it must lie in (0, 1]");
  CHECK(message_of([] {
          generalised_harmonic_step{3.0, 2.0};
        }) == "bellman: step sizes a / (b + n - 1) with a = 3 and b = 2; the first of them, a / b, must lie in (0, 1]");
  CHECK(message_of([] { power_step{-0.5}; }) ==
        "bellman: step sizes n^-p with p = -0.5; the exponent must be a finite number above 0");
}

TEST_CASE("a step size that only its call shows is refused there") {
  CHECK(message_of([] { step_size_of<double>(1.5, 2); }) ==
        "bellman: the size of step 2 is 1.5; it must lie in (0, 1]");
  CHECK(message_of([] { step_size_of<double>([](std::size_t n) { return 2.0 - static_cast<double>(n); }, 2); }) ==
        "bellman: the size of step 2 is 0; it must lie in (0, 1]");
  CHECK_THROWS_AS(step_size_of<float>(1e-60, 1), bellman::invalid_value);  // which is 0 as a float
  CHECK_THROWS_AS(step_size_of<double>(nan, 1), bellman::invalid_value);
  for (auto const& call : std::vector<void (*)()>{[] { harmonic_step{}(0); }, [] { constant_step{0.5}(0); },
                                                  [] { power_step{0.5}(0); }, [] { generalised_harmonic_step{0.5}(0); },
                                                  [] {
                                                    linear_step{0.5, 0.25, 3}(0);
                                                  },
                                                  [] { step_size_of<double>(harmonic_step{}, 0); },
                                                  [] { step_size_of<double>(0.5, 0); }}) {
    CHECK(message_of(call) == "bellman: the size of step 0 is asked for; steps are counted 1, 2, 3, ...");
  }
}

}  // namespace step_sizes
