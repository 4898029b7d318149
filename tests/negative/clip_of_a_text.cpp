// SPDX-License-Identifier: BSL-1.0
// refused: these_are_no_numbers

#include <bellman/loss/clipped.hpp>

#include <string>

#ifdef CONTROL
double const range = 0.2;
#else
std::string const range = "0.2";
#endif
bellman::clipped const surrogate{range};
