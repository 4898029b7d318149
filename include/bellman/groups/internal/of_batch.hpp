// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman::internal {

namespace detail {

// The name `Its` of the method's type makes its lack of a member a question; of a type that is known it is an error.
template <class Method>
struct function_of_group {
  Method const& method;

  template <class... Columns, class Its = Method>
    requires requires(Its const& its, Columns&... columns) { its.of_group(columns...); }
  constexpr auto operator()(Columns&&... columns) const { return method.of_group(columns...); }
};

}  // namespace detail

/// `of_batch(method, groups)`: the function of a group, `(rewards, columns...) -> (reward -> advantage)`, that a group
/// method has for a batch of that layout.
template <class Method, class Groups>
constexpr auto of_batch(Method const& method, Groups const& groups) {
  if constexpr (requires { method.of_batch(groups); }) {
    return method.of_batch(groups);
  } else {
    return detail::function_of_group<Method>{method};
  }
}

}  // namespace bellman::internal
