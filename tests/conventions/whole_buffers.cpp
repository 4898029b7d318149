// SPDX-License-Identifier: BSL-1.0

// Each library's buffers as they lie, in one call: the lines of the table of conventions/README.md, and the same as one
// environment at a time.
#include <bellman/affine/order.hpp>
#include <bellman/conventions/arrays/flags_at_next_step.hpp>
#include <bellman/conventions/arrays/flags_at_step.hpp>
#include <bellman/conventions/cleanrl/gae.hpp>
#include <bellman/conventions/gymnasium/autoreset.hpp>
#include <bellman/conventions/openrlhf/gae.hpp>
#include <bellman/conventions/pufferlib/puff_advantage.hpp>
#include <bellman/conventions/rl_tools/gae.hpp>
#include <bellman/conventions/rlax/multistep.hpp>
#include <bellman/conventions/rlax/vtrace.hpp>
#include <bellman/conventions/rllib/value_targets.hpp>
#include <bellman/conventions/stable_baselines3/gae.hpp>
#include <bellman/conventions/tianshou/gae.hpp>
#include <bellman/conventions/torchrl/gae.hpp>
#include <bellman/conventions/torchrl/returns.hpp>
#include <bellman/conventions/torchrl/vtrace.hpp>
#include <bellman/conventions/trl/gae.hpp>
#include <bellman/conventions/verl/gae.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/layout/batch_major.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/layout/packed.hpp>
#include <bellman/layout/time_major.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <rapidcheck.h>

#include "conventions/answer_with_a_tool.hpp"
#include "conventions/one_trajectory.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace whole_buffers_test {

namespace cleanrl = bellman::conventions::cleanrl;
namespace gymnasium = bellman::conventions::gymnasium;
namespace openrlhf = bellman::conventions::openrlhf;
namespace pufferlib = bellman::conventions::pufferlib;
namespace rl_tools = bellman::conventions::rl_tools;
namespace rlax = bellman::conventions::rlax;
namespace rllib = bellman::conventions::rllib;
namespace stable_baselines3 = bellman::conventions::stable_baselines3;
namespace tianshou = bellman::conventions::tianshou;
namespace torchrl = bellman::conventions::torchrl;
namespace trl = bellman::conventions::trl;
namespace verl = bellman::conventions::verl;

using bellman::batch_major;
using bellman::gae;
using bellman::rational;
using bellman::time_major;
using bellman::trace_parameters;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

// The trajectory of one_trajectory.hpp in the first of two environments; in the second the same steps without an end,
// which go on in a state of value 20.
constexpr std::size_t N = 2;
constexpr std::size_t T = 4;

template <class X>
using buffer = std::array<X, T * N>;

template <class X, std::size_t Steps>
constexpr std::array<X, Steps * N> beside(std::array<X, Steps> const& x, std::array<X, Steps> const& y) {
  std::array<X, Steps * N> all{};
  for (std::size_t t = 0; t < Steps; ++t) {
    all[t * N] = x[t];
    all[t * N + 1] = y[t];
  }
  return all;
}
template <class X, std::size_t Steps>
constexpr std::array<X, Steps * N> behind(std::array<X, Steps> const& x, std::array<X, Steps> const& y) {
  std::array<X, Steps * N> all{};
  for (std::size_t t = 0; t < Steps; ++t) {
    all[t] = x[t];
    all[Steps + t] = y[t];
  }
  return all;
}
template <class X, std::size_t Steps>
constexpr std::array<X, Steps + 1> and_then(std::array<X, Steps> const& x, X const& last) {
  std::array<X, Steps + 1> all{};
  for (std::size_t t = 0; t < Steps; ++t) all[t] = x[t];
  all[Steps] = last;
  return all;
}
template <class X, std::size_t Steps>
constexpr std::array<X, Steps + 1> preceded(X const& first, std::array<X, Steps> const& x) {
  std::array<X, Steps + 1> all{};
  for (std::size_t t = 0; t < Steps; ++t) all[t + 1] = x[t];
  all[0] = first;
  return all;
}

constexpr rational anything(99);
// 4 + 18 - 2; 3 + 9/5 - 3/2 + 18/25 * 20; 2 + 27/20 - 1 + 18/25 * 177/10; 1 + 9/10 - 1/2 + 18/25 * 7547/500
constexpr std::array without_ends{rational(76673, 6250), rational(7547, 500), rational(177, 10), rational(20)};
constexpr std::array none{false, false, false, false};
constexpr std::array first{true, false, false, false};
constexpr auto right = beside(one_trajectory::right, without_ends);
constexpr auto as_terminated = beside(one_trajectory::as_terminated, without_ends);

constexpr auto rewards = beside(one_trajectory::rewards, one_trajectory::rewards);
constexpr auto values = beside(one_trajectory::values, one_trajectory::values);
constexpr auto ends = beside(one_trajectory::ends, none);
constexpr auto cuts = beside(one_trajectory::cuts, none);
constexpr auto done = beside(one_trajectory::done, none);
constexpr auto starts = beside(one_trajectory::starts, first);
constexpr auto p = one_trajectory::p;

// Whether the returns are the advantages and the values.
template <class Advantages, class Values>
constexpr bool add_up(Advantages const& returns, Advantages const& advantages, Values const& v) {
  for (std::size_t k = 0; k < returns.size(); ++k) {
    if (returns[k] != advantages[k] + v[k]) return false;
  }
  return true;
}

TEST_CASE("Gymnasium, reset in the same step") {
  CHECK(true_at_both_times([] {
    std::array const final_values{anything, anything, rational(10), anything, anything, anything, anything, anything};
    std::array const next_values{anything, rational(20)};
    buffer<rational> advantages{};
    buffer<rational> returns{};
    gae(time_major(rewards, N), time_major(values, N),
        gymnasium::same_step(time_major(ends, N), time_major(cuts, N), time_major(final_values, N), next_values), p,
        time_major(advantages, N), time_major(returns, N));
    return advantages == right && add_up(returns, advantages, values);
  }));
}

TEST_CASE("Gymnasium, reset in the next step") {
  CHECK(true_at_both_times([] {
    using one_trajectory::values;
    rational const zero(0);
    // The first begins with an episode, the second with the reset that the recording before has left to it.
    constexpr std::array x{rational(1), rational(2), anything, rational(3), rational(4), anything};
    constexpr std::array y{anything, rational(1), rational(2), anything, rational(3), rational(4)};
    constexpr std::array v{values[0], values[1], rational(10), values[2], values[3], anything, anything};
    constexpr std::array w{anything, values[0], values[1], rational(10), values[2], values[3], anything};
    auto const paid = beside(x, y);
    auto const all_values = beside(v, w);
    auto const resets = beside(std::array{0, 0, 1, 0, 0, 1}, std::array{1, 0, 0, 1, 0, 0});
    auto const terminated = beside(std::array{0, 0, 0, 0, 1, 0}, std::array{0, 0, 0, 0, 0, 1});
    auto const truncated = beside(std::array{0, 1, 0, 0, 0, 0}, std::array{0, 0, 1, 0, 0, 0});
    std::array<rational, 6 * N> advantages{};
    std::array<rational, 6 * N> returns{};
    gae(time_major(paid, N), time_major(all_values, N).first_steps(6),
        gymnasium::next_step(time_major(resets, N), time_major(terminated, N), time_major(truncated, N),
                             time_major(all_values, N)),
        p, time_major(advantages, N), time_major(returns, N));
    auto const& a = one_trajectory::right;
    return advantages ==
           beside(std::array{a[0], a[1], zero, a[2], a[3], zero}, std::array{zero, a[0], a[1], zero, a[2], a[3]});
  }));
}

TEST_CASE("cleanrl") {
  CHECK(true_at_both_times([] {
    std::array const next_done{true, false};
    std::array const next_value{anything, rational(20)};
    buffer<rational> advantages{};
    buffer<rational> returns{};
    cleanrl::gae(time_major(rewards, N), time_major(values, N), time_major(starts, N), next_done, next_value, p,
                 time_major(advantages, N), time_major(returns, N));
    return advantages == as_terminated && add_up(returns, advantages, values);
  }));
}

TEST_CASE("stable-baselines3, whose rewards have the value at a time limit added") {
  CHECK(true_at_both_times([] {
    std::array const terminal_values{anything, anything, rational(10), anything,
                                     anything, anything, anything,     anything};
    std::array const dones{true, false};
    std::array const last_values{anything, rational(20)};
    buffer<rational> advantages{};
    buffer<rational> returns{};
    auto const stored = stable_baselines3::bootstrapped_rewards(time_major(rewards, N), time_major(cuts, N),
                                                                time_major(terminal_values, N), p.gamma);
    stable_baselines3::gae(stored, time_major(values, N), time_major(starts, N), dones, last_values, p,
                           time_major(advantages, N), time_major(returns, N));
    return advantages == right && add_up(returns, advantages, values);
  }));
}

TEST_CASE("PufferLib") {
  CHECK(true_at_both_times([] {
    using one_trajectory::done;
    using one_trajectory::values;
    auto const v = behind(and_then(values, anything), and_then(values, rational(20)));
    auto const r = preceded(anything, one_trajectory::rewards);
    auto const paid = behind(r, r);
    auto const dones = behind(preceded(true, done), preceded(true, none));
    std::array<rational, (T + 1) * N> ratios{};
    for (rational& x : ratios) x = rational(1);
    std::array<rational, (T + 1) * N> advantages{};
    for (rational& x : advantages) x = anything;
    rational const one(1);
    constexpr std::size_t H = T + 1;
    pufferlib::puff_advantage(batch_major(v, H), batch_major(paid, H), batch_major(dones, H), batch_major(ratios, H),
                              p.gamma, p.lambda, one, one, batch_major(advantages, H));
    return advantages ==
           behind(and_then(one_trajectory::as_terminated, rational(0)), and_then(without_ends, rational(0)));
  }));
}

constexpr auto of_rl_tools = beside(std::array{rational(7, 5), rational(0), right[4], right[6]}, without_ends);
constexpr auto all_values =
    beside(and_then(one_trajectory::values, anything), and_then(one_trajectory::values, rational(20)));

TEST_CASE("rl_tools") {
  CHECK(true_at_both_times([] {
    buffer<rational> advantages{};
    buffer<rational> target_values{};
    rl_tools::gae(time_major(rewards, N), time_major(all_values, N), time_major(ends, N), time_major(done, N), p,
                  time_major(advantages, N), time_major(target_values, N));
    return advantages == of_rl_tools && add_up(target_values, advantages, values);
  }));
}

TEST_CASE("rl_tools, whose arrays are columns of one matrix") {
  CHECK(true_at_both_times([] {
    constexpr std::size_t columns = 6;
    std::array<rational, (T + 1) * N * columns> matrix{};
    for (std::size_t k = 0; k < all_values.size(); ++k) matrix[k * columns + 3] = all_values[k];
    for (std::size_t k = 0; k < rewards.size(); ++k) {
      matrix[k * columns] = rewards[k];
      matrix[k * columns + 1] = rational(ends[k]);
      matrix[k * columns + 2] = rational(done[k]);
    }
    auto const column = [&](std::size_t k, std::size_t rows) {
      return time_major(time_major(matrix, columns).first_steps(rows * N).sequence(k), N);
    };
    rl_tools::gae(column(0, T), column(3, T + 1), column(1, T), column(2, T), p, column(4, T), column(5, T));
    for (std::size_t k = 0; k < rewards.size(); ++k) {
      if (matrix[k * columns + 4] != of_rl_tools[k]) return false;
      if (matrix[k * columns + 5] != of_rl_tools[k] + values[k]) return false;
    }
    return true;
  }));
}

TEST_CASE("torchrl") {
  using one_trajectory::next_values;
  CHECK(true_at_both_times([] {
    std::array const without{values[2], values[4], values[6], rational(20)};
    auto const next = behind(next_values, without);
    auto const of_rows = [](auto const& x, auto const& y) { return behind(x, y); };
    auto const reward = of_rows(one_trajectory::rewards, one_trajectory::rewards);
    auto const value = of_rows(one_trajectory::values, one_trajectory::values);
    auto const is_done = of_rows(one_trajectory::done, none);
    auto const terminated = of_rows(one_trajectory::ends, none);
    buffer<rational> advantages{};
    buffer<rational> value_target{};
    torchrl::gae(batch_major(value, T), batch_major(next, T), batch_major(reward, T), batch_major(is_done, T),
                 batch_major(terminated, T), p, batch_major(advantages, T), batch_major(value_target, T));
    auto const wanted = behind(one_trajectory::right, without_ends);
    // Where the value of the next state is that of the next step, the estimator itself.
    auto const steps =
        bellman::conventions::flags_at_step(batch_major(is_done, T), batch_major(terminated, T), batch_major(next, T));
    auto const same = gae(batch_major(reward, T), batch_major(value, T), steps, p);
    return advantages == wanted && add_up(value_target, advantages, value) &&
           same.advantages == std::vector<rational>(wanted.begin(), wanted.end());
  }));
}

// Two answers of a batch: with a tool's token within and padding behind; with padding in front.
namespace answer = answer_with_a_tool;
constexpr auto token_rewards = behind(answer::rewards, std::array{rational(9), rational(9), rational(0), rational(4)});
constexpr auto token_values = behind(answer::values, std::array{rational(5), rational(5), rational(1), rational(2)});
constexpr auto token_masks = behind(answer::mask, std::array{0, 0, 1, 1});

TEST_CASE("verl, a batch of rows") {
  CHECK(true_at_both_times([] {
    buffer<rational> advantages{};
    buffer<rational> returns{};
    verl::gae(batch_major(token_rewards, T), batch_major(token_values, T), batch_major(token_masks, T), answer::p,
              batch_major(advantages, T), batch_major(returns, T));
    // 4 - 2; 0 + 1/2 * 2 - 1 + 1/4 * 2
    return advantages == behind(std::array{rational(1, 2), rational(2), rational(2), rational(0)},
                                std::array{rational(1, 2), rational(1, 2), rational(1, 2), rational(2)}) &&
           add_up(returns, advantages, token_values);
  }));
}

TEST_CASE("OpenRLHF, a batch of rows") {
  CHECK(true_at_both_times([] {
    buffer<rational> advantages{};
    buffer<rational> returns{};
    openrlhf::gae(batch_major(token_rewards, T), batch_major(token_values, T), batch_major(token_masks, T), answer::p,
                  batch_major(advantages, T), batch_major(returns, T));
    // 4 - 2; 0 + 1/2 * 2 - 1 + 1/4 * 2; 0 + 1/2 * 1 - 0 + 1/4 * 1/2; 1/4 * 5/8
    buffer<rational> paid{};
    openrlhf::cumulative_returns(batch_major(token_rewards, T), batch_major(token_masks, T), rational(1, 2),
                                 batch_major(paid, T));
    return advantages == behind(std::array{rational(-5, 8), rational(3, 2), rational(2), rational(0)},
                                std::array{rational(5, 32), rational(5, 8), rational(1, 2), rational(2)}) &&
           returns == behind(std::array{rational(3, 8), rational(3, 2), rational(4), rational(0)},
                             std::array{rational(5, 32), rational(5, 8), rational(3, 2), rational(4)}) &&
           paid == behind(std::array{rational(1), rational(2), rational(4), rational(0)},
                          std::array{rational(1, 2), rational(1), rational(2), rational(4)});
  }));
}

TEST_CASE("TRL, a batch of rows") {
  CHECK(true_at_both_times([] {
    constexpr rational zero(0);
    auto const r = behind(std::array{zero, zero, rational(4), zero}, std::array{zero, rational(4), zero, zero});
    auto const v = behind(std::array{rational(1), rational(2), rational(3), rational(9)},
                          std::array{rational(1), rational(3), rational(9), rational(9)});
    std::array const tokens{2, 1};
    buffer<rational> advantages{};
    buffer<rational> returns{};
    trl::gae(batch_major(r, T), batch_major(v, T), tokens, answer::p, batch_major(advantages, T),
             batch_major(returns, T));
    // 4 - 3; 0 + 3/2 - 2 + 1/4 * 1; 0 + 1 - 1 + 1/4 * -1/4; and 0 + 3/2 - 1 + 1/4 * 1
    return advantages == behind(std::array{rational(-1, 16), rational(-1, 4), rational(1), zero},
                                std::array{rational(3, 4), rational(1), zero, zero}) &&
           returns == behind(std::array{rational(15, 16), rational(7, 4), rational(4), zero},
                             std::array{rational(7, 4), rational(4), zero, zero});
  }));
}

TEST_CASE("RLlib, with an artificial step behind each episode") {
  CHECK(true_at_both_times([] {
    using one_trajectory::rewards;
    using one_trajectory::values;
    rational const zero(0);
    constexpr std::size_t length = T + 2;
    std::array const r{rewards[0], rewards[1], zero, rewards[2], rewards[3], zero};
    std::array const v{values[0], values[1], rational(10), values[2], values[3], anything};
    // The second sequence is one episode, at the end of which a time limit cuts.
    std::array const q{rewards[0], rewards[1], rewards[2], rewards[3], zero, zero};
    std::array const w{values[0], values[1], values[2], values[3], rational(20), zero};
    auto const paid = beside(r, q);
    auto const valued = beside(v, w);
    auto const terminateds = beside(std::array{0, 0, 0, 0, 0, 1}, std::array{0, 0, 0, 0, 0, 0});
    auto const truncateds = beside(std::array{0, 0, 1, 0, 0, 0}, std::array{0, 0, 0, 0, 1, 0});
    std::array<rational, length * N> targets{};
    rllib::value_targets(time_major(valued, N), time_major(paid, N), time_major(terminateds, N),
                         time_major(truncateds, N), p.gamma, p.lambda, time_major(targets, N));
    auto const advantage = [&](std::size_t t, std::size_t i) { return targets[t * N + i] - valued[t * N + i]; };
    auto const& a = one_trajectory::right;
    return advantage(0, 0) == a[0] && advantage(1, 0) == a[1] && advantage(3, 0) == a[2] && advantage(4, 0) == a[3] &&
           advantage(0, 1) == without_ends[0] && advantage(3, 1) == without_ends[3];
  }));
}

TEST_CASE("torchrl's V-trace of ratios 1") {
  auto const as_doubles = [](auto const& all) {
    std::vector<double> x;
    for (rational const& each : all) x.push_back(boost::rational_cast<double>(each));
    return x;
  };
  auto const of_rows = [&](auto const& x, auto const& y) { return as_doubles(behind(x, y)); };
  auto const reward = of_rows(one_trajectory::rewards, one_trajectory::rewards);
  auto const value = of_rows(one_trajectory::values, one_trajectory::values);
  auto const next = of_rows(one_trajectory::next_values,
                            std::array{values[2], values[4], values[6], rational(20)});
  auto const is_done = behind(one_trajectory::done, none);
  auto const terminated = behind(one_trajectory::ends, none);
  std::vector<double> const log_probs(T * N, -1.0);
  std::vector<double> targets(T * N), advantages(T * N);
  auto const of = [](auto const& x) { return batch_major(x, T); };
  torchrl::vtrace(0.9, of(log_probs), of(log_probs), of(value), of(next), of(reward), of(is_done), of(terminated), 1.0,
                  1.0, batch_major(targets, T), batch_major(advantages, T));
  // The README's table; behind it returns of four rewards and 20: 4 + 18, 3 + 9/10 * 22, ...
  std::vector<double> const right_advantages{10.4, 10, 5.1, 2, 20.768, 21.52, 21.3, 20};
  std::vector<double> const right_targets{10.9, 11, 6.6, 4, 21.268, 22.52, 22.8, 22};
  for (std::size_t k = 0; k < T * N; ++k) {
    CAPTURE(k);
    CHECK(std::abs(advantages[k] - right_advantages[k]) < 1e-12);
    CHECK(std::abs(targets[k] - right_targets[k]) < 1e-12);
  }
}

TEST_CASE("rlax, whose sequences have no flags: a discount of 0 ends an episode") {
  CHECK(true_at_both_times([] {
    auto const& g = p.gamma;
    constexpr rational zero(0);
    auto const discounts = behind(std::array{g, zero, g, zero}, std::array{g, g, g, g});
    auto const r = behind(one_trajectory::rewards, one_trajectory::rewards);
    auto const v = behind(and_then(one_trajectory::values, anything), and_then(one_trajectory::values, rational(20)));
    buffer<rational> advantages{};
    rlax::truncated_generalized_advantage_estimation(batch_major(r, T), batch_major(discounts, T), p.lambda,
                                                     batch_major(v, T + 1), batch_major(advantages, T));
    // The same from the values of the states in which the actions arrived.
    auto const arrived = batch_major(v, T + 1).from_step(1);
    buffer<rational> returns{};
    rlax::lambda_returns(batch_major(r, T), batch_major(discounts, T), arrived, p.lambda, batch_major(returns, T));
    return advantages == behind(one_trajectory::as_terminated, without_ends) &&
           add_up(returns, advantages, behind(one_trajectory::values, one_trajectory::values));
  }));
}

TEST_CASE("parameters in braces are numbers of the buffers") {
  CHECK(true_at_both_times([] {
    std::array const after{rational(0), rational(20)};
    auto const steps = bellman::recorded_steps{.terminated = time_major(ends, N), .value_after_last = std::span(after)};
    auto const estimates =
        gae(time_major(rewards, N), time_major(values, N), steps, {.gamma = rational(9, 10), .lambda = rational(4, 5)});
    return estimates.advantages[1] == without_ends[0] && estimates.advantages[6] == rational(2);
  }));
}

// --- The same as one environment at a time

// Numbers of few digits, of which all that is computed here is exact.
double number() { return *rc::gen::inRange(-8, 9) / 4.0; }
template <class X, class Make>
std::vector<X> some(std::size_t n, Make const& make) {
  std::vector<X> all;
  for (std::size_t k = 0; k < n; ++k) all.push_back(make());
  return all;
}
std::vector<double> numbers(std::size_t n) { return some<double>(n, number); }
std::vector<float> flags(std::size_t n) {
  return some<float>(n, [] { return *rc::gen::inRange(0, 3) == 0 ? 1.0f : 0.0f; });
}

struct rows_of_steps {
  std::size_t steps, sequences, gap;

  std::size_t place(std::size_t t, std::size_t i) const { return t * (sequences + gap) + i; }
  std::size_t size(std::size_t more = 0) const { return (steps + more) * (sequences + gap); }
  auto of(auto& x, std::size_t more = 0) const {
    return time_major(x.data(), steps + more, sequences, sequences + gap);
  }
};
struct rows_of_sequences {
  std::size_t steps, sequences, gap;

  std::size_t place(std::size_t t, std::size_t i) const { return i * (steps + 1 + gap) + t; }
  std::size_t size(std::size_t = 0) const { return sequences * (steps + 1 + gap); }
  auto of(auto& x, std::size_t more = 0) const {
    return batch_major(x.data(), sequences, steps + 1, steps + 1 + gap).first_steps(steps + more);
  }
};

// What one environment has of arrays of several.
struct of_all {
  constexpr auto operator()(bellman::layout auto const& x) const { return x; }
  auto operator()(auto const& x) const { return std::span(x); }
};
struct of_environment {
  std::size_t i;

  constexpr auto operator()(bellman::layout auto const& x) const { return x.sequence(i); }
  auto operator()(auto const& x) const { return x[i]; }
};
template <class X>
auto output_of(X const& out) {
  if constexpr (bellman::layout<X>) {
    return out;
  } else {
    return out.begin();
  }
}

// `call(part, outs...)` computes from `part(array)` of its arrays. Compares what it writes to a buffer with what it
// writes of each environment; what lies between is left alone.
template <class Where, class Call>
void agrees(std::string const& what, Where const& where, std::size_t outputs, Call const& call) {
  constexpr double untouched = 77;
  std::array<std::vector<double>, 2> whole;
  std::array<std::vector<double>, 2> by_one;
  for (auto* all : {&whole, &by_one}) {
    for (auto& x : *all) x.assign(where.size(1), untouched);
  }
  call(of_all{}, where.of(whole[0]), where.of(whole[1]));
  for (std::size_t i = 0; i < where.sequences; ++i) {
    call(of_environment{i}, where.of(by_one[0]).sequence(i).begin(), where.of(by_one[1]).sequence(i).begin());
  }
  for (std::size_t k = 0; k < outputs; ++k)
    if (whole[k] != by_one[k]) RC_FAIL(what + ", output " + std::to_string(k));
}

template <class Where>
void every_library_agrees() {
  std::size_t const steps = *rc::gen::inRange<std::size_t>(0, 7);
  Where const where{steps, *rc::gen::inRange<std::size_t>(1, 12), *rc::gen::inRange<std::size_t>(0, 3)};
  std::size_t const n = where.size(1);
  auto const r = numbers(n);
  auto const v = numbers(n);
  auto next = numbers(n);
  auto const ratios = some<double>(n, [] { return *rc::gen::inRange(1, 9) / 4.0; });
  auto const cut = flags(n);
  auto ended = flags(n);
  std::vector<float> either(n);
  for (std::size_t k = 0; k < n; ++k) either[k] = cut[k] != 0 || ended[k] != 0 ? 1.0f : 0.0f;
  auto const next_done = flags(where.sequences);
  auto const after = numbers(where.sequences);
  auto const tokens =
      some<std::size_t>(where.sequences, [&] { return *rc::gen::inRange<std::size_t>(0, steps + 2); });
  auto next_value = after;
  // What is not to be read.
  constexpr double unread = std::numeric_limits<double>::quiet_NaN();
  for (std::size_t i = 0; i < where.sequences; ++i) {
    if (next_done[i] != 0) next_value[i] = unread;
  }
  trace_parameters const half{.gamma = *rc::gen::element(0.5, 1.0), .lambda = *rc::gen::element(0.0, 0.5, 1.0)};
  auto const gammas = some<double>(n, [] { return *rc::gen::element(0.0, 0.5, 1.0); });
  auto const lambdas = some<double>(n, [] { return *rc::gen::element(0.0, 0.5, 1.0); });

  agrees("cleanrl", where, 2, [&](auto const& part, auto a, auto b) {
    cleanrl::gae(part(where.of(r)), part(where.of(v)), part(where.of(cut)), part(next_done), part(next_value), half, a,
                 b);
  });
  agrees("stable-baselines3", where, 2, [&](auto const& part, auto a, auto b) {
    auto const paid = stable_baselines3::bootstrapped_rewards(part(where.of(r)), part(where.of(cut)),
                                                              part(where.of(next)), half.gamma);
    stable_baselines3::gae(paid, part(where.of(v)), part(where.of(cut)), part(next_done), part(next_value), half, a, b);
  });
  agrees("same step", where, 2, [&](auto const& part, auto a, auto b) {
    gae(part(where.of(r)), part(where.of(v)),
        gymnasium::same_step(part(where.of(ended)), part(where.of(cut)), part(where.of(next)), part(after)), half, a,
        b);
  });
  agrees("next step", where, 2, [&](auto const& part, auto a, auto b) {
    auto const steps_of = gymnasium::next_step(part(where.of(either)), part(where.of(ended)), part(where.of(cut)),
                                               part(where.of(next, 1)));
    gae(part(where.of(r)), part(where.of(next)), steps_of, half, a, b);
  });
  agrees("rl_tools", where, 2, [&](auto const& part, auto a, auto b) {
    rl_tools::gae(part(where.of(r)), part(where.of(v, 1)), part(where.of(ended)), part(where.of(either)), half, a, b);
  });
  agrees("rl_tools ignoring", where, 2, [&](auto const& part, auto a, auto b) {
    rl_tools::gae_ignoring_termination(part(where.of(r)), part(where.of(v, 1)), part(where.of(ended)),
                                       part(where.of(either)), half, a, b);
  });
  agrees("PufferLib", where, 2, [&](auto const& part, auto a, auto b) {
    auto const of = [&](auto const& kernel, auto out) {
      kernel(part(where.of(v)), part(where.of(r)), part(where.of(cut)), part(where.of(ratios)), half.gamma, half.lambda,
             1.25, 1.0, out);
    };
    of(pufferlib::puff_advantage, a);
    of(pufferlib::puff_advantage_scalar, b);
  });
  agrees("verl", where, 2, [&](auto const& part, auto a, auto b) {
    verl::gae(part(where.of(r)), part(where.of(v)), part(where.of(cut)), half, a, b);
  });
  agrees("TRL", where, 2, [&](auto const& part, auto a, auto b) {
    trl::gae(part(where.of(r)), part(where.of(v)), part(tokens), half, a, b);
  });
  agrees("TRL, one number for all", where, 2, [&](auto const& part, auto a, auto b) {
    trl::gae(part(where.of(r)), part(where.of(v)), steps / 2, half, a, b);
  });
  agrees("rlax", where, 2, [&](auto const& part, auto a, auto b) {
    rlax::lambda_returns(part(where.of(r)), part(where.of(gammas)), part(where.of(v)), part(where.of(lambdas)), a);
    rlax::truncated_generalized_advantage_estimation(part(where.of(r)), part(where.of(gammas)), half.lambda,
                                                     part(where.of(v, 1)), b);
  });
  agrees("rlax, returns", where, 2, [&](auto const& part, auto a, auto b) {
    rlax::discounted_returns(part(where.of(r)), part(where.of(gammas)), part(where.of(v)), a);
    rlax::discounted_returns(part(where.of(r)), part(where.of(gammas)), part(after), b);
  });
  agrees("RLlib", where, 1, [&](auto const& part, auto a, auto) {
    rllib::value_targets(part(where.of(v)), part(where.of(r)), part(where.of(ended)), part(where.of(cut)), half.gamma,
                         half.lambda, a);
  });
  agrees("torchrl vtrace", where, 2, [&](auto const& part, auto a, auto b) {
    torchrl::vtrace(half.gamma, part(where.of(lambdas)), part(where.of(lambdas)), part(where.of(v)),
                    part(where.of(next)), part(where.of(r)), part(where.of(either)), part(where.of(ended)), 1.25, 0.75,
                    a, b);
  });
  std::vector<double> scratch(where.size());
  auto const vtrace_of_rlax = [&](auto const& part, auto errors, auto pg_advantage, auto q_estimate) {
    auto const lambdas_of = part(where.of(lambdas));
    auto const mask_of = part(where.of(cut));
    rlax::vtrace_td_error_and_advantage(
        part(where.of(v)), part(where.of(next)), part(where.of(r)), part(where.of(gammas)), part(where.of(ratios)),
        rlax::vtrace_parameters{
            .lambda = lambdas_of, .clip_rho_threshold = 1.25, .clip_pg_rho_threshold = 1.5, .alpha = 0.5,
            .sample_mask = mask_of},
        errors, pg_advantage, q_estimate);
  };
  agrees("rlax vtrace", where, 2, [&](auto const& part, auto a, auto b) {
    vtrace_of_rlax(part, a, b, output_of(part(where.of(scratch))));
  });
  agrees("rlax vtrace, estimates", where, 2, [&](auto const& part, auto a, auto b) {
    vtrace_of_rlax(part, b, output_of(part(where.of(scratch))), a);
  });
  std::size_t const window = *rc::gen::inRange<std::size_t>(1, 5);
  agrees("rlax, n steps", where, 2, [&](auto const& part, auto a, auto b) {
    rlax::n_step_bootstrapped_returns(part(where.of(r)), part(where.of(gammas)), part(where.of(v)), window,
                                      part(where.of(lambdas)), a);
    rlax::importance_corrected_td_errors(part(where.of(r)), part(where.of(gammas)), part(where.of(ratios)), half.lambda,
                                         part(where.of(v, 1)), b);
  });
  agrees("rlax, off-policy", where, 2, [&](auto const& part, auto a, auto b) {
    rlax::general_off_policy_returns_from_q_and_v(part(where.of(v)), part(where.of(next)), part(where.of(r)),
                                                  part(where.of(gammas)), part(where.of(lambdas)), a);
    auto const but_one = [&](auto const& x) { return where.of(x).first_steps(steps == 0 ? 0 : steps - 1); };
    rlax::general_off_policy_returns_from_q_and_v(part(but_one(v)), part(where.of(next)), part(where.of(r)),
                                                  part(where.of(gammas)), part(but_one(lambdas)), b);
  });
  auto masked = v;
  for (std::size_t k = 0; k < n; ++k) {
    if (cut[k] == 0) masked[k] = unread;
  }
  agrees("OpenRLHF", where, 2, [&](auto const& part, auto a, auto b) {
    openrlhf::gae(part(where.of(r)), part(where.of(masked)), part(where.of(cut)), half, a, b);
  });
  agrees("OpenRLHF, returns", where, 1, [&](auto const& part, auto a, auto) {
    openrlhf::cumulative_returns(part(where.of(masked)), part(where.of(cut)), part(where.of(gammas)), a);
  });
  for (std::size_t t = 0; t < steps; ++t) {
    for (std::size_t i = 0; i < where.sequences; ++i) {
      std::size_t const k = where.place(t, i);
      if (ended[k] != 0 && *rc::gen::inRange(0, 2) == 0) next[k] = unread;
    }
  }
  trace_parameters const each{.gamma = where.of(gammas), .lambda = where.of(lambdas)};
  agrees("torchrl gae", where, 2, [&](auto const& part, auto a, auto b) {
    torchrl::gae(part(where.of(v)), part(where.of(next)), part(where.of(r)), part(where.of(either)),
                 part(where.of(ended)), trace_parameters{part(each.gamma), part(each.lambda)}, a, b);
  });
  agrees("tianshou", where, 2, [&](auto const& part, auto a, auto b) {
    tianshou::gae(part(where.of(r)), part(where.of(v)), part(where.of(next)), part(where.of(either)),
                  part(where.of(ended)), half, a, b);
  });
  agrees("td0 td1", where, 2, [&](auto const& part, auto a, auto b) {
    torchrl::td0_return(part(where.of(next)), part(where.of(r)), part(where.of(ended)), half.gamma, a);
    torchrl::td1_return(part(where.of(next)), part(where.of(r)), part(where.of(either)), part(where.of(ended)),
                        part(each.gamma), b);
  });
  agrees("td lambda", where, 1, [&](auto const& part, auto a, auto) {
    torchrl::td_lambda_return(part(where.of(next)), part(where.of(r)), part(where.of(either)), part(where.of(ended)),
                              half, a);
  });
}

TEST_CASE("whole buffers give what one environment at a time gives") {
  CHECK(rc::check("rows of steps", [] { every_library_agrees<rows_of_steps>(); }));
  CHECK(rc::check("rows of sequences", [] { every_library_agrees<rows_of_sequences>(); }));
}

TEST_CASE("steps of whole buffers are those of a pass in pieces") {
  std::size_t const n = 40;
  std::vector<float> r(3 * n), v(3 * n), next(n);
  std::vector<int> dones(3 * n), next_done(n);
  for (std::size_t k = 0; k < r.size(); ++k) {
    r[k] = static_cast<float>(k % 7);
    v[k] = static_cast<float>(k % 5);
    dones[k] = k % 3 == 0;
  }
  for (std::size_t i = 0; i < n; ++i) {
    next[i] = static_cast<float>(i);
    next_done[i] = i % 4 == 0;
  }
  auto const one_after_another = [](std::size_t pieces, auto const& f) {
    for (std::size_t i = pieces; i-- > 0;) f(i);
  };
  auto const of = [&](auto& x) { return time_major(x, n); };
  trace_parameters const half{.gamma = 0.5f, .lambda = 0.5f};
  auto const in_pieces = gae.in(bellman::in_parallel{one_after_another, 3})(
      of(r), of(v), bellman::conventions::flags_at_next_step(of(dones), next_done, next), half);
  CHECK(in_pieces.advantages == cleanrl::gae(of(r), of(v), of(dones), next_done, next, half).advantages);
}

TEST_CASE("what is returned of whole buffers is what is written, without gaps") {
  std::vector<double> const r{1, 10, 2, 20};
  std::vector<double> const v{0.5, 5, 1, 10, 4, 40};
  std::vector<int> const ended{0, 0, 0, 1};
  std::vector<int> const dones{1, 0, 0, 1};
  trace_parameters const half{.gamma = 0.5, .lambda = 0.5};
  std::vector<double> a(4);
  std::vector<double> b(4);
  auto const of = [](auto& x) { return time_major(x, 2); };
  auto const estimates = rl_tools::gae(of(r), of(v), of(ended), of(dones), half);
  auto const places = rl_tools::gae(of(r), of(v), of(ended), of(dones), half, of(a), of(b));
  CHECK(estimates.advantages == a);
  CHECK(estimates.returns == b);
  CHECK(places.returns.begin_of_rows() == b.data());
  CHECK(b[0] == 0.5);
  auto const row = rl_tools::gae(r, std::vector<double>{0.5, 5, 1, 10, 4}, ended, dones, half, a.begin(), b.begin());
  CHECK(row.returns == b.end());
  std::vector<double> const ratios(4, 1.0);
  auto const values_of_rows = time_major(v, 2).first_steps(2);
  auto const puff = pufferlib::puff_advantage(values_of_rows, of(r), of(dones), of(ratios), 0.5, 0.5, 1.0, 1.0);
  auto const place = pufferlib::puff_advantage(values_of_rows, of(r), of(dones), of(ratios), 0.5, 0.5, 1.0, 1.0, of(a));
  // 2 + 1/2 - 1/2, and 20 - 5
  CHECK(puff == std::vector<double>{2, 15, 0, 0});
  CHECK(puff == a);
  CHECK(place.begin_of_rows() == a.data());
  CHECK(pufferlib::puff_advantage(r, r, dones, ratios, 0.5, 0.5, 1.0, 1.0, b.begin()) == b.end());
}

TEST_CASE("PufferLib's advantages are V-trace's targets less the values, also where those stand") {
  std::vector<double> const r{0, 1, 2, 3, 0, 4, 5, 6};
  std::vector<double> v{1, 2, 3, 4, 5, 6, 7, 8};
  std::vector<int> const dones{0, 0, 1, 0, 0, 0, 0, 0};
  std::vector<double> const ratios{0.5, 2, 1, 9, 2, 0.25, 4, 9};
  auto const last = std::array{4.0, 8.0};
  auto const of = [](auto& x) { return batch_major(x, 4); };
  auto const targets = bellman::vtrace(of(r).from_step(1), of(v).first_steps(3), of(ratios).first_steps(3),
                                       bellman::recorded_steps{.terminated = of(dones).from_step(1),
                                                               .value_after_last = std::span(last)},
                                       {.gamma = 0.5, .lambda = 0.5, .clip_rho = 1.5, .clip_c = 1.0})
                           .targets;
  auto const before = v;
  pufferlib::puff_advantage(of(v), of(r), of(dones), of(ratios), 0.5, 0.5, 1.5, 1.0, of(v));
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t t = 0; t < 3; ++t) CHECK(v[i * 4 + t] == targets[i * 3 + t] - before[i * 4 + t]);
    CHECK(v[i * 4 + 3] == 0.0);
  }
}

TEST_CASE("what sequences of their own lengths have not in common is refused by its type") {
  using bellman::packed;
  std::vector<double> const x(6);
  std::vector<std::size_t> const offsets{0, 2, 6};
  using rows = decltype(packed(x, offsets));
  using numbers = std::vector<double>;
  using both = trace_parameters<double, double>;
  // One number more of each sequence stands in arrays of other offsets.
  STATIC_REQUIRE(!std::is_invocable_v<decltype(rlax::truncated_generalized_advantage_estimation), rows, rows, double,
                                      rows>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(trl::gae), rows, rows, int, both>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(rllib::value_targets), rows, rows, rows, rows, double, double>);
  // A column beside an array says nothing of the other sequences.
  STATIC_REQUIRE(!std::is_invocable_v<decltype(verl::gae), rows, rows, numbers, both>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(rlax::lambda_returns), rows, numbers, rows, double>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(rlax::lambda_returns), rows, rows, rows, numbers>);
  STATIC_REQUIRE(!std::is_invocable_v<decltype(rlax::lambda_returns), numbers, numbers, numbers, rows>);
  STATIC_REQUIRE(std::is_invocable_v<decltype(rlax::lambda_returns), rows, rows, rows, rows>);
  STATIC_REQUIRE(std::is_invocable_v<decltype(verl::gae), rows, rows, rows, both>);
  STATIC_REQUIRE(std::is_invocable_v<decltype(openrlhf::gae), rows, rows, rows, both>);
}

TEST_CASE("packed answers of their own lengths are those of verl and OpenRLHF without the padding") {
  std::vector<double> const r{0, 9, 4, 0, 4};
  std::vector<double> const v{1, 8, 2, 1, 2};
  std::vector<int> const masks{1, 0, 1, 1, 1};
  std::vector<std::size_t> const offsets{0, 3, 5};
  auto const of = [&](auto const& x) { return bellman::packed(x, offsets); };
  CHECK(verl::gae(of(r), of(v), of(masks), answer::half).advantages == std::vector<double>{0.5, 2, 2, 0.5, 2});
  CHECK(openrlhf::gae(of(r), of(v), of(masks), answer::half).advantages ==
        std::vector<double>{-0.625, 1.5, 2, 0.5, 2});
}

TEST_CASE("buffers whose shapes do not fit are refused in words, and nothing is written") {
  std::vector<double> const r(6);
  std::vector<double> v(8);
  std::vector<double> out(6, 7.0);
  std::vector<int> const f(6);
  std::vector<int> const three(3);
  std::vector<double> const after(2);
  std::vector<double> const after_three(3);
  trace_parameters const half{.gamma = 0.5, .lambda = 0.5};
  auto const of = [](auto& x) { return time_major(x, 2); };
  auto const values_of_rows = time_major(v, 2).first_steps(3);
  CHECK(message_of([&] { cleanrl::gae(of(r), values_of_rows, of(f), three, after, half); }) ==
        "bellman: one column has 3 elements, another 2; they must be of one length");
  CHECK(message_of([&] { cleanrl::gae(of(r), values_of_rows, of(f), three, after_three, half, of(out), of(out)); }) ==
        "bellman: 3 values after the last step and 2 sequences; there must be one for each sequence, or one for all");
  CHECK(message_of([&] {
          cleanrl::gae(of(r), of(v), of(f), std::array{0, 0}, after, half);
        }) ==
        "bellman: values of 4 steps of 2 sequences and rewards of 3 steps of 2 sequences; there must be one for each "
        "reward");
  CHECK(message_of([&] { rl_tools::gae(of(r), values_of_rows, of(f), of(f), half); }) ==
        "bellman: 3 steps of 2 sequences and values of 3 steps of 2 sequences; there must be one value more of each, "
        "that of the state after its last step");
  CHECK(
      message_of([&] { torchrl::gae(values_of_rows, of(r), of(r), of(f), time_major(f, 3), half); }) ==
      "bellman: one array is of 3 steps of 2 sequences, another of 2 steps of 3 sequences; they must be of one shape");
  CHECK(message_of([&] {
          pufferlib::puff_advantage(values_of_rows, of(r), of(f), of(r), 0.5, 0.5, 1.0, 1.0, time_major(out, 3));
        }) != "");
  CHECK(message_of([&] { trl::gae(of(r), values_of_rows, three, half, of(out), of(out)); }) ==
        "bellman: numbers of tokens of 3 answers and 2 rows; there must be one for each row, or one for all");
  CHECK(message_of([&] { verl::gae(of(r), values_of_rows, of(f), half, of(out), values_of_rows); }) ==
        "bellman: an output overlaps the values; it must lie apart from them, as they are read again");
  // The targets of rl_tools need the values once more.
  CHECK(message_of([&] { rl_tools::gae(of(r), of(v), of(f), of(f), half, of(out), values_of_rows); }) ==
        "bellman: an output overlaps the values; it must lie apart from them, as they are read again");
  CHECK(out == std::vector<double>(6, 7.0));
}

}  // namespace whole_buffers_test
