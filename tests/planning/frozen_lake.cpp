// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/value/greedy_policy.hpp>

#include <array>
#include <cstddef>
#include <ranges>

#include "models/frozen_lake.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::test::absolutely_close;
using bellman::test::true_at_both_times;

constexpr models::frozen_lake<rational> small_lake{};
constexpr models::frozen_lake<double, models::lake_8x8> large_lake{};

// Policy iteration, in which each policy and its values are constant expressions of their own: clang has no room for
// more in one.
constexpr double discount = 0.99;
template <class X>
struct known {
  std::array<X, 64> at;
  constexpr X operator()(int s) const { return at[static_cast<std::size_t>(s)]; }
  friend constexpr bool operator==(known const&, known const&) = default;
};
constexpr known<int> policy_for(known<double> const& v) {
  auto const greedy = bellman::greedy_policy(large_lake, discount, v);
  known<int> policy{};
  for (int s = 0; s < 64; ++s) policy.at[static_cast<std::size_t>(s)] = greedy(s);
  return policy;
}
// The lake in which nothing can be done but what a policy does: a quarter of the table.
struct followed_lake {
  using state_type = int;
  using action_type = int;
  using reward_type = double;

  known<int> policy;

  constexpr auto states() const { return large_lake.states(); }
  constexpr auto actions(int s) const { return std::views::single(policy(s)); }
  constexpr bool terminal(int s) const { return large_lake.terminal(s); }
  constexpr auto transition(int s, int a) const { return large_lake.transition(s, a); }
};
constexpr known<double> values_of(known<int> const& policy) {
  auto const solved = bellman::state_value(followed_lake{policy}, policy, discount);
  known<double> v{};
  for (int s = 0; s < 64; ++s) v.at[static_cast<std::size_t>(s)] = solved(s);
  return v;
}
template <int K>
constexpr known<int> policy = policy_for(known<double>{});
template <int K>
constexpr known<double> values = values_of(policy<K>);
template <int K>
requires(K > 0) constexpr known<int> policy<K> = policy_for(values<K - 1>);

}  // namespace

TEST_CASE("the optimal values of the 4x4 lake are known fractions, and its optimal actions, with their ties") {
  // Gymnasium's model, solved over the rationals by another program.
  CHECK(true_at_both_times([] {
    auto const best = bellman::solve(small_lake, rational(9, 10));
    rational const d(1, 63127201);
    bool const values_are_known = best.value(0) == 4348890 * d && best.value(1) == 3876930 * d &&
                                  best.value(2) == 4697280 * d && best.value(3) == 3522960 * d;
    auto const only = [&](int s, int a) {
      auto const actions = best.policy.optimal_actions(s);
      return actions.size() == 1 && actions[0] == a;
    };
    auto const tie = best.policy.optimal_actions(6);
    return values_are_known && only(0, 0) && only(1, 3) && only(2, 0) && only(3, 3) && only(4, 0) && only(8, 3) &&
           only(9, 1) && only(10, 0) && only(13, 2) && only(14, 1) && tie.size() == 2 && tie[0] == 0 && tie[1] == 2 &&
           best.policy.optimal_actions(5).empty() && best.policy.optimal_actions(15).empty();
  }));
}

TEST_CASE("the 8x8 lake is solved in constant expressions") {
  // Gymnasium's model, solved by policy iteration with SuperLU to 1e-14: V*(0), V*(1), V*(62).
  constexpr known<double> v_star = values<10>;
  STATIC_REQUIRE(policy<10> == policy<9>);
  STATIC_REQUIRE(absolutely_close(v_star(0), 0.41464036179998764, 1e-9));
  STATIC_REQUIRE(absolutely_close(v_star(1), 0.42720522124847204, 1e-9));
  STATIC_REQUIRE(absolutely_close(v_star(62), 0.7371033011172623, 1e-9));
  known<double> v{};
  for (int k = 0; k < 11; ++k) v = values_of(policy_for(v));
  auto const at_once = bellman::solve(large_lake, discount).value;
  for (int s = 0; s < 64; ++s) {
    CHECK(absolutely_close(v(s), v_star(s), 1e-12));
    CHECK(absolutely_close(at_once(s), v_star(s), 1e-12));
  }
}
