// SPDX-License-Identifier: BSL-1.0

// The Game of 24 as a Markov decision process: solved exactly, and a language model's games judged move by move.

#include "../support/program.hpp"
#include "program.hpp"

#include <iostream>

int main(int count, char** arguments) { return game24::run(support::given(count, arguments), std::cout, std::cerr); }
