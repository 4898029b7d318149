// SPDX-License-Identifier: BSL-1.0
// refused: a_token_is_an_integer

#include <bellman/language/context.hpp>

#ifdef CONTROL
auto const s = bellman::concat(bellman::context{3}, 1);
#else
auto const s = bellman::concat(bellman::context{3}, 1.9);
#endif
