// SPDX-License-Identifier: BSL-1.0
// rule: a_bounded_integer_must_be_within_its_bounds

#include <bellman/reflect/bounded.hpp>

using stock = bellman::reflect::bounded<0, 10>;

#ifdef CONTROL
constexpr int ordered = 4;
#else
constexpr int ordered = 5;
#endif

constexpr stock after = stock(6) + ordered;
