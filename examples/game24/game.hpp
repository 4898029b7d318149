// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "number.hpp"

#include <bellman/decision/environment.hpp>
#include <bellman/decision/outcome.hpp>
#include <bellman/probability/dirac.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace game24 {

/// The state: the numbers that are left, in ascending order.
struct position {
  std::array<rational, 4> numbers{};
  std::size_t size = 0;

  constexpr rational const* begin() const { return numbers.data(); }
  constexpr rational const* end() const { return numbers.data() + size; }

  /// Inserts a number in its place.
  constexpr void add(rational const& x) {
    std::size_t place = size++;
    for (; place > 0 && x < numbers[place - 1]; --place) numbers[place] = numbers[place - 1];
    numbers[place] = x;
  }

  friend constexpr bool operator==(position const& a, position const& b) {
    if (a.size != b.size) return false;
    for (std::size_t i = 0; i < a.size; ++i) {
      if (a.numbers[i].numerator() != b.numbers[i].numerator()) return false;
      if (a.numbers[i].denominator() != b.numbers[i].denominator()) return false;
    }
    return true;
  }

  constexpr std::size_t hash() const {
    std::uint64_t h = size;
    for (rational const& x : *this) {
      h = (h ^ static_cast<std::uint64_t>(x.numerator())) * 0x9E3779B97F4A7C15u;
      h = (h ^ (h >> 32) ^ static_cast<std::uint64_t>(x.denominator())) * 0xC2B2AE3D27D4EB4Fu;
    }
    return static_cast<std::size_t>(h ^ (h >> 29));
  }
};

/// The action: two positions among the numbers left, and what is done with the two numbers there.
struct move {
  std::uint8_t first = 0;
  std::uint8_t second = 0;
  char operation = '+';

  friend constexpr bool operator==(move const&, move const&) = default;
};

/// `a op b`. The divisor must not be zero.
constexpr rational apply(char operation, rational const& a, rational const& b) {
  switch (operation) {
    case '+':
      return bellman::sum(a, b);
    case '-':
      return bellman::difference(a, b);
    case '*':
      return bellman::product(a, b);
    default:
      return bellman::quotient(a, b);
  }
}

/// The moves of a position: `+` and `*` once for each pair, `-` and `/` both ways, and no division by zero. At most 36.
class move_list {
 public:
  constexpr explicit move_list(position const& s) {
    for (std::uint8_t i = 0; i < s.size; ++i) {
      for (std::uint8_t j = static_cast<std::uint8_t>(i + 1); j < s.size; ++j) {
        add({i, j, '+'});
        add({i, j, '*'});
        add({i, j, '-'});
        add({j, i, '-'});
        if (s.numbers[j] != rational(0)) add({i, j, '/'});
        if (s.numbers[i] != rational(0)) add({j, i, '/'});
      }
    }
  }

  constexpr move const* begin() const { return moves_.data(); }
  constexpr move const* end() const { return moves_.data() + size_; }
  constexpr std::size_t size() const { return size_; }

 private:
  constexpr void add(move m) { moves_[size_++] = m; }

  std::array<move, 36> moves_{};
  std::size_t size_ = 0;
};

/// The result of a move.
constexpr rational result(position const& s, move m) {
  return apply(m.operation, s.numbers[m.first], s.numbers[m.second]);
}

/// The position after a move: the two numbers make room for their result.
constexpr position play(position const& s, move m) {
  position next;
  for (std::size_t i = 0; i < s.size; ++i) {
    if (i != m.first && i != m.second) next.add(s.numbers[i]);
  }
  next.add(result(s, m));
  return next;
}

constexpr bool is_24(position const& s) { return s.size == 1 && s.numbers[0] == rational(24); }

/// The game as an environment of the library. It ends with one number, and that number is worth one if it is 24.
struct game {
  using state_type = position;
  using action_type = move;
  using reward_type = rational;

  constexpr move_list actions(position const& s) const { return move_list(s); }
  constexpr bool terminal(position const& s) const { return s.size == 1; }
  constexpr auto transition(position const& s, move m) const {
    position const next = play(s, m);
    return bellman::dirac{bellman::outcome{rational(is_24(next) ? 1 : 0), next}};
  }
};
static_assert(bellman::environment<game> && bellman::deterministic_environment<game>);

inline constexpr int smallest_number = 1;
inline constexpr int largest_number = 13;

/// Every way to draw four numbers from 1 to 13 regardless of order: 1,820 positions.
constexpr std::vector<position> deals() {
  std::vector<position> all;
  for (int a = smallest_number; a <= largest_number; ++a) {
    for (int b = a; b <= largest_number; ++b) {
      for (int c = b; c <= largest_number; ++c) {
        for (int d = c; d <= largest_number; ++d) {
          position s;
          for (int x : {a, b, c, d}) s.add(x);
          all.push_back(s);
        }
      }
    }
  }
  return all;
}

/// `4 5 6 10`
inline std::string to_text(position const& s) {
  std::string text;
  for (rational const& x : s) {
    if (!text.empty()) text += ' ';
    text += to_text(x);
  }
  return text;
}

/// `10 - 4 = 6`, with operands that are negative or fractions in parentheses.
inline std::string to_text(position const& s, move m) {
  std::string text;
  auto const add = [&](rational const& x) {
    bool const plain = x.denominator() == 1 && x.numerator() >= 0;
    if (!plain) text += '(';
    text += to_text(x);
    if (!plain) text += ')';
  };
  add(s.numbers[m.first]);
  text += ' ';
  text += m.operation;
  text += ' ';
  add(s.numbers[m.second]);
  return text + " = " + to_text(result(s, m));
}

/// `6 * 5 = 30, 30 - 6 = 24`
inline std::string to_text(position s, std::vector<move> const& moves) {
  std::string text;
  for (move const m : moves) {
    if (!text.empty()) text += ", ";
    text += to_text(s, m);
    s = play(s, m);
  }
  return text;
}

/// Reads four whole numbers from 1 to 13, in any order, with spaces between them.
inline std::optional<position> read_deal(std::string_view text) {
  reader in(text);
  position s;
  for (in.skip_spaces(); !in.at_end(); in.skip_spaces()) {
    auto const x = in.take_decimal();
    if (!x || x->denominator() != 1 || *x < smallest_number || *x > largest_number || s.size == 4) return std::nullopt;
    s.add(*x);
    if (!in.at_end() && in.front() != ' ' && in.front() != '\t' && in.front() != '\r') return std::nullopt;
  }
  if (s.size != 4) return std::nullopt;
  return s;
}

}  // namespace game24
