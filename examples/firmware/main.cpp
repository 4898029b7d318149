// SPDX-License-Identifier: BSL-1.0

// A vending machine that orders for itself: its controller, controller.cpp, was solved by the compiler and is here put
// to work beside two simple rules.

#include "../support/program.hpp"
#include "program.hpp"

#include <iostream>

int main(int count, char** arguments) { return firmware::run(support::given(count, arguments), std::cout, std::cerr); }
