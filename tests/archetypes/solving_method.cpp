// SPDX-License-Identifier: BSL-1.0
#include <bellman/planning/solving_method.hpp>

#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>

#include <concepts>
#include <cstddef>
#include <vector>

#include "archetypes/archetypes.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using archetypes::action;
using archetypes::corridor;
using archetypes::half;
using archetypes::number;
using archetypes::on;
using archetypes::policy;
using archetypes::state;
using bellman::test::true_at_both_times;

/// A solving method: copied, called with a problem. It applies the operator some times.
class solver {
 public:
  constexpr explicit solver(int its_sweeps) : sweeps_(its_sweeps) {}

  template <class Problem>
  constexpr std::vector<typename Problem::value_type> operator()(Problem const& problem) const {
    using V = typename Problem::value_type;
    std::vector<V> v(problem.table().size(), V());
    for (int k = 0; k < sweeps_; ++k) {
      auto const next = problem.op()([v](bellman::index_t s) { return v[s]; });
      for (bellman::index_t s = 0; s < problem.table().size(); ++s) v[s] = next(s);
    }
    return v;
  }

 private:
  int sweeps_;
};

// Certain steps, so that three sweeps are enough.
struct certain_corridor {
  using state_type = state;
  using action_type = action;
  using reward_type = number;
  constexpr auto states() const { return archetypes::once(std::vector{state(0), state(1), state(2)}); }
  constexpr auto actions(state const&) const { return archetypes::once(std::vector{action(1)}); }
  constexpr bool terminal(state const& s) const { return s.id() == 2; }
  constexpr auto transition(state const& s, action const&) const {
    using element = archetypes::point<archetypes::result<number>, number>;
    return archetypes::again(std::vector{element{{number(4), state(s.id() + 1)}, number(1)}});
  }
};

}  // namespace

template <>
inline constexpr bool bellman::is_solving_method_v<solver> = true;

TEST_CASE("an archetype of a solving method is one, and no more") {
  STATIC_REQUIRE(bellman::solving_method<solver>);
  STATIC_REQUIRE(!std::default_initializable<solver> && !std::equality_comparable<solver>);
}

TEST_CASE("values and optimal values ask a method for no more than to be called with a problem") {
  CHECK(true_at_both_times([] {
    // 4 + 1/2 * 4 = 6 from the first cell, 4 from the second.
    certain_corridor const env;
    auto const all = bellman::state_value(env, on, half, solver(3));
    auto const some = bellman::state_value(env, on, half, state(1), solver(3));
    auto const best = bellman::solve(env, half, solver(3));
    auto const best_of_some = bellman::solve(env, half, state(1), solver(3));
    return all(state(0)) == number(6) && all(state(2)) == number(0) && some(state(1)) == number(4) &&
           best.value(state(0)) == number(6) && best.policy.optimal_actions(state(0)).size() == 1 &&
           best_of_some.value(state(1)) == number(4);
  }));
}

TEST_CASE("a method is asked again for each state of an environment that lists none") {
  CHECK(true_at_both_times([] {
    corridor<number> const env(number(4), number(1));
    // In 1, after two sweeps: 3 + 1/6 * 3.
    auto const value = bellman::state_value(env, on, half, solver(2));
    auto const mixed = bellman::state_value(env, policy(half), half, state(1), solver(1));
    auto const best = bellman::solve(env, half, state(1), solver(1));
    return value(state(1)) == number(7, 2) && mixed(state(1)) == number(2) && best.value(state(1)) == number(3);
  }));
}
