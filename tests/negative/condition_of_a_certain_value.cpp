// SPDX-License-Identifier: BSL-1.0
// expect: given\(d, condition\) divides by a probability

#include <bellman/bellman.hpp>

#ifdef CONTROL
constexpr auto three = [] { return bellman::weights_in<double>(bellman::dirac{3}); };
#else
constexpr auto three = [] { return bellman::dirac{3}; };
#endif

constexpr auto is_odd = [](int x) { return x % 2 == 1; };
int main() { auto const odd = bellman::given(three(), is_odd); }
