// SPDX-License-Identifier: BSL-1.0

// Rewards, values, flags and advantages of someone's trainer: whose numbers are these, are they right, and if not, why.

#include "../support/program.hpp"
#include "program.hpp"

#include <iostream>

int main(int count, char** arguments) {
  return whose_numbers::run(support::given(count, arguments), std::cout, std::cerr);
}
