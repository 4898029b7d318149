// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/recorded_steps.hpp>

#include <bellman/affine/order.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <cstddef>
#include <deque>
#include <limits>
#include <ranges>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "estimation/every_estimator.hpp"
#include "estimation/four_steps.hpp"
#include "estimation/random_recording.hpp"
#include "estimation/residue.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/rationals.hpp"

namespace {

using bellman::rational;
using bellman::recorded_steps;
using bellman::step;
using bellman::terminated;
using bellman::truncated;
using bellman::test::four_steps::doubling;
using bellman::test::half;
using bellman::test::message_of;
using bellman::test::true_at_both_times;
using estimators::residue;

template <class Steps>
constexpr auto returns(Steps const& steps) {
  return bellman::returns_to_go(doubling, steps, half);
}

}  // namespace

TEST_CASE("flags of termination and truncation are steps") {
  CHECK(true_at_both_times([] {
    std::array const ends{false, true, false, false};
    std::array const cuts{0, 0, 0, 1};
    std::array const after{rational(0), rational(0), rational(0), rational(16)};
    // 1 + 2/2, 2, 4 + 16/2, 8 + 16/2
    std::array const expected{rational(2), rational(2), rational(12), rational(16)};
    return returns(recorded_steps{
               .terminated = std::span(ends), .truncated = std::span(cuts), .value_after = std::span(after)}) ==
               expected &&
           returns(std::array<step<rational>, 4>{bellman::continues{}, terminated{}, bellman::continues{},
                                                 truncated{rational(16)}}) == expected;
  }));
}

TEST_CASE("where both flags are set the episode terminated") {
  CHECK(true_at_both_times([] {
    std::array const both{false, true, false, true};
    std::array const after{rational(7), rational(7), rational(7), rational(7)};
    return returns(recorded_steps{
               .terminated = std::span(both), .truncated = std::span(both), .value_after = std::span(after)}) ==
           std::array{rational(2), rational(2), rational(8), rational(8)};
  }));
}

TEST_CASE("a step that is not the policy's own is passed through, be it the end of an episode") {
  CHECK(true_at_both_times([] {
    std::array const own{1, 0, 1, 0};
    std::array const ends{0, 0, 0, 1};
    // 1 + 4/2, skipped, 4, skipped: the end lies behind a skipped step.
    std::array const passed{rational(3), rational(0), rational(4), rational(0)};
    std::array const cuts{0, 1, 0, 1};
    std::array const after{rational(0), rational(6), rational(0), rational(2)};
    // 1 + 6/2 and 4 + 2/2: what comes after the end is what the skipped step says.
    std::array const cut{rational(4), rational(0), rational(5), rational(0)};
    return returns(recorded_steps{.terminated = std::span(ends), .own = std::span(own)}) == passed &&
           returns(recorded_steps{
               .truncated = std::span(cuts), .value_after = std::span(after), .own = std::span(own)}) == cut;
  }));
}

TEST_CASE("after a last step that continues there is the value after the last; its flags may lack") {
  CHECK(true_at_both_times([] {
    std::array const ends{false, true, false};
    std::array const all_ends{false, true, false, true};
    std::array const no_last_end{false, true, false, false};
    rational const value(16);
    std::array const expected{rational(2), rational(2), rational(12), rational(16)};
    // Where the last step ends, nothing comes after it.
    std::array const ended{rational(2), rational(2), rational(8), rational(8)};
    return returns(recorded_steps{.terminated = std::span(ends), .value_after_last = value}) == expected &&
           returns(recorded_steps{.terminated = std::span(no_last_end), .value_after_last = value}) == expected &&
           returns(recorded_steps{.terminated = std::span(all_ends), .value_after_last = value}) == ended &&
           returns(recorded_steps{.value_after_last = terminated{}}) == returns(terminated{}) &&
           returns(recorded_steps{.value_after_last = value}) == returns(truncated{value});
  }));
  CHECK(true_at_both_times([] {
    std::array const own{true, true, true, false};
    // The last is told apart and skipped: what comes after it comes after the one before.
    return returns(recorded_steps{.own = std::span(own), .value_after_last = rational(16)}) ==
           std::array{rational(5), rational(8), rational(12), rational(0)};
  }));
}

TEST_CASE("flags and masks are ranges of anything that compares with 0") {
  std::vector const ends{false, true, false, true};
  std::vector const own{true, true, true, false};
  // 1 + 2/2, 2, 4: the last step is skipped, and the end behind it.
  std::array const passed{rational(2), rational(2), rational(4), rational(0)};
  CHECK(returns(recorded_steps{.terminated = std::views::all(ends), .own = std::views::all(own)}) == passed);
  auto const as = [&](auto zero) {
    using T = decltype(zero);
    std::vector<T> e;
    std::deque<T> o;
    for (int i = 0; i < 4; ++i) {
      e.push_back(T(i == 1 || i == 3));
      o.push_back(T(i != 3));
    }
    CHECK(returns(recorded_steps{.terminated = std::views::all(e), .own = std::views::all(o)}) == passed);
  };
  as(0);
  as(0.0f);
  as(0.0);
  as(0.0L);
  as(static_cast<unsigned char>(0));
  as(static_cast<long long>(0));
  as(rational(0));
  auto const computed = std::views::iota(0, 4) | std::views::transform([](int i) { return i % 2; });
  CHECK(returns(recorded_steps{.terminated = computed}) ==
        std::array{rational(2), rational(2), rational(8), rational(8)});
}

TEST_CASE("flags of every type are the steps they say, in registers too") {
  CHECK(rc::check([] {
    auto const r = estimators::random_recording<float>(estimators::random_size(50));
    auto const expected = bellman::gae(r.of.rewards, r.of.values, r.steps, {.gamma = 0.5, .lambda = 0.5}).advantages;
    auto const check = [&](auto flag) {
      estimators::flags<float, decltype(flag)> const flags(r.steps);
      RC_ASSERT(bellman::gae(r.of.rewards, r.of.values, flags.steps(), {.gamma = 0.5, .lambda = 0.5}).advantages ==
                expected);
    };
    check(true);  // std::vector<bool>
    check('1');
    check(1);
    check(1LL);
    check(1.0f);
    check(1.0);
    check(1.0L);
  }));
}

TEST_CASE("the value after a step is read only where it is truncated") {
  CHECK(rc::check([] {
    auto const r = estimators::random_recording<residue>(estimators::random_size(40));
    estimators::flags<residue> const flags(r.steps);
    auto const guarded = std::views::iota(std::size_t{0}, r.size()) | std::views::transform([&](std::size_t t) {
                           if (!flags.truncated[t]) throw std::logic_error("read");
                           return flags.value_after[t];
                         });
    recorded_steps const steps{.terminated = std::views::all(flags.terminated),
                               .truncated = std::views::all(flags.truncated),
                               .value_after = guarded,
                               .own = std::views::all(flags.own)};
    bellman::trace_parameters<residue> const p{residue(1) / residue(2), residue(1) / residue(2)};
    estimators::for_each([&]<class Estimator>(Estimator) {
      auto const of = [&]<class Order>(Order, auto const& s) {
        return estimators::outputs(Estimator::template call<bellman::deduced, Order>(r.of, s, p));
      };
      auto const expected = of(bellman::sequential{}, r.steps);
      RC_ASSERT(of(bellman::sequential{}, steps) == expected);
      RC_ASSERT(of(bellman::in_register<4>{}, steps) == expected);
    });
  }));
  // Where it is not, it may be a NaN.
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector const ones{1.0, 1.0, 1.0, 1.0, 1.0};
  std::vector const cuts{0, 1, 0, 0, 1};
  std::vector const after{nan, 2.0, nan, nan, 4.0};
  CHECK(bellman::returns_to_go(ones, recorded_steps{.truncated = std::span(cuts), .value_after = std::span(after)},
                               0.5) == std::vector{2.0, 2.0, 2.25, 2.5, 3.0});
}

TEST_CASE("flags of another length are refused") {
  std::vector const r{1.0, 2.0, 3.0};
  std::vector const two{0, 1};
  std::vector const three{0, 0, 1};
  std::vector const four{0, 0, 0, 1};
  std::vector const after{1.0, 1.0, 1.0};
  auto const refusal = [&](auto const& steps) { return message_of([&] { bellman::returns_to_go(r, steps, 0.5); }); };
  CHECK(refusal(recorded_steps{.terminated = std::span(two)}) ==
        "bellman: 2 flags of termination and 3 rewards; there must be one for each reward");
  CHECK(refusal(recorded_steps{.terminated = std::span(four)}) ==
        "bellman: 4 flags of termination and 3 rewards; there must be one for each reward");
  CHECK(refusal(recorded_steps{.truncated = std::span(two), .value_after = std::span(after)}) ==
        "bellman: 2 flags of truncation and 3 rewards; there must be one for each reward");
  CHECK(refusal(recorded_steps{.truncated = std::span(three), .value_after = std::span(two)}) ==
        "bellman: 2 values after and 3 rewards; there must be one for each reward");
  CHECK(refusal(recorded_steps{.terminated = std::span(three), .own = std::span(four)}) ==
        "bellman: 4 elements of the mask and 3 rewards; there must be one for each reward");
  CHECK(refusal(recorded_steps{.own = std::span(two), .value_after_last = terminated{}}) ==
        "bellman: 2 elements of the mask and 3 rewards; there must be one for each reward");
  CHECK(refusal(recorded_steps{.terminated = std::span(four), .value_after_last = terminated{}}).find("4 flags of termination") !=
        std::string::npos);
  CHECK(refusal(recorded_steps{.terminated = std::span(two), .value_after_last = terminated{}}) == "");
  CHECK(refusal(recorded_steps{.terminated = std::span(three), .value_after_last = terminated{}}) == "");
}

TEST_CASE("a recording whose last own step continues is refused") {
  std::vector const r{1.0, 2.0, 3.0};
  std::vector const ends{0, 0, 0};
  std::vector const own{1, 1, 0};
  auto const refusal = [&](auto const& steps) { return message_of([&] { bellman::returns_to_go(r, steps, 0.5); }); };
  CHECK(refusal(recorded_steps{.terminated = std::span(ends)}) ==
        "bellman: step 2 continues and nothing comes after it; it must be terminated or truncated with a value");
  CHECK(refusal(recorded_steps{.own = std::span(own)}) ==
        "bellman: step 1 continues and nothing comes after it; it must be terminated or truncated with a value");
  // Where nothing is the policy's own there is nothing to estimate.
  std::vector const none{0, 0, 0};
  CHECK(bellman::returns_to_go(r, recorded_steps{.own = std::span(none)}, 0.5) == std::vector{0.0, 0.0, 0.0});
}

TEST_CASE("flags of nothing are nothing") {
  std::vector<double> const none;
  std::vector<int> const flags;
  CHECK(bellman::returns_to_go(none, recorded_steps{.terminated = std::span(flags)}, 0.5).empty());
  CHECK(bellman::returns_to_go(none, recorded_steps{.value_after_last = 1.0}, 0.5).empty());
  CHECK(bellman::returns_to_go(none, recorded_steps{.own = std::span(flags)}, 0.5).empty());
}

TEST_CASE("values after an end widen the estimates as those of steps do") {
  CHECK(true_at_both_times([] {
    using number = bellman::dual<rational>;
    std::array const ends{0, 1, 0, 0};
    std::array const after{number(0), number::variable(rational(4)), number(0), number(0)};
    auto const by_flags = returns(bellman::recorded_steps{.truncated = std::span(ends),
                                                          .value_after = std::span(after),
                                                          .value_after_last = bellman::terminated{}});
    auto const by_last = returns(bellman::recorded_steps{.value_after_last = number::variable(rational(4))});
    // 1 + 2/2 + 4/4 and 1 + 2/2 + 4/4 + 8/8 + 4/16, in each of which the last 4 is what comes after the end.
    return by_flags[0].value == 3 && by_flags[0].derivative[0] == rational(1, 4) &&
           by_last[0].value == rational(17, 4) && by_last[0].derivative[0] == rational(1, 16);
  }));
}
