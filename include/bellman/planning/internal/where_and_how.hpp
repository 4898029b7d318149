// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/value/certainty_equivalent.hpp>

namespace bellman::internal {

/// `use(equivalent, rest...)` with what stands last: the mean over the outcomes where nothing says how to combine them.
template <class Use, class... Rest>
constexpr auto with_equivalent(Use const& use, Rest const&... rest) {
  if constexpr (begins_with_an_equivalent<Rest...>) {
    return use(rest...);
  } else {
    return use(expected_outcome{}, rest...);
  }
}

/// `use(method, start...)` with what stands last: where to begin, if it is said, and `automatic{}` where nothing says
/// how.
template <class Use>
constexpr auto with_where_and_how(Use const& use) {
  return use(automatic{});
}
template <class Use, class X>
constexpr auto with_where_and_how(Use const& use, X const& x) {
  if constexpr (solving_method<X>) {
    return use(x);
  } else {
    return use(automatic{}, x);
  }
}
template <class Use, class Start, class Method>
constexpr auto with_where_and_how(Use const& use, Start const& start, Method const& how) {
  return use(how, start);
}

/// `use(equivalent, method, start...)` with all of it.
template <class Use, class... Rest>
constexpr auto with_equivalent_where_and_how(Use const& use, Rest const&... rest) {
  return internal::with_equivalent(
      [&](auto const& equivalent, auto const&... more) {
        return internal::with_where_and_how(
            [&](auto const& how, auto const&... start) { return use(equivalent, how, start...); }, more...);
      },
      rest...);
}

}  // namespace bellman::internal
