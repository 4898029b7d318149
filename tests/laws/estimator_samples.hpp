// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <vector>

#include "laws/sample.hpp"
#include "models/listed_mdp.hpp"
#include "models/recycling_robot.hpp"
#include "models/token_tree.hpp"
#include "models/two_state_cycle.hpp"

/// Small environments on which the laws of estimators are checked, with policies that try some of their actions.
namespace laws {

using bellman::rational;
using bellman::weighted;

// Episodes of one to three steps; chance decides in states 0 and 1, and 3 is the end.
inline constexpr auto short_episodes = [] {
  using row = models::listed_row<rational>;
  rational const half(1, 2);
  std::vector<row> const rows{row{0, 0, half, 1, 1},  row{0, 0, half, 2, 0}, row{0, 1, 1, 3, 2}, row{1, 0, 1, 3, 4},
                              row{1, 1, half, 2, -1}, row{1, 1, half, 3, 0}, row{2, 0, 1, 3, 3}, row{2, 1, 1, 3, 1}};
  auto const policy = [](int s) {
    rational const first = s == 0 ? rational(3, 4) : s == 1 ? rational(1, 4) : rational(1);
    return std::vector{weighted<int, rational>{0, first}, weighted<int, rational>{1, 1 - first}};
  };
  std::vector const states{0, 1, 2, 3};
  return sample{models::mdp_of_rows(4, rows), policy, states, states, {0, 1}, rational(1, 2), 3};
};

// Nothing ends: every path is cut off, after the horizon.
inline constexpr auto cycle = [] {
  auto const policy = [](int s) {
    rational const first = s == 0 ? rational(1, 5) : rational(2, 3);
    return std::vector{weighted<int, rational>{0, first}, weighted<int, rational>{1, 1 - first}};
  };
  std::vector const states{0, 1};
  return sample{models::two_state_cycle<rational>{}, policy, states, states, states, rational(2, 3), 3};
};

// Its paths of two steps: clang grants a constant expression 2^20 of its own.
inline constexpr auto start_of_a_cycle = [] {
  auto two_steps = cycle();
  two_steps.horizon = 2;
  return two_steps;
};

inline constexpr auto robot = [] {
  using models::battery;
  using models::deed;
  auto const policy = [](battery s) {
    using point = weighted<deed, rational>;
    if (s == battery::high) return std::vector{point{deed::search, {2, 3}}, point{deed::wait, {1, 3}}};
    return std::vector{point{deed::search, {1, 4}}, point{deed::wait, {1, 4}}, point{deed::recharge, {1, 2}}};
  };
  std::vector const states{battery::high, battery::low};
  return sample{models::recycling_robot<rational>{}, policy, states, states, states, rational(4, 5), 3};
};

// The language of three tokens, undiscounted.
inline constexpr auto answers = [] {
  using models::answer;
  auto const language_model = [](answer const& s) {
    using point = weighted<char, rational>;
    if (s.last() == 'a') return std::vector{point{'a', {1, 4}}, point{'b', {1, 2}}, point{'.', {1, 4}}};
    return std::vector{point{'a', {2, 3}}, point{'.', {1, 3}}};
  };
  using tree = models::token_tree<rational>;
  auto const all = tree::answers();
  std::vector const starts{answer{}, answer{}.followed_by('a')};
  return sample{tree{}, language_model, all, all, starts, rational(1), 3};
};

inline constexpr rational half(1, 2);
inline constexpr rational third(1, 3);

/// Checks all of them at run time.
template <class Check>
void for_each_sample(Check const& check) {
  check(short_episodes());
  check(cycle());
  check(robot());
  check(answers());
}
inline constexpr std::array lambdas{rational(0), rational(1, 2), rational(4, 5), rational(1)};

}  // namespace laws
