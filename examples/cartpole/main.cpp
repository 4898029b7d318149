// SPDX-License-Identifier: BSL-1.0

// CartPole, learnt by proximal policy optimisation: eight carts stepped together, a small network of its own.

#include "../support/program.hpp"
#include "program.hpp"

#include <unistd.h>

#include <iostream>

int main(int count, char** arguments) {
  return cartpole::run(support::given(count, arguments), std::cout, std::cerr,
                       isatty(STDERR_FILENO) != 0 ? &std::cerr : nullptr);
}
