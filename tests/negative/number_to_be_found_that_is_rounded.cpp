// SPDX-License-Identifier: BSL-1.0
// refused: a_number_to_be_found_is_an_integer_or_a_text

#include <bellman/language/last_number_is.hpp>

#ifdef CONTROL
constexpr bellman::last_number_is rule{"0.1"};
#else
constexpr bellman::last_number_is rule{0.1};
#endif
