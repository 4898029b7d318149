// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/value/greedy_policy.hpp>

#include <array>
#include <cstddef>
#include <utility>

#include "models/frozen_lake.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;
using bellman::test::absolutely_close;
using bellman::test::same_at_both_times;
using bellman::test::true_at_both_times;

constexpr models::frozen_lake<rational> small_lake{models::lake_4x4, 4};
constexpr models::frozen_lake<double> large_lake{models::lake_8x8, 8};

static_assert(bellman::solve(small_lake, rational(9, 10)).value(0) == rational(4348890, 63127201));

// Policy iteration, each policy in a constant expression of its own: clang has no room for all of them in one.
constexpr double gamma = 0.99;
using values = std::array<double, 64>;
struct known {
  values const& v;
  constexpr double operator()(int s) const { return v[static_cast<std::size_t>(s)]; }
};
constexpr values improved(values const& v) {
  auto const better = bellman::state_value(large_lake, bellman::greedy_policy(large_lake, gamma, known{v}), gamma);
  values next{};
  for (int s = 0; s < 64; ++s) next[static_cast<std::size_t>(s)] = better(s);
  return next;
}
template <int K>
constexpr values step = improved(step<K - 1>);
template <>
constexpr values step<0>{};

}  // namespace

TEST_CASE("the optimal values of the 4x4 lake are known fractions") {
  // The system of equations of the optimal policy, solved by hand over the integers.
  CHECK(true_at_both_times([] {
    auto const v = bellman::solve(small_lake, rational(9, 10)).value;
    rational const d(1, 63127201);
    return v(0) == 4348890 * d && v(1) == 3876930 * d && v(2) == 4697280 * d && v(3) == 3522960 * d;
  }));
}

TEST_CASE("the optimal actions of the 4x4 lake are known, with their ties") {
  CHECK(true_at_both_times([] {
    auto const pi = bellman::solve(small_lake, rational(9, 10)).policy;
    auto const only = [&](int s, int a) {
      auto const best = pi.optimal_actions(s);
      return best.size() == 1 && best[0] == a;
    };
    auto const tie = pi.optimal_actions(6);
    return only(0, 0) && only(1, 3) && only(2, 0) && only(3, 3) && only(4, 0) && only(8, 3) && only(9, 1) &&
           only(10, 0) && only(13, 2) && only(14, 1) && tie.size() == 2 && tie[0] == 0 && tie[1] == 2 &&
           pi.optimal_actions(5).empty() && pi.optimal_actions(15).empty();
  }));
}

TEST_CASE("the 8x8 lake is solved in constant expressions") {
  // Gymnasium's model, solved by policy iteration with SuperLU to 1e-14: V*(0), V*(1), V*(62).
  STATIC_REQUIRE(step<12> == step<11>);
  STATIC_REQUIRE(absolutely_close(step<12>[0], 0.41464036179998764, 1e-9));
  STATIC_REQUIRE(absolutely_close(step<12>[1], 0.42720522124847204, 1e-9));
  values v{};
  for (int k = 0; k < 12; ++k) v = improved(v);
  for (std::size_t s = 0; s < 64; ++s) CHECK(absolutely_close(v[s], step<12>[s], 1e-12));
  auto const at_once = bellman::solve(large_lake, ::gamma).value;
  for (int s = 0; s < 64; ++s) CHECK(absolutely_close(at_once(s), known{step<12>}(s), 1e-9));
}
