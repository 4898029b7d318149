// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/discounted_occupancy.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <type_traits>
#include <vector>

#include <rapidcheck.h>

#include "models/listed_mdp.hpp"
#include "models/random_mdp.hpp"
#include "models/token_tree.hpp"
#include "planning/cases.hpp"
#include "planning/chains.hpp"
#include "planning/contains.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::discounted_occupancy;
using bellman::rational;
using bellman::rational512;
using bellman::test::contains;
using bellman::test::cycle;
using bellman::test::gambler;
using bellman::test::go_round;
using bellman::test::message_of;
using bellman::test::one;
using bellman::test::only_action;
using bellman::test::tree;
using bellman::test::true_at_both_times;
using bellman::test::two_places;
using models::answer;
using models::mdp_of_rows;

using points = std::vector<bellman::weighted<int, rational512>>;

points random_start(int n) {
  auto const weights = models::random_weights<rational512>(n);
  points start;
  for (int s = 0; s < n; ++s) start.push_back({s, weights[static_cast<std::size_t>(s)]});
  return start;
}

// What is true of the occupancy `d` of a policy from a start, whatever the model.
void obeys_its_laws(models::random_model<rational512> const& model, rational512 const& gamma) {
  int const n = static_cast<int>(model.env.outcomes.size());
  auto const start = random_start(n);
  auto const d = discounted_occupancy(model.env, model.policy, gamma, start);
  auto const v = bellman::state_value(model.env, model.policy, gamma);
  rational512 of_start(0);
  for (auto const& e : start) of_start = of_start + e.probability * v(e.value);
  RC_ASSERT(d.expected_reward() == of_start);
  rational512 goes_on(0);
  for (int next = 0; next < n; ++next) {
    rational512 arrives = start[static_cast<std::size_t>(next)].probability;
    for (int s = 0; s < n; ++s) {
      for (auto const& a : model.policy.weights[static_cast<std::size_t>(s)]) {
        for (auto const& o : model.env.transition(s, a.value)) {
          if (o.value.next == next) arrives = arrives + gamma * d(s, a.value) * o.probability;
        }
      }
    }
    RC_ASSERT(d(next) == arrives);
    goes_on = goes_on + (model.env.terminal(next) ? d(next) : (rational512(1) - gamma) * d(next));
    if (model.env.terminal(next)) continue;
    rational512 over_actions(0);
    for (int a : model.env.actions(next)) over_actions = over_actions + d(next, a);
    RC_ASSERT(d(next) == over_actions);
  }
  RC_ASSERT(goes_on == rational512(1));
}

// A double as the fraction that it is.
rational512 fraction(double x) {
  int exponent = 0;
  rational512 y(static_cast<long long>(std::frexp(x, &exponent) * 9007199254740992.0));
  for (exponent -= 53; exponent > 0; --exponent) y = y * rational512(2);
  for (; exponent < 0; ++exponent) y = y / rational512(2);
  return y;
}

// Sixteenths, which are doubles.
template <class R>
models::listed_mdp<R> in_sixteenths(std::vector<std::array<int, 3>> const& shares) {
  std::vector<models::listed_row<R>> rows;
  int const n = static_cast<int>(shares.size());
  for (int s = 0; s < n; ++s) {
    auto const& to = shares[static_cast<std::size_t>(s)];
    rows.push_back({s, 0, R(to[0]) / R(16), to[1], R(1)});
    rows.push_back({s, 0, R(8 - to[0]) / R(16), to[2], R(1)});
    rows.push_back({s, 0, R(1) / R(2), (s + 1) % n, R(1)});
  }
  return mdp_of_rows<R>(shares.size(), rows);
}

}  // namespace

TEST_CASE("an occupancy counts visits, what comes later counting less") {
  CHECK(true_at_both_times([] {
    // 1 + 1/4 + 1/16 + ... in state 0, half of it in state 1.
    auto const d = discounted_occupancy(cycle{}, go_round, rational(1, 2), 0);
    return d(0) == rational(4, 3) && d(1) == rational(2, 3) && d(0, 1) == rational(4, 3) && d(0, 0) == rational(0) &&
           d.expected_reward() == rational(10, 3);
  }));
  CHECK(true_at_both_times([] {
    // d(1) = g a / ((1 - g) (1 - g + g (a + b))), and both add up to 1 / (1 - g).
    rational const g(9, 10), a(1, 3), b(1, 4);
    auto const d = discounted_occupancy(two_places(a, b), only_action, g, 0);
    return d(1) == g * a / ((one - g) * (one - g + g * (a + b))) && d(0) + d(1) == one / (one - g);
  }));
}

TEST_CASE("without a discount an occupancy is the expected number of visits, and says where it ends") {
  CHECK(true_at_both_times([] {
    // A fair gambler with 2 of 5: 2 min(s, 2) min(5 - s, 3) / 5 games with s, and 2/5 to win.
    auto const d = discounted_occupancy(gambler(5, rational(1, 2)), only_action, one, 2);
    return d(1) == rational(6, 5) && d(2) == rational(12, 5) && d(3) == rational(8, 5) && d(4) == rational(4, 5) &&
           d(5) == rational(2, 5) && d(0) == rational(3, 5) && d.expected_reward() == rational(-6);
  }));
}

TEST_CASE("an occupancy begins in a state or a distribution, which may be where an episode ends") {
  auto const env = gambler(4, rational(1, 2));
  auto const d = discounted_occupancy(env, only_action, one, bellman::uniform(std::array{0, 2}));
  CHECK(d(0) == rational(3, 4));
  CHECK(d(2) == rational(1));
  CHECK(d(4) == rational(1, 4));
  auto const ended = discounted_occupancy(env, only_action, one, 4);
  CHECK(ended(4) == one);
  CHECK(ended.expected_reward() == rational(0));
}

TEST_CASE("an occupancy without a discount asks of the states alone that the policy comes to that it ends there") {
  // From 0 it ends; from 1 it does not.
  auto const env = mdp_of_rows<rational>(3, {{0, 0, one, 2, rational(5)}, {1, 0, one, 1, rational(1)}});
  CHECK(discounted_occupancy(env, only_action, one, 0)(1) == rational(0));
  CHECK(contains(message_of([&] { discounted_occupancy(env, only_action, one, 1); }),
                 "state 1 (1) on, the policy never ends"));
  CHECK(discounted_occupancy(env, only_action, rational(1, 2), 1)(1) == rational(2));
}

TEST_CASE("an occupancy of an environment without a list is one of what the policy comes to") {
  auto const writes_ab = [](answer const& s) { return s.size == 0 ? 'a' : s.size == 1 ? 'b' : '.'; };
  auto const d = discounted_occupancy(tree{}, writes_ab, rational(1, 2), answer{});
  CHECK(d.table().size() == 4);
  CHECK(d(answer{}.followed_by('a')) == rational(1, 2));
  CHECK(d(answer{}.followed_by('a'), 'b') == rational(1, 2));
  CHECK(d.expected_reward() == bellman::state_value(tree{}, writes_ab, rational(1, 2))(answer{}));
}

TEST_CASE("an occupancy over a table is asked for numbers") {
  auto const t = bellman::tabulate(cycle{});
  auto const d = discounted_occupancy(t, go_round, rational(1, 2), 0u);
  CHECK(d(0u) == rational(4, 3));
  CHECK(d(0u, 1u) == rational(4, 3));
  CHECK(contains(message_of([&] { d(0u, 2u); }), "in state 0 (0) there is no action 2"));
}

TEST_CASE("the occupancy of a state or an action that is none is refused") {
  auto const d = discounted_occupancy(cycle{}, go_round, rational(1, 2), 0);
  CHECK(contains(message_of([&] { d(7); }), "the state 7 is not among the 2 states"));
  CHECK(contains(message_of([&] { d(1, 7); }), "in state 1 (1) there is no action 7"));
  CHECK_THROWS_AS(discounted_occupancy(cycle{}, go_round, rational(3, 2), 0), bellman::invalid_value);
  points const half{{0, rational512(1, 2)}};
  CHECK_THROWS_AS(discounted_occupancy(gambler(3, rational512(1, 2)), only_action, rational512(1), half),
                  bellman::invalid_value);
}

TEST_CASE("random occupancies obey their laws") {
  CHECK(rc::check("with a discount below 1", [] {
    obeys_its_laws(models::random_mdp<rational512>(models::endings::some), rational512(*rc::gen::inRange(0, 10), 10));
  }));
  CHECK(rc::check("without a discount", [] {
    obeys_its_laws(models::random_mdp<rational512>(models::endings::after_every_action), rational512(1));
  }));
}

TEST_CASE("in floating point each number of an occupancy is right in relation to itself, at any discount") {
  CHECK(rc::check("within 32 units in the last place", [] {
    int const n = *rc::gen::inRange(2, 7);
    std::vector<std::array<int, 3>> shares;
    for (int s = 0; s < n; ++s) {
      shares.push_back({*rc::gen::inRange(0, 9), *rc::gen::inRange(0, n), *rc::gen::inRange(0, n)});
    }
    rational512 const unit = rational512(1) / rational512(1LL << *rc::gen::element(1, 20, 53));
    rational512 const gamma = rational512(1) - unit;
    auto const exact = discounted_occupancy(in_sixteenths<rational512>(shares), only_action, gamma, 0);
    auto const d = discounted_occupancy(in_sixteenths<double>(shares), only_action, bellman::to_double(gamma), 0);
    using enclosed = bellman::interval<double>;
    auto const proved =
        discounted_occupancy(in_sixteenths<enclosed>(shares), only_action, enclosed(bellman::to_double(gamma)), 0);
    for (int s = 0; s < n; ++s) {
      double const x = bellman::to_double(exact(s));
      RC_ASSERT(std::abs(d(s) - x) <= 32 * std::numeric_limits<double>::epsilon() * x);
      RC_ASSERT(fraction(d.lower(s)) <= exact(s));
      RC_ASSERT(exact(s) <= fraction(d.upper(s)));
      RC_ASSERT(d.upper(s) - d.lower(s) <= 1e-12 * x);
      RC_ASSERT(fraction(proved(s).lower()) <= exact(s));
      RC_ASSERT(exact(s) <= fraction(proved(s).upper()));
      RC_ASSERT(proved(s).width() <= 1e-12 * x);
    }
  }));
}

TEST_CASE("an occupancy is bounded where episodes end, too, and wrong bounds would be seen") {
  CHECK(rc::check("without a discount", [] {
    int const n = *rc::gen::inRange(2, 20);
    int const p = *rc::gen::inRange(1, 32);
    int const s = *rc::gen::inRange(0, n + 1);
    auto const exact = discounted_occupancy(gambler(n, rational512(p, 32)), only_action, rational512(1), s);
    auto const d = discounted_occupancy(gambler(n, p / 32.0), only_action, 1.0, s);
    for (int to = 0; to <= n; ++to) {
      RC_ASSERT(fraction(d.lower(to)) <= exact(to));
      RC_ASSERT(exact(to) <= fraction(d.upper(to)));
    }
    RC_ASSERT(d.error_bound() < 1e-11);
    // Some number is rounded, and is not said to be exact.
    for (int to = 0; to <= n; ++to) RC_ASSERT(fraction(d(to)) == exact(to) || d.lower(to) < d.upper(to));
  }));
}

TEST_CASE("an occupancy has derivatives where its numbers have") {
  using number = bellman::dual<double>;
  // d(0) = 1 / (1 - g p) for a state that is stayed in with probability p, so d'(0) = g / (1 - g p)^2.
  auto const p = number::variable(0.5);
  auto const env = mdp_of_rows<number>(2, {{0, 0, p, 0, number(0)}, {0, 0, number(1) - p, 1, number(0)}});
  auto const d = discounted_occupancy(env, only_action, 0.5, 0);
  CHECK(std::abs(d(0).value - 4.0 / 3) < 1e-15);
  CHECK(std::abs(d(0).derivative[0] - 8.0 / 9) < 1e-15);
}

TEST_CASE("an occupancy asks for a policy, a discount and where to begin") {
  using policy = int (*)(int);
  using fn = decltype(discounted_occupancy);
  STATIC_REQUIRE(std::is_invocable_v<fn, cycle, policy, rational, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, int, rational, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, policy, double, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, policy, rational, std::string>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, policy, rational, std::vector<int>>);
  using inexact_start = std::vector<bellman::weighted<int, double>>;
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, policy, rational, inexact_start>);
}
