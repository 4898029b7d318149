// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <vector>

namespace bellman::internal {

/// `vector<T>`: a `std::vector<T>` that is constexpr, for what the library keeps to itself. In the debug mode of
/// libstdc++ up to release 13 (`-D_GLIBCXX_DEBUG`) std::vector is not, so that no constexpr function could have one as
/// a local, a member or a result, unless its type depends on a template parameter; there it is the vector underneath.
#if defined(_GLIBCXX_DEBUG) && _GLIBCXX_RELEASE < 14
template <class T>
using vector = std::_GLIBCXX_STD_C::vector<T>;
#else
template <class T>
using vector = std::vector<T>;
#endif

}  // namespace bellman::internal
