// SPDX-License-Identifier: BSL-1.0

// When a garage puts a new engine into an old bus, what that says about its costs, and what an engine is worth.

#include "program.hpp"

#include <iostream>
#include <string>
#include <vector>

int main(int count, char** arguments) {
  std::vector<std::string> given(arguments, arguments + count);
  if (!given.empty()) given.erase(given.begin());  // the program's own name
  return bus_engine::run(given, std::cout, std::cerr);
}
