// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/solve_at_compile_time.hpp>

#include <bellman/decision/environment.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_multiprecision.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/error.hpp>
#include <bellman/planning/constant_solution.hpp>
#include <bellman/planning/evaluate_at_compile_time.hpp>
#include <bellman/planning/internal/broken_rule.hpp>
#include <bellman/planning/internal/forms_of_operator.hpp>
#include <bellman/planning/internal/solved_at_compile_time.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <ranges>
#include <ratio>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "planning/generated_mdp.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace solve_at_compile_time_tests {

using bellman::outcome;
using bellman::rational;
using bellman::solve_at_compile_time;
using bellman::weighted;
using bellman::test::true_at_both_times;
using models::generated_mdp;

// --- What the compiler finds is what is found at run time, in exact numbers ------------------------------------------

using wide = bellman::rational512;

// A number of floating point is one of halves of halves.
template <class V>
wide exactly(V x) {
  wide unit(1);
  for (; x != std::floor(x); x *= 2) unit /= wide(2);
  wide whole(0);
  wide place(1);
  bool const negative = x < 0;
  for (x = std::abs(x); x != 0; x = std::floor(x / 2), place *= wide(2)) {
    if (std::fmod(x, V(2)) != 0) whole += place;
  }
  return (negative ? -whole : whole) * unit;
}

// Every state of `solution`, of an environment in floating point, against the same environment in exact numbers.
template <class Solution, class Exact, class Gamma>
void check_against(Solution const& solution, Exact const& env, Gamma const& gamma) {
  using V = typename std::remove_cvref_t<decltype(solution.value)>::value_type;
  auto const [v, pi] = bellman::solve(models::listed(env), gamma);
  for (auto const& s : env.states()) {
    CAPTURE(s);
    CHECK(exactly(solution.value.lower(s)) <= v(s));
    CHECK(v(s) <= exactly(solution.value.upper(s)));
    CHECK(solution.value.upper(s) - solution.value.lower(s) <= 3 * solution.value.error_bound());
    if (env.terminal(s)) {
      CHECK(solution.value(s) == V(0));
      CHECK(solution.policy.optimal_actions(s).empty());
      continue;
    }
    for (auto const& a : pi.optimal_actions(s)) {
      CAPTURE(a);
      CHECK(std::ranges::count(solution.policy.optimal_actions(s), a) == 1);
    }
    CHECK(std::ranges::count(solution.policy.optimal_actions(s), solution.policy(s)) == 1);
  }
}

template <std::uint64_t Seed, bool Ends, bool Hurries, class Gamma>
void check_seed() {
  CAPTURE(Seed, Ends, Hurries);
  constexpr auto solution = solve_at_compile_time<generated_mdp<double, Seed, Ends, Hurries>{}, Gamma{}, 1e-11>();
  check_against(solution, generated_mdp<wide, Seed, Ends, Hurries>{}, wide(Gamma::num) / wide(Gamma::den));
}
template <bool Ends, bool Hurries, class Gamma, std::uint64_t... Seed>
void check_seeds(std::integer_sequence<std::uint64_t, Seed...>) {
  (check_seed<Seed, Ends, Hurries, Gamma>(), ...);
}

TEST_CASE("solve_at_compile_time: bounds contain the values of generated models in exact numbers, and every tie") {
  using seeds = std::make_integer_sequence<std::uint64_t, 8>;
  // 15/16 is the same number in double and exactly.
  check_seeds<false, false, std::ratio<15, 16>>(seeds{});
  check_seeds<true, false, std::ratio<15, 16>>(seeds{});
  check_seeds<true, true, std::ratio<1>>(seeds{});
  check_seeds<true, false, std::ratio<0>>(std::make_integer_sequence<std::uint64_t, 2>{});
}

// What is refused is refused at run time, in exact numbers too, unless it lacks a certificate alone.
template <std::uint64_t Seed>
void check_undiscounted() {
  CAPTURE(Seed);
  static constexpr generated_mdp<double, Seed, true> env{};
  using rows = bellman::internal::forms_of_actions<env, 1>;
  using solved = bellman::internal::solved_at_compile_time<env, rows, bellman::internal::as_usual>;
  if constexpr (solved::broken.is_kept()) {
    constexpr auto solution = solve_at_compile_time<env, 1>();
    check_against(solution, generated_mdp<wide, Seed, true>{}, wide(1));
  } else if constexpr (solved::broken.rule != bellman::internal::rule_at_compile_time::values_are_certified) {
    CHECK_THROWS_AS(bellman::solve(models::listed(generated_mdp<wide, Seed, true>{}), wide(1)), bellman::invalid_value);
  }
}
template <std::uint64_t... Seed>
void check_undiscounted(std::integer_sequence<std::uint64_t, Seed...>) {
  (check_undiscounted<Seed>(), ...);
}

TEST_CASE("solve_at_compile_time: with a discount of 1 it refuses what is refused at run time") {
  check_undiscounted(std::make_integer_sequence<std::uint64_t, 12>{});
}

// --- In exact numbers the values are those of enumeration -----------------------------------------------------------

template <std::uint64_t Seed, class Gamma>
void check_exactly() {
  CAPTURE(Seed);
  using env = generated_mdp<rational, Seed, true, true>;
  constexpr auto solution = solve_at_compile_time<env{}, Gamma{}>();
  auto const [v, pi] = bellman::solve(env{}, rational(Gamma::num, Gamma::den));
  for (int const s : env{}.states()) {
    CHECK(solution.value(s) == v(s));
    CHECK(solution.value.lower(s) == v(s));
    CHECK(solution.value.upper(s) == v(s));
    CHECK(std::ranges::equal(solution.policy.optimal_actions(s), pi.optimal_actions(s)));
  }
  CHECK(solution.value.error_bound() == rational(0));
}

TEST_CASE("solve_at_compile_time: exact rewards give exact values and the optimal actions alone") {
  check_exactly<0, std::ratio<1, 2>>();
  check_exactly<1, std::ratio<1>>();
  check_exactly<6, std::ratio<1>>();
  check_exactly<7, std::ratio<3, 4>>();
}

// --- States ----------------------------------------------------------------------------------------------------------

enum class side : std::uint8_t { left, right };

// Two sides of a river and a boat on one of them, in any order; to cross pays 1 from the left, and ends nothing.
struct crossing {
  using state_type = std::pair<side, int>;
  using action_type = side;
  using reward_type = float;
  static constexpr std::array<state_type, 4> all{state_type{side::right, 7}, state_type{side::left, 3},
                                                 state_type{side::left, 7}, state_type{side::right, 3}};
  constexpr auto const& states() const { return all; }
  constexpr auto actions(state_type const&) const { return std::array{side::right, side::left}; }
  constexpr bool terminal(state_type const&) const { return false; }
  constexpr auto transition(state_type const& s, side to) const {
    return bellman::dirac{outcome{s.first == side::left && to == side::right ? 1.0f : 0.0f, state_type{to, s.second}}};
  }
};

// States that have nothing but ==, named and not numbered.
struct name {
  std::string_view text{};
  friend constexpr bool operator==(name const&, name const&) = default;
};
struct letters {
  using state_type = name;
  using action_type = char;
  using reward_type = int;
  static constexpr std::array<name, 3> all{name{"alpha"}, name{"beta"}, name{"end"}};
  constexpr auto const& states() const { return all; }
  // As many actions as letters.
  constexpr std::string_view actions(name const& s) const { return s.text; }
  constexpr bool terminal(name const& s) const { return s.text == "end"; }
  constexpr auto transition(name const& s, char c) const {
    return bellman::dirac{outcome{static_cast<int>(c - 'a'), s.text == "alpha" ? name{"beta"} : name{"end"}}};
  }
};

struct gaps {  // integers that are not consecutive, and not in order
  using state_type = long;
  using action_type = int;
  using reward_type = double;
  static constexpr std::array<long, 3> all{100, -5, 7};
  constexpr auto states() const { return all | std::views::all; }
  constexpr auto actions(long) const { return std::array{0}; }
  constexpr bool terminal(long s) const { return s == 7; }
  constexpr auto transition(long s, int) const { return bellman::dirac{outcome{1.0, s == 100 ? -5L : 7L}}; }
};

// A corridor whose squares have == alone, so that each is looked for among all.
struct square {
  int number = 0;
  friend constexpr bool operator==(square const&, square const&) = default;
};
template <int Count>
struct corridor_of_squares {
  using state_type = square;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const {
    return std::views::iota(0, Count) | std::views::transform([](int i) { return square{i}; });
  }
  constexpr auto actions(square) const { return std::array{1}; }
  constexpr bool terminal(square s) const { return s.number == Count - 1; }
  constexpr auto transition(square s, int a) const { return bellman::dirac{outcome{1.0, square{s.number + a}}}; }
};

struct no_state : crossing {
  constexpr auto states() const { return all | std::views::take(0); }
};

TEST_CASE("solve_at_compile_time: states may be of any type, in any order") {
  SECTION("pairs, by <") {
    constexpr auto solution = solve_at_compile_time<crossing{}, 0.5f>();
    STATIC_REQUIRE(std::same_as<decltype(solution.value)::value_type, float>);
    // v(left) = 1 + v(right) / 2, v(right) = v(left) / 2.
    for (int const boat : {3, 7}) {
      CHECK(solution.value.lower({side::left, boat}) <= 4.0f / 3);
      CHECK(4.0f / 3 <= solution.value.upper({side::left, boat}));
      CHECK(solution.policy.action({side::left, boat}) == side::right);
      CHECK(solution.policy.action({side::right, boat}) == side::left);
    }
    // The places of these among the actions, in the order in which the states are listed.
    CHECK(solution.policy_table<std::uint8_t>() == std::array<std::uint8_t, 4>{1, 0, 0, 1});
  }
  SECTION("by == alone, with other actions in each state and rewards that are integers") {
    CHECK(true_at_both_times([] {
      constexpr auto solution = solve_at_compile_time<letters{}, 1.0>();
      return solution.value(name{"alpha"}) == ('p' - 'a') + ('t' - 'a') && solution.policy(name{"alpha"}) == 'p' &&
             solution.policy(name{"beta"}) == 't';
    }));
    constexpr auto solution = solve_at_compile_time<letters{}, 1.0>();
    CHECK(solution.policy_table<std::uint16_t>() == std::array<std::uint16_t, 3>{2, 2, 65535});
    CHECK(solution.action_value(name{"beta"}, 'e') == 4);
    // Both a of alpha are the same action, and neither is the best.
    CHECK(std::ranges::equal(solution.policy.optimal_actions(name{"alpha"}), std::array{'p'}));
  }
  SECTION("by == alone, a thousand") {
    constexpr auto v = solve_at_compile_time<corridor_of_squares<1000>{}, 1.0>().value;
    CHECK(v(square{0}) == 999);
    CHECK(v(square{500}) == 499);
    CHECK(v(square{999}) == 0);
    CHECK_THROWS_AS(v(square{1000}), bellman::invalid_value);
  }
  SECTION("but there must be one") {
    STATIC_REQUIRE(std::is_invocable_v<decltype(solve_at_compile_time<crossing{}, 0.5f>)>);
    STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(solve_at_compile_time<no_state{}, 0.5f>)>);
  }
  SECTION("integers that are not consecutive") {
    CHECK(true_at_both_times([] {
      constexpr auto v = solve_at_compile_time<gaps{}, 0.5>().value;
      return v(100) == 1.5 && v(-5) == 1 && v(7) == 0;
    }));
    constexpr auto v = solve_at_compile_time<gaps{}, 0.5>().value;
    CHECK_THROWS_AS(v(8L), bellman::invalid_value);
  }
}

// --- Weights ---------------------------------------------------------------------------------------------------------

// Thirds that were typed in.
struct typed_thirds {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, 2); }
  constexpr auto actions(int) const { return std::array{0}; }
  constexpr bool terminal(int s) const { return s == 1; }
  constexpr auto transition(int, int) const {
    return std::array{weighted{outcome{1.0, 0}, 0.3333333333}, weighted{outcome{1.0, 0}, 0.3333333333},
                      weighted{outcome{1.0, 1}, 0.3333333333}};
  }
};

TEST_CASE("solve_at_compile_time: weights that sum to one but for digits are divided by their sum, as a table's are") {
  constexpr auto solution = solve_at_compile_time<typed_thirds{}, 1.0>();
  CHECK(solution.value.lower(0) <= 3);
  CHECK(3 <= solution.value.upper(0));
  CHECK(solution.value.error_bound() < 1e-12);
  CHECK(bellman::solve(typed_thirds{}, 1.0).value.upper(0) >= solution.value.lower(0));
}

// Two rewards of 2, and weights that lack nothing but digits: worth 2 with a discount of 0, too.
struct typed_halves {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, 2); }
  constexpr auto actions(int) const { return std::array{0, 1}; }
  constexpr bool terminal(int s) const { return s == 1; }
  // Those of one action sum to more than one, those of the other to less, which is seen apart.
  constexpr auto transition(int, int a) const {
    return std::array{weighted{outcome{2.0 * a, 1}, 0.5}, weighted{outcome{2.0 * a, 1}, a == 1 ? 0.5 + 9e-11 : 0.5 - 9e-11}};
  }
};

TEST_CASE("solve_at_compile_time: weights are divided by their sum whatever the discount, action by action") {
  constexpr auto best = solve_at_compile_time<typed_halves{}, 0>();
  CHECK(best.value.lower(0) <= 2);
  CHECK(2 <= best.value.upper(0));
  constexpr auto mean = [](int) { return bellman::uniform(std::array{0, 1}); };
  constexpr auto v = bellman::evaluate_at_compile_time<typed_halves{}, mean, 0.5>();
  CHECK(v.lower(0) <= 1);
  CHECK(1 <= v.upper(0));
  CHECK(v.error_bound() < 1e-14);
}

// --- Where nothing is discounted -------------------------------------------------------------------------------------

// A corridor that may be walked both ways for nothing, with a prize to the right and a smaller one to the left.
template <class F, int Count>
struct free_corridor {
  using state_type = int;
  using action_type = int;
  using reward_type = F;
  constexpr auto states() const { return std::views::iota(0, Count); }
  constexpr auto actions(int) const { return std::array{-1, 1}; }
  constexpr bool terminal(int s) const { return s == 0 || s == Count - 1; }
  constexpr auto transition(int s, int a) const {
    int const next = s + a;
    return bellman::dirac{outcome{next == 0 ? F(1) : next == Count - 1 ? F(3) : F(0), next}};
  }
};

TEST_CASE("solve_at_compile_time: states that can be gone round in for nothing are one, and the policy leads out") {
  constexpr auto solution = solve_at_compile_time<free_corridor<double, 12>{}, 1.0>();
  constexpr auto exact = solve_at_compile_time<free_corridor<rational, 12>{}, std::ratio<1>{}>();
  for (int s = 1; s < 11; ++s) {
    CHECK(solution.value.lower(s) <= 3);
    CHECK(3 <= solution.value.upper(s));
    CHECK(exact.value(s) == 3);
    int at = s;
    for (int k = 0; k < 12 && at != 11; ++k) at += solution.policy(at);
    CHECK(at == 11);
    at = s;
    for (int k = 0; k < 12 && at != 11; ++k) at += exact.policy(at);
    CHECK(at == 11);
  }
}

// A corridor between two ends, of which the left one costs more than the whole way to the right one, a step 1.
template <int Count>
struct long_corridor {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, Count + 2); }
  constexpr auto actions(int) const { return std::array{-1, 1}; }
  constexpr bool terminal(int s) const { return s == 0 || s == Count + 1; }
  constexpr auto transition(int s, int a) const {
    return bellman::dirac{outcome{s + a == 0 ? -5.0 * Count : -1.0, s + a}};
  }
};

TEST_CASE("solve_at_compile_time: values come a long way from the end that is not the nearest") {
  constexpr auto solution = solve_at_compile_time<long_corridor<300>{}, 1>();
  for (int s = 1; s <= 300; ++s) {
    CHECK(solution.value.lower(s) <= s - 301);
    CHECK(s - 301 <= solution.value.upper(s));
    CHECK(solution.policy(s) == 1);
  }
}

// A wait that costs little beside what another state is worth, and never ends.
struct cheap_wait {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, 3); }
  constexpr auto actions(int s) const { return std::views::iota(0, s == 0 ? 1 : 2); }
  constexpr bool terminal(int s) const { return s == 2; }
  constexpr auto transition(int s, int a) const {
    return bellman::dirac{outcome{s == 0 ? 1e6 : a == 0 ? -1e-4 : 0.0, s == 1 && a == 0 ? 1 : 2}};
  }
};

TEST_CASE("solve_at_compile_time: what never ends need not cost much") {
  constexpr auto solution = solve_at_compile_time<cheap_wait{}, 1>();
  CHECK(solution.value(1) == 0);
  CHECK(solution.value.upper(1) < 1e-4);
  CHECK(std::ranges::equal(solution.policy.optimal_actions(1), std::array{1}));
}

// --- Large numbers ---------------------------------------------------------------------------------------------------

// On with 3/4 and else back to where it begins, one of two states of which pays.
template <class F>
struct two_rooms {
  using state_type = int;
  using action_type = int;
  using reward_type = F;
  F paid;
  constexpr auto states() const { return std::views::iota(0, 2); }
  constexpr auto actions(int) const { return std::array{0, 1}; }
  constexpr bool terminal(int) const { return false; }
  constexpr auto transition(int s, int a) const {
    F const reward = a == 0 ? paid : F(0);
    return std::array{weighted{outcome{reward, 1 - s}, F(3) / F(4)}, weighted{outcome{reward, 0}, F(1) / F(4)}};
  }
};

TEST_CASE("solve_at_compile_time: numbers as large as their squares are not, and discounts next to 1") {
  constexpr auto large = solve_at_compile_time<two_rooms<double>{1e200}, 0.5>();
  CHECK(large.value.lower(0) <= 2e200);
  CHECK(2e200 <= large.value.upper(0));
  CHECK(large.value.error_bound() < 1e191);
  constexpr auto in_float = solve_at_compile_time<two_rooms<float>{1e30f}, 0.5f>();
  CHECK(in_float.value.lower(1) <= 2e30f);
  CHECK(2e30f <= in_float.value.upper(1));
  // 2^-40 of 1 is lost in each step.
  constexpr auto lasting = solve_at_compile_time<two_rooms<double>{1}, 1 - 0x1p-40>();
  CHECK(lasting.value.lower(0) <= 0x1p40);
  CHECK(0x1p40 <= lasting.value.upper(0));
}

// Nothing is ever paid, and nothing ends: every state is worth 0.
struct nothing_at_all {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, 3); }
  constexpr auto actions(int) const { return std::array{1, 2}; }
  constexpr bool terminal(int) const { return false; }
  constexpr auto transition(int s, int a) const { return bellman::dirac{outcome{0.0, (s + a) % 3}}; }
};

TEST_CASE("solve_at_compile_time: what is never paid is worth nothing, and any action does") {
  constexpr auto solution = solve_at_compile_time<nothing_at_all{}, 1.0>();
  for (int s = 0; s < 3; ++s) {
    CHECK(solution.value(s) == 0);
    CHECK(solution.value.lower(s) == 0);
    CHECK(solution.value.upper(s) == 0);
    CHECK(solution.policy.optimal_actions(s).size() == 2);
    CHECK((solution.policy(s) == 1 || solution.policy(s) == 2));
  }
}

// --- Tolerances ------------------------------------------------------------------------------------------------------

// A ring of twenty states, each worth a little more than the one before.
struct ring {
  using state_type = int;
  using action_type = int;
  using reward_type = double;
  constexpr auto states() const { return std::views::iota(0, 20); }
  constexpr auto actions(int) const { return std::array{0, 1, 3}; }
  constexpr bool terminal(int) const { return false; }
  constexpr auto transition(int s, int a) const {
    return bellman::categorical{std::array{weighted{outcome{0.1 * s - a, (s + a) % 20}, 0.75},
                                           weighted{outcome{0.1 * s - a, (s + a + 1) % 20}, 0.25}}};
  }
};

TEST_CASE("solve_at_compile_time: a tolerance of 0 asks for as much as rounding allows") {
  constexpr auto roughly = solve_at_compile_time<ring{}, 0.999, 1e-4>();
  constexpr auto closely = solve_at_compile_time<ring{}, 0.999, 0>();
  CHECK(roughly.value.stopped() == bellman::stop::certified);
  CHECK(closely.value.stopped() == bellman::stop::rounding);
  double largest = 0;
  for (double const v : closely.value.values()) largest = std::max(largest, std::abs(v));
  CHECK(roughly.value.error_bound() <= 1e-4 * largest);
  CHECK(closely.value.error_bound() <= 1e-11 * largest);
  CHECK(closely.value.sweeps() > roughly.value.sweeps());
  for (int s = 0; s < 20; ++s) {
    CHECK(roughly.value.lower(s) <= closely.value.upper(s));
    CHECK(closely.value.lower(s) <= roughly.value.upper(s));
  }
}

TEST_CASE("solve_at_compile_time: what it gives are empty objects and constants of static storage") {
  constexpr auto solution = solve_at_compile_time<ring{}, 0.5>();
  STATIC_REQUIRE(std::is_empty_v<decltype(solution.value)>);
  STATIC_REQUIRE(std::is_empty_v<decltype(solution.policy)>);
  STATIC_REQUIRE(&solution.policy_table<std::uint8_t>() == &solution.policy_table<std::uint8_t>());
  auto const [value, policy] = solution;
  STATIC_REQUIRE(bellman::policy_for<std::remove_const_t<decltype(policy)>, ring>);
  for (int s = 0; s < 20; ++s) {
    CHECK(ring{}.actions(s)[solution.policy_table<unsigned>()[static_cast<std::size_t>(s)]] == policy(s));
    CHECK(value.lower(s) <= solution.action_value(s, policy(s)) + value.error_bound());
  }
}

}  // namespace solve_at_compile_time_tests
