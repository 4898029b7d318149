// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/evaluate_at_compile_time.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <concepts>
#include <ranges>
#include <ratio>
#include <type_traits>

#include "planning/generated_mdp.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace evaluate_at_compile_time_tests {

using bellman::evaluate_at_compile_time;
using bellman::outcome;
using bellman::rational;
using bellman::weighted;
using bellman::test::true_at_both_times;
using models::generated_mdp;

// A walk of n states between two ends, of which the right one pays 1. Sutton and Barto, example 6.2: the value of state
// i is i / (n + 1) if both directions are alike.
template <class F, int N>
struct walk {
  using state_type = int;
  using action_type = int;
  using reward_type = F;
  constexpr auto states() const { return std::views::iota(0, N + 2); }
  constexpr auto actions(int) const { return std::array{-1, 1}; }
  constexpr bool terminal(int s) const { return s == 0 || s == N + 1; }
  constexpr auto transition(int s, int a) const {
    return bellman::dirac{outcome{s + a == N + 1 ? F(1) : F(0), s + a}};
  }
};

constexpr auto either_way = [](int) { return bellman::uniform(std::array{-1, 1}); };

TEST_CASE("evaluate_at_compile_time: a walk that goes either way is worth i / (n + 1)") {
  SECTION("exactly") {
    CHECK(true_at_both_times([] {
      constexpr auto v = evaluate_at_compile_time<walk<rational, 19>{}, either_way, std::ratio<1>{}>();
      for (int i = 1; i <= 19; ++i) {
        if (v(i) != rational(i, 20) || v.lower(i) != v(i) || v.upper(i) != v(i)) return false;
      }
      return v(0) == 0 && v(20) == 0 && v.error_bound() == 0;
    }));
  }
  SECTION("within bounds") {
    constexpr auto v = evaluate_at_compile_time<walk<double, 19>{}, either_way, 1, 1e-12>();
    STATIC_REQUIRE(std::is_empty_v<decltype(v)>);
    CHECK(v.error_bound() <= 1e-12);
    for (int i = 1; i <= 19; ++i) {
      CHECK(20 * v.lower(i) <= i);
      CHECK(i <= 20 * v.upper(i));
    }
  }
  SECTION("in float") {
    constexpr auto v = evaluate_at_compile_time<walk<float, 5>{}, either_way, 1>();
    STATIC_REQUIRE(std::same_as<decltype(v)::value_type, float>);
    for (int i = 1; i <= 5; ++i) {
      CHECK(6 * v.lower(i) <= static_cast<float>(i));
      CHECK(static_cast<float>(i) <= 6 * v.upper(i));
    }
  }
}

// A policy with weights, in the field of the rewards.
template <class F>
struct leaning {
  constexpr auto operator()(int s) const {
    return std::array{weighted{-1, F(1) / F(4 + s)}, weighted{1, F(1) - F(1) / F(4 + s)}};
  }
};

TEST_CASE("evaluate_at_compile_time: what the compiler finds is what state_value finds") {
  SECTION("with weights") {
    constexpr auto v = evaluate_at_compile_time<walk<rational, 6>{}, leaning<rational>{}, std::ratio<3, 4>{}>();
    auto const w = bellman::state_value(walk<rational, 6>{}, leaning<rational>{}, rational(3, 4));
    for (int i = 0; i <= 7; ++i) CHECK(v(i) == w(i));
  }
  SECTION("of generated models") {
    constexpr auto last = [](int) { return 0; };
    using env = generated_mdp<rational, 5, true, true>;
    constexpr auto v = evaluate_at_compile_time<env{}, last, std::ratio<1>{}>();
    auto const w = bellman::state_value(env{}, last, rational(1));
    for (int const s : env{}.states()) CHECK(v(s) == w(s));
  }
}

// A policy that stays where nothing is paid never ends, and is worth 0; what leads there, what it is paid on the way.
TEST_CASE("evaluate_at_compile_time: to stay for nothing is an end where nothing is discounted") {
  struct trap {
    using state_type = int;
    using action_type = int;
    using reward_type = double;
    constexpr auto states() const { return std::views::iota(0, 4); }
    constexpr auto actions(int) const { return std::array{0, 1}; }
    constexpr bool terminal(int s) const { return s == 3; }
    constexpr auto transition(int s, int a) const {
      if (s == 0) return bellman::dirac{outcome{-2.0, a == 0 ? 1 : 3}};
      return bellman::dirac{outcome{a == 0 ? 0.0 : 5.0, a == 0 ? 3 - s : 3}};
    }
  };
  constexpr auto v = evaluate_at_compile_time<trap{}, [](int) { return 0; }, 1>();
  CHECK(v(0) == -2);
  CHECK(v(1) == 0);
  CHECK(v(2) == 0);
  CHECK(v.lower(1) == 0);
  CHECK(v.upper(1) == 0);
}

}  // namespace evaluate_at_compile_time_tests
