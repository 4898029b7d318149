// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman {

/// `terminated{}`: an episode ended in a terminal state: what comes after is worth zero.
///
/// *Use*:
///     bellman::discounted_return(std::array{1.0, 2.0}, bellman::terminated{}, 0.5) == 2.0
struct terminated {
  friend bool operator==(terminated, terminated) = default;
};

/// `truncated{v}`: an episode was cut off and would have gone on; the state after the last step is worth `v`. A
/// recording that knows of no value has the ending `truncated{}`, which no estimator accepts.
///
/// *Use*:
///     bellman::discounted_return(std::array{1.0, 2.0}, bellman::truncated{4.0}, 0.5) == 3.0
template <class V = void>
struct truncated {
  V value;
  friend bool operator==(truncated const&, truncated const&) = default;
};

template <>
struct truncated<void> {
  friend bool operator==(truncated, truncated) = default;
};

template <class V>
truncated(V) -> truncated<V>;
truncated() -> truncated<void>;

/// How a recorded episode ended: `terminated{}`, unless said otherwise, or `truncated{}`. It is made of either of them
/// and compares with them.
///
/// *Use*:
///     bellman::episode_ending(bellman::truncated{}) == bellman::truncated{}
class episode_ending {
 public:
  constexpr episode_ending(terminated = {}) : terminated_(true) {}
  constexpr episode_ending(truncated<>) : terminated_(false) {}

  constexpr bool is_terminated() const { return terminated_; }

  friend bool operator==(episode_ending, episode_ending) = default;

 private:
  bool terminated_;
};

}  // namespace bellman
