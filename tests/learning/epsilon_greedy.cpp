// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/epsilon_greedy.hpp>

#include "learning/exploration.hpp"

namespace exploration {

TEST_CASE("epsilon-greedy gives each action e / n, and the first best one the rest") {
  CHECK(true_at_both_times([] {
    values_of const q{std::array{1, 3, 3, 2}};
    auto const pi = epsilon_greedy{arms<4>{}, q, rational(1, 3)}(0);
    std::array const expected{weighted{std::size_t{0}, rational(1, 12)}, weighted{std::size_t{1}, rational(9, 12)},
                              weighted{std::size_t{2}, rational(1, 12)}, weighted{std::size_t{3}, rational(1, 12)}};
    std::size_t i = 0;
    bool right = true;
    for (auto const& e : pi) right = right && e == expected[i++];
    return right && i == 4;
  }));
}

TEST_CASE("without exploration it is the greedy policy, with nothing but that uniform") {
  models::recycling_robot<rational> const robot;
  auto const v = [](battery s) { return s == battery::high ? rational(7) : rational(2); };
  auto const q = bellman::action_value(robot, rational(1, 2), v);
  auto const greedy = bellman::greedy_policy(robot, rational(1, 2), v);
  for (auto const s : robot.states()) {
    for (auto const& e : epsilon_greedy{robot, q, rational(0)}(s))
      CHECK(e.probability == (e.value == greedy(s) ? 1 : 0));
    for (auto const& e : epsilon_greedy{robot, q, rational(1)}(s)) {
      CHECK(e.probability == rational(1, static_cast<long long>(robot.actions(s).size())));
    }
  }
}

TEST_CASE("no policy that gives each action at least e / n expects more of q") {
  CHECK(true_at_both_times([] {
    values_of const q{std::array{rational(2), rational(-1), rational(5, 2)}};
    rational const each(1, 6);  // e = 1/2
    auto const of = [&](auto const& d) { return bellman::expectation(d, [&](std::size_t a) { return q(0, a); }); };
    rational const most = of(epsilon_greedy{arms<3>{}, q, rational(1, 2)}(0));
    bool right = true;
    for (int i = 0; i <= 4; ++i) {
      for (int j = 0; i + j <= 4; ++j) {
        auto const p = [&](int k) { return each + rational(k, 8); };
        bellman::categorical const other{std::array{weighted{std::size_t{0}, p(i)}, weighted{std::size_t{1}, p(j)},
                                                    weighted{std::size_t{2}, p(4 - i - j)}}};
        right = right && !(most < of(other)) && (i + j == 0) == (of(other) == most);
      }
    }
    return right;
  }));
}

TEST_CASE("what an epsilon-greedy policy is worth is solved exactly") {
  // Two states, gamma 1/2, e = 1/2, going is best in 0 and staying in 1. With probability 3/4 the best is done:
  // V0 = 3/4 (3 + V1 / 2) + 1/4 (0 + V0 / 2), V1 = 3/4 (1 + V1 / 2) + 1/4 (-1 + V0 / 2), so that
  // 7 V0 - 3 V1 = 18 and -V0 + 5 V1 = 4: V0 = 51/16, V1 = 23/16.
  models::two_state_cycle<rational> const env;
  auto const q = [](int s, int a) { return rational(s == 0 ? a : 1 - a); };
  auto const v = bellman::state_value(env, epsilon_greedy{env, q, rational(1, 2)}, rational(1, 2));
  CHECK(v(0) == rational(51, 16));
  CHECK(v(1) == rational(23, 16));
}

TEST_CASE("a policy follows a learner that it refers to") {
  std::map<std::pair<int, std::size_t>, double> table{{{0, 0}, 1.0}, {{0, 1}, 0.0}};
  auto q = [&table](int s, std::size_t a) { return table.at({s, a}); };
  visit_counts<int, std::size_t> counts;
  arms<2> const env;
  epsilon_greedy const greedy{std::ref(env), std::ref(q), 0.0};
  boltzmann const soft{std::ref(env), std::ref(q), 1.0};
  ucb1 const bold{env, q, std::ref(counts)};
  CHECK(greedy(0).begin()->probability == 1.0);
  CHECK(soft(0).begin()->probability > 0.5);
  CHECK(bold(0) == 0);
  table[{0, 1}] = 2.0;
  counts.add(0, 0);
  CHECK(greedy(0).begin()->probability == 0.0);
  CHECK(soft(0).begin()->probability < 0.5);
  CHECK(bold(0) == 1);
}

TEST_CASE("policies that explore are policies, of which episodes are made") {
  using robot = models::recycling_robot<double>;
  auto const q = [](battery, deed) { return 0.0; };
  auto const counts = [](battery, deed) { return 3; };
  STATIC_REQUIRE(bellman::stochastic_policy_for<decltype(epsilon_greedy{robot{}, q, 0.5}), robot>);
  STATIC_REQUIRE(bellman::stochastic_policy_for<decltype(boltzmann{robot{}, q, 0.5}), robot>);
  STATIC_REQUIRE(bellman::deterministic_policy_for<decltype(ucb1{robot{}, q, counts}), robot>);
  STATIC_REQUIRE(bellman::weights_were_checked<decltype(epsilon_greedy{robot{}, q, 0.5}(battery::low))>);
  std::mt19937 chance(1);
  for (int i = 0; i < 3; ++i) {
    auto const seen = bellman::rollout(robot{}, epsilon_greedy{robot{}, q, 0.5}, battery::high, chance, {20});
    CHECK(seen.size() == 20);
  }
  CHECK(bellman::rollout(robot{}, boltzmann{robot{}, q, 0.5}, battery::high, chance, {20}).size() == 20);
  CHECK(bellman::rollout(robot{}, ucb1{robot{}, q, counts}, battery::high, chance, {20}).size() == 20);
}

TEST_CASE("an environment is copied once, and not where it is referred to") {
  int copies = 0;
  letters env;
  env.copies = &copies;
  auto const q = [](std::string const&, std::string const& a) { return a.back() == 'b' ? 1.0f : 0.0f; };
  epsilon_greedy const greedy{env, q, 0.5f};
  boltzmann const soft{env, q, 0.5f};
  ucb1 const bold{env, q, [](std::string const&, std::string const&) { return 1L; }};
  CHECK(copies == 3);
  auto const copy_of_greedy = greedy;
  auto const copy_of_soft = soft;
  auto const copy_of_bold = bold;
  CHECK(copies == 3);
  std::vector<weighted<std::string, float>> points;
  for (auto const& e : copy_of_greedy(std::string("x"))) points.push_back(e);
  CHECK(points == std::vector{weighted{std::string("xa"), 0.25f}, weighted{std::string("xb"), 0.75f}});
  CHECK(copy_of_bold("y") == "yb");
  CHECK(copy_of_soft("y").begin()->value == "ya");
  epsilon_greedy const referring{std::ref(env), q, 0.5f};
  CHECK(referring("x").begin()->probability == 0.25f);
  CHECK(copies == 3);
}

TEST_CASE("a state without actions is refused") {
  auto const q = [](std::string const&, std::string const&) { return 1.0; };
  int copies = 0;
  letters env;
  env.copies = &copies;
  std::string const expected = R"(bellman: the state "" is not terminal and has no actions; it needs at least one)";
  CHECK(message_of([&] { epsilon_greedy{env, q, 0.5}(std::string()); }) == expected);
  CHECK(message_of([&] { boltzmann{env, q, 0.5}(std::string()); }) == expected);
  CHECK(message_of([&] { ucb1{env, q, [](auto const&, auto const&) { return 1; }}(std::string()); }) == expected);
}

TEST_CASE("what they are not made of") {
  using q = values_of<double, 2>;
  using n = int (*)(int, std::size_t);
  STATIC_REQUIRE(std::is_constructible_v<epsilon_greedy<arms<2>, q, double>, arms<2>, q, double>);
  STATIC_REQUIRE(!std::is_constructible_v<epsilon_greedy<int, q, double>, int, q, double>);
  STATIC_REQUIRE(!std::is_constructible_v<epsilon_greedy<arms<2>, word, double>, arms<2>, word, double>);
  STATIC_REQUIRE(!std::is_constructible_v<epsilon_greedy<arms<2>, int, double>, arms<2>, int, double>);
  STATIC_REQUIRE(!std::is_constructible_v<epsilon_greedy<arms<2>, q, word>, arms<2>, q, word>);
  STATIC_REQUIRE(!std::is_constructible_v<epsilon_greedy<arms<2>, q, std::string>, arms<2>, q, std::string>);
  STATIC_REQUIRE(!std::is_constructible_v<boltzmann<int, q, double>, int, q, double>);
  STATIC_REQUIRE(!std::is_constructible_v<boltzmann<arms<2>, word, double>, arms<2>, word, double>);
  STATIC_REQUIRE(!std::is_constructible_v<boltzmann<arms<2>, q, word>, arms<2>, q, word>);
  STATIC_REQUIRE(!std::is_constructible_v<boltzmann<arms<2>, values_of<rational, 2>, rational>, arms<2>,
                                          values_of<rational, 2>, rational>);
  STATIC_REQUIRE(
      !std::is_constructible_v<ucb1<arms<2>, values_of<rational, 2>, n>, arms<2>, values_of<rational, 2>, n>);
  STATIC_REQUIRE(std::is_constructible_v<ucb1<arms<2>, q, n>, arms<2>, q, n>);
  STATIC_REQUIRE(!std::is_constructible_v<ucb1<arms<2>, q, q>, arms<2>, q, q>);
  STATIC_REQUIRE(!std::is_constructible_v<ucb1<arms<2>, q, int>, arms<2>, q, int>);
  STATIC_REQUIRE(!std::is_constructible_v<ucb1<word, q, n>, word, q, n>);
  // Nor are they called with what is no state.
  STATIC_REQUIRE(!std::is_invocable_v<epsilon_greedy<arms<2>, q, double>, word>);
  STATIC_REQUIRE(!std::is_invocable_v<boltzmann<arms<2>, q, double>, word>);
  STATIC_REQUIRE(!std::is_invocable_v<ucb1<arms<2>, q, n>, double>);
}

}  // namespace exploration
