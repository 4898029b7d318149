// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/gymnasium/autoreset.hpp>

#include <bellman/error.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/layout/batch_major.hpp>
#include <bellman/layout/packed.hpp>
#include <bellman/layout/time_major.hpp>

#include <array>
#include <span>
#include <vector>

#include "conventions/one_trajectory.hpp"
#include "conventions/unread.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace autoreset_test {

namespace gymnasium = bellman::conventions::gymnasium;

using bellman::batch_major;
using bellman::gae;
using bellman::packed;
using bellman::returns_to_go;
using bellman::time_major;
using bellman::test::message_of;
using bellman::test::true_at_both_times;
using bellman::test::unread;

TEST_CASE("an environment that is reset in the same step has its final observation beside") {
  using namespace one_trajectory;
  CHECK(true_at_both_times([] {
    std::array const final_values{rational(99), rational(10), rational(99), rational(99)};
    auto const a = gae(rewards, values, gymnasium::same_step(ends, cuts, final_values, rational(99)), p);
    return a.advantages == right;
  }));
}

TEST_CASE("what comes after the recording counts where its last step continues, by neither end") {
  std::array const rewards{1.0, 2.0};
  std::array const none{0, 0};
  std::array const last{0, 1};
  std::array const final_values{unread, 10.0};
  CHECK(returns_to_go(rewards, gymnasium::same_step(none, none, final_values, 8.0), 0.5) == std::array{4.0, 6.0});
  CHECK(returns_to_go(rewards, gymnasium::same_step(none, last, final_values, unread), 0.5) == std::array{4.5, 7.0});
  CHECK(returns_to_go(rewards, gymnasium::same_step(last, none, final_values, unread), 0.5) == std::array{2.0, 2.0});
  // A step that is both is terminated.
  CHECK(returns_to_go(rewards, gymnasium::same_step(last, last, final_values, unread), 0.5) == std::array{2.0, 2.0});
}

TEST_CASE("an environment that is reset in the next step has a step that is none of the policy's own") {
  using namespace one_trajectory;
  CHECK(true_at_both_times([] {
    rational const nothing(99);
    std::array const paid{rewards[0], rewards[1], nothing, rewards[2], rewards[3], nothing};
    std::array const all_values{values[0], values[1], rational(10), values[2], values[3], nothing, nothing};
    std::array const resets{0, 0, 1, 0, 0, 1};
    std::array const terminated{0, 0, 0, 0, 1, 0};
    std::array const truncated{0, 1, 0, 0, 0, 0};
    auto const a =
        gae(paid, std::span(all_values).first(6), gymnasium::next_step(resets, terminated, truncated, all_values), p);
    rational const zero(0);
    return a.advantages == std::array{right[0], right[1], zero, right[2], right[3], zero};
  }));
}

TEST_CASE("episodes of one step, a reset at the start and one behind the end of a recording") {
  // Reset, an episode cut off at once, reset, one that ends at once, reset, one that is cut off with the recording.
  std::array const paid{unread, 1.0, unread, 2.0, unread, 4.0};
  std::array const resets{true, false, true, false, true, false};
  std::array const terminated{false, false, false, true, false, false};
  std::array const truncated{false, true, false, false, false, true};
  std::array const all_values{unread, unread, 10.0, unread, unread, unread, 20.0};
  auto const steps = gymnasium::next_step(resets, terminated, truncated, all_values);
  CHECK(returns_to_go(paid, steps, 0.5) == std::array{0.0, 6.0, 0.0, 2.0, 0.0, 14.0});
}

TEST_CASE("several environments in each layout, where what nobody reads may be anything") {
  // Of two environments, time-major: the second never ends.
  std::array const paid{1.0, 1.0, 2.0, 1.0, unread, 1.0, 4.0, 1.0};
  std::array const resets{0, 0, 0, 0, 1, 0, 0, 0};
  std::array const terminated{0, 0, 0, 0, 0, 0, 0, 0};
  std::array const truncated{0, 0, 1, 0, 0, 0, 0, 0};
  std::array const all_values{unread, unread, unread, unread, 10.0, unread, unread, unread, 8.0, 16.0};
  auto const rows = [](auto const& x) { return time_major(x, 2); };
  auto const steps = gymnasium::next_step(rows(resets), rows(terminated), rows(truncated), rows(all_values));
  CHECK(returns_to_go(rows(paid), steps, 0.5) == std::vector{4.5, 2.875, 7.0, 3.75, 0.0, 5.5, 8.0, 9.0});

  std::array const in_rows{1.0, 2.0, 4.0, 8.0};
  std::array const cuts{1, 0, 0, 0};
  std::array const none{0, 0, 0, 0};
  std::array const final_values{10.0, unread, unread, unread};
  std::array const after{20.0, 40.0};
  auto const sequences = [](auto const& x) { return batch_major(x, 2); };
  CHECK(returns_to_go(sequences(in_rows),
                      gymnasium::same_step(sequences(none), sequences(cuts), sequences(final_values), after),
                      0.5) == std::vector{6.0, 12.0, 18.0, 28.0});
  std::array const offsets{0, 1, 4};
  auto const ragged = [&](auto const& x) { return packed(x, offsets); };
  CHECK(returns_to_go(ragged(in_rows), gymnasium::same_step(ragged(none), ragged(cuts), ragged(final_values), after),
                      0.5) == std::vector{6.0, 11.0, 18.0, 28.0});
}

TEST_CASE("flags and values of other lengths are refused in words") {
  std::vector<int> const two{0, 0};
  std::vector<int> const three{0, 0, 0};
  std::vector<double> const v(6);
  CHECK_THROWS_AS(gymnasium::same_step(two, three, v, 0.0), bellman::invalid_value);
  CHECK(message_of([&] { (void)gymnasium::next_step(two, two, two, v); }) ==
        "bellman: 2 steps and 6 values; there must be one value more, that of the state after the last step");
  std::vector<int> const flags(6);
  auto const f = time_major(flags, 2);
  CHECK(message_of([&] { (void)gymnasium::next_step(f, f, f, time_major(v, 2)); }) ==
        "bellman: 3 steps of 2 sequences and values of 3 steps of 2 sequences; there must be one value more of each, "
        "that of the state after its last step");
  CHECK(
      message_of([&] { (void)gymnasium::same_step(f, f, time_major(v, 3), 0.0); }) ==
      "bellman: one array is of 3 steps of 2 sequences, another of 2 steps of 3 sequences; they must be of one shape");
  std::vector<double> const after(3);
  std::vector<double> const rewards(6);
  CHECK(message_of([&] {
          (void)returns_to_go(time_major(rewards, 2), gymnasium::same_step(f, f, time_major(v, 2), after), 0.5);
        }) ==
        "bellman: 3 values after the last step and 2 sequences; there must be one for each sequence, or one for all");
}

}  // namespace autoreset_test
