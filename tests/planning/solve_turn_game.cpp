// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/solve_turn_game.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/turn_choice.hpp>
#include <bellman/value/worst_case.hpp>

#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/listed_mdp.hpp"
#include "planning/contains.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace solve_turn_game_tests {

using bellman::rational;
using bellman::solve_turn_game;
using bellman::test::absolutely_close;
using bellman::test::contains;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

// One heap, of which one, two or three are taken in turn; who takes the last has won. A state is what is left and
// whether the first player moves.
template <class R>
struct one_heap {
  using state_type = std::pair<int, bool>;
  using action_type = int;
  using reward_type = R;

  constexpr auto actions(state_type const& s) const { return std::views::iota(1, (s.first < 3 ? s.first : 3) + 1); }
  constexpr bool terminal(state_type const& s) const { return s.first == 0; }
  constexpr auto transition(state_type const& s, int taken) const {
    int const left = s.first - taken;
    return bellman::dirac{bellman::outcome{R(left > 0 ? 0 : s.second ? 1 : -1), state_type(left, !s.second)}};
  }
};

constexpr auto first_moves = [](auto const& s) { return s.second; };

// A game with chance, that ends: positions in rows, of which the even ones are the maximiser's.
template <class R>
constexpr auto with_chance() {
  auto const of = [](int n, int d) { return R(n) / R(d); };
  return models::mdp_of_rows<R>(5, {{0, 0, of(1, 2), 1, of(1, 1)},
                                    {0, 0, of(1, 2), 2, of(-1, 1)},
                                    {0, 1, of(1, 1), 1, of(0, 1)},
                                    {1, 0, of(1, 1), 2, of(3, 1)},
                                    {1, 1, of(1, 3), 4, of(9, 2)},
                                    {1, 1, of(2, 3), 3, of(1, 1)},
                                    {2, 0, of(1, 1), 3, of(1, 3)},
                                    {2, 1, of(1, 1), 4, of(1, 4)},
                                    {3, 0, of(1, 1), 4, of(2, 1)},
                                    {3, 1, of(1, 2), 4, of(5, 1)},
                                    {3, 1, of(1, 2), 4, of(0, 1)}});
}
constexpr auto even = [](int s) { return s % 2 == 0; };

// Two positions that lead to each other: by hand 10/3 and 2/3 with a discount of 1/2.
template <class R>
constexpr auto round() {
  return models::mdp_of_rows<R>(
      2, {{0, 0, R(1), 0, R(1)}, {0, 1, R(1), 1, R(3)}, {1, 0, R(1), 0, R(-1)}, {1, 1, R(1), 1, R(1)}});
}

TEST_CASE("who leaves a multiple of four wins, and that is every best move") {
  CHECK(true_at_both_times([] {
    auto const [v, pi] = solve_turn_game(one_heap<rational>{}, first_moves, 1, std::pair(13, true));
    for (int left = 1; left <= 13; ++left) {
      for (bool const first : {true, false}) {
        std::pair const s(left, first);
        if (!v.table().contains(s)) continue;
        bool const wins = left % 4 != 0;
        if (v(s) != rational(wins == first ? 1 : -1)) return false;
        auto const best = pi.optimal_actions(s);
        int const all = left < 3 ? left : 3;
        if (static_cast<int>(best.size()) != (wins ? 1 : all) || (wins && best.front() != left % 4)) return false;
        if (wins && pi.action(s) != left % 4) return false;
      }
    }
    return v.error_bound() == rational(0) && v.table().contains(std::pair(12, false));
  }));
}

TEST_CASE("each player is held to the value by the other's best policy, and to no less by any of his own") {
  bool const holds = [] {
    auto const env = with_chance<rational>();
    auto const [v, pi] = solve_turn_game(env, even, rational(1));
    // Positions 0 to 3 have two moves each.
    rational lower(-100);
    rational upper(100);
    for (int his = 0; his < 4; ++his) {
      rational held(100);
      for (int hers = 0; hers < 4; ++hers) {
        auto const policy = [&](int s) { return s % 2 == 0 ? (his >> (s / 2)) & 1 : (hers >> (s / 2)) & 1; };
        auto const x = bellman::state_value(env, policy, rational(1))(0);
        if (x < held) held = x;
      }
      if (lower < held) lower = held;
    }
    for (int hers = 0; hers < 4; ++hers) {
      rational held(-100);
      for (int his = 0; his < 4; ++his) {
        auto const policy = [&](int s) { return s % 2 == 0 ? (his >> (s / 2)) & 1 : (hers >> (s / 2)) & 1; };
        auto const x = bellman::state_value(env, policy, rational(1))(0);
        if (held < x) held = x;
      }
      if (held < upper) upper = held;
    }
    auto const played = bellman::state_value(
        env, [&](int s) { return pi.action(s); }, rational(1));
    return lower == upper && v(0) == lower && played(0) == v(0) && pi.optimal_actions(4).empty();
  }();
  CHECK(holds);
}

TEST_CASE("positions that lead to each other are solved within a bound, by every method") {
  auto const check = [](auto const& how) {
    auto const [v, pi] = solve_turn_game(round<double>(), even, 0.5, how);
    CHECK(v.lower(0) <= 10.0 / 3);
    CHECK(10.0 / 3 <= v.upper(0) + 1e-15);
    CHECK(absolutely_close(v(0), 10.0 / 3, 1e-8));
    CHECK(absolutely_close(v(1), 2.0 / 3, 1e-8));
    CHECK(v.error_bound() < 1e-8);
    CHECK(pi.action(0) == 1);
    CHECK(pi.optimal_actions(1).size() == 1);
    CHECK(pi.action(1) == 0);
  };
  check(bellman::automatic{1e-9});
  check(bellman::value_iteration{1e-9});
  check(bellman::gauss_seidel{1e-9});
}

TEST_CASE("a table is solved by its numbers, and chance in the worst case") {
  CHECK(true_at_both_times([] {
    auto const env = with_chance<rational>();
    auto const by_name = solve_turn_game(env, even, rational(1, 2));
    auto const table = bellman::tabulate(env);
    auto const by_number = solve_turn_game(
        table, [](bellman::index_t s) { return s % 2 == 0; }, rational(1, 2));
    auto const worst = solve_turn_game(env, even, rational(1), bellman::worst_case{});
    // In 3 one move pays 2, the other 5 or nothing: at worst nothing, which is the least.
    return by_name.value(0) == by_number.value(0) && worst.value(3) == rational(0) && worst.policy.action(3) == 1;
  }));
}

TEST_CASE("in exact numbers positions may come back too") {
  CHECK(true_at_both_times([] {
    auto const [v, pi] = solve_turn_game(round<rational>(), even, rational(1, 2));
    return v(0) == rational(10, 3) && v(1) == rational(2, 3) && v.error_bound() == rational(0) && pi.action(0) == 1 &&
           pi.action(1) == 0;
  }));
}

TEST_CASE("in exact numbers positions may come back without a discount, if every course ends") {
  // By hand: v(0) = v(1) / 2 + 1 > v(0) / 2 + 1/2 and v(1) = 3/4 v(1) + 3/4 < v(0) / 2 + 2.
  CHECK(true_at_both_times([] {
    auto const of = [](int n, int d) { return rational(n, d); };
    auto const game = models::mdp_of_rows<rational>(3, {{0, 0, of(1, 2), 1, of(0, 1)},
                                                        {0, 0, of(1, 2), 2, of(2, 1)},
                                                        {0, 1, of(1, 2), 0, of(1, 1)},
                                                        {0, 1, of(1, 2), 2, of(0, 1)},
                                                        {1, 0, of(1, 2), 0, of(0, 1)},
                                                        {1, 0, of(1, 2), 2, of(4, 1)},
                                                        {1, 1, of(3, 4), 1, of(1, 1)},
                                                        {1, 1, of(1, 4), 2, of(0, 1)}});
    auto const [v, pi] = solve_turn_game(game, even, rational(1));
    return v(0) == of(5, 2) && v(1) == rational(3) && v.error_bound() == rational(0) && pi.action(0) == 0 &&
           pi.action(1) == 1;
  }));
  // To go on costs 1 and to go back pays 1: both together may go round for ever.
  auto const round_for_nothing = models::mdp_of_rows<rational>(3, {{0, 0, rational(1), 2, rational(1)},
                                                                   {0, 1, rational(1), 1, rational(-1)},
                                                                   {1, 0, rational(1), 2, rational(2)},
                                                                   {1, 1, rational(1), 0, rational(1)}});
  auto const refusal = message_of([&] { solve_turn_game(round_for_nothing, even, rational(1)); });
  CHECK(contains(refusal, "from state 0 (0) it is not proved that every course ends"));
  CHECK(!contains(refusal, "an exact scalar can decide"));
}

TEST_CASE("a game has a derivative by the discount") {
  // While 0 goes on to 1 and 1 goes back: v(0) = (3 - g) / (1 - g^2), at 1/2 with the slope 28/9.
  using d = bellman::dual<double>;
  auto const [v, pi] = solve_turn_game(round<d>(), even, d::variable(0.5), bellman::iteration{1e-12});
  CHECK(absolutely_close(v(0).value, 10.0 / 3, 1e-9));
  CHECK(absolutely_close(v(0).derivative[0], 28.0 / 9, 1e-6));
  CHECK(v.lower(0).value <= 10.0 / 3);
  CHECK(10.0 / 3 <= v.upper(0).value);
  CHECK(pi.action(0) == 1);
  CHECK(pi.action(1) == 0);
  CHECK(true_at_both_times([] {
    using exact = bellman::dual<rational>;
    auto const ends = solve_turn_game(with_chance<exact>(), even, exact::variable(rational(1)));
    auto const value = solve_turn_game(with_chance<rational>(), even, rational(1));
    for (int s = 0; s < 4; ++s) {
      if (ends.value(s).value != value.value(s) || ends.policy.action(s) != value.policy.action(s)) return false;
    }
    return true;
  }));
}

// To end pays `end`, to stay pays `stay` and goes on.
template <class R>
constexpr auto stay_or_end(R const& end, R const& stay) {
  return models::mdp_of_rows<R>(2, {{0, 0, R(1), 1, end}, {0, 1, R(1), 0, stay}});
}

TEST_CASE("a policy is worth its bound, on whichever side the values are less sure") {
  // To stay is worth 1 / (1 - g), to end 1; sweeps come from one side, and the other is the wide one.
  auto const always = [](int) { return true; };
  auto const never = [](int) { return false; };
  auto const check = [&](double gamma, auto const& how) {
    auto const greatest = solve_turn_game(stay_or_end(1.0, 1.0), always, gamma, how);
    CHECK(1 < greatest.value.lower(0));
    CHECK(greatest.policy.action(0) == 1);
    CHECK(std::ranges::distance(greatest.policy(0)) == 1);
    auto const least = solve_turn_game(stay_or_end(-1.0, -1.0), never, gamma, how);
    CHECK(least.value.upper(0) < -1);
    CHECK(least.policy.action(0) == 1);
    CHECK(std::ranges::distance(least.policy(0)) == 1);
  };
  for (double const gamma : {0.5, 0.99, 0.999, 0.9999}) check(gamma, bellman::automatic{});
  check(0.9, bellman::automatic{.tolerance = 1});
  bellman::method few = bellman::automatic{};
  few.most_sweeps = 50;
  check(0.99, few);
  // Both are worth the same: neither is lost.
  CHECK(solve_turn_game(stay_or_end(4.0, 1.0), always, 0.75).policy.optimal_actions(0).size() == 2);
  // The derivatives are those of the policy that is best.
  using d = bellman::dual<double>;
  auto const moved = solve_turn_game(stay_or_end(d(1.0), d::variable(1.0)), always, 0.9999);
  CHECK(moved.policy.action(0) == 1);
  CHECK(absolutely_close(moved.value(0).derivative[0], 1e4, 1e-2));
}

TEST_CASE("what cannot be solved is refused") {
  CHECK(contains(message_of([] { solve_turn_game(round<rational>(), even, rational(1, 2), bellman::iteration{}); }),
                 "give the rewards as floating-point numbers"));
  using solver = decltype(solve_turn_game);
  STATIC_REQUIRE(!std::is_invocable_v<solver const&, one_heap<rational>, int, rational, std::pair<int, bool>>);
}

}  // namespace solve_turn_game_tests
