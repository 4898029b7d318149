// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "game.hpp"
#include "number.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

// What a language model wrote, read by the rules of the game. Nothing in here trusts the text: whatever it holds, it
// is right or wrong, legal or illegal.
namespace game24 {

/// What an expression is worth, and the numbers that it is written with.
struct expression {
  rational value;
  std::vector<rational> numbers;
};

namespace detail {

// sum     = product { ("+" | "-") product }
// product = factor { ("*" | "/") factor }
// factor  = "-" factor | "(" sum ")" | decimal
// A rule returns nothing where the text does not follow it. An overflow of the exact numbers throws.
class expression_reader {
 public:
  explicit expression_reader(std::string_view text) : in_(text) {}

  std::optional<expression> read() {
    auto const value = sum();
    if (!value || !in_.at_end()) return std::nullopt;
    return expression{*value, std::move(numbers_)};
  }

 private:
  using maybe = std::optional<rational>;

  maybe sum() {
    maybe value = product();
    while (value && (in_.front() == '+' || in_.front() == '-')) value = operate(*value, &expression_reader::product);
    return value;
  }
  maybe product() {
    maybe value = factor();
    while (value && (in_.front() == '*' || in_.front() == '/')) value = operate(*value, &expression_reader::factor);
    return value;
  }
  maybe operate(rational const& left, maybe (expression_reader::*rule)()) {
    char const operation = in_.front();
    in_.take({&operation, 1});
    maybe const right = (this->*rule)();
    if (!right || (operation == '/' && *right == rational(0))) return std::nullopt;
    return apply(operation, left, *right);
  }
  maybe factor() {
    in_.skip_spaces();
    maybe value;
    if (in_.front() == '-' || in_.front() == '(') {
      if (++depth_ > deepest) return std::nullopt;
      if (in_.take("-")) {
        value = factor();
        if (value) value = -*value;
      } else {
        in_.take("(");
        value = sum();
        if (!in_.take(")")) return std::nullopt;
      }
      --depth_;
    } else {
      value = in_.take_decimal();
      if (value) numbers_.push_back(*value);
    }
    in_.skip_spaces();
    return value;
  }

  static constexpr int deepest = 100;  // of nested parentheses and signs: text must not exhaust the stack

  reader in_;
  std::vector<rational> numbers_;
  int depth_ = 0;
};

// How a step's left side is read. In `2/3 = ...` the stroke is the operator and not part of a fraction, and in
// `(7 - 4) = ...` the parentheses are around the operation and not around an operand.
struct reading {
  bool fraction;
  bool enclosed;
};
inline constexpr reading readings[]{{true, false}, {false, false}, {true, true}, {false, true}};

// A number as steps write it: `5`, `-1`, `1.5`, `2/3`, or one of these in parentheses.
inline std::optional<rational> take_operand(reader& in, bool fraction) {
  bool const parenthesis = in.take("(");
  bool const negative = in.take("-");
  auto x = in.take_decimal();
  if (!x) return std::nullopt;
  if (auto beyond = in; fraction && beyond.take("/")) {
    if (auto const divisor = beyond.take_decimal(); divisor && *divisor != rational(0)) {
      x = bellman::quotient(*x, *divisor);
      in = beyond;
    }
  }
  if (parenthesis && !in.take(")")) return std::nullopt;
  return negative ? -*x : *x;
}

// The move that takes `a` and `b` from the table, if both lie there.
inline std::optional<move> find_move(position const& s, rational const& a, char operation, rational const& b) {
  bool const either_way = operation == '+' || operation == '*';
  for (move const m : move_list(s)) {
    if (m.operation != operation) continue;
    auto const& first = s.numbers[m.first];
    auto const& second = s.numbers[m.second];
    if ((first == a && second == b) || (either_way && first == b && second == a)) return m;
  }
  return std::nullopt;
}

// `a op b = c (left: ...)`, after which a model may add a remark.
inline std::optional<move> read_step(position const& s, std::string_view line, reading how) {
  reader in(line);
  in.skip_spaces();
  if (how.enclosed && !in.take("(")) return std::nullopt;
  auto const a = take_operand(in, how.fraction);
  in.skip_spaces();
  char const operation = in.front();
  if (!a || !(in.take("+") || in.take("-") || in.take("*") || in.take("/"))) return std::nullopt;
  in.skip_spaces();
  auto const b = take_operand(in, true);
  if (how.enclosed && !in.take(")")) return std::nullopt;
  in.skip_spaces();
  if (!b || !in.take("=")) return std::nullopt;
  in.skip_spaces();
  auto const c = take_operand(in, true);
  in.skip_spaces();
  if (!c || !in.take("(left:")) return std::nullopt;
  position left;
  for (in.skip_spaces(); !in.take(")"); in.skip_spaces()) {
    auto const x = take_operand(in, true);
    if (!x || left.size == left.numbers.size()) return std::nullopt;
    left.add(*x);
  }
  auto const m = find_move(s, *a, operation, *b);
  if (!m || result(s, *m) != *c || play(s, *m) != left) return std::nullopt;
  return m;
}

}  // namespace detail

/// Reads `+ - * /`, parentheses, signs and decimal numbers. Nothing for any other text, for a division by zero, and for
/// numbers that do not fit into fractions of 64 bits.
inline std::optional<expression> read_expression(std::string_view text) {
  try {
    return detail::expression_reader(text).read();
  } catch (std::overflow_error const&) {
    return std::nullopt;
  }
}

/// The move that a line makes in a position: it reads `a op b = c (left: ...)`, `a` and `b` are among the numbers left,
/// `c` is exact, and the list is what is left. Operands and `a op b` may stand in parentheses. Otherwise the line is
/// illegal, and there is no move.
inline std::optional<move> read_step(position const& s, std::string_view line) {
  try {
    for (auto const how : detail::readings) {
      if (auto const m = detail::read_step(s, line, how)) return m;
    }
  } catch (std::overflow_error const&) {
    // a number that no game reaches
  }
  return std::nullopt;
}

/// What an answer comes to.
struct answer {
  bool right = false;             ///< its expression uses exactly the puzzle's numbers and equals 24
  std::vector<move> steps;        ///< its steps up to the first illegal one
  std::size_t written_steps = 0;  ///< how many lines it wrote as steps, legal or not

  /// Whether it played the game to its end and wrote no step beyond.
  bool fully_legal() const { return steps.size() == 3 && written_steps == 3; }
};

/// Whether what stands before the first `=` on the last line, without `Answer:`, solves the puzzle.
inline bool is_right(position const& puzzle, std::string_view text) {
  text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
  text = text.substr(text.find_last_of('\n') + 1);
  reader in(text);
  in.skip_spaces();
  in.take("Answer:");
  text = in.rest();
  auto e = read_expression(text.substr(0, text.find('=')));
  if (!e || e->value != rational(24)) return false;
  std::sort(e->numbers.begin(), e->numbers.end());
  return std::equal(e->numbers.begin(), e->numbers.end(), puzzle.begin(), puzzle.end());
}

/// Reads an answer and follows its steps through the game.
inline answer read_answer(position const& puzzle, std::string_view text) {
  answer result;
  result.right = is_right(puzzle, text);
  position s = puzzle;
  bool legal = true;
  for (std::string_view rest = text; !rest.empty();) {
    auto const line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.find("left:") == line.npos) continue;
    ++result.written_steps;
    if (!legal) continue;
    if (auto const m = read_step(s, line)) {
      result.steps.push_back(*m);
      s = play(s, *m);
    } else {
      legal = false;
    }
  }
  return result;
}

}  // namespace game24
