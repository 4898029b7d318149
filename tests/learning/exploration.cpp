// SPDX-License-Identifier: BSL-1.0
#include <bellman/learning/boltzmann.hpp>
#include <bellman/learning/epsilon_greedy.hpp>
#include <bellman/learning/ucb1.hpp>
#include <bellman/learning/visit_counts.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/approx_equal.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/greedy_policy.hpp>
#include <bellman/value/soft_policy.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <list>
#include <map>
#include <random>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/recycling_robot.hpp"
#include "models/two_state_cycle.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/refusals.hpp"

namespace exploration {

namespace {

using bellman::boltzmann;
using bellman::epsilon_greedy;
using bellman::rational;
using bellman::ucb1;
using bellman::visit_counts;
using bellman::weighted;
using bellman::test::message_of;
using bellman::test::true_at_both_times;
using bellman::test::word;
using models::battery;
using models::deed;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// One state, from which each of N actions leads back, paid nothing.
template <std::size_t N>
struct arms {
  using state_type = int;
  using action_type = std::size_t;
  using reward_type = double;

  constexpr auto actions(int) const {
    return bellman::internal::array_of<N>([](std::size_t i) { return i; });
  }
  constexpr bool terminal(int) const { return false; }
  constexpr auto transition(int, std::size_t) const { return bellman::dirac{bellman::outcome{0.0, 0}}; }
};
// Action values of such an environment, whatever the state.
template <class V, std::size_t N>
struct values_of {
  std::array<V, N> values;

  constexpr V operator()(int, std::size_t a) const { return values[a]; }
};
template <class V, std::size_t N>
values_of(std::array<V, N>) -> values_of<V, N>;

// The minimal definition of an environment, with actions that can be read once, and counted in copies.
struct letters {
  using state_type = std::string;
  using action_type = std::string;
  using reward_type = double;

  letters() = default;
  letters(letters const& other) : copies(other.copies) { ++*copies; }
  letters(letters&&) = default;
  letters& operator=(letters const&) = delete;

  auto actions(std::string const& s) const {
    return s.empty() ? std::list<std::string>{} : std::list{s + "a", s + "b"};
  }
  bool terminal(std::string const&) const { return false; }
  auto transition(std::string const&, std::string const& a) const { return bellman::dirac{bellman::outcome{0.0, a}}; }

  int* copies = nullptr;
};

}  // namespace

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

TEST_CASE("a Boltzmann policy is a softmax of action values over the temperature") {
  CHECK(true_at_both_times([] {
    double const log_2 = bellman::log(2.0);
    auto const pi = boltzmann{arms<3>{}, values_of{std::array{0.0, 2 * log_2, 4 * log_2}}, 2}(0);  // 1 : 2 : 4
    std::size_t i = 0;
    bool right = true;
    for (auto const& e : pi) {
      right = right && e.value == i && bellman::approx_equal(e.probability, static_cast<double>(1 << i) / 7, 1e-15);
      ++i;
    }
    return right;
  }));
}

TEST_CASE("a Boltzmann policy is the soft policy of its action values") {
  models::recycling_robot<double> const robot;
  auto const v = [](battery s) { return s == battery::high ? 3.0 : 1.0; };
  auto const q = bellman::action_value(robot, 0.5, v);
  for (double const tau : {0.1, 1.0, 10.0}) {
    for (auto const s : robot.states()) {
      auto const expected = bellman::soft_policy(robot, 0.5, tau, v)(s);
      std::size_t i = 0;
      for (auto const& e : boltzmann{robot, q, tau}(s)) {
        CHECK(e.value == expected[i].value);
        CHECK(bellman::approx_equal(e.probability, expected[i].probability, 1e-14));
        ++i;
      }
      CHECK(i == expected.size());
    }
  }
}

TEST_CASE("no temperature is too low or too high, and no value too large") {
  auto const p = [](double a, double b, double t) {
    return boltzmann{arms<2>{}, values_of{std::array{a, b}}, t}(0).begin()->probability;
  };
  CHECK(p(1.0, 0.0, 1e-300) == 1.0);
  CHECK(p(0.0, 1.0, 1e-300) == 0.0);
  CHECK(p(1e300, 1e300, 1e-300) == 0.5);
  CHECK(p(1e300, 0.0, 1e300) == p(1.0, 0.0, 1.0));
  CHECK(p(1e3, -1e3, 1e300) == 0.5);
  CHECK(p(-infinity, 1.0, 1.0) == 0.0);
}

TEST_CASE("the derivative of a Boltzmann policy by a value is p (1 - p) / t") {
  CHECK(true_at_both_times([] {
    using D = bellman::dual<double>;
    auto const pi = boltzmann{arms<2>{}, values_of{std::array{D::variable(0.0), D(0.0)}}, 0.5}(0);
    return pi.begin()->probability.value == 0.5 && pi.begin()->probability.derivative[0] == 0.5;
  }));
  using D = bellman::dual<double>;
  // By the temperature: with logits 1 / t and 0, dp/dt = -p (1 - p) / t^2.
  auto const e = *boltzmann{arms<2>{}, values_of{std::array{1.0, 0.0}}, D::variable(2.0)}(0).begin();
  double const probability = 1 / (1 + std::exp(-0.5));
  CHECK(bellman::approx_equal(e.probability.value, probability, 1e-15));
  CHECK(bellman::approx_equal(e.probability.derivative[0], -probability * (1 - probability) / 4, 1e-14));
}

TEST_CASE("UCB1 takes each action once, and then what may be best") {
  CHECK(true_at_both_times([] {
    visit_counts<int, std::size_t> counts;
    values_of const q{std::array{0.5, 0.9, 0.5}};
    arms<3> const env;
    auto const next = [&] { return ucb1{env, q, counts}(0); };
    std::size_t const first = next();
    counts.add(0, first);
    std::size_t const second = next();
    counts.add(0, second);
    std::size_t const third = next();
    counts.add(0, third);
    return first == 0 && second == 1 && third == 2 && next() == 1;
  }));
  // Bounds by hand, t = 100: 0.5 + sqrt(2 ln 100 / 4) = 2.017, 0.9 + sqrt(2 ln 100 / 10) = 1.860,
  // 0.2 + sqrt(2 ln 100 / 86) = 0.527. With c = 1 the roots are by sqrt 2 smaller: 1.573, 1.579, 0.431.
  values_of const q{std::array{0.5, 0.9, 0.2}};
  auto const counts = [](int, std::size_t a) { return std::array{4, 10, 86}[a]; };
  CHECK(ucb1{arms<3>{}, q, counts}(0) == 0);
  CHECK(ucb1{arms<3>{}, q, counts, 1}(0) == 1);
  CHECK(ucb1{arms<3>{}, q, counts, 0}(0) == 1);
  CHECK(ucb1{arms<3>{}, q, counts, 100}(0) == 0);
  // Of equal bounds the first; of what was taken once t = 1 adds nothing.
  CHECK(ucb1{arms<3>{}, values_of{std::array{1, 1, 1}}, [](int, std::size_t) { return 5u; }}(0) == 0);
  CHECK(ucb1{arms<1>{}, values_of{std::array{1.0f}}, [](int, std::size_t) { return 1; }}(0) == 0);
}

TEST_CASE("values to begin with that are too good make a greedy policy try every action") {
  std::array<double, 4> q{5.0, 5.0, 5.0, 5.0};
  std::array<int, 4> tried{};
  auto const of = [&q](int, std::size_t a) { return q[a]; };
  std::mt19937 chance(1);
  for (int i = 0; i < 4; ++i) {
    auto const a = bellman::sample(epsilon_greedy{arms<4>{}, of, 0.0}(0), chance);
    ++tried[a];
    q[a] += 0.1 * (1.0 - q[a]);
  }
  CHECK(tried == std::array{1, 1, 1, 1});
}

TEST_CASE("a share outside [0, 1], a temperature not above 0 and a bound below 0 are refused") {
  values_of const q{std::array{1.0, 2.0}};
  auto const counts = [](int, std::size_t) { return 1; };
  for (double const e : {-0.1, 1.1, nan, infinity}) {
    CHECK_THROWS_AS((epsilon_greedy{arms<2>{}, q, e}), bellman::invalid_value);
  }
  for (double const t : {0.0, -1.0, nan, infinity}) {
    CHECK_THROWS_AS((boltzmann{arms<2>{}, q, t}), bellman::invalid_value);
  }
  for (double const c : {-1.0, nan, infinity}) CHECK_THROWS_AS((ucb1{arms<2>{}, q, counts, c}), bellman::invalid_value);
  CHECK(message_of([&] {
          epsilon_greedy{arms<2>{}, q, 1.5};
        }) == "bellman: the share of explored actions is 1.5; it must lie in [0, 1]");
  CHECK(message_of([&] {
          boltzmann{arms<2>{}, q, 0};
        }) == "bellman: the temperature is 0; it must be a finite number above 0");
  CHECK(message_of([&] {
          ucb1{arms<2>{}, q, counts, -1};
        }) == "bellman: the factor of the confidence bound is -1; it must be a finite number of at least 0");
  CHECK_THROWS_AS((boltzmann{arms<2>{}, values_of{std::array{1.0, nan}}, 1.0}(0)), bellman::invalid_value);
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
