// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../game24/game.hpp"
#include "../game24/number.hpp"

#include <bellman/scalar/arithmetic.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// What a player sees of a move: questions that are answered with yes or no. None is answered by the exact value: of the
// two numbers that a second move leaves nothing asks whether they make 24, only whether they come near.
namespace game24_learned {

using game24::move;
using game24::position;
using game24::rational;

/// A question that is answered with yes: a feature that is 1, and which.
struct yes {
  std::uint8_t index;
  static constexpr double value = 1;
};

namespace detail {

inline bool is_whole(rational const& x) { return x.denominator() == 1; }
/// Whether it is 1, 2, 3, 4, 6, 8, 12 or 24.
inline bool divides_24(rational const& x) { return is_whole(x) && rational(0) < x && 24 % x.numerator() == 0; }
inline bool is_near_24(rational const& x, int within) {
  return rational(24 - within) <= x && x <= rational(24 + within);
}

/// Whether one move makes of two numbers 24, or what is so far from it at most.
inline bool make_24(rational const& a, rational const& b, int within = 0) {
  position two;
  two.add(a);
  two.add(b);
  for (move const m : game24::move_list(two)) {
    if (is_near_24(game24::result(two, m), within)) return true;
  }
  return false;
}

/// Calls `ask(question, answer)` for every question; which these are does not depend on the move.
template <class Ask>
void ask_all(position const& s, move m, Ask const& ask) {
  rational const r = game24::result(s, m);
  position others;
  for (std::size_t i = 0; i < s.size; ++i) {
    if (i != m.first && i != m.second) others.add(s.numbers[i]);
  }
  ask("it adds", m.operation == '+');
  ask("it subtracts", m.operation == '-');
  ask("it multiplies", m.operation == '*');
  ask("it divides", m.operation == '/');

  ask("the result is a fraction", !is_whole(r));
  ask("the result is negative", r < rational(0));
  ask("the result is 0", r == rational(0));
  ask("the result is 1", r == rational(1));
  ask("the result is 2", r == rational(2));
  ask("the result is 3", r == rational(3));
  ask("the result is 4", r == rational(4));
  ask("the result is 6", r == rational(6));
  ask("the result is 8", r == rational(8));
  ask("the result is 12", r == rational(12));
  ask("the result is 24", r == rational(24));
  ask("the result is 24 or 3 away at most", is_near_24(r, 3));
  ask("the result is 24 or 8 away at most", is_near_24(r, 8));
  ask("the result is above 36", rational(36) < r);
  ask("the result is a multiple of 24", is_whole(r) && rational(0) < r && r.numerator() % 24 == 0);

  int dividing = 0;
  bool same = false;
  for (rational const& x : others) {
    if (divides_24(x)) ++dividing;
    same = same || x == r;
  }
  bool const divides = divides_24(r);
  ask("the result is another number once more", same);
  ask("the result divides 24, no other does", divides && dividing == 0);
  ask("the result divides 24, one other does", divides && dividing == 1);
  ask("the result divides 24, two others do", divides && dividing == 2);
  ask("the result does not divide 24, one other does", !divides && dividing == 1);
  ask("the result does not divide 24, two others do", !divides && dividing == 2);

  // Of the three numbers that a first move leaves, do two make 24? Then the third is in the way.
  bool const three = others.size == 2;
  bool const apart = three && make_24(others.numbers[0], others.numbers[1]);
  ask("the others make 24", apart);
  ask("the others make 24, and the result is 0", apart && r == rational(0));
  ask("the others make 24, and the result is 1", apart && r == rational(1));
  bool with_one = false, beside_1 = false;
  for (std::size_t i = 0; three && i < 2; ++i) {
    bool const makes = make_24(r, others.numbers[i]);
    with_one = with_one || makes;
    beside_1 = beside_1 || (makes && others.numbers[1 - i] == rational(1));
  }
  ask("the result and another make 24", with_one);
  ask("the result and another make 24, and 1 is left", beside_1);
  // Of the two that a second move leaves, roughly where the last move leads.
  ask("the last move comes within 6 of 24", others.size == 1 && make_24(r, others.numbers[0], 6));
}

inline std::vector<std::string> all_questions() {
  std::vector<std::string> all;
  position s;
  s.add(rational(1));
  s.add(rational(1));
  detail::ask_all(s, {0, 1, '+'}, [&](std::string_view question, bool) { all.emplace_back(question); });
  return all;
}

}  // namespace detail

/// What is asked.
inline std::vector<std::string> const& questions() {
  static std::vector<std::string> const all = detail::all_questions();
  return all;
}

/// The moves of a game: the first from four numbers, the last from two. Each question has a weight for each.
inline constexpr std::size_t moves_of_a_game = 3;

inline std::size_t number_of_features() { return moves_of_a_game * questions().size(); }

/// What is answered with yes, of a move from so many numbers.
inline std::vector<yes> features(position const& s, move m) {
  std::vector<yes> all;
  std::size_t index = (4 - s.size) * questions().size();
  detail::ask_all(s, m, [&](std::string_view, bool answer) {
    if (answer) all.push_back({static_cast<std::uint8_t>(index)});
    ++index;
  });
  return all;
}

}  // namespace game24_learned
