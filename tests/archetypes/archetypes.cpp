// SPDX-License-Identifier: BSL-1.0
#include <bellman/bellman.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <vector>

#include "archetypes/archetypes.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using archetypes::action;
using archetypes::again;
using archetypes::corridor;
using archetypes::half;
using archetypes::number;
using archetypes::on;
using archetypes::once;
using archetypes::point;
using archetypes::policy;
using archetypes::state;
using archetypes::vector;
using bellman::test::true_at_both_times;

constexpr auto walk = [] { return corridor<number>(number(4), number(1)); };
constexpr auto id_and_one = [](state const& s) { return number(s.id() + 1); };

struct generator {
  std::uint32_t state = 1;
  static constexpr std::uint32_t min() { return 0; }
  static constexpr std::uint32_t max() { return 0xffffffffu; }
  constexpr std::uint32_t operator()() { return state = 1664525u * state + 1013904223u; }
};

}  // namespace

TEST_CASE("archetypes are models of the concepts, and of no more") {
  STATIC_REQUIRE(bellman::ordered_field<number>);
  STATIC_REQUIRE(bellman::vector_space_over<vector, number>);
  STATIC_REQUIRE(!std::equality_comparable<vector> && !bellman::field<vector>);
  STATIC_REQUIRE(bellman::state<state> && !std::default_initializable<state> && !std::totally_ordered<state>);
  STATIC_REQUIRE(bellman::action<action>);
  STATIC_REQUIRE(bellman::distribution_over<again<point<action, number>>, action>);
  STATIC_REQUIRE(bellman::environment<corridor<number>> && bellman::environment<corridor<vector>>);
  STATIC_REQUIRE(!bellman::finite_environment<corridor<number>> && !std::copyable<corridor<number>>);
  STATIC_REQUIRE(bellman::stochastic_policy_for<policy, corridor<number>> && !std::copyable<policy>);
  STATIC_REQUIRE(bellman::random_bit_generator<generator>);
}

TEST_CASE("values and operators ask for no more than an environment, a policy and a value function") {
  CHECK(true_at_both_times([] {
    auto const q = bellman::action_value(walk(), half, id_and_one);
    auto const a = bellman::advantage(q, id_and_one);
    auto const mean = bellman::bellman_expectation(walk(), policy(half), half)(id_and_one);
    auto const best = bellman::bellman_optimality(walk(), half)(id_and_one);
    auto const greedy = bellman::greedy_policy(walk(), half, id_and_one);
    // In 1: 2/3 * 4 + 1/3 (1 + 1/2 * 2), of which the terminal state's 3 is no part.
    return q(state(1), action(1)) == number(10, 3) && a(state(1), action(0)) == number(0) &&
           mean(state(1)) == number(8, 3) && best(state(1)) == number(10, 3) && best(state(2)) == number(0) &&
           greedy(state(1)) == action(1);
  }));
}

TEST_CASE("planning asks for no more than an environment and a policy") {
  CHECK(true_at_both_times([] {
    // From 1: x = 8/3 + 1/3 (1 + x/2) = 3 + x/6; waiting half of the time, x = 1/2 (1 + x/2) + 1/2 (3 + x/6).
    auto const value = bellman::state_value(walk(), on, half);
    auto const mixed = bellman::state_value(walk(), policy(half), half, state(1));
    auto const solved = bellman::solve(walk(), half, state(0));
    auto const table = bellman::tabulate(walk(), std::vector{state(0)});
    return value(state(1)) == number(18, 5) && mixed(state(1)) == number(3) &&
           solved.value(state(1)) == number(18, 5) && solved.policy.optimal_actions(state(1)).size() == 1 &&
           table.size() == 3 && table.slots() == 4 && bellman::objective(walk(), on, half, state(1)) == number(18, 5);
  }));
}

TEST_CASE("values of vectors ask for no more than a vector space") {
  CHECK(true_at_both_times([] {
    corridor<vector> const env(vector(number(4), number(1)), vector(number(1), number(0)));
    auto const value = bellman::state_value(env, on, half, state(1));
    auto const nothing = [](state const&) { return vector(); };
    auto const q = bellman::action_value(env, half, nothing);
    auto const a = bellman::advantage(q, value);
    // The second component: y = 2/3 + y/6.
    return value(state(1)).x() == number(18, 5) && value(state(1)).y() == number(4, 5) &&
           q(state(1), action(1)).y() == number(2, 3) && a(state(1), action(1)).y() == number(-2, 15);
  }));
  CHECK(true_at_both_times([] {
    std::array const rewards{vector(number(4), number(1)), vector(number(2), number(0))};
    std::array const values{vector(number(1), number(0)), vector(number(1), number(1))};
    auto const all = bellman::discounted_returns(rewards, half);
    auto const estimates = bellman::gae(rewards, values, bellman::terminated{}, {.gamma = half, .lambda = number(1)});
    return bellman::discounted_return(rewards, half).x() == number(5) && all[1].x() == number(2) &&
           estimates.advantages[0].x() == number(4) && estimates.returns[1].y() == number(0);
  }));
}

TEST_CASE("chance asks for no more than a range of values and probabilities") {
  CHECK(true_at_both_times([] {
    auto const coin = [](number const& p) {
      using element = point<state, number>;
      return again(std::vector{element{state(1), p}, element{state(2), number(1) - p}});
    };
    auto const id = [](state const& s) { return number(s.id()); };
    auto const toss_again = [&](state const& s) { return coin(number(s.id(), 2)); };
    auto const is_one = [](state const& s) { return s.id() == 1; };
    return bellman::expectation(coin(half), id) == number(3, 2) &&
           bellman::expectation(bellman::bind(coin(half), toss_again), id) == number(5, 4) &&
           bellman::expectation(bellman::map(coin(half), id), [](number const& x) { return x * x; }) == number(5, 2) &&
           bellman::given(coin(half), is_one).size() == 1 && bellman::weights_in<number>(coin(half)).size() == 2;
  }));
}

TEST_CASE("episodes ask for no more than states and actions") {
  CHECK(true_at_both_times([] {
    auto const paths = bellman::trajectories(walk(), policy(half), state(1), bellman::step_limit{2});
    number total(0);
    for (auto const& path : paths) total = total + path.probability;
    return total == number(1);
  }));
  CHECK(true_at_both_times([] {
    // Of rewards alone a return is made; what is drawn must have a probability that a double is near to.
    struct certain_corridor {
      using state_type = state;
      using action_type = action;
      using reward_type = number;
      constexpr auto actions(state const&) const { return once(std::vector{action(1)}); }
      constexpr bool terminal(state const& s) const { return s.id() == 2; }
      constexpr auto transition(state const& s, action const&) const {
        using element = point<archetypes::result<number>, double>;
        return again(std::vector{element{{number(4), state(s.id() + 1)}, 1.0}});
      }
    };
    auto const episode = bellman::rollout(certain_corridor{}, on, state(0), generator{});
    return episode.size() == 2 && episode.has_terminated() && episode.states[1] == state(1) &&
           bellman::discounted_return(episode.rewards, half) == number(6);
  }));
  CHECK(true_at_both_times([] {
    auto const paid = bellman::with_reward(walk(), [](state const& s, action const&) { return number(s.id()); });
    auto const begun = bellman::with_start(walk(), bellman::dirac{state(1)});
    // 1/3 x/2 + 1
    return bellman::state_value(paid, on, half)(state(1)) == number(6, 5) &&
           bellman::objective(begun, on, half) == number(18, 5);
  }));
}
