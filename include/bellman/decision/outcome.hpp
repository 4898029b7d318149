// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman {

/// `outcome{reward, next}`: what one step brings: the reward `R_t` for the action taken in `S_t`, and the next state
/// `S_{t+1}`.
///
/// Rewards are indexed as `G_t = R_t + gamma G_{t+1}`; Sutton and Barto write `R_{t+1}` for the same reward.
///
/// *Use*:
///     bellman::outcome{1.0, 7}.next == 7
template <class R, class S>
struct outcome {
  R reward;
  S next;

  friend bool operator==(outcome const&, outcome const&) = default;
};

template <class R, class S>
outcome(R, S) -> outcome<R, S>;

}  // namespace bellman
