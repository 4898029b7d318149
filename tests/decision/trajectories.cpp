// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/trajectories.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/value/return.hpp>

#include <array>
#include <vector>

#include "models/token_tree.hpp"
#include "models/two_state_cycle.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::step_limit;
using bellman::trajectories;
using bellman::test::true_at_both_times;
using models::answer;
using exact_cycle = models::two_state_cycle<rational>;
using exact_tree = models::token_tree<rational>;

constexpr auto any_letter = [](answer const&) { return bellman::uniform(std::array{'a', 'b', '.'}); };

// A walk on 0..4 that ends at either end and pays 1 at the right one. With two steps at most, from 3 it ends right with
// 1/2, from 1 with 0.
struct walk {
  using state_type = int;
  using action_type = int;
  using reward_type = rational;
  constexpr auto actions(int) const { return std::array{-1, 1}; }
  constexpr bool terminal(int s) const { return s == 0 || s == 4; }
  constexpr auto transition(int s, int a) const {
    return bellman::dirac{bellman::outcome{rational(s + a == 4), s + a}};
  }
};

constexpr auto coin = [](int) { return bellman::uniform(std::array{-1, 1}); };

}  // namespace

TEST_CASE("trajectories are all paths, in the order of the actions, and their probabilities sum to one") {
  CHECK(true_at_both_times([] {
    auto const paths = trajectories(exact_tree{}, any_letter, answer{});
    rational total(0);
    for (auto const& path : paths) {
      total += path.probability;
      if (!path.value.has_terminated()) return false;
    }
    return paths.size() == 15 && total == rational(1) && paths.front().value.actions == std::vector{'a', 'a', 'a'} &&
           paths.front().probability == rational(1, 27) && paths.back().value.actions == std::vector{'.'} &&
           paths.back().probability == rational(1, 3);
  }));
}

TEST_CASE("trajectories are cut off after the limit") {
  CHECK(true_at_both_times([] {
    auto const paths = trajectories(exact_tree{}, any_letter, answer{}, step_limit{1});
    rational open(0);
    for (auto const& path : paths) {
      if (!path.value.has_terminated()) open += path.probability;
    }
    return paths.size() == 3 && open == rational(2, 3);
  }));
  CHECK(true_at_both_times([] {
    auto const go = [](int) { return 1; };
    auto const paths = trajectories(exact_cycle{}, go, 0, step_limit{3});
    return paths.size() == 1 && paths[0].probability == rational(1) && paths[0].value.size() == 3 &&
           !paths[0].value.has_terminated();
  }));
}

TEST_CASE("trajectories leave out what has no probability") {
  CHECK(true_at_both_times([] {
    auto const policy = [](answer const&) {
      return std::array{bellman::weighted{'a', rational(0)}, bellman::weighted{'.', rational(1)}};
    };
    return trajectories(exact_tree{}, policy, answer{}).size() == 1;
  }));
}

TEST_CASE("trajectories from a distribution over states are those from each, weighted by it") {
  CHECK(true_at_both_times([] {
    using bellman::weighted;
    bellman::categorical const start{std::array{weighted{1, rational(1, 3)}, weighted{3, rational(2, 3)}}};
    auto const all = trajectories(walk{}, coin, start, step_limit{2});
    auto const value = [](auto const& e) { return bellman::discounted_return(e.rewards, 1); };
    rational total(0);
    for (auto const& e : all) total += e.probability;
    auto const from = [&](int s) { return bellman::expectation(trajectories(walk{}, coin, s, step_limit{2}), value); };
    return total == rational(1) && from(3) == rational(1, 2) && from(1) == rational(0) &&
           bellman::expectation(all, value) == rational(1, 3) * from(1) + rational(2, 3) * from(3) &&
           all.front().value.states.front() == 1 && all.back().value.states.front() == 3;
  }));
}
