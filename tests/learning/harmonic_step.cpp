// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/harmonic_step.hpp>

#include "learning/step_sizes.hpp"

namespace step_sizes {

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

TEST_CASE("with harmonic steps the mean of all targets is learned, exactly") {
  CHECK(true_at_both_times([] {
    std::array<rational, 5> const targets{3, rational(1, 2), -4, 0, rational(9, 5)};
    return learned(harmonic_step{}, targets) == (3 + rational(1, 2) - 4 + rational(9, 5)) / 5;
  }));
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

}  // namespace step_sizes
