// SPDX-License-Identifier: BSL-1.0

// Russell and Norvig's 4 x 3 world, solved with fractions: value iteration, and how the best policy changes with the
// step reward.

#include "../support/program.hpp"
#include "program.hpp"
#include "proof.hpp"

#include <iostream>

int main(int count, char** arguments) {
  return grid_world::run(support::given(count, arguments), std::cout, std::cerr);
}
