// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/solve.hpp>

#include <bellman/decision/environment.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/newton.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/choice.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/worst_case.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <functional>
#include <limits>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/frozen_lake.hpp"
#include "models/listed_mdp.hpp"
#include "models/recycling_robot.hpp"
#include "models/textbook.hpp"
#include "models/token_tree.hpp"
#include "models/two_state_cycle.hpp"
#include "planning/cases.hpp"
#include "planning/contains.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::elimination;
using bellman::iteration;
using bellman::rational;
using bellman::solve;
using bellman::state_value;
using bellman::test::absolutely_close;
using bellman::test::contains;
using bellman::test::cycle;
using bellman::test::message_of;
using bellman::test::one;
using bellman::test::tree;
using bellman::test::true_at_both_times;
using models::answer;
using models::battery;
using models::deed;
using models::mdp_of_rows;

template <class Policy, class S>
constexpr bool has_the_best_actions(Policy const& pi, S const& s, std::vector<bellman::action_t<tree>> const& actions) {
  return std::ranges::equal(pi.optimal_actions(s), actions);
}

// The best action most of the time, and with a small probability any.
template <class F>
struct epsilon_greedy {
  F epsilon;

  template <bellman::environment E, class Q>
  constexpr auto operator()(E const& env, bellman::state_t<E> const& s, Q const& q) const {
    auto const mean = bellman::expectation(bellman::uniform(env.actions(s)), q);
    return bellman::sum(bellman::product(F(1) - epsilon, bellman::greedy_choice{}(env, s, q)),
                        bellman::product(epsilon, mean));
  }
};

// The one of three action values that has one on either side.
struct median_of_three {
  template <bellman::environment E, class Q>
  constexpr auto operator()(E const&, bellman::state_t<E> const&, Q const& q) const {
    using bellman::maximum;
    auto const least = [](auto const& a, auto const& b) { return -maximum(-a, -b); };
    auto const a = q(0);
    auto const b = q(1);
    return maximum(least(a, b), least(maximum(a, b), q(2)));
  }
};

}  // namespace

TEST_CASE("ties are kept as the set of best actions, in the order of the actions") {
  CHECK(true_at_both_times([] {
    // Three ways to the end that are worth 1, 2 and 2, and one that is worth 2 in two steps.
    auto const env = mdp_of_rows<rational>(3, {{0, 0, one, 2, rational(1)},
                                               {0, 1, one, 2, rational(2)},
                                               {0, 2, one, 2, rational(2)},
                                               {0, 3, one, 1, rational(1)},
                                               {1, 0, one, 2, rational(1)}});
    auto const [v, pi] = solve(env, one);
    auto const ties = pi.optimal_actions(0);
    std::size_t n = 0;
    for (auto const& e : pi(0)) n += e.probability.count == 3 ? std::size_t{1} : std::size_t{0};
    return v(0) == rational(2) && ties.size() == 3 && ties[0] == 1 && ties[1] == 2 && ties[2] == 3 && n == 3 &&
           pi.optimal_actions(1).size() == 1 && pi.optimal_actions(2).empty();
  }));
}

TEST_CASE("in floating point, actions that differ by rounding alone are kept, and others are not") {
  auto const env = [](double other) {
    return mdp_of_rows<double>(2, {{0, 0, 1.0, 1, 0.1 + 0.2}, {0, 1, 1.0, 1, other}});
  };
  CHECK(solve(env(0.3), 0.9).policy.optimal_actions(0).size() == 2);
  CHECK(solve(env(0.3 + 1e-12), 0.9).policy.optimal_actions(0).size() == 1);
  CHECK(solve(env(0.3 + 1e-12), 0.9).policy.optimal_actions(0)[0] == 1);
  CHECK(solve(env(0.3 + 1e-12), 0.9).policy.action(0) == 1);
}

TEST_CASE("what another part of a model pays makes no two actions a tie") {
  auto const env = mdp_of_rows<double>(4, {{0, 0, 1.0, 3, 1.0},
                                           {0, 1, 1.0, 3, 1.0 + 1e-12},
                                           {1, 0, 0.5, 2, 1e300},
                                           {1, 0, 0.5, 3, 1e300},
                                           {2, 0, 1.0, 1, -1e300}});
  auto const best = solve(env, 1.0);
  CHECK(best.policy.optimal_actions(0).size() == 1);
  CHECK(best.policy.action(0) == 1);
  CHECK(best.value.upper(0) - best.value.lower(0) < 1e-14);
}

TEST_CASE("the best answers of a token tree are found without a list of states") {
  CHECK(true_at_both_times([] {
    auto const [v, pi] = solve(tree{}, one);
    answer const a = answer{}.followed_by('a');
    return v(answer{}) == rational(7, 10) && v(a) == rational(4, 5) && v(a.followed_by('b')) == rational(9, 10) &&
           v(answer{}.followed_by('b')) == rational(-1, 10) && has_the_best_actions(pi, answer{}, {'a'}) &&
           has_the_best_actions(pi, a.followed_by('b'), {'.'}) &&
           has_the_best_actions(pi, answer{}.followed_by('b'), {'.'}) &&
           has_the_best_actions(pi, answer{}.followed_by('b').followed_by('b'), {'a', 'b', '.'});
  }));
}

TEST_CASE("what is solved may begin in a state, a distribution over states or a range of them") {
  CHECK(true_at_both_times([] {
    answer const a = answer{}.followed_by('a');
    answer const b = answer{}.followed_by('b');
    auto const of_one = solve(tree{}, one, a).value;
    auto const by_chance = solve(tree{}, one, bellman::uniform(std::array{a, b})).value;
    auto const of_both = solve(tree{}, one, std::array{a, b}).value;
    return of_one(a) == rational(4, 5) && of_one.table().size() == 10 && by_chance(b) == rational(-1, 10) &&
           by_chance.table().size() == 20 && of_both.table().size() == 20;
  }));
  auto const v = solve(tree{}, one, answer{}.followed_by('a')).value;
  CHECK_THROWS_AS(v(answer{}), bellman::invalid_value);
}

TEST_CASE("a table is solved by its numbers") {
  CHECK(true_at_both_times([] {
    models::recycling_robot<rational> const robot{};
    auto const table = bellman::tabulate(robot);
    auto const by_number = solve(table, rational(1, 2));
    auto const by_name = solve(robot, rational(1, 2));
    auto const policy = bellman::tabulate(table, [](battery) { return deed::wait; });
    return by_number.value(0) == by_name.value(battery::high) && by_number.value(1) == by_name.value(battery::low) &&
           table.action(by_number.policy.optimal_actions(1)[0]) == by_name.policy.optimal_actions(battery::low)[0] &&
           state_value(table, policy, rational(1, 2))(1) == rational(2) &&
           by_name.value.values()[1] == by_name.value(battery::low);
  }));
}

TEST_CASE("every method gives the same values, within the bounds of both") {
  models::frozen_lake<double> const lake{};
  auto const any = [](int) { return bellman::uniform(std::views::iota(0, 4)); };
  auto const eliminated = solve(lake, 0.99, elimination{});
  auto const mean = state_value(lake, any, 0.99, elimination{});
  auto const agrees = [&](auto const& how) {
    auto const best = solve(lake, 0.99, how);
    auto const v = state_value(lake, any, 0.99, how);
    for (int s = 0; s < 16; ++s) {
      CHECK(best.value.lower(s) <= eliminated.value.upper(s));
      CHECK(eliminated.value.lower(s) <= best.value.upper(s));
      CHECK(v.lower(s) <= mean.upper(s));
      CHECK(mean.lower(s) <= v.upper(s));
      CHECK(absolutely_close(best.value(s), eliminated.value(s), 1e-11));
      CHECK(std::ranges::equal(eliminated.policy.optimal_actions(s), best.policy.optimal_actions(s)));
    }
  };
  agrees(bellman::automatic{});
  agrees(iteration{1e-12});
  agrees(bellman::value_iteration{1e-12});
  agrees(bellman::gauss_seidel{1e-12});
  agrees(bellman::method{.tolerance = 1e-12, .evaluation = bellman::evaluate_by::krylov});
  agrees(bellman::method{.tolerance = 0, .order = bellman::sweep_order::simultaneous, .by_components = false});
  CHECK(absolutely_close(solve(lake, 0.99, 0, elimination{}).value(0), 0.5420259320004733, 1e-12));
}

TEST_CASE("values are copied in constant time, and outlive what they were solved from") {
  auto const make = [] {
    models::frozen_lake<double> const lake{};
    auto const solution = solve(lake, 0.9);
    auto const copy = solution.value;
    return std::pair(copy, solution.policy);
  };
  auto const [v, pi] = make();
  CHECK(absolutely_close(v(0), 0.06889090488900351, 1e-12));
  CHECK(pi.optimal_actions(6).size() == 2);
}

TEST_CASE("without a discount, a state that may go round but ends in the end has a value") {
  CHECK(true_at_both_times([] {
    // Ends with probability 1/4 a step, each of which pays 1.
    auto const env = mdp_of_rows<rational>(2, {{0, 0, rational(3, 4), 0, one}, {0, 0, rational(1, 4), 1, one}});
    return solve(env, one).value(0) == rational(4);
  }));
}

TEST_CASE("without a discount, a state that cannot end and is paid is refused, and one that is never paid is worth 0") {
  // 0 ends; 1 stays, 2 leads to 1.
  static constexpr auto env = [](int stay, int lead) {
    return mdp_of_rows<rational>(
        4, {{0, 0, one, 3, rational(5)}, {1, 0, one, 1, rational(stay)}, {2, 0, one, 1, rational(lead)}});
  };
  CHECK(contains(message_of([&] { solve(env(-1, 0), one); }), "from state 1 (1) no policy ends"));
  CHECK(contains(message_of([&] { solve(env(1, 0), one); }), "from state 1 (1) a policy that never ends does better"));
  CHECK(solve(env(-1, 0), one, 0).value(0) == rational(5));
  CHECK(true_at_both_times([] {
    auto const best = solve(env(0, 7), one);
    return best.value(0) == rational(5) && best.value(1) == rational(0) && best.value(2) == rational(7) &&
           best.value.error_bound() == rational(0) && best.policy.optimal_actions(1).size() == 1;
  }));
}

TEST_CASE("without a discount, going round for ever must not pay") {
  // Staying pays `stay`, leaving pays `leave`.
  auto const env = [](int stay, int leave) {
    return mdp_of_rows<rational>(2, {{0, 0, one, 0, rational(stay)}, {0, 1, one, 1, rational(leave)}});
  };
  std::string const gains =
      "bellman: from state 0 (0) a policy that never ends does better than any that ends: it gains for ever, and with "
      "a "
      "discount of 1 its return has no value; the discount must be below 1, or going on must cost something";
  CHECK(message_of([&] { solve(env(1, 5), one); }) == gains);
  CHECK(message_of([&] { solve(env(1, -5), one); }) == gains);
  CHECK(message_of([&] { solve(env(0, -5), one); }) ==
        "bellman: from state 0 (0) a policy that never ends does better than any that ends: it goes round for nothing "
        "for ever, and every way to end costs more; the discount must be below 1, or going on must cost something, or "
        "it must be said that it is worth nothing (resting::worth_nothing)");
  CHECK(solve(env(-1, 5), one).value(0) == rational(5));
  CHECK(solve(env(-1, -5), one).value(0) == rational(-5));
  CHECK(solve(env(0, 5), one).value(0) == rational(5));
  CHECK(solve(env(1, 5), rational(9, 10)).value(0) == rational(10));
}

TEST_CASE("without a discount, what goes round for nothing may be said to be worth nothing") {
  CHECK(true_at_both_times([] {
    // 0 and 1 lead to each other for nothing; leaving 0 costs 5, leaving 1 costs 3, or pays 2.
    auto const env = [](int leave_1) {
      return mdp_of_rows<rational>(3, {{0, 0, one, 1, rational(0)},
                                       {0, 1, one, 2, rational(-5)},
                                       {1, 0, one, 0, rational(0)},
                                       {1, 1, one, 2, rational(leave_1)}});
    };
    bellman::automatic const how{.rest = bellman::resting::worth_nothing};
    auto const rests = solve(env(-3), one, how);
    auto const leaves = solve(env(2), one, how);
    auto const by_itself = solve(env(2), one);
    return rests.value(0) == rational(0) && rests.value(1) == rational(0) && rests.policy.action(0) == 0 &&
           rests.policy.action(1) == 0 && leaves.value(0) == rational(2) && leaves.policy.action(1) == 1 &&
           by_itself.value(0) == rational(2) && by_itself.policy.action(0) == 0 && by_itself.policy.action(1) == 1;
  }));
}

TEST_CASE("a discount outside of 0 to 1 is refused") {
  for (double g : {-0.1, 1.1, std::numeric_limits<double>::quiet_NaN()}) {
    CHECK_THROWS_AS(solve(models::two_state_cycle<double>{}, g), bellman::invalid_value);
  }
  CHECK_THROWS_AS(solve(cycle{}, rational(3, 2)), bellman::invalid_value);
}

TEST_CASE("with a discount of 0 only the next reward counts") {
  CHECK(true_at_both_times([] {
    auto const best = solve(cycle{}, rational(0));
    return best.value(0) == rational(3) && best.value(1) == rational(1) && best.policy.optimal_actions(1)[0] == 0;
  }));
}

TEST_CASE("floats stay floats, and the values of an environment in integers are doubles") {
  models::two_state_cycle<float> const floats{};
  STATIC_REQUIRE(std::same_as<std::remove_cvref_t<decltype(solve(floats, 0.5).value(0))>, float>);
  STATIC_REQUIRE(
      std::same_as<std::remove_cvref_t<decltype(solve(models::two_state_cycle<int>{}, 0.5).value(0))>, double>);
  STATIC_REQUIRE(
      std::same_as<std::remove_cvref_t<decltype(solve(models::two_state_cycle<int>{}, 0).value(0))>, double>);
}

TEST_CASE("an operator with a choice of one's own is solved: of any environment, by its states and actions") {
  CHECK(true_at_both_times([] {
    // In 1 the actions pay 4 and 0: 3/4 4 + 1/4 2 = 7/2. In 0 they pay 1 and lead to 1, and 2: with half of it 11/4 and
    // 2, so 3/4 11/4 + 1/4 19/8 = 85/32.
    auto const env = mdp_of_rows<rational>(3, {{0, 0, one, 1, rational(1)},
                                               {0, 1, one, 2, rational(2)},
                                               {1, 0, one, 2, rational(4)},
                                               {1, 1, one, 2, rational(0)}});
    bellman::bellman_operator const T(env, epsilon_greedy<rational>{rational(1, 4)}, bellman::discount(rational(1, 2)));
    auto const v = solve(T);
    return v(0) == rational(85, 32) && v(1) == rational(7, 2) && v(2) == rational(0) &&
           v.error_bound() == rational(0) && solve(T, 1).table().size() == 2;
  }));
  // It stays and is paid 1, or ends: v = 3/4 (1 + v/2).
  auto const env = mdp_of_rows<double>(2, {{0, 0, 1.0, 0, 1.0}, {0, 1, 1.0, 1, 0.0}});
  bellman::bellman_operator const T(env, epsilon_greedy<double>{0.5}, bellman::discount(0.5));
  for (auto const& v : {solve(T), solve(T, bellman::value_iteration{1e-12}), solve(T, 0, bellman::iteration{})}) {
    CHECK(v.lower(0) <= 1.2);
    CHECK(1.2 <= v.upper(0));
    CHECK(v.error_bound() < 1e-8);
  }
}

TEST_CASE("the median of the actions, in closed form") {
  // Of 1 + v/2, v/2 and 3 the first is in the middle while it is below 3: v = 2.
  auto const env =
      mdp_of_rows<double>(2, {{0, 0, 1.0, 0, 1.0}, {0, 1, 1.0, 0, 0.0}, {0, 2, 1.0, 1, 3.0}});
  auto const v = solve(bellman::bellman_operator(env, median_of_three{}, bellman::discount(0.5)));
  CHECK(v.lower(0) <= 2.0);
  CHECK(2.0 <= v.upper(0));
  CHECK(v.error_bound() < 1e-8);
}

TEST_CASE("operators of the library have the values of their own calls") {
  models::recycling_robot<double> const robot{};
  auto const wait = [](battery) { return deed::wait; };
  auto const by_policy = solve(bellman::bellman_expectation(robot, wait, 0.5));
  auto const named = [](auto const&, battery, auto const& q) { return q(deed::wait); };
  auto const by_name = solve(bellman::bellman_operator(robot, named, bellman::discount(0.5)));
  auto const best = solve(bellman::bellman_optimality(std::ref(robot), 0.5));
  // It waits for 1, for ever.
  CHECK(by_policy(battery::high) == 2.0);
  CHECK(by_name.lower(battery::high) <= 2.0);
  CHECK(2.0 <= by_name.upper(battery::high));
  CHECK(best(battery::high) == solve(robot, 0.5).value(battery::high));
  auto const steps = solve(bellman::bellman_soft(robot, 0.5, 1.0), bellman::newton{1e-12});
  auto const sweeps = solve(bellman::bellman_soft(robot, 0.5, 1.0), bellman::iteration{1e-12});
  CHECK(absolutely_close(steps(battery::low), sweeps(battery::low), 1e-10));
  auto const towards = solve(bellman::bellman_soft(robot, 0.5, 1e9, wait));
  CHECK(absolutely_close(towards(battery::high), 2.0, 1e-6));
}

TEST_CASE("what an operator is solved with is judged, and what its choice asks for") {
  models::recycling_robot<double> const robot{};
  auto const T = bellman::bellman_optimality(robot, 0.5);
  using solver = decltype(solve);
  STATIC_REQUIRE(std::is_invocable_v<solver const&, decltype(T), battery>);
  STATIC_REQUIRE(!std::is_invocable_v<solver const&, decltype(T), int>);
  STATIC_REQUIRE(!std::is_invocable_v<solver const&, decltype(T), bellman::worst_case>);
  STATIC_REQUIRE(!std::is_invocable_v<solver const&, decltype(T), bellman::automatic, battery>);
  STATIC_REQUIRE(!std::is_invocable_v<solver const&, models::recycling_robot<double>>);
  auto const recharged = [](auto const&, battery, auto const& q) { return q(deed::recharge); };
  bellman::bellman_operator const R(robot, recharged, bellman::discount(0.5));
  CHECK(contains(message_of([&] { solve(R); }), "in state 0"));
  CHECK(contains(message_of([&] { solve(R); }), "there is no action"));
}
