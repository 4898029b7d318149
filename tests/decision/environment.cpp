// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/environment.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/dirac.hpp>

#include <ranges>
#include <string>
#include <vector>

#include "models/frozen_lake.hpp"
#include "models/listed_mdp.hpp"
#include "models/path.hpp"
#include "models/recycling_robot.hpp"
#include "models/token_tree.hpp"
#include "models/two_state_cycle.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using lake = models::frozen_lake<double>;
using robot = models::recycling_robot<double>;
using tree = models::token_tree<double>;
using cycle = models::two_state_cycle<double>;

// Each lacks one thing of a corridor.
struct corridor {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  auto actions(int) const { return std::views::single(1); }
  bool terminal(int s) const { return s == 2; }
  auto transition(int s, int a) const { return bellman::dirac{bellman::outcome{1.0, s + a}}; }
};
struct without_actions : corridor {
  void actions(int) const = delete;
};
struct with_actions_of_another_type : corridor {
  auto actions(int) const { return std::views::single(std::string("on")); }
};
struct without_terminal : corridor {
  void terminal(int) const = delete;
};
struct with_a_transition_that_changes_it : corridor {
  auto transition(int s, int a) { return bellman::dirac{bellman::outcome{1.0, s + a}}; }
};
struct with_an_outcome_of_no_reward : corridor {
  auto transition(int s, int a) const { return bellman::dirac{s + a}; }
};
struct state_without_equality {
  int x;
};
struct with_states_that_have_no_equality : corridor {
  using state_type = state_without_equality;
  auto actions(state_type) const { return std::views::single(1); }
  bool terminal(state_type) const { return false; }
  auto transition(state_type s, int) const { return bellman::dirac{bellman::outcome{1.0, s}}; }
};
struct with_states_of_another_type : corridor {
  auto states() const { return std::vector<std::string>{}; }
};

}  // namespace

TEST_CASE("what has states, actions, transitions and ends is an environment") {
  STATIC_REQUIRE(bellman::environment<corridor>);
  STATIC_REQUIRE(bellman::environment<lake>);
  STATIC_REQUIRE(bellman::environment<robot>);
  STATIC_REQUIRE(bellman::environment<tree>);
  STATIC_REQUIRE(bellman::environment<models::listed_mdp<rational>>);
  STATIC_REQUIRE(!bellman::environment<int>);
  STATIC_REQUIRE(!bellman::environment<without_actions>);
  STATIC_REQUIRE(!bellman::environment<with_actions_of_another_type>);
  STATIC_REQUIRE(!bellman::environment<without_terminal>);
  STATIC_REQUIRE(!bellman::environment<with_a_transition_that_changes_it>);
  STATIC_REQUIRE(!bellman::environment<with_an_outcome_of_no_reward>);
  STATIC_REQUIRE(!bellman::environment<with_states_that_have_no_equality>);
}

TEST_CASE("an environment may be finite, deterministic, episodic, or none of them") {
  STATIC_REQUIRE(bellman::finite_environment<lake>);
  STATIC_REQUIRE(bellman::finite_environment<robot>);
  STATIC_REQUIRE(!bellman::finite_environment<tree>);
  STATIC_REQUIRE(!bellman::finite_environment<with_states_of_another_type>);
  STATIC_REQUIRE(bellman::deterministic_environment<cycle>);
  STATIC_REQUIRE(bellman::deterministic_environment<tree>);
  STATIC_REQUIRE(bellman::deterministic_environment<models::path<double, 3>>);
  STATIC_REQUIRE(!bellman::deterministic_environment<lake>);
  STATIC_REQUIRE(bellman::episodic_environment<lake>);
  STATIC_REQUIRE(bellman::episodic_environment<tree>);
  STATIC_REQUIRE(!bellman::episodic_environment<robot>);
  STATIC_REQUIRE(!bellman::episodic_environment<cycle>);
}
