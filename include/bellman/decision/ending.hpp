// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman {

/// An episode ended in a terminal state: what comes after is worth zero.
struct terminated {
  friend constexpr bool operator==(terminated, terminated) = default;
};

/// An episode was cut off and would have gone on. `truncated{v}` says what the state after the last step is worth; a
/// recording that knows of no value has the ending `truncated{}`, which no estimator accepts.
template <class V = void>
struct truncated {
  V value;
  friend constexpr bool operator==(truncated const&, truncated const&) = default;
};

template <>
struct truncated<void> {
  friend constexpr bool operator==(truncated, truncated) = default;
};

template <class V>
truncated(V) -> truncated<V>;
truncated() -> truncated<void>;

}  // namespace bellman
