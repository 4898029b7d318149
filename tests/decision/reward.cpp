// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/reward.hpp>

#include <bellman/decision/environment.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/coordinates.hpp>

#include <concepts>

#include "models/frozen_lake.hpp"
#include "models/token_tree.hpp"
#include "models/two_state_cycle.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::with_reward;
using bellman::test::true_at_both_times;
using models::answer;
using exact_cycle = models::two_state_cycle<rational>;
using exact_tree = models::token_tree<rational>;

constexpr auto reward_in = [](auto const& env, auto const& s, auto const& a) {
  return env.transition(s, a).value().reward;
};

}  // namespace

TEST_CASE("a reward may look at the state, the action and the next state") {
  CHECK(true_at_both_times([] {
    auto const of_a_step =
        with_reward(exact_cycle{}, [](int s, int a, int next) { return rational(100 * s + 10 * a + next); });
    auto const of_an_action = with_reward(exact_cycle{}, [](int s, int a) { return rational(10 * s + a); });
    return reward_in(of_a_step, 0, 1) == rational(11) && reward_in(of_a_step, 1, 1) == rational(110) &&
           reward_in(of_an_action, 1, 0) == rational(10) && of_a_step.transition(0, 1).value().next == 1;
  }));
}

TEST_CASE("a reward changes what is paid and nothing else") {
  CHECK(true_at_both_times([] {
    models::frozen_lake<rational> const lake{};
    auto const paid = with_reward(lake, [](int, int) { return 1.0; });
    static_assert(std::same_as<bellman::reward_t<decltype(paid)>, double>);
    static_assert(bellman::finite_environment<decltype(paid)> && bellman::episodic_environment<decltype(paid)>);
    auto const probability = [](auto const& env, int next) {
      return bellman::expectation(env.transition(4, 2),
                                  [next](auto const& o) { return rational(o.next == next ? 1 : 0); });
    };
    for (int next = 0; next < 16; ++next) {
      if (probability(paid, next) != probability(lake, next) || paid.terminal(next) != lake.terminal(next))
        return false;
    }
    return true;
  }));
  STATIC_REQUIRE(
      bellman::deterministic_environment<decltype(with_reward(exact_tree{}, [](answer const&, char) { return 1.0; }))>);
}

TEST_CASE("a verifiable rule pays 1 at the end of a right answer and 0 otherwise") {
  CHECK(true_at_both_times([] {
    auto const ends_in_b =
        bellman::verifiable<rational>([](answer const& s) { return s.tokens[1] == 'b' && s.size == 3; });
    auto const env = with_reward(exact_tree{}, ends_in_b);
    answer const a = answer{}.followed_by('a');
    answer const ab = a.followed_by('b');
    return reward_in(env, a, 'b') == rational(0) && reward_in(env, ab, '.') == rational(1) &&
           reward_in(env, ab, 'a') == rational(1) && reward_in(env, a.followed_by('a'), '.') == rational(0) &&
           reward_in(env, answer{}, '.') == rational(0);
  }));
}

TEST_CASE("a reward model judges whole answers once") {
  CHECK(true_at_both_times([] {
    bellman::outcome_reward const model{[](answer const& s) { return rational(static_cast<long long>(s.size), 10); }};
    auto const env = with_reward(exact_tree{}, model);
    return reward_in(env, answer{}, 'a') == rational(0) && reward_in(env, answer{}, '.') == rational(1, 10) &&
           reward_in(env, answer{}.followed_by('a').followed_by('a'), 'a') == rational(3, 10);
  }));
}

TEST_CASE("rewards are swapped: of a rewarded environment the outer reward is paid") {
  CHECK(true_at_both_times([] {
    auto const inner = with_reward(exact_cycle{}, [](int, int) { return rational(1); });
    auto const outer = with_reward(inner, [](int, int a) { return bellman::coordinates{rational(a), rational(2)}; });
    return reward_in(outer, 0, 1) == bellman::coordinates{rational(1), rational(2)};
  }));
}

TEST_CASE("a reward function is what can be called with a step") {
  auto const of_a_step = [](int, int, int) { return 1.0; };
  auto const of_an_action = [](int, int) { return 1.0; };
  auto const of_a_state = [](int) { return 1.0; };
  STATIC_REQUIRE(bellman::reward_function_for<decltype(of_a_step), exact_cycle>);
  STATIC_REQUIRE(bellman::reward_function_for<decltype(of_an_action), exact_cycle>);
  STATIC_REQUIRE(!bellman::reward_function_for<decltype(of_a_state), exact_cycle>);
  STATIC_REQUIRE(bellman::reward_function_for<bellman::outcome_reward<decltype(of_a_state)>, exact_cycle>);
}
