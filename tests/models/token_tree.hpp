// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/dirac.hpp>

#include <array>
#include <cstddef>
#include <ranges>
#include <vector>

namespace models {

/// The tokens written so far: at most three of `a`, `b` and the end of the sequence.
struct answer {
  std::array<char, 3> tokens{' ', ' ', ' '};
  std::size_t size = 0;

  constexpr char last() const { return size == 0 ? ' ' : tokens[size - 1]; }
  constexpr answer followed_by(char token) const {
    answer longer = *this;
    longer.tokens[longer.size++] = token;
    return longer;
  }
  constexpr std::size_t hash() const {
    std::size_t h = size;
    for (char token : tokens) h = 31 * h + static_cast<std::size_t>(token);
    return h;
  }
  friend constexpr bool operator==(answer const&, answer const&) = default;
};

/// A language of three tokens in which `ab` is the right answer. Each token costs a tenth, the right answer pays 1. An
/// answer ends with the token `.` or after three tokens. It is an environment that does not list its states.
template <class R>
struct token_tree {
  using state_type = answer;
  using action_type = char;
  using reward_type = R;

  static constexpr std::array<char, 3> vocabulary{'a', 'b', '.'};

  constexpr auto actions(answer const&) const { return std::views::all(vocabulary); }
  constexpr bool terminal(answer const& s) const { return s.last() == '.' || s.size == 3; }
  constexpr auto start() const { return bellman::dirac{answer{}}; }

  constexpr auto transition(answer const& s, char token) const {
    answer const next = s.followed_by(token);
    R const cost = R(-1) / R(10);
    bool const right = next == answer{{'a', 'b', '.'}, 3};
    return bellman::dirac{bellman::outcome{right ? R(1) + cost : cost, next}};
  }

  /// Every answer, shorter ones first: 7 that go on and 15 that are complete.
  static constexpr std::vector<answer> answers() {
    token_tree const tree{};
    std::vector<answer> all{answer{}};
    for (std::size_t i = 0; i < all.size(); ++i) {
      answer const s = all[i];
      if (tree.terminal(s)) continue;
      for (char token : vocabulary) all.push_back(s.followed_by(token));
    }
    return all;
  }
};

}  // namespace models
