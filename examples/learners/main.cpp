// SPDX-License-Identifier: BSL-1.0

// Every classical learner, from samples, against the exact answer.

#include "../support/program.hpp"
#include "program.hpp"

#include <iostream>

int main(int count, char** arguments) { return learners::run(support::given(count, arguments), std::cout, std::cerr); }
