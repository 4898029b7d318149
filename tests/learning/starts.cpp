// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/start.hpp>
#include <bellman/decision/trajectories.hpp>
#include <bellman/error.hpp>
#include <bellman/learning/objective.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/value/return.hpp>

#include <boost/rational.hpp>

#include <array>
#include <ranges>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using R = boost::rational<long long>;
namespace b = bellman;
using bellman::test::true_at_both_times;

// A walk on 0..4 that ends at either end and pays 1 at the right one: V(s) = s / 4 (gambler's ruin), if it is cut off
// never. With two steps at most, from 1 and 3: from 3 it ends right with 1/2, from 1 with 0.
struct walk {
  using state_type = int;
  using action_type = int;
  using reward_type = R;
  constexpr auto actions(int) const { return std::array{-1, 1}; }
  constexpr bool terminal(int s) const { return s == 0 || s == 4; }
  constexpr auto transition(int s, int a) const { return b::dirac{b::outcome{R(s + a == 4), s + a}}; }
};

constexpr auto coin = [](int) { return b::uniform(std::array{-1, 1}); };

}  // namespace

TEST_CASE("trajectories from a distribution over states are those from each, weighted by it") {
  CHECK(true_at_both_times([] {
    b::categorical const start{std::array{b::weighted{1, R(1, 3)}, b::weighted{3, R(2, 3)}}};
    auto const all = b::trajectories(walk{}, coin, start, b::step_limit{2});
    auto const value = [](auto const& e) { return b::discounted_return(e.rewards, 1); };
    R total(0);
    for (auto const& e : all) total += e.probability;
    auto const from = [&](int s) { return b::expectation(b::trajectories(walk{}, coin, s, b::step_limit{2}), value); };
    return total == R(1) && b::expectation(all, value) == R(1, 3) * from(1) + R(2, 3) * from(3) && from(3) == R(1, 2) &&
           from(1) == R(0) && all.front().value.states.front() == 1 && all.back().value.states.front() == 3;
  }));
}

TEST_CASE("the objective from a distribution over states is the mean of their values") {
  CHECK(true_at_both_times([] {
    b::categorical const start{std::array{b::weighted{1, R(1, 3)}, b::weighted{3, R(2, 3)}}};
    return b::objective(walk{}, coin, 1, start) == R(1, 3) * R(1, 4) + R(2, 3) * R(3, 4);
  }));
}

TEST_CASE("an environment does not start from weights that are no distribution") {
  using raw = std::vector<b::weighted<int, R>>;
  CHECK_THROWS_AS(b::with_start(walk{}, raw{{1, R(1, 2)}}), b::invalid_value);
  CHECK_THROWS_AS(b::with_start(walk{}, raw{}), b::invalid_value);
  CHECK(b::objective(b::with_start(walk{}, raw{{1, R(1)}}), coin, 1) == R(1, 4));
}
