// SPDX-License-Identifier: BSL-1.0

// The treatment of sepsis as a Markov decision process: who survives under the clinicians, and who could.

#include "../support/program.hpp"
#include "program.hpp"

#include <iostream>

int main(int count, char** arguments) { return sepsis::run(support::given(count, arguments), std::cout, std::cerr); }
