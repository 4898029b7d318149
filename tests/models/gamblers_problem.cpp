// SPDX-License-Identifier: BSL-1.0
#include <bellman/models/gamblers_problem.hpp>

#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/scalar/dual.hpp>

#include <boost/multiprecision/cpp_int.hpp>

#include <cstddef>
#include <vector>

#include "models/check_model.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace gamblers_problem_tests {

using bellman::rational;
using bellman::rational512;
using bellman::models::gamblers_problem;
using bellman::test::disagreements;
using bellman::test::disagreements_of_solve;
using bellman::test::is_a_finite_environment;
using bellman::test::true_at_both_times;

TEST_CASE("the gambler's problem is a finite environment") {
  CHECK(is_a_finite_environment(gamblers_problem<>{}));
  CHECK(is_a_finite_environment(gamblers_problem<rational>{.p_h = {1, 3}}));
  STATIC_REQUIRE(bellman::finite_environment<gamblers_problem<>>);
  CHECK(true_at_both_times([] {
    gamblers_problem<rational> const env;
    auto const coin = env.transition(30, 70 - 30);
    auto const* heads = &*coin.begin();
    int stakes = 0;
    for (int const stake : env.actions(70)) stakes += stake;
    return heads[0].value.next == 70 && heads[1].value.next == -10 && heads[0].probability == rational(2, 5) &&
           heads[1].probability == rational(3, 5) && stakes == 30 * 31 / 2;
  }));
}

TEST_CASE("bold play is best where the coin is against the gambler, and timid play where it is not") {
  for (rational512 const& p : {rational512(2, 5), rational512(1, 4), rational512(1, 2), rational512(0)}) {
    gamblers_problem<rational512> const env{p};
    auto const bold = [](int s) { return s < 50 ? s : 100 - s; };
    auto const known = [&](int s) { return env.optimal_value_at_discount_1(s); };
    CHECK(disagreements(env, bellman::state_value(env, bold, 1), known) == 0);
  }
  for (rational512 const& p : {rational512(1, 2), rational512(3, 5), rational512(1)}) {
    gamblers_problem<rational512> const env{p};
    auto const known = [&](int s) { return env.optimal_value_at_discount_1(s); };
    CHECK(disagreements(env,
                        bellman::state_value(
                            env, [](int) { return 1; }, 1),
                        known) == 0);
  }
}

TEST_CASE("the known values are those of the best play") {
  // Solved by iteration, to bounds.
  for (double const p : {0.4, 0.25, 0.5, 0.55, 0.6}) {
    gamblers_problem<> const env{.p_h = p};
    auto const found = bellman::solve(env, 1).value;
    for (int s : env.states()) {
      double const known = env.optimal_value_at_discount_1(s);
      CHECK(found.lower(s) <= known * (1 + 1e-15));
      CHECK(known * (1 - 1e-15) <= found.upper(s));
      CHECK(bellman::absolutely_close(found(s), known, 1e-9));
    }
  }
  // With half of the capital all of it is staked.
  auto const best = bellman::solve(gamblers_problem<>{}, 1).policy.optimal_actions(50);
  CHECK(best.size() == 1);
  CHECK(best[0] == 50);
  gamblers_problem<rational512> const exact;
  CHECK(disagreements_of_solve(exact, 1, [&](int s) { return exact.optimal_value_at_discount_1(s); }) == 0);
  constexpr gamblers_problem<rational> book;
  STATIC_REQUIRE(book.optimal_value_at_discount_1(25) == rational(4, 25));
  STATIC_REQUIRE(book.optimal_value_at_discount_1(50) == rational(2, 5));
  STATIC_REQUIRE(book.optimal_value_at_discount_1(75) == rational(16, 25));
  // The equation of bold play, V(1) = p^6 V(64).
  STATIC_REQUIRE(book.optimal_value_at_discount_1(1) == rational(64, 15625) * book.optimal_value_at_discount_1(64));
}

TEST_CASE("a coin that is hardly for the gambler costs his chances no digits") {
  using number = boost::multiprecision::cpp_rational;  // of as many digits as it takes
  for (double const p : {0.5 + 1e-16 * 4, 0.5 + 1e-12, 0.5 + 1e-9, 0.5 + 1e-6, 0.501, 0.6, 0.9, 1.0}) {
    number const r = (1 - number(p)) / number(p);
    number power(1);
    std::vector<number> lost;  // 1 - r^s
    for (int s = 0; s <= 100; ++s, power *= r) lost.push_back(1 - power);
    for (std::size_t s = 1; s < 100; ++s) {
      CAPTURE(p, s);
      double const known = gamblers_problem<>{.p_h = p}.optimal_value_at_discount_1(static_cast<int>(s));
      number const exact = lost[s] / lost[100];
      CHECK(abs(number(known) - exact) <= exact * number(20 * 0x1p-52));
    }
  }
}

TEST_CASE("the probability of heads may carry a derivative, and must be a probability") {
  using number = bellman::dual<double>;
  gamblers_problem<number> const env{number::variable(0.4)};
  // d/dp (p + (1 - p) p) = 2 - 2 p
  CHECK(bellman::approx_equal(env.optimal_value_at_discount_1(75).derivative[0], 1.2, 1e-15));
  CHECK(bellman::test::message_of([] { (void)gamblers_problem<>{.p_h = 1.5}.transition(50, 1); }) != "");
}

}  // namespace gamblers_problem_tests
