// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman::internal {

/// What is known of a type's parts elsewhere, in a room that messages and tables must not include: where `value` holds,
/// `text(x)` is a value for a message and `number(x)` a number in which two values differ that are not equal. It is
/// specialised there.
template <class T>
struct reflected {
  static constexpr bool value = false;
};

}  // namespace bellman::internal
