// SPDX-License-Identifier: BSL-1.0

// A language model as the policy: what it writes, how probable that is, and how it learns to write what is rewarded.

#include "../support/program.hpp"
#include "program.hpp"

#include <unistd.h>

#include <iostream>

int main(int count, char** arguments) {
  return story_model::run(support::given(count, arguments), std::cout, std::cerr,
                          isatty(STDERR_FILENO) != 0 ? &std::cerr : nullptr);
}
