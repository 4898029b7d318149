// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/uniform.hpp>

#include <array>
#include <cstdint>

// What the tests of the room walk on.
namespace experience {

using bellman::rational;

/// A walk on 0, ..., 5 that ends at either end. A step goes where it is told to, or stays, one as often as the other,
/// and pays what depends on where it is and where it goes.
struct walk {
  using state_type = int;
  using action_type = int;
  using reward_type = rational;

  constexpr auto start() const { return bellman::uniform(std::array{1, 2, 3, 4}); }
  constexpr auto actions(int) const { return std::array{-1, 1}; }
  constexpr bool terminal(int s) const { return s == 0 || s == 5; }
  constexpr auto transition(int s, int a) const {
    using step = bellman::outcome<rational, int>;
    return bellman::uniform(std::array{step{rational(s, 3), s}, step{rational(2 * a + s, 5), s + a}});
  }
};

/// Either way, one as often as the other.
inline constexpr auto either_way = [](int) { return bellman::uniform(std::array{-1, 1}); };

/// Some value of a state, another for each, that of an end included, which nobody should read.
constexpr rational value_of(int s) { return rational(7 * s - 9, 4); }

struct quick_generator {
  using result_type = std::uint32_t;
  std::uint32_t state = 1;

  static constexpr std::uint32_t min() { return 0; }
  static constexpr std::uint32_t max() { return 0xffffffffu; }
  constexpr std::uint32_t operator()() { return state = 1664525u * state + 1013904223u; }
};

}  // namespace experience
