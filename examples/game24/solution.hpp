// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "game.hpp"
#include "number.hpp"

#include <bellman/planning/solve.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/uniform.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/advantage.hpp>

#include <algorithm>
#include <cstddef>
#include <ranges>
#include <vector>

namespace game24 {

/// A move and what it is worth: under optimal play, and when every move is drawn at random.
struct judged_move {
  move made;
  position next;
  rational optimal_value;      ///< Q*(s, a)
  rational optimal_advantage;  ///< A*(s, a)
  rational uniform_value;      ///< Q(s, a)
  rational uniform_advantage;  ///< A(s, a)
  std::size_t slots = 1;       ///< in how many ways it can be made: of two equal numbers, either can be taken

  /// Whether 24 was in reach before it and is not after it.
  bool loses() const { return optimal_advantage < rational(0); }
};

namespace detail {

inline auto solve_from(std::vector<position> const& starts) { return bellman::solve(game{}, rational(1), starts); }

inline auto play_at_random_from(std::vector<position> const& starts) {
  auto const uniform = [](position const& s) { return bellman::uniform(move_list(s)); };
  return bellman::state_value(game{}, uniform, rational(1), starts);
}

}  // namespace detail

/// The whole game, solved exactly: all puzzles that can reach 24, and every position that they lead to.
class solved_game {
 public:
  solved_game()
      : deals_(game24::deals()),
        optimal_(detail::solve_from(deals_)),
        puzzles_(those_that_reach_24(deals_, optimal_.value)),
        uniform_(detail::play_at_random_from(puzzles_)) {}

  /// The ways to draw four numbers, and those from which 24 can be reached.
  std::vector<position> const& deals() const { return deals_; }
  std::vector<position> const& puzzles() const { return puzzles_; }
  bool is_puzzle(position const& s) const { return s.size == 4 && table().contains(s); }

  /// How many positions the puzzles lead to, how many moves these have, and from how many of them 24 is in reach.
  std::size_t states() const { return table().size(); }
  std::size_t action_slots() const { return table().slots(); }
  std::size_t winnable_states() const {
    return static_cast<std::size_t>(
        std::ranges::count_if(table().states(), [this](auto i) { return is_winnable(table().state(i)); }));
  }

  /// Whether some way of playing on reaches 24. The value of the last position is 0, as of all terminal states: what
  /// counts there is the number.
  bool is_winnable(position const& s) const { return s.size == 1 ? is_24(s) : optimal_.value(s) == rational(1); }

  /// `V*(s)`, and `V(s)` when every move is drawn at random: the probability of reaching 24.
  rational optimal_value(position const& s) const { return optimal_.value(s); }
  rational uniform_value(position const& s) const { return uniform_(s); }

  /// The probability of reaching 24 at random from a puzzle that is drawn at random, too.
  rational mean_uniform_value() const {
    return bellman::expectation(bellman::uniform(std::views::all(puzzles_)), uniform_);
  }

  /// The probability that a move drawn at random loses the game.
  rational losing_by_chance(position const& s) const {
    auto const q = bellman::action_value(game{}, rational(1), optimal_.value);
    auto const advantage = bellman::advantage(q, optimal_.value);
    auto const loses = [&](move m) { return rational(advantage(s, m) < rational(0) ? 1 : 0); };
    return bellman::expectation(bellman::uniform(move_list(s)), loses);
  }

  judged_move judge(position const& s, move m) const {
    auto const q_star = bellman::action_value(game{}, rational(1), optimal_.value);
    auto const a_star = bellman::advantage(q_star, optimal_.value);
    auto const q = bellman::action_value(game{}, rational(1), uniform_);
    auto const a = bellman::advantage(q, uniform_);
    return {m, play(s, m), q_star(s, m), a_star(s, m), q(s, m), a(s, m)};
  }

  /// The moves of a position; those that take equal numbers and do the same with them count as one.
  std::vector<judged_move> moves(position const& s) const {
    std::vector<judged_move> judged;
    for (move const m : move_list(s)) {
      auto const alike = std::ranges::find_if(judged, [&](judged_move const& other) {
        return m.operation == other.made.operation && s.numbers[m.first] == s.numbers[other.made.first] &&
               s.numbers[m.second] == s.numbers[other.made.second];
      });
      if (alike == judged.end()) {
        judged.push_back(judge(s, m));
      } else {
        ++alike->slots;
      }
    }
    return judged;
  }

  /// One way to 24.
  std::vector<move> winning_line(position s) const {
    std::vector<move> line;
    for (; s.size > 1; s = play(s, line.back())) line.push_back(optimal_.policy.optimal_actions(s).front());
    return line;
  }

 private:
  template <class Value>
  static std::vector<position> those_that_reach_24(std::vector<position> const& starts, Value const& v_star) {
    std::vector<position> reach;
    for (position const& s : starts) {
      if (v_star(s) == rational(1)) reach.push_back(s);
    }
    return reach;
  }
  bellman::tabular_environment<game> const& table() const { return uniform_.table(); }

  std::vector<position> deals_;
  decltype(detail::solve_from({})) optimal_;
  std::vector<position> puzzles_;
  decltype(detail::play_at_random_from({})) uniform_;
};

}  // namespace game24
