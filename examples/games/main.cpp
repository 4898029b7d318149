// SPDX-License-Identifier: BSL-1.0

// Games of two players who move in turn, solved: Nim, whose theory is the check, and Tic-tac-toe.

#include "../support/program.hpp"
#include "program.hpp"

#include <iostream>

int main(int count, char** arguments) { return games::run(support::given(count, arguments), std::cout, std::cerr); }
