// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../game24/answers.hpp"

#include <cstddef>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Questions and answers that need no data: sums of a few numbers, by somebody who adds from left to right and may
// forget to carry. The more has to be carried, the more often.
namespace answers::sums {

struct answer {
  std::string text;
  bool right;  ///< as the one who made it knows
};

struct question {
  long long truth;
  std::vector<answer> answers;
  answer greedy;  ///< the one that takes what is likeliest at every place
};

namespace detail {

// The carries of a + b in the decimal system.
inline int carries(long long a, long long b) {
  int n = 0;
  for (long long carry = 0; a != 0 || b != 0 || carry != 0; a /= 10, b /= 10) {
    carry = (a % 10 + b % 10 + carry) / 10;
    n += static_cast<int>(carry);
  }
  return n;
}

// a + b with the first carry forgotten.
inline long long forgetful_sum(long long a, long long b) {
  for (long long place = 1;; place *= 10) {
    if (a / place % 10 + b / place % 10 >= 10) return a + b - 10 * place;
  }
}

// `chance()` is uniform in [0, 1).
template <class Chance>
answer write(std::vector<long long> const& terms, Chance chance) {
  std::string text;
  long long sum = terms.front(), truth = terms.front();
  for (std::size_t i = 1; i < terms.size(); ++i) {
    int const n = carries(sum, terms[i]);
    bool const forgets = n > 0 && chance() >= 1 - 0.18 * n;
    text += std::to_string(sum) + " + " + std::to_string(terms[i]) + " = ";
    sum = forgets ? forgetful_sum(sum, terms[i]) : sum + terms[i];
    truth += terms[i];
    text += std::to_string(sum) + "\n";
  }
  bool const stops_early = chance() >= 0.97;
  if (!stops_early) text += "A: " + std::to_string(sum);
  return {text, !stops_early && sum == truth};
}

}  // namespace detail

/// Whether a line such as `17 + 26 = 43` is true. Nothing where it is none.
inline std::optional<bool> step_is_right(std::string_view line) {
  auto const equals = line.find('=');
  if (equals == line.npos) return std::nullopt;
  auto const left = game24::read_expression(line.substr(0, equals));
  auto const right = game24::read_expression(line.substr(equals + 1));
  if (!left || !right) return std::nullopt;
  return left->value == right->value;
}

/// The same questions and answers every time, on every machine.
inline std::vector<question> make(std::size_t questions = 60, std::size_t answers_each = 8) {
  std::mt19937 random(3);
  auto const chance = [&] { return static_cast<double>(random()) / 4294967296.0; };
  std::vector<question> all;
  for (std::size_t q = 0; q < questions; ++q) {
    std::vector<long long> terms(2 + q % 5);
    long long const largest = q % 3 == 0 ? 90 : 900;
    question made{0, {}, {}};
    for (long long& x : terms) {
      x = 10 + static_cast<long long>(chance() * static_cast<double>(largest));
      made.truth += x;
    }
    for (std::size_t i = 0; i < answers_each; ++i) made.answers.push_back(detail::write(terms, chance));
    made.greedy = detail::write(terms, [] { return 0.5; });
    all.push_back(std::move(made));
  }
  return all;
}

}  // namespace answers::sums
