// SPDX-License-Identifier: BSL-1.0

#include <bellman/decision/outcome.hpp>
#include <bellman/decision/start.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/greedy_policy.hpp>

#include <array>
#include <functional>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "support/catch.hpp"

namespace planning_ownership {

int copies = 0;

// Rooms in a row, each of which pays what its list says when it is left; going on is all that one can do. It counts its
// copies.
struct corridor {
  using state_type = int;
  using action_type = bool;
  using reward_type = double;

  std::vector<double> pays{1, 2, 4};

  corridor() = default;
  corridor(corridor const& other) : pays(other.pays) { ++copies; }
  corridor(corridor&&) = default;

  auto states() const { return std::views::iota(0, 4); }
  auto actions(int) const { return std::array{true}; }
  bool terminal(int s) const { return s == 3; }
  auto transition(int s, bool) const {
    return bellman::dirac{bellman::outcome{pays[static_cast<std::size_t>(s)], s + 1}};
  }
};

constexpr auto on = [](int) { return true; };
constexpr auto nothing = [](int) { return 0.0; };

template <class Made>
int copies_of(Made const& made) {
  copies = 0;
  [[maybe_unused]] auto const function = made();
  return copies;
}

TEST_CASE("what a temporary gives out stays") {
  auto const actions = bellman::solve(corridor{}, 0.5).policy.optimal_actions(0);
  REQUIRE(actions.size() == 1);
  CHECK(actions[0]);
  auto const answer = bellman::solve(corridor{}, 0.5).policy(1);
  CHECK(bellman::expectation(answer, [](bool a) { return a ? 2.0 : 0.0; }) == 2.0);
  auto const& value = bellman::state_value(corridor{}, on, 0.5)(0);
  CHECK(value == 3.0);
  auto const& bound = bellman::state_value(corridor{}, on, 0.5).error_bound();
  CHECK(bound >= 0.0);
  CHECK(bound < 1e-12);
  auto const& table = bellman::state_value(corridor{}, on, 0.5).table();
  CHECK(table.size() == 4);
  auto const& state = bellman::tabulate(corridor{}).state(2);
  CHECK(state == 2);
  auto const& reward = bellman::tabulate(corridor{}).reward(2);
  CHECK(reward == 4.0);
  auto const& start = bellman::with_start(corridor{}, bellman::dirac{2}).start();
  CHECK(start.value() == 2);
}

TEST_CASE("an environment is copied once for each function that is made of it, and not to ask it") {
  corridor const env;
  CHECK(copies_of([&] { return bellman::action_value(env, 0.5, nothing); }) == 1);
  CHECK(copies_of([&] { return bellman::greedy_policy(env, 0.5, nothing); }) == 1);
  CHECK(copies_of([&] { return bellman::bellman_expectation(env, on, 0.5); }) == 1);
  CHECK(copies_of([&] { return bellman::bellman_optimality(env, 0.5); }) == 1);
  CHECK(copies_of([&] { return bellman::bellman_soft(env, 0.5, 1.0); }) == 1);
  CHECK(copies_of([&] { return bellman::with_start(env, bellman::dirac{0}); }) == 1);
  CHECK(copies_of([&] { return bellman::state_value(env, on, 0.5); }) == 0);
  CHECK(copies_of([&] { return bellman::solve(env, 0.5); }) == 0);
  CHECK(copies_of([&] { return bellman::action_value(corridor{}, 0.5, nothing); }) == 0);

  auto const T = bellman::bellman_expectation(env, on, 0.5);
  CHECK(copies_of([&] { return T(T(T(nothing))); }) == 0);
  CHECK(copies_of([&] { return T(T(T(nothing)))(0); }) == 0);
  CHECK(T(T(T(nothing)))(0) == 3.0);
}

TEST_CASE("a reference to an environment is not copied, and answers as it does") {
  corridor env;
  auto const q = bellman::action_value(std::ref(env), 0.5, nothing);
  CHECK(q(0, true) == 1.0);
  env.pays[0] = 8;
  CHECK(q(0, true) == 8.0);
  CHECK(copies_of([&] { return bellman::bellman_optimality(std::cref(env), 0.5)(nothing); }) == 0);
  CHECK(copies_of([&] { return bellman::with_start(std::cref(env), bellman::dirac{0}); }) == 0);
  CHECK(bellman::state_value(std::cref(env), on, 0.5)(0) == 10.0);
  CHECK(bellman::solve(std::cref(env), 0.5).value(0) == 10.0);
}

}  // namespace planning_ownership
