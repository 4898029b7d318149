// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/solve.hpp>

#include "world.hpp"

// What the program finds, proved by the compiler: were one of these fractions another, it would not compile.
namespace grid_world::proof {

using fraction = bellman::rational;

constexpr fraction value_of_start(fraction const& step_reward) {
  return bellman::solve(world<fraction>{step_reward}, 1).value(start);
}

/// In how many squares more than one move is the best.
constexpr int undecided(fraction const& step_reward) {
  world<fraction> const here{step_reward};
  auto const best = bellman::solve(here, 1).policy;
  int n = 0;
  for (square const s : here.states()) {
    if (best.optimal_actions(s).size() > 1) ++n;
  }
  return n;
}

static_assert(value_of_start({-1, 25}) == fraction(4119, 5840));  // the 0.705 of the book
static_assert(undecided({-1, 25}) == 0);

// Where the best policy changes, one square is undecided between two moves.
static_assert(undecided({-40888, 24785}) == 1);
static_assert(undecided({-258048, 164965}) == 1);
static_assert(undecided({-9216, 12605}) == 1);
static_assert(undecided({-36864, 81445}) == 1);
static_assert(undecided({-20736, 243985}) == 1);
static_assert(undecided({-165632, 3694415}) == 1);
static_assert(undecided({-544, 19885}) == 1);
static_assert(undecided({-32, 1445}) == 1);

}  // namespace grid_world::proof
