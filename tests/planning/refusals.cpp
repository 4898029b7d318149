// SPDX-License-Identifier: BSL-1.0

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/bellman_n_step.hpp>
#include <bellman/planning/finite_horizon.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/newton.hpp>
#include <bellman/planning/policy_iteration.hpp>
#include <bellman/planning/reaching.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/solve_average_reward.hpp>
#include <bellman/planning/solve_turn_game.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/strategy_iteration.hpp>
#include <bellman/planning/sweep.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/planning/value_iterates.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/worst_case.hpp>

#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/recycling_robot.hpp"
#include "models/token_tree.hpp"
#include "models/two_state_cycle.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/refusals.hpp"

namespace planning_refusals {

using bellman::test::arguments;
using bellman::test::except;
using bellman::test::word;
using bellman::test::wrong_answers;

using cycle = models::two_state_cycle<double>;
using policy = int (*)(int);
using referred = std::reference_wrapper<cycle const>;
using bellman::automatic;

TEST_CASE("what solves asks for an environment, a discount, and where to begin") {
  CHECK(wrong_answers<bellman::solve>(arguments<cycle, double>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::solve>(arguments<referred, double>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::solve>(arguments<cycle, double, automatic>{}, except<1, int>{}, except<2, int>{}) == "");
  CHECK(wrong_answers<bellman::solve>(arguments<cycle, double, int>{}, except<1, int>{}, except<2, int>{}) == "");
  CHECK(wrong_answers<bellman::solve>(arguments<cycle, double, int, automatic>{}, except<1, int>{}, except<2, int>{}) ==
        "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::solve), cycle, double, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::solve), cycle, double, automatic, int>);
}

TEST_CASE("what evaluates asks for a policy, too") {
  CHECK(wrong_answers<bellman::state_value>(arguments<cycle, policy, double>{}, except<2, int>{}) == "");
  CHECK(wrong_answers<bellman::state_value>(arguments<referred, policy, double>{}, except<2, int>{}) == "");
  CHECK(wrong_answers<bellman::state_value>(arguments<cycle, policy, double, automatic>{}, except<2, int>{},
                                            except<3, int>{}) == "");
  CHECK(wrong_answers<bellman::state_value>(arguments<cycle, policy, double, std::vector<int>, bellman::elimination>{},
                                            except<2, int>{}, except<3, int>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::state_value), cycle, policy, double, double>);
}

TEST_CASE("what tabulates asks for an environment and where to begin, or for a table and a policy") {
  CHECK(wrong_answers<bellman::tabulate>(arguments<cycle>{}) == "");
  CHECK(wrong_answers<bellman::tabulate>(arguments<cycle, int>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::tabulate>(arguments<bellman::tabular_environment<cycle>, policy>{}, except<1, int>{}) ==
        "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::tabulate), cycle, double>);
}

TEST_CASE("a solved value and policy are asked for states") {
  using solution = decltype(bellman::solve(cycle{}, 0.5));
  STATIC_REQUIRE(std::is_invocable_v<decltype(solution::value), int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(solution::value), double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(solution::policy), double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(solution::value), std::string>);
}

TEST_CASE("a sweep asks for an operator over a table and two ranges of one type") {
  using table = bellman::tabular_environment<cycle>;
  using op = decltype(bellman::bellman_optimality(std::declval<table>(), 0.5));
  using values = std::vector<double>;
  CHECK(wrong_answers<bellman::sweep>(arguments<op, table, values, values&>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::sweep), op, table, values, values const&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::sweep), op, table, values, std::vector<float>&>);
}

TEST_CASE("a table takes numbers of its states to begin in, and no other last argument is passed over") {
  using robot = models::recycling_robot<double>;
  using table = decltype(bellman::tabulate(robot{}));
  using by_number = bellman::index_t (*)(bellman::index_t);
  using set = bool (*)(bellman::index_t);
  using values = double (*)(bellman::index_t);
  using of_batteries = double (*)(models::battery);
  CHECK(wrong_answers<bellman::solve>(arguments<table, double, int>{}, except<1, int>{}, except<2, int>{}) == "");
  CHECK(wrong_answers<bellman::solve>(arguments<table, double, int, automatic>{}, except<1, int>{}, except<2, int>{}) ==
        "");
  CHECK(wrong_answers<bellman::state_value>(arguments<table, by_number, double, int>{}, except<2, int>{},
                                            except<3, int>{}) == "");
  CHECK(wrong_answers<bellman::solve_average_reward>(arguments<table, int>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::expected_steps>(arguments<table, by_number, set, int>{}, except<3, int>{}) == "");
  CHECK(wrong_answers<bellman::finite_horizon>(arguments<table, double, int, int>{}, except<1, int>{},
                                               except<2, int>{}, except<3, int>{}) == "");
  CHECK(wrong_answers<bellman::finite_horizon>(arguments<table, double, int, int, values>{}, except<1, int>{},
                                               except<2, int>{}, except<3, int>{}) == "");
  CHECK(wrong_answers<bellman::bellman_n_step>(arguments<table, by_number, double, int, int>{}, except<2, int>{},
                                               except<3, int>{}, except<4, int>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::solve), table, double, models::battery>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::solve), table, double, values>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::finite_horizon), table, double, int, of_batteries>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::finite_horizon), table, double, int, values, values>);
  STATIC_REQUIRE(std::is_invocable_v<decltype(bellman::finite_horizon), table, double, int, values>);
  auto const t = bellman::tabulate(robot{});
  CHECK(bellman::test::message_of([&] { bellman::solve(t, 0.5, 2); }) ==
        "bellman: the state 2 is not among the 2 states of the table");
  CHECK(bellman::test::message_of([&] { bellman::finite_horizon(t, 0.5, 1, std::vector<int>{0, 1, 7}); }) ==
        "bellman: the state 7 is not among the 2 states of the table");
  CHECK(bellman::solve(t, 0.5, 1).value(0) == bellman::solve(t, 0.5).value(0));
}

TEST_CASE("a method must solve what it is given for") {
  using bellman::newton;
  using bellman::strategy_iteration;
  using set = bool (*)(int);
  using best = decltype(bellman::bellman_optimality(cycle{}, 0.5));
  using soft = decltype(bellman::bellman_soft(cycle{}, 0.5, 1.0));
  STATIC_REQUIRE(std::is_invocable_v<decltype(bellman::solve), soft, newton>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::solve), best, newton>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::solve), best, strategy_iteration>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::solve), cycle, double, newton>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::solve), cycle, double, int, strategy_iteration>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::solve), cycle, double, bellman::worst_case, newton>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::state_value), cycle, policy, double, newton>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::policy_iteration), cycle, double, newton>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::probability_to_reach), cycle, policy, set, newton>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::probability_to_reach), cycle, bellman::highest, set, int, newton>);
  using exact = models::two_state_cycle<bellman::rational>;
  using game = decltype(bellman::solve_turn_game);
  STATIC_REQUIRE(std::is_invocable_v<game, exact, set, bellman::rational, strategy_iteration>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<game, cycle, set, double, strategy_iteration>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<game, exact, set, bellman::rational, newton>);
}

TEST_CASE("what is asked about a set of states is the mean over the outcomes") {
  using set = bool (*)(int);
  using bellman::worst_case;
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::probability_to_reach), cycle, bellman::highest, set, worst_case>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::expected_steps), cycle, policy, set, worst_case, int>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(bellman::expected_total), cycle, bellman::lowest, set, worst_case, automatic>);
}

TEST_CASE("a choice of one's own is called as one") {
  auto const t = bellman::tabulate(cycle{});
  auto const answers_a_state = [](int) { return 1; };
  using wrong = decltype(bellman::bellman_operator(t, answers_a_state, bellman::discount(0.5)));
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::fixed_point_of), wrong>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::value_iterates), wrong>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::solve), wrong>);
  using named = decltype(bellman::bellman_operator(cycle{}, answers_a_state, bellman::discount(0.5)));
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::solve), named>);
  auto const first = [](auto const&, int, auto const& q) { return q(0); };
  using right = decltype(bellman::bellman_operator(cycle{}, first, bellman::discount(0.5)));
  STATIC_REQUIRE(std::is_invocable_v<decltype(bellman::solve), right>);
}

}  // namespace planning_refusals
