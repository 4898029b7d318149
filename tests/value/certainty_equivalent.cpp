// SPDX-License-Identifier: BSL-1.0
#include <bellman/value/certainty_equivalent.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/bellman_operator.hpp>

#include <array>
#include <cstddef>
#include <ranges>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "value/laws_of_equivalents.hpp"

namespace {

using bellman::rational;
using bellman::test::true_at_both_times;

// One's own: half the mean and half the best of the outcomes.
struct hopeful {
  template <class D, class F>
  constexpr auto operator()(D const& d, F const& f) const {
    auto best = f((*d.begin()).value);
    for (auto const& e : d) {
      auto const x = f(e.value);
      if (best < x) best = x;
    }
    return bellman::product(rational(1, 2), bellman::sum(best, bellman::expectation(d, f)));
  }
};

// State 0: pays 2 for sure and ends, or pays 5 or nothing and ends.
template <class R>
struct gamble {
  using state_type = int;
  using action_type = int;
  using reward_type = R;
  using point = bellman::weighted<bellman::outcome<R, int>, R>;
  constexpr auto states() const { return std::views::iota(0, 2); }
  constexpr auto actions(int) const { return std::views::iota(0, 2); }
  constexpr bool terminal(int s) const { return s == 1; }
  constexpr auto transition(int, int a) const {
    R const half = R(1) / R(2);
    return a == 0 ? std::array<point, 2>{point{{R(2), 1}, half}, point{{R(2), 1}, half}}
                  : std::array<point, 2>{point{{R(5), 1}, half}, point{{R(0), 1}, half}};
  }
};

}  // namespace

template <>
inline constexpr bool bellman::is_certainty_equivalent_v<hopeful> = true;

TEST_CASE("the mean is a certainty equivalent, and so is what one says is one") {
  CHECK(true_at_both_times([] {
    return bellman::test::keeps_the_laws(bellman::expected_outcome{}, bellman::test::four_outcomes()) &&
           bellman::test::keeps_the_laws(hopeful{}, bellman::test::four_outcomes());
  }));
  STATIC_REQUIRE(bellman::is_certainty_equivalent_v<bellman::expected_outcome>);
  STATIC_REQUIRE_FALSE(bellman::is_certainty_equivalent_v<int>);
}

TEST_CASE("an operator combines outcomes with their rewards as it is told") {
  CHECK(true_at_both_times([] {
    gamble<rational> const env;
    auto const nothing = [](int) { return rational(0); };
    auto const q = bellman::action_value(env, rational(1), nothing, hopeful{});
    auto const mean = bellman::action_value(env, rational(1), nothing, bellman::expected_outcome{});
    auto const T = bellman::bellman_optimality(env, rational(1), hopeful{});
    auto const of_coin = bellman::bellman_expectation(env, [](int) { return 1; }, rational(1), hopeful{});
    return q(0, 0) == rational(2) && q(0, 1) == rational(15, 4) && mean(0, 1) == rational(5, 2) &&
           T(nothing)(0) == rational(15, 4) && of_coin(nothing)(0) == rational(15, 4);
  }));
}

TEST_CASE("what is solved may combine outcomes otherwise, exactly where no state comes back") {
  CHECK(true_at_both_times([] {
    auto const [v, pi] = bellman::solve(gamble<rational>{}, rational(1), hopeful{});
    return v(0) == rational(15, 4) && v.error_bound() == rational(0) && pi.action(0) == 1 &&
           pi.optimal_actions(0).size() == 1;
  }));
}

TEST_CASE("a table of outcomes keeps them apart, one of means does not") {
  auto const means = bellman::tabulate(gamble<double>{});
  auto const outcomes = bellman::tabulate_outcomes(gamble<double>{});
  CHECK(means.transitions() == 2);
  CHECK(outcomes.transitions() == 4);
  CHECK(outcomes.reward(1) == 2.5);
  CHECK(means.reward(1) == 2.5);
}
