// SPDX-License-Identifier: BSL-1.0
// refused: these_probabilities_are_no_numbers_and_need_weights_in_a_field

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr auto three = [] { return bellman::weights_in<double>(bellman::dirac{3}); };
#else
constexpr auto three = [] { return bellman::dirac{3}; };
#endif

constexpr auto is_odd = [](int x) { return x % 2 == 1; };
int main() { auto const odd = bellman::given(three(), is_odd); }
