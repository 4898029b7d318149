// SPDX-License-Identifier: BSL-1.0

// Games of two players who move in turn, solved: Nim, whose theory is the check, and Tic-tac-toe.

#include "program.hpp"

#include <iostream>
#include <string>
#include <vector>

int main(int count, char** arguments) {
  std::vector<std::string> given(arguments, arguments + count);
  if (!given.empty()) given.erase(given.begin());  // the program's own name
  return games::run(given, std::cout, std::cerr);
}
