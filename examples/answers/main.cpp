// SPDX-License-Identifier: BSL-1.0

// Language models' answers, cut into tokens, verified, and turned into advantages by every method that compares the
// answers to one question.

#include "program.hpp"

#include <unistd.h>

#include <iostream>
#include <string>
#include <vector>

int main(int count, char** arguments) {
  std::vector<std::string> given(arguments, arguments + count);
  if (!given.empty()) given.erase(given.begin());  // the program's own name
  return answers::run(given, std::cout, std::cerr, isatty(STDERR_FILENO) != 0 ? &std::cerr : nullptr);
}
