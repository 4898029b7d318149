// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/n_step_windows.hpp>

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/layout/batch_major.hpp>
#include <bellman/layout/packed.hpp>
#include <bellman/layout/time_major.hpp>

#include <array>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include <rapidcheck.h>

#include "estimation/four_steps.hpp"
#include "estimation/random_recording.hpp"
#include "estimation/residue.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/rationals.hpp"

namespace estimation_n_step_windows_test {

using bellman::n_step_window;
using bellman::n_step_windows;
using bellman::rational;
using bellman::skipped;
using bellman::terminated;
using bellman::truncated;
using bellman::test::half;
using bellman::test::message_of;
using bellman::test::true_at_both_times;
using bellman::test::four_steps::rewards;
using estimators::residue;

using window = n_step_window<rational>;

// As it is defined: the next n steps of the policy's own, fewer before an end.
n_step_window<residue> as_defined(std::vector<residue> const& r, std::vector<bellman::step<residue>> const& steps,
                                  std::size_t t, std::size_t n, residue gamma) {
  n_step_window<residue> w{residue(0), residue(0), t};
  if (steps[t].is_skipped()) return w;
  residue discount(1);
  std::size_t seen = 0;
  for (std::size_t s = t; seen < n; ++s) {
    if (steps[s].is_skipped()) continue;
    w.sum = w.sum + discount * r[s];
    w.last = s;
    discount = discount * gamma;
    ++seen;
    if (steps[s].is_ended()) {
      w.sum = w.sum + discount * steps[s].after();
      return w;
    }
  }
  w.discount = discount;
  return w;
}

TEST_CASE("a window has the rewards of n steps, the discount behind them and the last of them") {
  CHECK(true_at_both_times([] {
    // 1 0 -2 3, halves.
    return n_step_windows(rewards, terminated{}, 2, half) ==
               std::array{window{1, rational(1, 4), 1}, window{-1, rational(1, 4), 2}, window{rational(-1, 2), 0, 3},
                          window{3, 0, 3}} &&
           n_step_windows(rewards, truncated{}, 3, half) ==
               std::array{window{rational(1, 2), rational(1, 8), 2}, window{rational(-1, 4), rational(1, 8), 3},
                          window{rational(-1, 2), rational(1, 4), 3}, window{3, half, 3}} &&
           n_step_windows(rewards, truncated{rational(8)}, 2, half)[2] == window{rational(3, 2), 0, 3};
  }));
}

TEST_CASE("applied to what comes after its last step a window is the n-step return") {
  CHECK(rc::check([] {
    auto const r = estimators::random_recording<residue>(estimators::random_size(40));
    residue const gamma = residue(estimators::random_integer(0, 9)) / residue(8);
    for (std::size_t n : {1u, 2u, 3u, 7u, 40u}) {
      auto const windows = n_step_windows(r.of.rewards, r.steps, n, gamma);
      auto const returns = bellman::n_step_returns(r.of.rewards, r.of.values, r.steps, n, gamma);
      RC_ASSERT(windows == n_step_windows(r.of.rewards, estimators::flags<residue>(r.steps).steps(), n, gamma));
      for (std::size_t t = 0; t < r.size(); ++t) {
        RC_ASSERT(windows[t] == as_defined(r.of.rewards, r.steps, t, n, gamma));
        if (r.steps[t].is_skipped()) continue;
        // The state after the last step is that of the next one of the policy's own.
        std::size_t next = windows[t].last + 1;
        while (next < r.size() && r.steps[next].is_skipped()) ++next;
        RC_ASSERT(windows[t](next < r.size() ? r.of.values[next] : residue(0)) == returns[t]);
      }
    }
  }));
}

TEST_CASE("flags of a replay buffer: a cut leaves the discount, unless it is known what comes after") {
  CHECK(true_at_both_times([] {
    std::array const r{1.0, 2.0, 4.0, 8.0, 16.0};
    std::array const ends{0, 0, 1, 0, 0};
    std::array const cuts{0, 0, 0, 0, 1};
    using w = n_step_window<double>;
    bellman::recorded_steps const steps{.terminated = std::span(ends), .truncated = std::span(cuts)};
    std::array<w, 5> out{};
    bool const written = n_step_windows(r, steps, 2, 0.5, out.begin()) == out.end();
    return written && out == n_step_windows(r, steps, 2, 0.5) &&
           out == std::array{w{2.0, 0.25, 1}, w{4.0, 0.0, 2}, w{4.0, 0.0, 2}, w{16.0, 0.25, 4}, w{16.0, 0.5, 4}};
  }));
  std::vector const r{1.0, 2.0};
  std::vector const ends{0, 0};
  std::vector const cuts{0, 1};
  std::vector const after{7.0, 8.0};
  bellman::recorded_steps const known{
      .terminated = std::span(ends), .truncated = std::span(cuts), .value_after = std::span(after)};
  CHECK(n_step_windows(r, known, 2, 0.5)[0] == n_step_window<double>{4.0, 0.0, 1});
  // Where the buffer ends and the episode goes on, what comes after is known or not.
  bellman::recorded_steps const goes_on{.terminated = std::span(ends), .value_after_last = truncated{}};
  CHECK(n_step_windows(r, goes_on, 2, 0.5)[0] == n_step_window<double>{2.0, 0.25, 1});
  bellman::recorded_steps const worth_8{.terminated = std::span(ends), .value_after_last = 8.0};
  CHECK(n_step_windows(r, worth_8, 2, 0.5)[1] == n_step_window<double>{6.0, 0.0, 1});
}

TEST_CASE("windows of whole buffers are those of each sequence, whose steps they number") {
  CHECK(true_at_both_times([] {
    using w = n_step_window<double>;
    // Rows of steps of two environments: the one above, and one that is cut after its second step.
    std::array const r{1.0, 1.0, 2.0, 2.0, 4.0, 4.0, 8.0, 8.0, 16.0, 16.0};
    std::array const ends{0, 0, 0, 0, 1, 0, 0, 0, 0, 0};
    std::array const cuts{0, 0, 0, 1, 0, 0, 0, 0, 1, 1};
    auto const of = [](auto& x) { return bellman::time_major(x, 2); };
    bellman::recorded_steps const steps{.terminated = of(ends), .truncated = of(cuts)};
    std::array<w, 10> out{};
    n_step_windows(of(r), steps, 2, 0.5, of(out));
    return out == std::array{w{2.0, 0.25, 1}, w{2.0, 0.25, 1},  w{4.0, 0.0, 2},   w{2.0, 0.5, 1},  w{4.0, 0.0, 2},
                             w{8.0, 0.25, 3}, w{16.0, 0.25, 4}, w{16.0, 0.25, 4}, w{16.0, 0.5, 4}, w{16.0, 0.5, 4}};
  }));
  // Sequences of their own lengths, a discount for each step, and what is known behind one of them.
  std::vector const r{1.0, 2.0, 4.0};
  std::vector const offsets{0, 1, 3};
  std::vector const discounts{0.5, 0.5, 0.25};
  std::vector const after{8.0, 16.0};
  auto const of = [&](auto const& x) { return bellman::packed(x, offsets); };
  bellman::recorded_steps const known{.value_after_last = std::span(after)};
  using w = n_step_window<double>;
  CHECK(n_step_windows(of(r), known, 2, of(discounts)) == std::vector{w{5.0, 0.0, 0}, w{6.0, 0.0, 1}, w{8.0, 0.0, 1}});
  CHECK(n_step_windows(of(r), truncated{}, 2, 0.5) == std::vector{w{1.0, 0.5, 0}, w{4.0, 0.25, 1}, w{4.0, 0.5, 1}});
  CHECK(message_of([&] {
          std::vector const four{1.0, 2.0, 4.0, 8.0};
          std::vector<w> out(6);
          (void)n_step_windows(bellman::time_major(four, 2), terminated{}, 2, 0.5, bellman::time_major(out, 3));
        }) ==
        "bellman: places of an output of 2 steps of 3 sequences and rewards of 2 steps of 2 sequences; there must be "
        "one for each reward");
}

TEST_CASE("a window that is discounted to nothing does not look at what comes after") {
  n_step_window<double> const ended{2.0, 0.0, 3};
  CHECK(ended(std::numeric_limits<double>::quiet_NaN()) == 2.0);
  CHECK(n_step_window<double>{2.0, 0.5, 3}(8.0) == 6.0);
}

TEST_CASE("integers and floats, a discount for each step, and no step at all") {
  CHECK(n_step_windows(std::vector{1, 2}, truncated{}, 1, 0.5)[1] == n_step_window<double>{2.0, 0.5, 1});
  CHECK(n_step_windows(std::vector{1.0f, 2.0f}, truncated{}, 2, 0.5f)[0] == n_step_window<float>{2.0f, 0.25f, 1});
  std::vector const discounts{0.5, 0.25};
  CHECK(n_step_windows(std::vector{1.0, 2.0}, truncated{}, 2, discounts)[0] == n_step_window<double>{2.0, 0.125, 1});
  CHECK(n_step_windows(std::vector<double>{}, truncated{}, 2, 0.5).empty());
}

TEST_CASE("windows refuse what n-step returns do") {
  std::vector const r{1.0, 2.0};
  CHECK(message_of([&] { (void)n_step_windows(r, terminated{}, 0, 0.5); }) ==
        "bellman: the returns have 0 steps; they must have at least 1");
  CHECK(message_of([&] { (void)n_step_windows(r, terminated{}, 2, 1.5); }) ==
        "bellman: the discount is 1.5; it must lie in [0, 1]");
  std::vector<bellman::step<double>> const open(2);
  CHECK(message_of([&] { (void)n_step_windows(r, open, 2, 0.5); }) ==
        "bellman: step 1 continues and nothing comes after it; it must be terminated or truncated with a value");
  using call = decltype(n_step_windows) const&;
  using row = std::vector<double>;
  STATIC_REQUIRE(std::is_invocable_v<call, row, terminated, int, double>);
  STATIC_REQUIRE(!std::is_invocable_v<call, row, terminated, double, int>);
  STATIC_REQUIRE(!std::is_invocable_v<call, row, row, int, double>);
  STATIC_REQUIRE(!std::is_invocable_v<call, double, terminated, int, double>);
  STATIC_REQUIRE(!std::is_invocable_v<call, std::vector<std::string>, terminated, int, double>);
  STATIC_REQUIRE(!std::is_invocable_v<call, row, terminated, int, double, double*>);
  STATIC_REQUIRE(!std::is_invocable_v<call, row, bellman::recorded_steps<int>, int, double>);
  using rows = decltype(bellman::time_major(r, 2));
  STATIC_REQUIRE(std::is_invocable_v<call, rows, bellman::recorded_steps<rows>, int, rows>);
  STATIC_REQUIRE(!std::is_invocable_v<call, rows, bellman::recorded_steps<std::span<int const>>, int, double>);
  STATIC_REQUIRE(!std::is_invocable_v<call, rows, decltype(bellman::batch_major(r, 2)), int, double>);
  STATIC_REQUIRE(!std::is_invocable_v<call, row, bellman::recorded_steps<rows>, int, double>);
  STATIC_REQUIRE(!std::is_invocable_v<call, row, terminated, int, rows>);
}

}  // namespace estimation_n_step_windows_test
