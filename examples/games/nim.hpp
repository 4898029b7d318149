// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/dirac.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

// Nim: from one of three heaps any number is taken, in turn; who takes the last has won, or, by the other rule, lost.
namespace games {

/// What is left, and who moves.
struct heaps {
  std::array<int, 3> left;
  bool first_moves;

  friend constexpr bool operator==(heaps const&, heaps const&) = default;
  constexpr std::size_t hash() const {
    std::size_t h = first_moves ? 1 : 0;
    for (int const n : left) h = 64 * h + static_cast<std::size_t>(n);
    return h;
  }
  /// `3 4 5`, for messages of the library too.
  std::string str() const {
    return std::to_string(left[0]) + ' ' + std::to_string(left[1]) + ' ' + std::to_string(left[2]);
  }
};

struct taking {
  std::size_t heap;
  int taken;

  friend constexpr bool operator==(taking const&, taking const&) = default;
};

constexpr bool nothing_left(heaps const& s) { return s.left == std::array{0, 0, 0}; }

constexpr heaps after(heaps s, taking const& a) {
  s.left[a.heap] -= a.taken;
  s.first_moves = !s.first_moves;
  return s;
}

/// The game as the one who begins sees it: he is paid 1 if he wins, and pays 1 if not.
struct nim {
  using state_type = heaps;
  using action_type = taking;
  using reward_type = bellman::rational;

  int largest;  ///< how many a heap may hold
  bool last_loses = false;

  std::vector<heaps> states() const {
    std::vector<heaps> all;
    for (int a = 0; a <= largest; ++a) {
      for (int b = 0; b <= largest; ++b) {
        for (int c = 0; c <= largest; ++c) {
          for (bool const first : {true, false}) all.push_back({{a, b, c}, first});
        }
      }
    }
    return all;
  }
  std::vector<taking> actions(heaps const& s) const {
    std::vector<taking> all;
    for (std::size_t heap = 0; heap < s.left.size(); ++heap) {
      for (int n = 1; n <= s.left[heap]; ++n) all.push_back({heap, n});
    }
    return all;
  }
  bool terminal(heaps const& s) const { return nothing_left(s); }
  auto transition(heaps const& s, taking const& a) const {
    heaps const next = after(s, a);
    int const won = s.first_moves != last_loses ? 1 : -1;
    return bellman::dirac{bellman::outcome{bellman::rational(nothing_left(next) ? won : 0), next}};
  }
};

/// Bouton's sum of the heaps, in which each binary digit is counted apart: who moves wins where it is not 0.
constexpr int nim_sum(heaps const& s) { return s.left[0] ^ s.left[1] ^ s.left[2]; }

/// Whether who moves wins, by Bouton's theory of 1901.
constexpr bool wins_by_theory(heaps const& s, bool last_loses) {
  bool const small = s.left[0] < 2 && s.left[1] < 2 && s.left[2] < 2;
  return (nim_sum(s) != 0) != (last_loses && small);
}

}  // namespace games
