// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/step.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <list>
#include <span>
#include <string>
#include <vector>

#include "estimation/four_steps.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/rationals.hpp"

namespace {

using bellman::continues;
using bellman::rational;
using bellman::skipped;
using bellman::step;
using bellman::terminated;
using bellman::truncated;
using bellman::test::four_steps::doubling;
using bellman::test::half;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

template <class... Steps>
constexpr auto returns_of_steps(Steps... steps) {
  return bellman::returns_to_go(doubling, std::array<step<rational>, 4>{steps...}, half);
}

}  // namespace

TEST_CASE("a step continues, is terminated, truncated with a value, or skipped") {
  CHECK(true_at_both_times([] {
    step<rational> const on;
    step<rational> const end = terminated{};
    step<rational> const cut = truncated{rational(3)};
    step<rational> const other = skipped{};
    return on == continues{} && !on.is_ended() && !on.is_skipped() &&                          //
           end.is_ended() && !end.is_skipped() && end.after() == rational(0) &&                //
           cut.is_ended() && !cut.is_skipped() && cut.after() == rational(3) && cut != end &&  //
           other.is_skipped() && !other.is_ended() && other != on;
  }));
}

TEST_CASE("a step takes the value of a truncation in its own type") {
  CHECK(true_at_both_times([] {
    step<rational> const exact = truncated{3};
    step<float> const narrow = truncated{0.5};
    return exact.after() == rational(3) && narrow.after() == 0.5f;
  }));
}

TEST_CASE("steps are an ending, a step, a range of steps, or recorded steps") {
  STATIC_REQUIRE(bellman::steps_or_ending<terminated>);
  STATIC_REQUIRE(bellman::steps_or_ending<truncated<double>>);
  STATIC_REQUIRE(bellman::steps_or_ending<step<double>>);
  STATIC_REQUIRE(bellman::steps_or_ending<std::vector<step<rational>>>);
  STATIC_REQUIRE(bellman::steps_or_ending<std::array<step<>, 2>>);
  STATIC_REQUIRE(bellman::steps_or_ending<std::span<step<float> const>>);
  STATIC_REQUIRE(bellman::steps_or_ending<bellman::recorded_steps<std::span<bool const>>>);
  STATIC_REQUIRE(!bellman::steps_or_ending<double>);
  STATIC_REQUIRE(!bellman::steps_or_ending<std::vector<bool>>);
  STATIC_REQUIRE(!bellman::steps_or_ending<std::list<step<>>>);
  STATIC_REQUIRE(!bellman::steps_or_ending<continues>);
}

TEST_CASE("a range of steps says where episodes end, and what comes after is told there") {
  CHECK(true_at_both_times([] {
    return returns_of_steps(continues{}, continues{}, continues{}, terminated{}) ==
               std::array{rational(4), rational(6), rational(8), rational(8)} &&
           returns_of_steps(continues{}, terminated{}, continues{}, truncated{rational(6)}) ==
               std::array{rational(2), rational(2), rational(19, 2), rational(11)} &&
           returns_of_steps(terminated{}, terminated{}, terminated{}, terminated{}) == doubling;
  }));
}

TEST_CASE("credit passes through a skipped step undiminished") {
  CHECK(true_at_both_times([] {
    // 1 + 8/2, not 1 + 8/8.
    return returns_of_steps(continues{}, skipped{}, skipped{}, terminated{}) ==
               std::array{rational(5), rational(0), rational(0), rational(8)} &&
           // What stands before the first own step or behind an end is passed to nobody.
           returns_of_steps(skipped{}, truncated{rational(6)}, skipped{}, terminated{}) ==
               std::array{rational(0), rational(5), rational(0), rational(8)} &&
           // Skipped steps may be the last: the end stands before them.
           returns_of_steps(continues{}, terminated{}, skipped{}, skipped{}) ==
               std::array{rational(2), rational(2), rational(0), rational(0)} &&
           returns_of_steps(skipped{}, skipped{}, skipped{}, skipped{}) ==
               std::array{rational(0), rational(0), rational(0), rational(0)};
  }));
}

TEST_CASE("a step at run time ends one episode, as an ending does") {
  CHECK(true_at_both_times([] {
    return bellman::returns_to_go(doubling, step<rational>(truncated{rational(6)}), half) ==
               bellman::returns_to_go(doubling, truncated{rational(6)}, half) &&
           bellman::returns_to_go(doubling, step<rational>(terminated{}), half) ==
               bellman::returns_to_go(doubling, terminated{}, half);
  }));
}

TEST_CASE("steps of another length, and a last step that continues, are refused") {
  std::vector const r{1.0, 2.0, 3.0};
  auto const refusal = [&](auto const& steps) { return message_of([&] { bellman::returns_to_go(r, steps, 0.5); }); };
  CHECK(refusal(std::vector<step<>>{continues{}, terminated{}}) ==
        "bellman: 2 steps and 3 rewards; there must be one for each reward");
  CHECK(refusal(std::vector<step<>>{continues{}, continues{}, continues{}, terminated{}}) ==
        "bellman: 4 steps and 3 rewards; there must be one for each reward");
  CHECK(refusal(std::vector<step<>>{terminated{}, continues{}, continues{}}) ==
        "bellman: step 2 continues and nothing comes after it; it must be terminated or truncated with a value");
  CHECK(refusal(std::vector<step<>>{terminated{}, continues{}, skipped{}}) ==
        "bellman: step 1 continues and nothing comes after it; it must be terminated or truncated with a value");
  CHECK(refusal(step<>(continues{})).find("step 2 continues and nothing comes after it") != std::string::npos);
  CHECK(refusal(step<>(skipped{})).find("continues and nothing comes after it") != std::string::npos);
}

TEST_CASE("no steps are an empty batch, of which nothing is estimated") {
  CHECK(true_at_both_times([] {
    std::vector<rational> const none;
    return bellman::returns_to_go(none, std::vector<step<rational>>{}, half).empty() &&
           bellman::returns_to_go(none, terminated{}, half).empty() &&
           bellman::returns_to_go(none, truncated{rational(3)}, half).empty() &&
           bellman::gae(std::array<rational, 0>{}, std::array<rational, 0>{}, terminated{},
                        {.gamma = half, .lambda = half})
               .returns.empty();
  }));
}
