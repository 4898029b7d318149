// SPDX-License-Identifier: BSL-1.0

// A recorded run, read from a file and judged episode by episode in one lazy pipeline.

#include "../support/program.hpp"
#include "program.hpp"

#include <iostream>

int main(int count, char** arguments) {
  return recorded_run::run(support::given(count, arguments), std::cout, std::cerr);
}
