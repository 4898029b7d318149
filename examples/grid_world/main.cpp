// SPDX-License-Identifier: BSL-1.0

// Russell and Norvig's 4 x 3 world, solved with fractions: value iteration, and how the best policy changes with the
// step reward.

#include "program.hpp"
#include "proof.hpp"

#include <iostream>
#include <string>
#include <vector>

int main(int count, char** arguments) {
  std::vector<std::string> given(arguments, arguments + count);
  if (!given.empty()) given.erase(given.begin());  // the program's own name
  return grid_world::run(given, std::cout, std::cerr);
}
