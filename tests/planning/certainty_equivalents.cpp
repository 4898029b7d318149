// SPDX-License-Identifier: BSL-1.0

// Decisions by what is bad in their outcomes, not by the mean: values in closed form, and of all policies against all
// ways to weigh outcomes.

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/conditional_value_at_risk.hpp>
#include <bellman/value/entropic_risk.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <type_traits>
#include <vector>

#include "models/listed_mdp.hpp"
#include "planning/contains.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace planning_certainty_equivalents {

using bellman::conditional_value_at_risk;
using bellman::entropic_risk;
using bellman::rational;
using bellman::solve;
using bellman::state_value;
using bellman::test::contains;
using bellman::test::message_of;
using models::mdp_of_rows;

// --- A way of three steps --------------------------------------------------------------------------------------------

// Each step costs 1 with probability 3/4 and 5 with 1/4, a mean of 2, or 5/2 for certain. Where it leads is certain, so
// that an equivalent c of what the step costs is worth (1 + gamma + ...) c over all steps that are left.
constexpr int steps = 3;

template <class R>
models::listed_mdp<R> way() {
  std::vector<models::listed_row<R>> rows;
  for (int s = 0; s < steps; ++s) {
    rows.push_back({s, 0, R(3) / R(4), s + 1, R(-1)});
    rows.push_back({s, 0, R(1) / R(4), s + 1, R(-5)});
    rows.push_back({s, 1, R(1), s + 1, R(-5) / R(2)});
  }
  return mdp_of_rows<R>(steps + 1, rows);
}

template <class R>
R over_the_way(R const& gamma, int s, R const& of_a_step) {
  R total(0);
  for (; s < steps; ++s) total = of_a_step + gamma * total;
  return total;
}

TEST_CASE("the worst share of what a step costs decides between a risk and its price") {
  // Of the worst share L >= 1/4 the mean is (5/4 + L - 1/4) / L = 1 + 1 / L: above 5/2 for L < 2/3.
  for (rational const gamma : {rational(1), rational(1, 2)}) {
    for (rational const level : {rational(1, 4), rational(1, 2), rational(5, 8), rational(3, 4), rational(1)}) {
      rational const of_risk = -1 - 1 / level;
      bool const takes_it = rational(2, 3) < level;
      auto const [v, pi] = solve(way<rational>(), gamma, conditional_value_at_risk(level));
      auto const risk = state_value(
          way<rational>(), [](int) { return 0; }, gamma, conditional_value_at_risk(level));
      for (int s = 0; s < steps; ++s) {
        CHECK(v(s) == over_the_way(gamma, s, takes_it ? of_risk : rational(-5, 2)));
        CHECK(pi.action(s) == (takes_it ? 0 : 1));
        CHECK(pi.optimal_actions(s).size() == 1);
        CHECK(risk(s) == over_the_way(gamma, s, of_risk));
      }
      CHECK(v.error_bound() == 0);
    }
  }
}

TEST_CASE("a step of exponential risk costs the logarithm of a mean of exponentials") {
  for (double const gamma : {1.0, 0.5}) {
    for (double const beta : {0.01, 0.1, 1.0, 10.0}) {
      double const of_risk = -std::log(0.75 * std::exp(beta) + 0.25 * std::exp(5 * beta)) / beta;
      bool const takes_it = of_risk > -2.5;
      CHECK(takes_it == (beta < 0.5));
      auto const [v, pi] = solve(way<double>(), gamma, entropic_risk(beta));
      auto const risk = state_value(
          way<double>(), [](int) { return 0; }, gamma, entropic_risk(beta));
      for (int s = 0; s < steps; ++s) {
        double const best = over_the_way(gamma, s, takes_it ? of_risk : -2.5);
        double const risked = over_the_way(gamma, s, of_risk);
        // What the closed form itself is rounded by: a few of 2^-53 of a mean below 15, divided by beta.
        double const open = 1e-15 * (15 + 1 / beta);
        CHECK(v.lower(s) <= best + open);
        CHECK(best <= v.upper(s) + open);
        CHECK(pi.action(s) == (takes_it ? 0 : 1));
        CHECK(risk.lower(s) <= risked + open);
        CHECK(risked <= risk.upper(s) + open);
      }
      CHECK(v.error_bound() < 1e-8);
      CHECK(risk.error_bound() < 1e-8);
    }
  }
}

TEST_CASE("over the actions of a policy the mean is taken, over outcomes the equivalent") {
  auto const coin = [](int) {
    return std::array{bellman::weighted{0, rational(1, 2)}, bellman::weighted{1, rational(1, 2)}};
  };
  auto const v = state_value(way<rational>(), coin, rational(1), conditional_value_at_risk(rational(1, 2)));
  // (-3 - 5/2) / 2
  for (int s = 0; s < steps; ++s) CHECK(v(s) == over_the_way(rational(1), s, rational(-11, 4)));
}

// --- A state that comes back to itself -------------------------------------------------------------------------------

TEST_CASE("what may come back for ever is worth what its equation says") {
  // With a half it comes back and pays nothing, with a half it ends and pays 1. Of the worst 3/4 two thirds come back:
  // v = 2/3 gamma v + 1/3. Of the worst half all do: v = gamma v.
  auto const prize = mdp_of_rows<double>(2, {{0, 0, 0.5, 0, 0.0}, {0, 0, 0.5, 1, 1.0}});
  auto const is_worth = [&](double gamma, double level, double exact) {
    auto const v = solve(prize, gamma, conditional_value_at_risk(level)).value;
    CHECK(v.lower(0) <= exact + 1e-15);
    CHECK(exact <= v.upper(0) + 1e-15);
    CHECK(v.error_bound() < 1e-8);
  };
  is_worth(0.5, 0.75, 1.0 / 2);
  is_worth(0.9, 0.75, 5.0 / 6);
  is_worth(0.9, 0.5, 0.0);
  is_worth(0.9, 1.0, 10.0 / 11);
}

TEST_CASE("in exact numbers, sweeps of which would not end, what comes back is refused") {
  rational const half(1, 2);
  auto const prize = mdp_of_rows<rational>(2, {{0, 0, half, 0, rational(0)}, {0, 0, half, 1, rational(1)}});
  CHECK(contains(message_of([&] { solve(prize, half, conditional_value_at_risk(half)); }),
                 "sweeps, which end in floating-point numbers alone, not in exact numbers, bounds or derivatives"));
}

TEST_CASE("a cost of 1 until a coin ends it: log(2 - exp(beta)) / beta, which from log 2 on is no number") {
  // w = exp(-beta v) = exp(beta) w / 2 + 1/2, so w = 1 / (2 - exp(beta)).
  auto const until = mdp_of_rows<double>(2, {{0, 0, 0.5, 0, -1.0}, {0, 0, 0.5, 1, 0.0}});
  for (double const beta : {0.01, 0.1, 0.4, 0.6}) {
    double const exact = std::log(2 - std::exp(beta)) / beta;
    auto const v = solve(until, 1.0, entropic_risk(beta)).value;
    double const open = 1e-14 * (1 + 1 / beta);
    CHECK(v.lower(0) <= exact + open);
    CHECK(exact <= v.upper(0) + open);
    CHECK(v.error_bound() < 1e-6);
  }
  CHECK_THROWS_AS(solve(until, 1.0, entropic_risk(0.7)), bellman::invalid_value);
  CHECK_THROWS_AS(solve(until, 1.0, entropic_risk(1.0)), bellman::invalid_value);
}

// --- All policies, all weights ---------------------------------------------------------------------------------------

// Two states with two actions of two outcomes each.
struct pair_of_outcomes {
  rational first_probability;
  int first, second;
  rational first_reward, second_reward;
};
using small_model = std::array<std::array<pair_of_outcomes, 2>, 2>;

small_model drawn(unsigned seed) {
  auto const next = [&](int low, int high) {
    seed = seed * 1664525u + 1013904223u;
    return low + static_cast<int>((seed >> 16) % static_cast<unsigned>(high - low + 1));
  };
  small_model m;
  for (auto& state : m) {
    for (auto& action : state) {
      action = {rational(next(1, 7), 8), next(0, 1), next(0, 1), rational(next(-6, 6)), rational(next(-6, 6))};
    }
  }
  return m;
}

template <class R>
R as(rational const& x) {
  if constexpr (bellman::is_exact_v<R>) {
    return x;
  } else {
    return static_cast<R>(x.numerator()) / static_cast<R>(x.denominator());
  }
}

// Eighths and whole numbers, which are the same in double.
template <class R>
models::listed_mdp<R> listed(small_model const& m) {
  std::vector<models::listed_row<R>> rows;
  for (int s = 0; s < 2; ++s) {
    for (int a = 0; a < 2; ++a) {
      auto const& o = m[static_cast<std::size_t>(s)][static_cast<std::size_t>(a)];
      rows.push_back({s, a, as<R>(o.first_probability), o.first, as<R>(o.first_reward)});
      rows.push_back({s, a, as<R>(1 - o.first_probability), o.second, as<R>(o.second_reward)});
    }
  }
  return mdp_of_rows<R>(2, rows);
}

// v = r + gamma P v of a chain of two states, by Cramer's rule; q: how much the first outcome of each counts.
std::array<rational, 2> of_chain(std::array<pair_of_outcomes, 2> const& rows, std::array<rational, 2> const& q,
                                 rational const& gamma) {
  std::array<std::array<rational, 2>, 2> a{{{1, 0}, {0, 1}}};
  std::array<rational, 2> b{0, 0};
  for (std::size_t s = 0; s < 2; ++s) {
    a[s][static_cast<std::size_t>(rows[s].first)] -= gamma * q[s];
    a[s][static_cast<std::size_t>(rows[s].second)] -= gamma * (1 - q[s]);
    b[s] = q[s] * rows[s].first_reward + (1 - q[s]) * rows[s].second_reward;
  }
  rational const d = a[0][0] * a[1][1] - a[0][1] * a[1][0];
  return {(b[0] * a[1][1] - a[0][1] * b[1]) / d, (a[0][0] * b[1] - b[0] * a[1][0]) / d};
}

// The worst share L of p is the least mean under weights q <= p / L (Rockafellar and Uryasev), nested as a robust
// process: of the policy that is best against the worst weights. With two outcomes the weights are an interval, at one
// end of which the least mean lies.
std::array<rational, 2> of_policy(small_model const& m, std::array<std::size_t, 2> const& policy, rational const& level,
                                  rational const& gamma) {
  std::array<pair_of_outcomes, 2> const rows{m[0][policy[0]], m[1][policy[1]]};
  std::array<std::array<rational, 2>, 2> ends;
  for (std::size_t s = 0; s < 2; ++s) {
    rational const p = rows[s].first_probability;
    rational const low = 1 - (1 - p) / level;
    ends[s] = {low < 0 ? rational(0) : low, level < p ? rational(1) : p / level};
  }
  auto worst = of_chain(rows, {ends[0][0], ends[1][0]}, gamma);
  for (unsigned code = 1; code < 4; ++code) {
    auto const v = of_chain(rows, {ends[0][code & 1], ends[1][code >> 1]}, gamma);
    for (std::size_t s = 0; s < 2; ++s) {
      if (v[s] < worst[s]) worst[s] = v[s];
    }
  }
  return worst;
}

TEST_CASE("in random models the values are those of all policies, each at its worst weights") {
  rational const gamma(3, 4);
  auto const encloses = [](auto const& v, std::size_t s, rational const& exact) {
    // Of a value below 6 / (1 - 3/4) that is rounded to double, half a unit in the last place.
    double const rounded = as<double>(exact);
    double const open = 24 * 0x1p-53;
    int const i = static_cast<int>(s);
    CHECK(v.lower(i) <= rounded + open);
    CHECK(rounded <= v.upper(i) + open);
    CHECK(v.upper(i) - v.lower(i) < 1e-6);
  };
  for (unsigned seed = 1; seed <= 12; ++seed) {
    small_model const m = drawn(seed);
    auto const env = listed<double>(m);
    for (rational const level : {rational(1, 8), rational(1, 2), rational(7, 8), rational(1)}) {
      std::array<rational, 2> best{-1000, -1000};
      for (std::size_t code = 0; code < 4; ++code) {
        std::array<std::size_t, 2> const policy{code & 1, code >> 1};
        auto const worth = of_policy(m, policy, level, gamma);
        auto const v = state_value(
            env, [&](int s) { return static_cast<int>(policy[static_cast<std::size_t>(s)]); }, 0.75,
            conditional_value_at_risk(as<double>(level)));
        for (std::size_t s = 0; s < 2; ++s) {
          encloses(v, s, worth[s]);
          if (best[s] < worth[s]) best[s] = worth[s];
        }
      }
      auto const v = solve(env, 0.75, conditional_value_at_risk(as<double>(level))).value;
      for (std::size_t s = 0; s < 2; ++s) encloses(v, s, best[s]);
    }
  }
}

// --- The operator ----------------------------------------------------------------------------------------------------

TEST_CASE("with either equivalent the operator brings two functions nearer to each other by the discount") {
  auto const check = [](auto const& env, auto const& gamma, auto const& equivalent, auto const& open) {
    using R = std::remove_cvref_t<decltype(gamma)>;
    auto const T = bellman::bellman_optimality(env, gamma, equivalent);
    unsigned seed = 5;
    auto const next = [&] {
      seed = seed * 1664525u + 1013904223u;
      return R(static_cast<int>((seed >> 16) % 41u) - 20);
    };
    for (int k = 0; k < 20; ++k) {
      std::array<R, 2> const v{next(), next()};
      std::array<R, 2> const w{next(), next()};
      auto const of = [](std::array<R, 2> const& x) { return [&x](int s) { return x[static_cast<std::size_t>(s)]; }; };
      R far(0);
      for (std::size_t s = 0; s < 2; ++s) {
        R const apart = v[s] < w[s] ? w[s] - v[s] : v[s] - w[s];
        if (far < apart) far = apart;
      }
      for (int s = 0; s < 2; ++s) {
        R const a = T(of(v))(s);
        R const b = T(of(w))(s);
        CHECK(a - b <= gamma * far + open);
        CHECK(b - a <= gamma * far + open);
      }
    }
  };
  for (unsigned seed = 1; seed <= 6; ++seed) {
    small_model const m = drawn(seed);
    check(listed<rational>(m), rational(3, 4), conditional_value_at_risk(rational(3, 8)), rational(0));
    for (double beta : {0.1, 1.0, 10.0}) check(listed<double>(m), 0.75, entropic_risk(beta), 1e-13);
  }
}

}  // namespace planning_certainty_equivalents
