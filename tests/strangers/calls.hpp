// SPDX-License-Identifier: BSL-1.0
#pragma once

// Calls of every room, with their results by hand, of any numbers, states and actions: what must hold whoever's types
// they are and however the program is built.

#include <bellman/bellman.hpp>
#include <bellman/loss/approximate_kl.hpp>
#include <bellman/loss/explained_variance.hpp>
#include <bellman/loss/mean_loss.hpp>
#include <bellman/loss/sampler_weights.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <vector>

namespace calls {

// Resting pays 1; going leads from room 0 to room 1 and from there, for 12, outside.
template <class Number, class Room, class Act>
struct rooms {
  using state_type = Room;
  using action_type = Act;
  using reward_type = Number;

  constexpr std::array<Room, 3> states() const { return {Room{0}, Room{1}, Room{2}}; }
  constexpr std::array<Act, 2> actions(Room const&) const { return {Act{false}, Act{true}}; }
  constexpr bool terminal(Room const& s) const { return s == Room{2}; }
  constexpr auto transition(Room const& s, Act const& a) const {
    return bellman::dirac{a == Act{false} ? bellman::outcome{Number(1), s}
                          : s == Room{0}  ? bellman::outcome{Number(0), Room{1}}
                                          : bellman::outcome{Number(12), Room{2}}};
  }
  constexpr bellman::dirac<Room> start() const { return bellman::dirac{Room{0}}; }
};

struct bits {
  using result_type = unsigned;
  static constexpr unsigned min() { return 0; }
  static constexpr unsigned max() { return ~0u; }
  unsigned x = 1;
  constexpr unsigned operator()() { return x = x * 1664525u + 1013904223u; }
};

/// Calls `is(what, expected, got)` for each.
template <class Number, class Room, class Act, class Is>
void all(Is const& is) {
  namespace b = bellman;
  using numbers = std::vector<Number>;
  Number const zero(0), one(1), two(2), three(3), half = Number(1) / Number(2);

  is("sum", three, b::sum(one, two));
  is("difference", one, b::difference(three, two));
  is("product", one, b::product(half, two));
  is("quotient", half, b::quotient(one, two));
  is("maximum", two, b::maximum(one, two));
  is("magnitude", two, b::magnitude(-two));
  is("clamp", two, b::clamp(three, zero, two));
  is("at_most", one, b::at_most(one, two));
  is("select", one, b::select(b::less(one, two), one, two));
  is("is_zero", one, b::is_zero(zero) && b::is_finite(one) ? one : zero);
  is("affine", three, b::affine{two, half}(two));
  is("compose", two, b::compose(b::affine{one, half}, b::affine{two, half})(zero));
  is("fixed_point", two, b::fixed_point(b::affine{one, half}));

  std::array const weights{b::weighted{1, half}, b::weighted{5, half}};
  auto const number = [](int x) { return Number(x); };
  is("expectation", three, b::expectation(weights, number));
  is("expectation of map", three + one, b::expectation(b::map(weights, [](int x) { return x + 1; }), number));
  is("expectation of bind", three, b::expectation(b::bind(weights, [](int x) { return b::dirac{x}; }), number));
  is("expectation of uniform", two, b::expectation(b::uniform(std::array{1, 3}), number));
  is("statistics_of", two, b::statistics_of(numbers{one, three}).mean);

  numbers const rewards{1, 2, 3}, values{0, 1, 1}, ratios{one, two, half};
  is("discounted_return", Number(11) / Number(4), b::discounted_return(rewards, half));
  is("discounted_returns", Number(7) / two, b::discounted_returns(rewards, half)[1]);
  is("returns_to_go", Number(7) / two, b::returns_to_go(rewards, b::terminated{}, half)[1]);
  is("td_errors", three / two, b::td_errors(rewards, values, b::terminated{}, half)[1]);
  auto const gae = b::gae(rewards, values, b::terminated{}, {.gamma = half, .lambda = half});
  for (std::size_t t = 0; t < 3; ++t) is("gae", two, gae.advantages[t]);
  is("gae, the returns", three, gae.returns[1]);
  is("gae, cut off", two + half * half,
     b::gae(rewards, values, b::truncated{half}, {.gamma = half, .lambda = zero}).advantages[2]);
  is("lambda_returns", three,
     b::lambda_returns(rewards, values, b::terminated{}, {.gamma = half, .lambda = half})[1]);
  is("n_step_returns", two + half * half, b::n_step_returns(rewards, values, b::terminated{}, 2, half)[0]);
  auto const v = b::vtrace(rewards, values, ratios, b::terminated{}, {.gamma = half});
  is("vtrace, the last", two, v.targets[2]);
  is("vtrace, the first", two + half, v.targets[0]);
  is("retrace", two,
     b::retrace(numbers{1, 2}, numbers{3, 4}, numbers{3, 5}, numbers{1, 2}, b::terminated{},
                {.gamma = half, .lambda = one})[1]);
  is("td_target", three, b::td_target(one, b::greatest_value(numbers{2, 4}), half));

  rooms<Number, Room, Act> const env;
  auto const coin = [](Room const&) { return b::uniform(std::array{Act{false}, Act{true}}); };
  auto const go = [](Room const&) { return Act{true}; };
  auto const nothing = [](Room const&) { return Number(0); };
  auto const q = b::action_value(env, half, nothing);
  is("action_value", Number(12), q(Room{1}, Act{true}));
  is("advantage", Number(12), b::advantage(q, nothing)(Room{1}, Act{true}));
  is("bellman_expectation", Number(13) / two, b::bellman_expectation(env, coin, half)(nothing)(Room{1}));
  is("bellman_optimality", Number(12), b::bellman_optimality(env, half)(nothing)(Room{1}));
  is("state_value", Number(26) / three, b::state_value(env, coin, half)(Room{1}));
  is("state_value from a state", Number(6), b::state_value(env, go, half, Room{0})(Room{0}));
  auto const best = b::solve(env, half);
  is("solve", Number(6), best.value(Room{0}));
  is("solve, the best action", Number(1), Number(static_cast<int>(best.policy.optimal_actions(Room{0}).size())));
  is("tabulate", Number(3), Number(static_cast<int>(b::tabulate(env).size())));
  auto const d = b::discounted_occupancy(env, coin, half, Room{0});
  is("discounted_occupancy", Number(4) / three, d(Room{0}));
  is("discounted_occupancy, the action", two / three, d(Room{0}, Act{true}));
  is("discounted_occupancy, what is paid", Number(6), b::discounted_occupancy(env, go, half, Room{0}).expected_reward());
  is("stationary_distribution", one, b::stationary_distribution(env, coin)(Room{2}));
  is("successor_representation", half, b::successor_representation(env, go, half)(Room{0}, Room{1}));
  is("average_reward", zero, b::average_reward(env, go).gain.value);
  is("average_reward, the bias", Number(12), b::average_reward(env, go).bias(Room{0}));
  is("solve_average_reward", zero, b::solve_average_reward(env, Room{2}).gain.value);
  auto const outside = [](Room const& s) { return s == Room{2}; };
  is("probability_to_reach", one, b::probability_to_reach(env, coin, outside)(Room{0}));
  is("probability_to_reach, the least", zero, b::probability_to_reach(env, b::lowest{}, outside).value(Room{0}));
  is("expected_steps", two, b::expected_steps(env, b::lowest{}, outside).value(Room{0}));
  is("expected_total", Number(12), b::expected_total(env, go, outside)(Room{0}));
  is("finite_horizon", Number(6), b::finite_horizon(env, half, 2).value(2)(Room{0}));
  is("finite_horizon, the best action", Number(1),
     Number(static_cast<int>(b::finite_horizon(env, half, 2).policy(2).optimal_actions(Room{0}).size())));
  is("finite_horizon_value", Number(6), b::finite_horizon_value(env, go, half, 2, nothing).value(2)(Room{0}));
  is("value_iterates", Number(12), b::value_iterates(env, half).begin()->residual);
  is("policy_iteration", Number(6), b::policy_iteration(env, half, go).begin()->value(Room{0}));
  is("bellman_n_step", Number(6), b::bellman_n_step(env, go, half, 2)(nothing)(Room{0}));
  is("bellman_lambda", three, b::bellman_lambda(env, go, half, half)(nothing)(Room{0}));
  is("greedy_policy", one, b::greedy_policy(env, half, best.value)(Room{0}) == Act{true} ? one : zero);
  bits random;
  auto const episode = b::rollout(env, go, Room{0}, random);
  is("rollout", Number(12), episode.rewards[1]);
  is("objective", Number(6), b::objective(env, go, half));

  numbers const group{1, 2, 3};
  is("dr_grpo", one, b::dr_grpo(group)[2]);
  is("rloo", three / two, b::rloo(group)[2]);
  is("rloo in rows", three / two, b::rloo(std::vector{group, group})[1][2]);
  is("importance_ratios", two, b::importance_ratios(numbers{one}, numbers{half})[0]);
  is("cumulative_ratios", three, b::cumulative_ratios(numbers{two, half, three})[2]);
  is("effective_sample_size", three, b::effective_sample_size(numbers{1, 1, 1}));
  is("importance_sampling", three, b::importance_sampling(b::logged_episode{numbers{1, 2}, numbers{half, two}}, one));
  std::vector<numbers> const of_critic(1, numbers{three}), targets(1, numbers{one});
  std::vector<numbers> gradients(1, numbers{7});
  is("mean_loss", two, b::mean_loss(b::squared_error, b::token_mean{}, gradients, of_critic, targets).value());
  is("mean_loss, the gradient", two, gradients[0][0]);
  is("explained_variance", one, b::explained_variance(numbers{1, 2}, numbers{1, 2}));
  is("squared_error", half, b::squared_error(one, two) / (b::squared_error(zero, one) + b::squared_error(zero, one)));
}

/// Calls of numbers that have an exponential function and roots.
template <class Number, class Is>
void all_of_real_numbers(Is const& is) {
  namespace b = bellman;
  using numbers = std::vector<Number>;
  is("grpo", Number(1), b::grpo(numbers{1, 2, 3})[2]);
  numbers const now{0, 0}, old{0, 0}, advantages{1, 2};
  std::vector const batch{b::sampled_tokens{now, old, advantages}};
  Number const fifth = Number(1) / Number(5);
  is("policy_loss", Number(-3) / Number(2),
     b::policy_loss(batch, b::token_ratio{}, b::clipped{fifth}, b::token_mean{}).value());
  std::vector<numbers> gradients(1, numbers{7, 7});
  b::policy_loss(batch, b::token_ratio{}, b::clipped{fifth}, b::token_mean{}, gradients);
  is("policy_loss, the gradient", Number(-1) / Number(2), gradients[0][0]);
  b::policy_loss(batch, b::sequence_ratio{}, b::clipped{fifth}, b::token_mean{}, gradients);
  is("policy_loss, the gradient of a shared ratio", Number(-3) / Number(4), gradients[0][1]);
  is("approximate_kl", Number(0), b::approximate_kl(batch).value());
  is("truncated_weights", fifth, b::truncated_weights{fifth}(now, old)[0]);
  is("windowed_weights", Number(1), b::windowed_weights{fifth, Number(2)}(now, old)[0]);
  is("sequence_mask", Number(1), b::sequence_mask{fifth, Number(2)}(now, old)[0]);
  is("k3", Number(0), b::k3(Number(1), Number(1)));
  if constexpr (std::floating_point<Number>) {
    auto const index = [](std::size_t i) { return static_cast<Number>(i); };
    is("softmax", Number(1) / Number(2), b::expectation(b::softmax(numbers{0, 0}), index));
  }
}

}  // namespace calls
