// SPDX-License-Identifier: BSL-1.0

// The Game of 24 learned: by exact gradients, and from games that are played.

#include "../support/program.hpp"
#include "program.hpp"

#include <iostream>

int main(int count, char** arguments) {
  return game24_learned::run(support::given(count, arguments), std::cout, std::cerr);
}
