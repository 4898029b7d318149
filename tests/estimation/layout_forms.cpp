// SPDX-License-Identifier: BSL-1.0

// How recordings of several sequences are given to estimators, and what is refused.
#include <bellman/affine/order.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/layout/batch_major.hpp>
#include <bellman/layout/packed.hpp>
#include <bellman/layout/time_major.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "estimation/tasks.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/rationals.hpp"


namespace layout_forms_test {

using bellman::batch_major;
using bellman::packed;
using bellman::recorded_steps;
using bellman::terminated;
using bellman::time_major;
using bellman::truncated;
using bellman::test::message_of;
using bellman::rational;
using bellman::test::true_at_both_times;

constexpr float nan = std::numeric_limits<float>::quiet_NaN();

// Two sequences of three steps: rewards 1, 2, 4 and 8, 16, 32. At a discount of a half what is to come is worth 3, 4, 4
// and 24, 32, 32.
constexpr std::array by_step{1.0, 8.0, 2.0, 16.0, 4.0, 32.0};
constexpr std::array by_sequence{1.0, 2.0, 4.0, 8.0, 16.0, 32.0};

TEST_CASE("what is not written elsewhere comes in a vector, laid out as it was") {
  CHECK(true_at_both_times([] {
    std::array const offsets{0, 3, 3, 6};
    return bellman::returns_to_go(time_major(by_step, 2), terminated{}, 0.5) ==
               std::vector{3.0, 24.0, 4.0, 32.0, 4.0, 32.0} &&
           bellman::returns_to_go(batch_major(by_sequence, 3), terminated{}, 0.5) ==
               std::vector{3.0, 4.0, 4.0, 24.0, 32.0, 32.0} &&
           bellman::returns_to_go(packed(by_sequence, offsets), terminated{}, 0.5) ==
               std::vector{3.0, 4.0, 4.0, 24.0, 32.0, 32.0};
  }));
  auto const both = bellman::gae(time_major(by_step, 2), time_major(by_step, 2), terminated{},
                                 {.gamma = 0.5, .lambda = 1});
  CHECK(both.returns == std::vector{3.0, 24.0, 4.0, 32.0, 4.0, 32.0});
  CHECK(both.advantages == std::vector{2.0, 16.0, 2.0, 16.0, 0.0, 0.0});
}

TEST_CASE("what is written is returned as its array") {
  std::vector out(6, 0.0);
  auto const view = bellman::returns_to_go(time_major(by_step, 2), terminated{}, 0.5, time_major(out, 2));
  CHECK(view.sequence(1)[0] == 24.0);
  CHECK(out == std::vector{3.0, 24.0, 4.0, 32.0, 4.0, 32.0});
}

TEST_CASE("what comes after the last step is one number, or one for each sequence") {
  std::array const after{8.0, 0.0};
  CHECK(bellman::returns_to_go(time_major(by_step, 2), recorded_steps{.value_after_last = std::span(after)}, 0.5) ==
        std::vector{4.0, 24.0, 6.0, 32.0, 8.0, 32.0});
  CHECK(bellman::returns_to_go(batch_major(by_sequence, 3), recorded_steps{.value_after_last = std::span(after)}, 0.5) ==
        std::vector{4.0, 6.0, 8.0, 24.0, 32.0, 32.0});
  CHECK(bellman::returns_to_go(batch_major(by_sequence, 3), recorded_steps{.value_after_last = 8}, 0.5) ==
        bellman::returns_to_go(batch_major(by_sequence, 3), truncated{8.0}, 0.5));
  std::array const ends{0, 0, 0, 1};
  // Flags of all steps but the last, which continues.
  CHECK(bellman::returns_to_go(time_major(by_step, 2),
                               recorded_steps{.terminated = time_major(ends, 2), .value_after_last = std::span(after)},
                               0.5) == std::vector{4.0, 16.0, 6.0, 16.0, 8.0, 32.0});
}

TEST_CASE("a range of steps may be laid out too") {
  using step = bellman::step<double>;
  std::array const steps{step(), step(bellman::skipped{}), step(terminated{}), step(), step(truncated{8.0}), step(terminated{})};
  CHECK(bellman::returns_to_go(time_major(by_step, 2), time_major(steps, 2), 0.5) ==
        std::vector{2.0, 0.0, 2.0, 32.0, 8.0, 32.0});
}

TEST_CASE("discounts and decays are for all, one for each step of every sequence, or one for each") {
  std::array const by_time{0.5, 0.25, 0.0};
  std::array const each{0.5, 0.0, 0.25, 1.0, 0.0, 0.5};
  CHECK(bellman::returns_to_go(time_major(by_step, 2), terminated{}, std::span(by_time)) ==
        std::vector{2.5, 20.0, 3.0, 24.0, 4.0, 32.0});
  CHECK(bellman::returns_to_go(time_major(by_step, 2), terminated{}, time_major(each, 2)) ==
        std::vector{2.5, 8.0, 3.0, 48.0, 4.0, 32.0});
  std::array const each_by_sequence{0.5, 0.25, 0.0, 0.0, 1.0, 0.5};
  CHECK(bellman::returns_to_go(batch_major(by_sequence, 3), terminated{}, batch_major(each_by_sequence, 3)) ==
        std::vector{2.5, 3.0, 4.0, 8.0, 48.0, 32.0});
}

TEST_CASE("a discount or a decay at a skipped step is not read") {
  std::array const rewards{1.0f, nan, 4.0f};
  std::array const own{1, 0, 1};
  std::array const gammas{0.5f, nan, 0.5f};
  std::array const lambdas{1.0f, 7.0f, 1.0f};
  std::array const values{0.0f, nan, 0.0f};
  recorded_steps const steps{.own = std::span(own), .value_after_last = 8};
  auto const estimates = bellman::gae(
      rewards, values, steps, bellman::trace_parameters{.gamma = std::span(gammas), .lambda = std::span(lambdas)});
  CHECK(estimates.returns == std::array{5.0f, 0.0f, 8.0f});
  CHECK(message_of([&] { bellman::returns_to_go(rewards, truncated{8.0f}, std::span(gammas)); }) ==
        "bellman: the discount of step 1 is nan; it must lie in [0, 1]");
  std::array const two_rewards{0.0f, 1.0f, 0.0f, nan, 0.0f, 4.0f};
  std::array const two_own{1, 1, 1, 0, 1, 1};
  std::array const two_gammas{0.5f, 0.5f, 0.5f, nan, 0.5f, 0.5f};
  recorded_steps const two_steps{.own = time_major(two_own, 2), .value_after_last = 8};
  CHECK(bellman::returns_to_go(time_major(two_rewards, 2), two_steps, time_major(two_gammas, 2)) ==
        std::vector{1.0f, 5.0f, 2.0f, 0.0f, 4.0f, 8.0f});
  CHECK(message_of([&] {
          bellman::returns_to_go(time_major(two_rewards, 2), truncated{8.0f}, time_major(two_gammas, 2));
        }) == "bellman: the discount of step 1 of sequence 1 is nan; it must lie in [0, 1]");
}

TEST_CASE("estimates may take the place of what they are made of") {
  for (std::size_t N : {1u, 3u, 4u, 7u, 8u, 17u, 33u, 67u, 1031u}) {
    std::size_t const T = 5;
    std::vector<float> r(T * N), v(T * N), last(N);
    for (std::size_t i = 0; i < T * N; ++i) {
      r[i] = static_cast<float>(i * 7919 % 101);
      v[i] = static_cast<float>(i * 104729 % 97);
    }
    for (std::size_t i = 0; i < N; ++i) last[i] = static_cast<float>(i % 13);
    recorded_steps const steps{.value_after_last = std::span(last)};
    bellman::trace_parameters const p{.gamma = 0.5, .lambda = 0.5};
    auto const apart = bellman::gae(time_major(r, N), time_major(v, N), steps, p);
    bellman::gae(time_major(r, N), time_major(v, N), steps, p, time_major(r, N), time_major(v, N));
    CHECK(r == apart.advantages);
    CHECK(v == apart.returns);
  }
}

TEST_CASE("no steps and no sequences are nothing") {
  std::vector<float> const none;
  std::vector<int> const no_offsets{0};
  std::vector<float> const after(3, 1.0f);
  recorded_steps const steps{.terminated = time_major(none, 3), .value_after_last = std::span(after)};
  auto const both = bellman::gae(time_major(none, 3), time_major(none, 3), steps, {.gamma = 0.5, .lambda = 0.5});
  CHECK(both.advantages.empty());
  CHECK(bellman::returns_to_go(packed(none, no_offsets), terminated{}, 0.5).empty());
  CHECK(bellman::n_step_returns(packed(none, no_offsets), packed(none, no_offsets), terminated{}, 2, 0.5).empty());
  CHECK(bellman::returns_to_go(batch_major(none, 3), terminated{}, 0.5).empty());
}

TEST_CASE("pieces of sequences give what all give") {
  using estimators::on_threads;
  for (std::size_t N : {1u, 5u, 16u, 40u, 67u}) {
    std::size_t const T = 9;
    std::vector<float> r(T * N), last(N, 2.0f);
    for (std::size_t i = 0; i < T * N; ++i) r[i] = static_cast<float>(i * 7919 % 101);
    std::vector<int> offsets{0};
    for (std::size_t i = 0; i < N; ++i) offsets.push_back(i + 1 == N ? static_cast<int>(T * N) : static_cast<int>(i * 3));
    recorded_steps const steps{.value_after_last = std::span(last)};
    for (std::size_t pieces : {0u, 1u, 2u, 3u, 50u}) {
      auto const parallel = bellman::returns_to_go.in(bellman::in_parallel{on_threads, pieces});
      CHECK(parallel(time_major(r, N), steps, 0.5) == bellman::returns_to_go(time_major(r, N), steps, 0.5));
      CHECK(parallel(batch_major(r, T), steps, 0.5) == bellman::returns_to_go(batch_major(r, T), steps, 0.5));
      CHECK(parallel(packed(r, offsets), steps, 0.5) == bellman::returns_to_go(packed(r, offsets), steps, 0.5));
    }
  }
}

TEST_CASE("n-step and discounted returns take several sequences as the others do") {
  // 1 + 2/2 + 4/4, 2 + 4/2, 4 and 8 times that, and with two steps 1 + 2/2 + v/4.
  CHECK(bellman::discounted_returns(time_major(by_step, 2), 0.5) == std::vector{3.0, 24.0, 4.0, 32.0, 4.0, 32.0});
  CHECK(bellman::discounted_returns(batch_major(by_sequence, 3), truncated{8.0}, 0.5) ==
        std::vector{4.0, 6.0, 8.0, 25.0, 34.0, 36.0});
  std::array const values{0.0, 0.0, 0.0, 0.0, 16.0, 32.0};
  CHECK(bellman::n_step_returns(time_major(by_step, 2), time_major(values, 2), terminated{}, 2, 0.5) ==
        std::vector{6.0, 24.0, 4.0, 32.0, 4.0, 32.0});
  std::array const offsets{0, 1, 1, 6};
  CHECK(bellman::n_step_returns(packed(by_sequence, offsets), packed(by_sequence, offsets), terminated{}, 1, 0.5) ==
        std::vector{1.0, 4.0, 8.0, 16.0, 32.0, 32.0});
}

TEST_CASE("exact numbers, in a constant expression as well") {
  CHECK(true_at_both_times([] {
    std::array const r{rational(1), rational(8), rational(2), rational(16)};
    std::array<rational, 4> out{};
    std::array const ends{0, 1, 0, 0};
    bellman::returns_to_go(time_major(r, 2),
                           recorded_steps{.terminated = time_major(ends, 2), .value_after_last = rational(4)},
                           rational(1, 2), time_major(out, 2));
    return out == std::array{rational(3), rational(8), rational(4), rational(18)};
  }));
}

TEST_CASE("columns of other numbers than the estimates, and without addresses") {
  std::deque<int> const rewards(by_step.begin(), by_step.end());
  std::vector<float> const values(6, 1.0f);
  std::vector<bool> const ends{false, false, false, false, true, true};
  std::vector<double> a(6), g(6);
  bellman::gae(time_major(rewards, 2), time_major(values, 2), recorded_steps{.terminated = time_major(ends, 2)},
               {.gamma = 0.5, .lambda = 1}, time_major(a, 2), time_major(g, 2));
  CHECK(g == std::vector{3.0, 24.0, 4.0, 32.0, 4.0, 32.0});
}

// --- Refusals

TEST_CASE("shapes that differ are refused in words, and nothing is written") {
  std::vector const r{1.0, 2.0, 3.0, 4.0, 5.0, 6.0};
  std::vector const v{1.0, 2.0, 3.0, 4.0};
  std::vector out(6, 77.0);
  std::vector more(6, 77.0);
  bellman::trace_parameters const p{.gamma = 0.5, .lambda = 0.5};
  auto const refusal = [&](auto const& rewards, auto const& values, auto const& steps, auto first, auto second) {
    auto const what = message_of([&] { bellman::gae(rewards, values, steps, p, first, second); });
    CHECK(out == std::vector(6, 77.0));
    CHECK(more == std::vector(6, 77.0));
    return what;
  };
  CHECK(refusal(time_major(r, 2), time_major(v, 2), terminated{}, time_major(out, 2), time_major(more, 2)) ==
        "bellman: values of 2 steps of 2 sequences and rewards of 3 steps of 2 sequences; there must be one for each "
        "reward");
  CHECK(refusal(time_major(r, 2), time_major(r, 3), terminated{}, time_major(out, 2), time_major(more, 2)) != "");
  CHECK(refusal(batch_major(r, 3), batch_major(v, 2), terminated{}, batch_major(out, 3), batch_major(more, 3)) != "");
  CHECK(refusal(time_major(r, 2), time_major(r, 2), terminated{}, time_major(out, 3), time_major(more, 2)) ==
        "bellman: places of an output of 2 steps of 3 sequences and rewards of 3 steps of 2 sequences; there must be one "
        "for each reward");
  std::array const offsets{0, 2, 6};
  std::array const others{0, 3, 6};
  std::array const three{0, 2, 4, 6};
  CHECK(refusal(packed(r, offsets), packed(r, others), terminated{}, packed(out, offsets), packed(more, offsets)) ==
        "bellman: 3 values and 2 rewards of sequence 0; there must be one for each reward");
  CHECK(refusal(packed(r, offsets), packed(r, three), terminated{}, packed(out, offsets), packed(more, offsets)) ==
        "bellman: values of 3 sequences and rewards of 2; they must be of the same sequences");
  std::vector const ends{0, 0, 0, 0};
  std::vector const too_few{0, 0};
  CHECK(refusal(time_major(r, 2), time_major(r, 2), recorded_steps{.terminated = time_major(ends, 2)}, time_major(out, 2),
                time_major(more, 2)) ==
        "bellman: flags of termination of 2 steps of 2 sequences and rewards of 3 steps of 2 sequences; there must be "
        "one for each reward");
  CHECK(refusal(time_major(r, 2), time_major(r, 2),
                recorded_steps{.terminated = time_major(too_few, 2), .value_after_last = 1.0}, time_major(out, 2),
                time_major(more, 2)) != "");
  std::vector const after{1.0, 2.0, 3.0};
  CHECK(refusal(time_major(r, 2), time_major(r, 2), recorded_steps{.value_after_last = std::span(after)},
                time_major(out, 2), time_major(more, 2)) ==
        "bellman: 3 values after the last step and 2 sequences; there must be one for each sequence, or one for all");
  CHECK(refusal(batch_major(r, 2), batch_major(r, 2), recorded_steps{.value_after_last = std::span(after).first(2)},
                batch_major(out, 2), batch_major(more, 2)) != "");
}

TEST_CASE("a sequence whose last step continues is named") {
  std::vector const ends{0, 0, 0, 1, 1, 0};
  std::vector const by_row{0, 1, 0, 0, 1, 0};
  std::vector const by_last{0, 0, 1, 0, 1, 0};
  std::vector const offsets{0, 2, 6};
  auto const words = "bellman: step 2 of sequence 1 continues and nothing comes after it; it must be terminated or "
                     "truncated with a value";
  CHECK(message_of([&] {
          bellman::returns_to_go(time_major(by_step, 2), recorded_steps{.terminated = time_major(ends, 2)}, 0.5);
        }) == words);
  std::vector out(6, 77.0);
  CHECK(message_of([&] {
          bellman::returns_to_go(packed(by_sequence, offsets), recorded_steps{.terminated = packed(by_row, offsets)}, 0.5,
                                 packed(out, offsets));
        }) == "bellman: step 3 of sequence 1 continues and nothing comes after it; it must be terminated or truncated "
              "with a value");
  CHECK(out == std::vector(6, 77.0));
  CHECK(message_of([&] {
          bellman::returns_to_go(batch_major(by_sequence, 3), recorded_steps{.terminated = batch_major(by_last, 3)}, 0.5);
        }) == words);
}

TEST_CASE("a discount of one step is named by its sequence, and so are flags of another length") {
  std::vector const gammas{0.5, 0.5, 0.5, 0.5, 2.0, 0.5};
  std::vector const ends{0, 0, 1, 1};
  std::vector const offsets{0, 2, 6};
  auto const words = [](int t) {
    return "bellman: the discount of step " + std::to_string(t) + " of sequence 1 is 2; it must lie in [0, 1]";
  };
  CHECK(message_of([&] {
          bellman::returns_to_go(batch_major(by_sequence, 3), terminated{}, batch_major(gammas, 3));
        }) == words(1));
  CHECK(message_of([&] {
          bellman::returns_to_go(packed(by_sequence, offsets), terminated{}, packed(gammas, offsets));
        }) == words(2));
  CHECK(message_of([&] {
          std::vector const others{0, 2, 4};
          bellman::returns_to_go(packed(by_sequence, offsets),
                                 recorded_steps{.terminated = packed(ends, others), .value_after_last = 1.0}, 0.5);
        }) == "bellman: 2 flags of termination and 4 rewards of sequence 1; there must be one for each reward");
  // Flags of which some have the last step: of what is wrong no number says more than that.
  CHECK(message_of([&] {
          recorded_steps const steps{.terminated = batch_major(ends, 2),
                                     .truncated = batch_major(by_sequence, 3),
                                     .value_after = batch_major(by_sequence, 3),
                                     .value_after_last = 1.0};
          bellman::returns_to_go(batch_major(by_sequence, 3), steps, 0.5);
        }).find("flags of truncation for the last step, which others lack") != std::string::npos);
}

// An executor that threads of its own would run cannot be thrown through.
struct no_exception_passes {
  template <class Task>
  void operator()(std::size_t n, Task const& task) const noexcept {
    for (std::size_t i = 0; i < n; ++i) task(i);
  }
};

TEST_CASE("what is wrong is refused before any piece begins") {
  bellman::in_parallel const pieces{no_exception_passes{}, 2};
  std::vector const few{0, 0};
  auto const returns = bellman::returns_to_go.in(pieces);
  CHECK(message_of([&] { returns(batch_major(by_sequence, 3), terminated{}, 1.5); }) != "");
  CHECK(message_of([&] { returns(batch_major(by_sequence, 3), bellman::step<double>(bellman::continues{}), 0.5); }) != "");
  CHECK(message_of([&] {
          recorded_steps const steps{.terminated = batch_major(few, 1), .value_after_last = 1.0};
          returns(batch_major(by_sequence, 3), steps, 0.5);
        }) != "");
}

TEST_CASE("an output that overlaps what is read elsewhere than in place is refused") {
  std::vector<float> buffer(100, 1.0f);
  std::vector<float> out(6), other(6);
  auto const returns = [&](auto const& rewards, auto const& output) {
    return message_of([&] { bellman::returns_to_go(rewards, terminated{}, 0.5, output); });
  };
  std::span const all(buffer);
  // In place, and beside one another in wider rows.
  CHECK(returns(time_major(all.first(6), 2), time_major(all.first(6), 2)) == "");
  CHECK(returns(time_major(all.first(12), 2, 4), time_major(all.subspan(2, 10), 2, 4)) == "");
  CHECK(returns(batch_major(all.first(12), 2, 4), batch_major(all.subspan(2, 10), 2, 4)) == "");
  // A row further, columns further, in rows of another width.
  CHECK(returns(time_major(all.first(6), 2), time_major(all.subspan(2, 6), 2)) ==
        "bellman: an output overlaps the rewards elsewhere than in place; it must lie where that lies, in the same "
        "layout, or apart from it");
  CHECK(returns(time_major(all.first(12), 2, 4), time_major(all.subspan(1, 11), 2, 4)) != "");
  CHECK(returns(time_major(all.first(12), 2, 4), time_major(all.first(9), 2, 3)) != "");
  CHECK(returns(batch_major(all.first(6), 3), batch_major(all.subspan(3, 6), 3)) != "");
  // Of one row it does not matter how far apart rows begin.
  CHECK(returns(time_major(all.first(2), 2, 4), time_major(all.first(2), 2)) == "");
  // What belongs to all sequences is read again for the next.
  CHECK(message_of([&] {
          bellman::returns_to_go(batch_major(all.first(6), 3), recorded_steps{.value_after_last = all.subspan(10, 2)}, 0.5,
                                 batch_major(all.subspan(6, 6), 3));
        }) == "bellman: an output overlaps the values after the last step elsewhere than in place; it must lie where that "
              "lies, in the same layout, or apart from it");
  CHECK(message_of([&] {
          bellman::returns_to_go(batch_major(all.first(6), 3), terminated{}, all.subspan(6, 3),
                                 batch_major(all.subspan(6, 6), 3));
        }).find("the discounts") != std::string::npos);
  CHECK(message_of([&] {
          bellman::gae(time_major(all.first(6), 2), time_major(all.subspan(6, 6), 2), terminated{},
                       {.gamma = 0.5, .lambda = 0.5}, time_major(out, 2), time_major(out, 2));
        }) == "bellman: two outputs overlap; they must lie apart");
}

template <class F, class... X>
constexpr bool takes = std::is_invocable_v<F const&, X...>;

TEST_CASE("a recording of several sequences lies in one layout, by type") {
  using T = bellman::time_major_view<float const*>;
  using B = bellman::batch_major_view<float const*>;
  using O = bellman::time_major_view<float*>;
  using list = std::vector<float>;
  using returns = decltype(bellman::returns_to_go);
  using p = bellman::trace_parameters<double>;
  using advantages = decltype(bellman::gae);
  STATIC_REQUIRE(takes<returns, T, terminated, double>);
  STATIC_REQUIRE(takes<returns, T, terminated, double, O>);
  STATIC_REQUIRE(takes<advantages, T, T, terminated, p, O, O>);
  STATIC_REQUIRE_FALSE(takes<advantages, T, B, terminated, p>);
  STATIC_REQUIRE_FALSE(takes<advantages, T, list, terminated, p>);
  STATIC_REQUIRE_FALSE(takes<advantages, list, T, terminated, p>);
  STATIC_REQUIRE_FALSE(takes<returns, T, terminated, double, float*>);
  STATIC_REQUIRE_FALSE(takes<returns, T, terminated, double, T>);
  STATIC_REQUIRE_FALSE(takes<returns, T, std::vector<bellman::step<float>>, double>);
  STATIC_REQUIRE_FALSE(takes<returns, T, terminated, B>);
  STATIC_REQUIRE_FALSE(takes<returns, T, recorded_steps<B>, double>);
  STATIC_REQUIRE(takes<returns, T, recorded_steps<T>, double>);
  STATIC_REQUIRE_FALSE(takes<returns, list, recorded_steps<T>, double>);
  STATIC_REQUIRE(takes<returns, list, terminated, list>);
  STATIC_REQUIRE_FALSE(takes<returns, list, terminated, T>);
  // What comes after the last step is one number where there is one sequence.
  STATIC_REQUIRE_FALSE(takes<returns, list, decltype(recorded_steps{.value_after_last = list{}}), double>);
  STATIC_REQUIRE(takes<returns, T, decltype(recorded_steps{.value_after_last = list{}}), double>);
  STATIC_REQUIRE_FALSE(takes<returns, T, decltype(recorded_steps{.value_after_last = truncated{1.0}}), double>);
  // One sequence has no pieces.
  using parallel = decltype(bellman::returns_to_go.in(bellman::in_parallel{estimators::on_threads, 2}));
  STATIC_REQUIRE(takes<parallel, T, terminated, double>);
  STATIC_REQUIRE_FALSE(takes<parallel, list, terminated, double>);
}

}  // namespace layout_forms_test
