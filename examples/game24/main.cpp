// SPDX-License-Identifier: BSL-1.0

// The Game of 24 as a Markov decision process: solved exactly, and a language model's games judged move by move.

#include "program.hpp"

#include <iostream>
#include <string>
#include <vector>

int main(int count, char** arguments) {
  std::vector<std::string> given(arguments, arguments + count);
  if (!given.empty()) given.erase(given.begin());  // the program's own name
  return game24::run(given, std::cout, std::cerr);
}
