// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/value/greedy_policy.hpp>

#include <array>
#include <cstddef>
#include <utility>
#include <vector>

#include "laws/check_laws.hpp"
#include "laws/sample.hpp"
#include "models/frozen_lake.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::rational;

constexpr auto lake = [] {
  auto const policy = [](int s) {
    using point = bellman::weighted<int, rational>;
    return std::array{point{s % 4, {1, 2}}, point{2, {1, 2}}};
  };
  models::frozen_lake<rational> const env{};
  std::vector<int> states;
  for (int s : env.states()) states.push_back(s);
  return laws::sample{env, policy, states, states, std::vector{14}, rational(1, 2), 2};
};

// All values of the lake, solved in a constant expression of their own: with the law in it, it would be longer than
// clang allows.
template <class Solve>
constexpr auto values_by(Solve solve) {
  auto const v = solve(lake());
  return [&]<std::size_t... S>(std::index_sequence<S...>) { return std::array{rational(v(static_cast<int>(S)))...}; }
  (std::make_index_sequence<16>{});
}
struct known {
  std::array<rational, 16> values;
  constexpr rational operator()(int s) const { return values[static_cast<std::size_t>(s)]; }
};
constexpr known v_star{values_by([](auto const& m) { return bellman::solve(m.env, m.gamma).value; })};
constexpr known v_pi{values_by([](auto const& m) { return bellman::state_value(m.env, m.policy, m.gamma); })};
constexpr known v_of_best{values_by([](auto const& m) {
  return bellman::state_value(m.env, bellman::greedy_policy(m.env, m.gamma, v_star), m.gamma);
})};
constexpr known v_shaped{values_by([](auto const& m) {
  return [v = bellman::state_value(laws::shaped(m), m.policy, m.gamma)](int s) { return v(s); };
})};

}  // namespace

TEST_CASE("the frozen lake obeys the laws of operators") { laws::check_laws_of_operators<decltype(lake)>(); }

TEST_CASE("the frozen lake obeys the laws of values") { laws::check_laws_of_values<decltype(lake)>(); }

TEST_CASE("the frozen lake obeys the laws of optimality and of shaping") {
  using bellman::test::true_at_both_times;
  CHECK(true_at_both_times([] { return laws::an_optimal_value_is_a_fixed_point(lake(), v_star); }));
  CHECK(true_at_both_times([] { return laws::is_at_least(lake(), v_star, v_pi); }));
  CHECK(true_at_both_times([] { return laws::is_equal(lake(), v_of_best, v_star); }));
  CHECK(true_at_both_times([] { return laws::a_potential_leaves_advantages_unchanged(lake(), v_pi, v_shaped); }));

  CHECK(laws::a_solution_is_optimal(lake()));
  CHECK(laws::the_optimal_value_is_above_that_of_a_policy(lake()));
  CHECK(laws::the_optimal_policy_attains_the_optimal_value(lake()));
  CHECK(laws::a_potential_leaves_advantages_unchanged(lake()));
}
