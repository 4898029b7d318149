// SPDX-License-Identifier: BSL-1.0

// When a garage puts a new engine into an old bus, what that says about its costs, and what an engine is worth.

#include "../support/program.hpp"
#include "program.hpp"

#include <iostream>

int main(int count, char** arguments) {
  return bus_engine::run(support::given(count, arguments), std::cout, std::cerr);
}
