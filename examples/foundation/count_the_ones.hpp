// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/language/context.hpp>
#include <bellman/language/token_environment.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <string>
#include <string_view>
#include <utility>

#include <boost/rational.hpp>

// A language model's task, small enough to be solved exactly: the prompt x is a row of binary digits, and the right
// answer says in binary how many ones it has, followed by the end of the sequence. For x = "101" that is "10.".
namespace foundation {

using rational = boost::rational<long long>;
using bellman::concat;
using bellman::context;
using bellman::token;

inline constexpr token zero = 0;
inline constexpr token one = 1;
inline constexpr token stop = 2;
inline constexpr bellman::vocabulary words(std::array<std::string_view, 3>{"0", "1", "."}, stop);

/// The prompt x = "101".
constexpr context prompt() { return context{one, zero, one}; }

/// The rule that tells right from wrong.
inline constexpr auto is_right = [](context const& s) {
  if (s.last() != stop || s.generated_size() == 1) return false;
  token ones = 0;
  for (token t : s.prompt()) ones += t;
  token answer = 0;
  for (token t : s.generated()) answer = t == stop ? answer : 2 * answer + t;
  return answer == ones;
};

/// The task, paid by any reward; an answer has at most three tokens.
template <class Reward>
constexpr auto count_the_ones(Reward reward) {
  return bellman::token_environment(words, bellman::length_limit{3}, std::move(reward));
}

/// A stochastic policy pi(a | s): it likes to begin with "1", and does not look at the prompt.
inline constexpr auto speaker = [](context const& s) {
  using bellman::weighted;
  bool const begins = s.generated_size() == 0;
  return bellman::categorical(std::array{weighted{zero, begins ? rational(1, 6) : rational(1, 2)},
                                         weighted{one, begins ? rational(2, 3) : rational(1, 4)},
                                         weighted{stop, begins ? rational(1, 6) : rational(1, 4)}});
};

/// A context as text: "101|10." is the prompt, and what was generated.
inline std::string text(context const& s) {
  std::string all;
  for (token t : s.prompt()) all += words.text(t);
  all += '|';
  for (token t : s.generated()) all += words.text(t);
  return all;
}

inline std::string text(rational const& x) {
  std::string const numerator = std::to_string(x.numerator());
  return x.denominator() == 1 ? numerator : numerator + "/" + std::to_string(x.denominator());
}

}  // namespace foundation
