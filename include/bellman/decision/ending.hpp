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

/// How a recorded episode ended: `terminated{}`, unless said otherwise, or `truncated{}`. It is made of either of them
/// and compares with them.
class episode_ending {
 public:
  constexpr episode_ending(terminated = {}) : terminated_(true) {}
  constexpr episode_ending(truncated<>) : terminated_(false) {}

  constexpr bool is_terminated() const { return terminated_; }

  friend constexpr bool operator==(episode_ending, episode_ending) = default;

 private:
  bool terminated_;
};

}  // namespace bellman
