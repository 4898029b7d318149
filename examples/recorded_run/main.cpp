// SPDX-License-Identifier: BSL-1.0

// A recorded run, read from a file and judged episode by episode in one lazy pipeline.

#include "program.hpp"

#include <iostream>
#include <string>
#include <vector>

int main(int count, char** arguments) {
  std::vector<std::string> given(arguments, arguments + count);
  if (!given.empty()) given.erase(given.begin());  // the program's own name
  return recorded_run::run(given, std::cout, std::cerr);
}
