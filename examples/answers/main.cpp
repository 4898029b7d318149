// SPDX-License-Identifier: BSL-1.0

// Language models' answers, cut into tokens, verified, and turned into advantages by every method that compares the
// answers to one question.

#include "../support/program.hpp"
#include "program.hpp"

#include <unistd.h>

#include <iostream>

int main(int count, char** arguments) {
  return answers::run(support::given(count, arguments), std::cout, std::cerr,
                      isatty(STDERR_FILENO) != 0 ? &std::cerr : nullptr);
}
