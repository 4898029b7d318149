// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/progress.hpp"
#include "data_set.hpp"
#include "methods.hpp"

#include <charconv>
#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace answers {

namespace detail {

// The shortest text that reads back as the same number.
template <class Number>
void append_number(std::string& line, Number x) {
  char text[32];
  auto const end = std::to_chars(text, text + sizeof text, x).ptr;
  line.append(text, end);
}

template <class Append>
void append_list(std::string& line, std::size_t size, Append append) {
  line += '[';
  for (std::size_t i = 0; i < size; ++i) {
    if (i != 0) line += ',';
    append(i);
  }
  line += ']';
}

}  // namespace detail

/// Writes an answer a line: `data`, `question`, `answer`, the two rewards `right` and `well_formed`, the `tokens`, for
/// each of them whether it is the model's `own`, and for each method a list with the advantage of every token. That of
/// a token that a tool wrote is 0. A method that the data are not enough for is `null`. Advantages are floats.
inline void write_json_lines(std::ostream& out, data_set const& data, std::vector<advantages> const& all,
                             progress& bar) {
  std::string line, number;
  std::size_t first = 0;  // of the answer's tokens among all that models chose
  bar.begin("writing " + data.name, data.questions.size());
  for (question const& q : data.questions) {
    for (answer const& a : q.answers) {
      line = "{\"data\":\"" + data.name + "\",\"question\":\"" + q.id + "\",\"answer\":" + nlohmann::json(a.id).dump() +
             ",\"right\":" + (a.right ? "1" : "0") + ",\"well_formed\":" + (a.well_formed ? "1" : "0") + ",\"tokens\":";
      detail::append_list(line, a.tokens.size(), [&](std::size_t i) { detail::append_number(line, a.tokens[i]); });
      line += ",\"own\":";
      detail::append_list(line, a.own.size(), [&](std::size_t i) { line += a.own[i] ? '1' : '0'; });
      line += ",\"advantages\":{";
      for (advantages const& m : all) {
        if (&m != &all.front()) line += ',';
        line.append("\"").append(m.by->name).append("\":");
        if (!m.of_tokens) {
          line += "null";
          continue;
        }
        std::size_t at = first;
        detail::append_list(line, a.own.size(), [&](std::size_t i) {
          if (!a.own[i]) {
            line += '0';
            return;
          }
          double const x = (*m.of_tokens)[at++];
          // Most tokens get what the one before them got.
          if (at == first + 1 || x != (*m.of_tokens)[at - 2]) {
            number.clear();
            detail::append_number(number, static_cast<float>(x));
          }
          line += number;
        });
      }
      line += "}}\n";
      out << line;
      first += a.own_tokens();
    }
    bar.step();
  }
}

}  // namespace answers
