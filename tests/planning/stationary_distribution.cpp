// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/stationary_distribution.hpp>

#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/discounted_occupancy.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <set>
#include <string>
#include <type_traits>
#include <vector>

#include <rapidcheck.h>

#include "models/listed_mdp.hpp"
#include "models/random_mdp.hpp"
#include "planning/cases.hpp"
#include "planning/chains.hpp"
#include "planning/contains.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::rational;
using bellman::rational512;
using bellman::stationary_distribution;
using bellman::test::contains;
using bellman::test::cycle;
using bellman::test::go_round;
using bellman::test::message_of;
using bellman::test::one;
using bellman::test::only_action;
using bellman::test::ring;
using bellman::test::true_at_both_times;
using bellman::test::two_places;
using bellman::test::walk;
using models::mdp_of_rows;

// A double as the fraction that it is.
rational512 fraction(double x) {
  int exponent = 0;
  rational512 y(static_cast<long long>(std::frexp(x, &exponent) * 9007199254740992.0));
  for (exponent -= 53; exponent > 0; --exponent) y = y * rational512(2);
  for (; exponent < 0; ++exponent) y = y / rational512(2);
  return y;
}

// One step of a policy's chain.
template <class R>
std::vector<std::vector<R>> matrix_of(models::random_model<R> const& model) {
  std::size_t const n = model.env.outcomes.size();
  std::vector<std::vector<R>> p(n, std::vector<R>(n, R(0)));
  for (std::size_t s = 0; s < n; ++s) {
    if (model.env.outcomes[s].empty()) p[s][s] = R(1);
    for (auto const& a : model.policy.weights[s]) {
      for (auto const& o : model.env.transition(static_cast<int>(s), a.value)) {
        auto& x = p[s][static_cast<std::size_t>(o.value.next)];
        x = x + a.probability * o.probability;
      }
    }
  }
  return p;
}

// The sets of states that are never left, by Warshall's closure.
template <class R>
std::set<std::vector<int>> classes_of(std::vector<std::vector<R>> const& p) {
  std::size_t const n = p.size();
  std::vector<std::vector<bool>> reaches(n, std::vector<bool>(n));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) reaches[i][j] = i == j || !(p[i][j] == R(0));
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) reaches[i][j] = reaches[i][j] || (reaches[i][k] && reaches[k][j]);
    }
  }
  std::set<std::vector<int>> classes;
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<int> members;
    bool closed = true;
    for (std::size_t j = 0; j < n; ++j) {
      if (reaches[i][j]) members.push_back(static_cast<int>(j));
      closed = closed && (!reaches[i][j] || reaches[j][i]);
    }
    if (closed) classes.insert(members);
  }
  return classes;
}

}  // namespace

TEST_CASE("a stationary distribution is the share of time in each state") {
  CHECK(true_at_both_times([] {
    auto const mu = stationary_distribution(two_places(rational(1, 3), rational(1, 4)), only_action);
    return mu(0) == rational(3, 7) && mu(1) == rational(4, 7) && mu(1, 0) == rational(4, 7) &&
           mu.expected_reward() == rational(4, 7);
  }));
  CHECK(true_at_both_times([] {
    auto const mu = stationary_distribution(ring<rational>(5), only_action);
    return mu(0) == rational(1, 5) && mu(3) == rational(1, 5) && mu.expected_reward() == one;
  }));
  CHECK(true_at_both_times([] {
    auto const mu = stationary_distribution(cycle{}, go_round);
    return mu(0) == rational(1, 2) && mu(0, 1) == rational(1, 2) && mu(0, 0) == rational(0);
  }));
}

TEST_CASE("what is left for good has no share of the time, and what has ended all of it") {
  auto const env = mdp_of_rows<rational>(3, {{0, 0, rational(1, 2), 0, one},
                                             {0, 0, rational(1, 2), 1, one},
                                             {1, 0, one, 2, one},
                                             {2, 0, one, 1, one}});
  auto const mu = stationary_distribution(env, only_action);
  CHECK(mu(0) == rational(0));
  CHECK(mu(1) == rational(1, 2));
  auto const ends = mdp_of_rows<rational>(2, {{0, 0, rational(1, 2), 0, one}, {0, 0, rational(1, 2), 1, one}});
  CHECK(stationary_distribution(ends, only_action)(1) == one);
  CHECK(stationary_distribution(ends, only_action).expected_reward() == rational(0));
}

TEST_CASE("several sets of states that are never left are named") {
  auto const stay = [](int) { return 0; };
  CHECK(contains(message_of([&] { stationary_distribution(cycle{}, stay); }),
                 "the policy has 2 recurrent classes, sets of states that it never leaves: {0 (0)}, {1 (1)}; in which "
                 "it stays depends on where it begins"));
  // From a start, what the policy comes to counts alone.
  CHECK(stationary_distribution(cycle{}, stay, 1)(1) == one);
  auto const two_rings = mdp_of_rows<rational>(5, {{0, 0, one, 1, one},
                                                   {1, 0, one, 0, one},
                                                   {2, 0, one, 3, one},
                                                   {3, 0, one, 2, one},
                                                   {4, 0, rational(1, 2), 0, one},
                                                   {4, 0, rational(1, 2), 2, one}});
  CHECK(contains(message_of([&] { stationary_distribution(two_rings, only_action); }),
                 "{0 (0), 1 (1)}, {2 (2), 3 (3)};"));
}

TEST_CASE("each share of a walk is right in relation to itself, however small") {
  // Detailed balance: mu(s) = (p / q)^s (1 - p/q) / (1 - (p/q)^n).
  for (double p : {0.25, 0.5, 1.0 / 1024}) {
    int const n = 100;
    auto const mu = stationary_distribution(walk(n, p), only_action);
    double const ratio = p / (1 - p);
    double total = 0;
    for (int s = 0; s < n; ++s) total += std::pow(ratio, s);
    for (int s = 0; s < n; ++s) {
      double const share = std::pow(ratio, s) / total;
      CHECK(std::abs(mu(s) - share) <= 4 * n * std::numeric_limits<double>::epsilon() * share);
      CHECK(mu.upper(s) - mu.lower(s) <= 1e-11 * share);
    }
  }
}

TEST_CASE("the shares of a walk lie within their bounds") {
  CHECK(rc::check("which are close", [] {
    int const n = *rc::gen::inRange(2, 30);
    int const p = *rc::gen::inRange(1, 16);
    auto const exact = stationary_distribution(walk(n, rational512(p, 16)), only_action);
    auto const mu = stationary_distribution(walk(n, p / 16.0), only_action);
    for (int s = 0; s < n; ++s) {
      RC_ASSERT(fraction(mu.lower(s)) <= exact(s));
      RC_ASSERT(exact(s) <= fraction(mu.upper(s)));
    }
    RC_ASSERT(mu.error_bound() < 1e-11);
  }));
}

TEST_CASE("a share that underflows is not said to be 0") {
  auto const mu = stationary_distribution(walk(200, 1.0 / 1024), only_action);
  CHECK(mu(199) == 0);
  CHECK(mu.upper(199) > 0);
  CHECK(mu.upper(199) < 1e-290);
  CHECK(mu.upper(0) - mu.lower(0) < 1e-10);
}

TEST_CASE("random stationary distributions are the same one step later, or there are several") {
  CHECK(rc::check("exactly", [] {
    auto const model = models::random_mdp<rational512>(models::endings::some);
    auto const p = matrix_of(model);
    auto const classes = classes_of(p);
    std::string const message = message_of([&] { stationary_distribution(model.env, model.policy); });
    RC_ASSERT((classes.size() == 1) == message.empty());
    if (classes.size() > 1) {
      for (auto const& members : classes) {
        std::string text = "{";
        for (int s : members) {
          text += (text.size() > 1 ? ", " : "") + std::to_string(s) + " (" + std::to_string(s) + ")";
        }
        RC_ASSERT(contains(message, text + "}"));
      }
      return;
    }
    auto const mu = stationary_distribution(model.env, model.policy);
    rational512 total(0);
    for (std::size_t next = 0; next < p.size(); ++next) {
      rational512 arrives(0);
      for (std::size_t s = 0; s < p.size(); ++s) arrives = arrives + mu(static_cast<int>(s)) * p[s][next];
      RC_ASSERT(mu(static_cast<int>(next)) == arrives);
      RC_ASSERT(!(mu(static_cast<int>(next)) < rational512(0)));
      total = total + mu(static_cast<int>(next));
    }
    RC_ASSERT(total == rational512(1));
    // It is what the occupancy tends to, of those states that do not end.
    if (model.env.outcomes.back().empty()) return;
    rational512 const rest = rational512(1) / rational512(1LL << 40);
    auto const d = bellman::discounted_occupancy(model.env, model.policy, rational512(1) - rest, 0);
    for (std::size_t s = 0; s < p.size(); ++s) {
      double const off = bellman::to_double(rational512(rest * d(static_cast<int>(s)) - mu(static_cast<int>(s))));
      RC_ASSERT(std::abs(off) < 1e-6);
    }
  }));
}

TEST_CASE("a stationary distribution asks for an environment, a policy and perhaps where to begin") {
  using policy = int (*)(int);
  using fn = decltype(stationary_distribution);
  STATIC_REQUIRE(std::is_invocable_v<fn, cycle, policy>);
  STATIC_REQUIRE(std::is_invocable_v<fn, cycle, policy, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, policy, std::string>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<fn, cycle, policy, int, int>);
}
