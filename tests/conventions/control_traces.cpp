// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/arrays/flags_at_step.hpp>
#include <bellman/conventions/cleanrl/gae.hpp>
#include <bellman/conventions/pufferlib/puff_advantage.hpp>
#include <bellman/conventions/rl_tools/gae.hpp>
#include <bellman/conventions/rllib/value_targets.hpp>
#include <bellman/conventions/shared/discounted_errors.hpp>
#include <bellman/conventions/stable_baselines3/gae.hpp>
#include <bellman/conventions/tianshou/gae.hpp>
#include <bellman/conventions/tianshou/returns.hpp>
#include <bellman/conventions/torchrl/gae.hpp>
#include <bellman/conventions/torchrl/returns.hpp>
#include <bellman/conventions/torchrl/vtrace.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

// One trajectory of two episodes, the first cut off by a time limit in a state of value 10, the second terminated; and
// what each library makes of it.
namespace {

namespace conventions = bellman::conventions;

using bellman::rational;
using bellman::trace_parameters;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

constexpr std::array rewards{rational(1), rational(2), rational(3), rational(4)};
constexpr std::array values{rational(1, 2), rational(1), rational(3, 2), rational(2)};
constexpr std::array next_values{rational(1), rational(10), rational(2), rational(0)};
constexpr std::array done{false, true, false, true};
constexpr std::array ends{false, false, false, true};
constexpr std::array cuts{false, true, false, false};
constexpr std::array starts{true, false, true, false};
constexpr trace_parameters p{.gamma = rational(9, 10), .lambda = rational(4, 5)};

// 4 - 2; 3 + 9/10 * 2 - 3/2 + 18/25 * 2; 2 + 9/10 * 10 - 1; 1 + 9/10 - 1/2 + 18/25 * 10
constexpr std::array right{rational(43, 5), rational(10), rational(237, 50), rational(2)};
// Where the time limit counts as a termination: 2 - 1; 1 + 9/10 - 1/2 + 18/25 * 1
constexpr std::array as_terminated{rational(53, 25), rational(1), rational(237, 50), rational(2)};

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("torchrl and tianshou bootstrap from the value of the final observation and cut the trace") {
  CHECK(true_at_both_times([] {
    auto const a = conventions::torchrl::gae(values, next_values, rewards, done, ends, p);
    auto const b = conventions::tianshou::gae(rewards, values, next_values, done, ends, p);
    return a.advantages == right && b.advantages == right && a.returns[1] == rational(11) && b.returns == a.returns;
  }));
}

TEST_CASE("cleanrl takes a time limit for a termination") {
  CHECK(true_at_both_times([] {
    return conventions::cleanrl::gae(rewards, values, starts, true, rational(0), p).advantages == as_terminated;
  }));
}

TEST_CASE("cleanrl bootstraps behind a recording that goes on") {
  CHECK(true_at_both_times([] {
    auto const a = conventions::cleanrl::gae(rewards, values, starts, false, rational(20), p);
    return a.advantages[3] == rational(20) && a.advantages[1] == rational(1);  // 4 + 18 - 2
  }));
}

TEST_CASE("stable-baselines3 adds the value of the final observation to the reward, which comes to the same") {
  CHECK(true_at_both_times([] {
    auto const stored = conventions::stable_baselines3::bootstrapped_rewards(rewards, cuts, next_values, p.gamma);
    auto const a = conventions::stable_baselines3::gae(stored, values, starts, true, rational(0), p);
    return stored.begin()[1] == rational(11) && stored.begin()[0] == rational(1) && a.advantages[0] == right[0] &&
           a.advantages[1] == right[1] && a.advantages[2] == right[2] && a.advantages[3] == right[3];
  }));
}

TEST_CASE("stable-baselines3 takes rewards that are integers for numbers") {
  std::array const paid{0, 1};
  std::array const at_limit{0, 1};
  std::array const worth{0.0, 1.5};
  auto const stored = conventions::stable_baselines3::bootstrapped_rewards(paid, at_limit, worth, 0.5);
  CHECK(stored.begin()[0] == 0.0);
  CHECK(stored.begin()[1] == 1.75);
}

TEST_CASE("rl_tools leaves a step out that a time limit ended") {
  CHECK(true_at_both_times([] {
    std::array const all_values{values[0], values[1], values[2], values[3], rational(0)};
    auto const a = conventions::rl_tools::gae(rewards, all_values, ends, done, p);
    return a.advantages == std::array{rational(7, 5), rational(0), right[2], right[3]} &&
           a.returns[1] == values[1] && a.returns[0] == rational(19, 10);
  }));
}

TEST_CASE("rl_tools can ignore a termination and bootstrap from the next episode") {
  CHECK(true_at_both_times([] {
    std::array const all_values{values[0], values[1], values[2], values[3], rational(20)};
    std::array const both{false, true, false, true};
    auto const a = conventions::rl_tools::gae_ignoring_termination(rewards, all_values, both, both, p);
    // 2 + 9/10 * 3/2 - 1, and 4 + 18 - 2; the trace is cut
    return a.advantages[1] == rational(47, 20) && a.advantages[3] == rational(20) &&
           a.advantages[0] == rational(7, 5) + rational(18, 25) * rational(47, 20);
  }));
}

TEST_CASE("PufferLib counts rewards and flags one step later and does not estimate its last step") {
  CHECK(true_at_both_times([] {
    std::array const v{values[0], values[1], values[2], values[3], rational(7)};
    std::array const r{rational(99), rewards[0], rewards[1], rewards[2], rewards[3]};
    std::array const d{true, false, true, false, true};
    std::array const ratios{rational(1), rational(1), rational(1), rational(1), rational(1)};
    rational const one(1);
    auto const a = conventions::pufferlib::puff_advantage(v, r, d, ratios, p.gamma, p.lambda, one, one);
    auto const b = conventions::pufferlib::puff_advantage_scalar(v, r, d, ratios, p.gamma, p.lambda, one, one);
    return a == std::array{as_terminated[0], as_terminated[1], as_terminated[2], as_terminated[3], rational(0)} &&
           b == a;
  }));
}

TEST_CASE("PufferLib's loops differ where a ratio is not 1") {
  CHECK(true_at_both_times([] {
    std::array const v{2.0, 4.0};
    std::array const r{0.0, 8.0};
    std::array const d{0.0, 0.0};
    std::array const ratios{0.5, 1.0};
    // 1/2 (8 + 2 - 2), and 4 + 2 - 2
    return conventions::pufferlib::puff_advantage(v, r, d, ratios, 0.5, 1.0, 1.0, 1.0) == std::array{4.0, 0.0} &&
           conventions::pufferlib::puff_advantage_scalar(v, r, d, ratios, 0.5, 1.0, 1.0, 1.0) == std::array{4.0, 0.0} &&
           conventions::pufferlib::puff_advantage(v, r, d, ratios, 1.0, 1.0, 1.0, 1.0) == std::array{5.0, 0.0} &&
           conventions::pufferlib::puff_advantage_scalar(v, r, d, ratios, 1.0, 1.0, 1.0, 1.0) == std::array{6.0, 0.0};
  }));
}

TEST_CASE("a horizon of one step or none has no estimate") {
  std::vector<double> const none;
  std::vector<double> const one{1};
  CHECK(conventions::pufferlib::puff_advantage(none, none, none, none, 0.5, 1.0, 1.0, 1.0).empty());
  CHECK(conventions::pufferlib::puff_advantage(one, one, one, one, 0.5, 1.0, 1.0, 1.0) == std::vector<double>{0});
}

TEST_CASE("rllib's targets come from episodes with one artificial step each") {
  CHECK(true_at_both_times([] {
    rational const zero(0);
    std::array const v{values[0], values[1], next_values[1], values[2], values[3], rational(5)};
    std::array const r{rewards[0], rewards[1], zero, rewards[2], rewards[3], zero};
    std::array const terminateds{0, 0, 0, 0, 0, 1};
    std::array const truncateds{0, 0, 1, 0, 0, 0};
    auto const targets = conventions::rllib::value_targets(v, r, terminateds, truncateds, p.gamma, p.lambda);
    return targets[0] - values[0] == right[0] && targets[1] - values[1] == right[1] &&
           targets[3] - values[2] == right[2] && targets[4] - values[3] == right[3];
  }));
}

TEST_CASE("rllib's terminated step lets something of the next episode through") {
  CHECK(true_at_both_times([] {
    std::array const v{0.0, 0.0, 64.0, 0.0};
    std::array const r{1.0, 0.0, 0.0, 0.0};
    std::array const terminateds{0, 1, 0, 1};
    std::array const truncateds{0, 0, 0, 0};
    auto const targets = conventions::rllib::value_targets(v, r, terminateds, truncateds, 0.5, 0.5);
    return targets[0] == 1 + 0.25 * 16;  // the artificial step has 1/2 * 1/2 * 64
  }));
}

TEST_CASE("tianshou's values, where none are given, are those of the next states one step later") {
  CHECK(true_at_both_times([] {
    auto const rolled = conventions::tianshou::rolled_values(next_values, ends);
    return rolled.begin()[0] == rational(0) && rolled.begin()[1] == rational(1) && rolled.begin()[3] == rational(2);
  }));
}

TEST_CASE("tianshou's n-step returns follow the buffer as far as an end") {
  CHECK(true_at_both_times([] {
    std::array const rew{1.0, 2.0, 4.0, 8.0};
    std::array const flags{false, true, false, false};
    // From 0 to 1, where an episode ends; from 3 around to 0 and 1; from 2 to 0.
    std::array const indices{std::array{0, 3, 2}, std::array{1, 0, 3}, std::array{1, 1, 0}};
    std::array const target{16.0, 0.0, 16.0};
    auto const returns = conventions::tianshou::n_step_returns(rew, flags, indices, target, 0.5);
    // 1 + 1 + 4; 8 + 1/2 + 1/2 + 0; 4 + 4 + 1/4 + 2
    return returns == std::array{6.0, 9.0, 10.25};
  }));
  std::vector<double> const rew{1};
  CHECK_THROWS_AS(conventions::tianshou::n_step_returns(rew, rew, std::vector<std::vector<int>>{{1}}, rew, 0.5),
                  bellman::invalid_value);
}

TEST_CASE("tianshou's Monte-Carlo returns are the discounted returns") {
  CHECK(conventions::tianshou::mc_return_to_go(std::array{1.0, 2.0, 4.0}, 0.5) == std::array{3.0, 4.0, 4.0});
}

TEST_CASE("torchrl's returns of one step, of all and in between") {
  CHECK(true_at_both_times([] {
    rational const g(1, 2);
    auto const td0 = conventions::torchrl::td0_return(next_values, rewards, ends, g);
    auto const td1 = conventions::torchrl::td1_return(next_values, rewards, done, ends, g);
    auto const mixed = conventions::torchrl::td_lambda_return(next_values, rewards, done, ends,
                                                              trace_parameters{.gamma = g, .lambda = g});
    return td0 == std::array{rational(3, 2), rational(7), rational(4), rational(4)} &&
           td1 == std::array{rational(9, 2), rational(7), rational(5), rational(4)} &&
           // 3 + 1/2 (1/2 * 2 + 1/2 * 4); 1 + 1/2 (1/2 * 1 + 1/2 * 7)
           mixed == std::array{rational(3), rational(7), rational(9, 2), rational(4)};
  }));
}

TEST_CASE("torchrl's discounts that do not roll hold for all later steps") {
  CHECK(true_at_both_times([] {
    std::array const r{1.0, 1.0, 1.0};
    std::array const next{0.0, 0.0, 16.0};
    std::array const no{false, false, false};
    std::array const gammas{0.5, 0.25, 1.0};
    auto const rolling = conventions::torchrl::td1_return(next, r, no, no, gammas);
    auto const fixed = conventions::torchrl::td1_return_not_rolling(next, r, no, no, gammas);
    auto const mixed = conventions::torchrl::td_lambda_return_not_rolling(
        next, r, no, no, trace_parameters{.gamma = std::span(gammas), .lambda = 1.0});
    // rolling: 1 + 1/2 (1 + 1/4 * 17). Not rolling, td1 takes 0 behind the recording: 1 + 1/2 + 1/4.
    return rolling == std::array{3.625, 5.25, 17.0} && fixed == std::array{1.75, 1.25, 1.0} &&
           mixed == std::array{3.75, 2.25, 17.0};
  }));
}

TEST_CASE("torchrl's reward to go forgets what counts less than 1e-7") {
  std::vector<double> const ones(40, 1.0);
  std::vector<double> const none(40, 0.0);
  auto const returns = conventions::torchrl::reward2go(ones, none, 0.5);
  CHECK(returns[0] == 2 - std::ldexp(1.0, -22));  // 23 coefficients: log(1e-7) / log(1/2) is 23.25
  CHECK(returns[39] == 1);
  CHECK(conventions::torchrl::reward2go(std::vector{1.0, 2.0, 4.0}, std::vector{0, 1, 0}, 1.0) ==
        std::vector<double>{3, 2, 4});
}

TEST_CASE("torchrl's V-trace takes the value of the final observation, and agrees with V-trace where values do") {
  std::vector<double> const r{1, 2, 3, 4};
  std::vector<double> const v{0.5, 1, 1.5, 2};
  std::vector<double> const next{1, 10, 2, 0};
  std::vector<double> const pi{-0.5, -0.25, -1, -2};
  std::vector<double> const mu{-0.75, -0.125, -1, -1};
  std::vector<double> ratios;
  for (std::size_t t = 0; t < 4; ++t) ratios.push_back(std::exp(pi[t] - mu[t]));
  auto const theirs = conventions::torchrl::vtrace(0.9, pi, mu, v, next, r, done, ends, 1.0, 1.0);
  auto const ours = bellman::vtrace(r, v, ratios, conventions::flags_at_step(done, ends, next),
                                    {.gamma = 0.9, .lambda = 1.0});
  for (std::size_t t = 0; t < 4; ++t) {
    CHECK(approx_equal(theirs.targets[t], ours.targets[t], 1e-14));
    CHECK(approx_equal(theirs.advantages[t], ours.advantages[t], 1e-14));
  }
  std::vector<double> const even(4, 0.0);
  auto const on_policy = conventions::torchrl::vtrace(0.9, even, even, v, next, r, done, ends, infinity, infinity);
  CHECK(approx_equal(on_policy.advantages[1], 10.0, 1e-14));
  CHECK(approx_equal(on_policy.advantages[0], 10.4, 1e-14));
}

TEST_CASE("sums of errors decay by the trace of the earlier step") {
  CHECK(true_at_both_times([] {
    std::array const errors{1.0, 2.0, 4.0};
    std::array const traces{0.5, 3.0, 100.0};
    // 4; 2 + 1/2 * 3 * 4; 1 + 1/2 * 1/2 * 8
    return conventions::discounted_errors(errors, traces, bellman::terminated{}, 0.5) == std::array{3.0, 8.0, 4.0};
  }));
}

TEST_CASE("rows of two lengths are refused") {
  std::vector<double> const two{1, 2};
  std::vector<double> const three{1, 2, 3};
  trace_parameters const half{.gamma = 0.5, .lambda = 0.5};
  CHECK_THROWS_AS(conventions::torchrl::gae(two, two, two, three, two, half), bellman::invalid_value);
  CHECK_THROWS_AS(conventions::cleanrl::gae(three, three, two, false, 1.0, half), bellman::invalid_value);
  CHECK_THROWS_AS(conventions::rl_tools::gae(two, two, two, two, half), bellman::invalid_value);
  CHECK_THROWS_AS(conventions::rllib::value_targets(two, two, two, three, 0.5, 0.5), bellman::invalid_value);
  CHECK_THROWS_AS(conventions::pufferlib::puff_advantage(two, two, three, two, 0.5, 0.5, 1.0, 1.0),
                  bellman::invalid_value);
}
