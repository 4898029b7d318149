// SPDX-License-Identifier: BSL-1.0

// The treatment of sepsis as a Markov decision process: who survives under the clinicians, and who could.

#include "program.hpp"

#include <iostream>
#include <string>
#include <vector>

int main(int count, char** arguments) {
  std::vector<std::string> given(arguments, arguments + count);
  if (!given.empty()) given.erase(given.begin());  // the program's own name
  return sepsis::run(given, std::cout, std::cerr);
}
