// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refused.hpp>

namespace bellman::internal {

/// `of_batch(method, groups)`: the function of a group, `(rewards, columns...) -> (reward -> advantage)`, that a group
/// method has for a batch of that layout.
template <class Method, class Groups>
constexpr auto of_batch(Method const& method, Groups const& groups) {
  if constexpr (requires { method.of_batch(groups); }) {
    return method.of_batch(groups);
  } else {
    return [&method](auto&&... columns) {
      if constexpr (requires { method.of_group(columns...); }) {
        return method.of_group(columns...);
      } else {
        static_assert(refused<Method>,
                      "bellman: a group method has of_group(rewards) const, or of_batch(groups) const");
        return [](auto&&...) { return 0; };
      }
    };
  }
}

}  // namespace bellman::internal
