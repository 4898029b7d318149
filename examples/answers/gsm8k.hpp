// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../game24/answers.hpp"
#include "../game24/number.hpp"
#include "../support/text_file.hpp"

#include <bellman/probability/weight.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// School maths questions (GSM8K, Cobbe et al. 2021), each with four models' answers, a question a line. What the models
// wrote may be anything; what the file is made of may not, and a `bad_input` says where it is broken.
namespace answers::gsm8k {

using game24::rational;

/// `12`, `1,250`, `-3`, `$2.50`, and nothing else but spaces around it. Commas must stand before three digits each.
inline std::optional<rational> read_number(std::string_view text) {
  std::string plain;
  std::size_t digits = 0;  // since the last comma
  bool commas = false;
  auto const is_digit = [](char c) { return '0' <= c && c <= '9'; };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ',') {
      if (digits == 0 || digits > 3 || (commas && digits != 3)) return std::nullopt;
      commas = true;
      digits = 0;
    } else {
      if (commas && digits != 3 && !is_digit(text[i])) return std::nullopt;
      if (is_digit(text[i]) && plain.find('.') == plain.npos) ++digits;
      plain += text[i];
    }
  }
  if (commas && digits != 3) return std::nullopt;
  game24::reader in(plain);
  in.skip_spaces();
  bool const negative = in.take("-");
  in.take("$");
  auto const x = in.take_decimal();
  in.skip_spaces();
  if (!x || !in.at_end()) return std::nullopt;
  return negative ? -*x : *x;
}

/// The number after `A:` or `####` on the last line that is not empty.
inline std::optional<rational> final_number(std::string_view text) {
  text = text.substr(0, text.find_last_not_of(" \t\r\n") + 1);
  game24::reader in(text.substr(text.find_last_of('\n') + 1));
  in.skip_spaces();
  if (!in.take("A:") && !in.take("####")) return std::nullopt;
  return read_number(in.rest());
}

/// Whether an answer ends in the true number. Both are exact fractions: `3.0` is `3`, and `2,125` is `2125`.
inline bool is_right(rational const& truth, std::string_view text) {
  auto const number = final_number(text);
  return number && *number == truth;
}

namespace detail {

inline bool equal_in_nine_digits(rational const& a, rational const& b) {
  double const x = bellman::to_double(a), y = bellman::to_double(b);
  return std::abs(x - y) <= 1e-9 * std::max(1.0, std::abs(y));
}

}  // namespace detail

/// A calculation that an answer holds, as in `<<16-3-4=9>>`.
struct calculation {
  std::size_t result_begins, ends;  ///< where `9>>` begins and ends in the text
  bool right;                       ///< whether both sides are equal in nine digits; a calculator rounds
};

/// The calculations whose left side is arithmetic, in the order in which they stand. The models were sampled with a
/// calculator: where they wrote the equals sign of such a calculation, it wrote the result and `>>`. It failed at times
/// (README of openai/grade-school-math), and the model went on by itself: a result that is wrong is the model's own.
inline std::vector<calculation> calculations(std::string_view text) {
  std::vector<calculation> all;
  for (std::size_t at = text.find("<<"); at != text.npos; at = text.find("<<", at + 1)) {
    auto const end = text.find(">>", at);
    if (end == text.npos) break;
    auto const equals = text.substr(0, end).find('=', at);
    if (equals == text.npos) continue;
    std::string left(text.substr(at + 2, equals - at - 2));
    std::erase(left, ',');
    auto const value = game24::read_expression(left);
    if (!value || left.find(' ') != left.npos) continue;
    auto const result = read_number(text.substr(equals + 1, end - equals - 1));
    all.push_back({equals + 1, end + 2, result && detail::equal_in_nine_digits(*result, value->value)});
  }
  return all;
}

struct answer {
  std::string model;
  std::string text;
  bool label;  ///< whether the file says that it is right
};

struct question {
  rational truth;
  std::vector<answer> answers;
};

namespace detail {

inline question read_question(std::string const& line, support::line_reader const& at) {
  auto const record = support::read_object(line, at, "question", "ground_truth");
  if (!record["question"].is_string()) at.fail("\"question\" must be a text");
  if (!record["ground_truth"].is_string()) at.fail("\"ground_truth\" must be a text");
  auto const truth = final_number(record["ground_truth"].get_ref<std::string const&>());
  if (!truth) at.fail("the last line of \"ground_truth\" must be \"A:\" and a number");
  question q{*truth, {}};
  for (auto const& [name, member] : record.items()) {
    if (name == "question" || name == "ground_truth") continue;
    if (!member.is_object() || !member.contains("solution") || !member["solution"].is_string()) {
      at.fail("\"" + name + "\" has no \"solution\" that is a text");
    }
    if (!member.contains("is_correct") || !member["is_correct"].is_boolean()) {
      at.fail("\"" + name + "\" has no \"is_correct\" that is true or false");
    }
    q.answers.push_back({name, member["solution"].get<std::string>(), member["is_correct"].get<bool>()});
  }
  if (q.answers.empty()) at.fail("has no model's answer");
  return q;
}

}  // namespace detail

/// Reads `example_model_solutions_0_659.jsonl`. Throws `bad_input`.
inline std::vector<question> read(std::filesystem::path const& path) {
  support::line_reader file(path);
  std::vector<question> questions;
  for (std::string line; file.next(line);) questions.push_back(detail::read_question(line, file));
  if (questions.empty()) file.fail("the file is empty");
  return questions;
}

}  // namespace answers::gsm8k
