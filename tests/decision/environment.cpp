// SPDX-License-Identifier: BSL-1.0
#include <bellman/decision/environment.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/decision/start.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <concepts>
#include <ranges>
#include <string>
#include <vector>

#include "models/frozen_lake.hpp"
#include "models/listed_mdp.hpp"
#include "models/path.hpp"
#include "models/recycling_robot.hpp"
#include "models/token_tree.hpp"
#include "models/two_state_cycle.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using models::battery;
using models::deed;
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

TEST_CASE("a policy answers a state with an action or with a distribution over actions") {
  auto const an_action = [](battery) { return deed::wait; };
  auto const a_distribution = [](battery) { return bellman::dirac{deed::wait}; };
  auto const a_list = [](battery) { return std::array{bellman::weighted{deed::wait, 1.0}}; };
  auto const a_number = [](battery) { return 2; };
  auto const of_another_state = [](std::string const&) { return deed::wait; };
  auto const a_distribution_over_numbers = [](battery) { return bellman::dirac{"wait"}; };
  STATIC_REQUIRE(bellman::deterministic_policy_for<decltype(an_action), robot>);
  STATIC_REQUIRE(!bellman::stochastic_policy_for<decltype(an_action), robot>);
  STATIC_REQUIRE(bellman::stochastic_policy_for<decltype(a_distribution), robot>);
  STATIC_REQUIRE(bellman::stochastic_policy_for<decltype(a_list), robot>);
  STATIC_REQUIRE(bellman::policy_for<decltype(an_action), robot>);
  STATIC_REQUIRE(bellman::policy_for<decltype(a_list), robot>);
  STATIC_REQUIRE(!bellman::policy_for<decltype(a_number), robot>);
  STATIC_REQUIRE(!bellman::policy_for<decltype(of_another_state), robot>);
  STATIC_REQUIRE(!bellman::policy_for<decltype(a_distribution_over_numbers), robot>);
}

TEST_CASE("the distribution of a deterministic policy is certain of its action") {
  CHECK(bellman::test::true_at_both_times([] {
    auto const bold = [](int s) { return 1 - s; };
    auto const fair = [](int) { return bellman::uniform(std::views::iota(0, 2)); };
    auto const is = [](int a) { return [a](int x) { return rational(x == a ? 1 : 0); }; };
    return bellman::action_distribution<cycle>(bold, 0) == bellman::dirac{1} &&
           bellman::expectation(bellman::action_distribution<cycle>(fair, 0), is(1)) == rational(1, 2);
  }));
}

TEST_CASE("an environment is given a start") {
  CHECK(bellman::test::true_at_both_times([] {
    auto const begun =
        bellman::with_start(models::recycling_robot<rational>{},
                            bellman::categorical{std::array{bellman::weighted{battery::high, rational(2, 3)},
                                                            bellman::weighted{battery::low, rational(1, 3)}}});
    static_assert(bellman::episodic_environment<decltype(begun)> && bellman::finite_environment<decltype(begun)>);
    auto const is_high = [](battery s) { return rational(s == battery::high ? 1 : 0); };
    return bellman::expectation(begun.start(), is_high) == rational(2, 3) && !begun.terminal(battery::low) &&
           bellman::expectation(begun.transition(battery::high, deed::search),
                                [](auto const& o) { return o.reward; }) == rational(2);
  }));
  std::vector<bellman::weighted<int, double>> const half{{0, 0.5}};
  CHECK_THROWS_AS(bellman::with_start(cycle{}, half), bellman::invalid_value);
}
