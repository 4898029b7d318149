// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/bellman.hpp>
#include <bellman/experience/vectorised_environment.hpp>

#include <array>
#include <cmath>
#include <cstddef>

namespace cartpole {

/// Where the cart is and how fast it goes, how far the pole leans, in radians, and how fast it turns.
using position = std::array<double, 4>;

/// How long an episode may last.
inline constexpr bellman::step_limit longest{500};

namespace detail {

// Uniform on [0, 1), from one call.
template <class G>
double drawn(G& urbg) {
  constexpr double numbers = static_cast<double>((G::max)() - (G::min)()) + 1;
  return static_cast<double>(urbg() - (G::min)()) / numbers;
}

}  // namespace detail

/// CartPole-v1: a pole on a cart that is pushed to the left (0) or to the right (1). Each step pays 1; it ends where
/// the pole leans by more than 12 degrees or the cart leaves the track. Barto, Sutton and Anderson 1983, with the
/// constants of Gymnasium.
struct cart_pole {
  using state_type = position;
  using action_type = std::size_t;
  using reward_type = float;

  static constexpr double gravity = 9.8;
  static constexpr double cart_mass = 1.0;
  static constexpr double pole_mass = 0.1;
  static constexpr double half_length = 0.5;
  static constexpr double force = 10.0;
  static constexpr double time_step = 0.02;
  static constexpr double track = 2.4;
  static constexpr double lean = 12 * 2 * 3.14159265358979323846 / 360;

  /// Each number between -0.05 and 0.05.
  template <class G>
  position start(G& urbg) const {
    position s{};
    for (double& x : s) x = 0.1 * detail::drawn(urbg) - 0.05;
    return s;
  }
  std::array<std::size_t, 2> actions(position const&) const { return {0, 1}; }
  bool terminal(position const& s) const { return std::abs(s[0]) > track || std::abs(s[2]) > lean; }

  auto transition(position const& s, std::size_t push) const {
    constexpr double mass = cart_mass + pole_mass;
    constexpr double moment = pole_mass * half_length;
    double const sine = std::sin(s[2]);
    double const cosine = std::cos(s[2]);
    double const pushed = ((push == 1 ? force : -force) + moment * s[3] * s[3] * sine) / mass;
    double const turns =
        (gravity * sine - cosine * pushed) / (half_length * (4.0 / 3 - pole_mass * cosine * cosine / mass));
    double const moves = pushed - moment * turns * cosine / mass;
    return bellman::dirac{bellman::outcome{1.0f, position{s[0] + time_step * s[1], s[1] + time_step * moves,
                                                          s[2] + time_step * s[3], s[3] + time_step * turns}}};
  }
};

}  // namespace cartpole
