// SPDX-License-Identifier: BSL-1.0
#pragma once

// What rules make of logits, against what they are defined to make: of rows of whole numbers, whose logarithms are the
// logits, so that every probability is a fraction and "reaches p" is decided among integers.
#include <bellman/language/logit_rules.hpp>

#include <bellman/error.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/forbidden_tokens.hpp>
#include <bellman/language/forced_tokens.hpp>
#include <bellman/language/frequency_penalty.hpp>
#include <bellman/language/language_policy.hpp>
#include <bellman/language/logit_rule.hpp>
#include <bellman/language/min_p.hpp>
#include <bellman/language/presence_penalty.hpp>
#include <bellman/language/repetition_penalty.hpp>
#include <bellman/language/temperature.hpp>
#include <bellman/language/top_k.hpp>
#include <bellman/language/top_p.hpp>
#include <bellman/language/typical_p.hpp>
#include <bellman/language/with_rules.hpp>
#include <bellman/probability/entropy.hpp>
#include <bellman/probability/kl_divergence.hpp>
#include <bellman/probability/softmax.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <list>
#include <random>
#include <ranges>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "language/three_words.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/infinity.hpp"
#include "support/message_of.hpp"

namespace logit_rules_of_language {


using bellman::concat;
using bellman::context;
using bellman::forbidden_tokens;
using bellman::forced_tokens;
using bellman::frequency_penalty;
using bellman::logit_rules;
using bellman::min_p;
using bellman::presence_penalty;
using bellman::repetition_penalty;
using bellman::temperature;
using bellman::token;
using bellman::top_k;
using bellman::top_p;
using bellman::typical_p;
using bellman::with_rules;
using bellman::test::approx_equal;
using bellman::test::infinity;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

constexpr std::size_t tokens = 5;
using weights = std::array<int, tokens>;
using row = std::array<double, tokens>;
using kept = std::array<bool, tokens>;

inline row logits_of(weights const& w) {
  row z{};
  for (std::size_t t = 0; t < tokens; ++t) z[t] = w[t] == 0 ? -infinity : bellman::log(1.0 * w[t]);
  return z;
}
inline kept kept_in(row const& z) {
  kept all{};
  for (std::size_t t = 0; t < tokens; ++t) all[t] = z[t] != -infinity;
  return all;
}
inline int sum_of(weights const& w) {
  int total = 0;
  for (int const x : w) total += x;
  return total;
}

/// All rows of weights from 0 to 4, but for that of zeros.
template <class Body>
void for_all_weights(Body const& body) {
  for (int code = 1; code < 5 * 5 * 5 * 5 * 5; ++code) {
    weights w{};
    for (int rest = code; int& x : w) {
      x = rest % 5;
      rest /= 5;
    }
    body(w);
  }
}

/// The tokens by their weights, the largest first, of equal ones the lower number.
inline std::vector<std::size_t> by_weight(weights const& w) {
  std::vector<std::size_t> order;
  for (int x = 4; x > 0; --x) {
    for (std::size_t t = 0; t < tokens; ++t) {
      if (w[t] == x) order.push_back(t);
    }
  }
  return order;
}

inline bool are_close(row const& a, row const& b) {
  for (std::size_t t = 0; t < tokens; ++t) {
    if (a[t] != b[t] && !approx_equal(a[t], b[t], 1e-13)) return false;
  }
  return true;
}

inline row probabilities(row const& z) {
  row p{};
  for (auto const& e : bellman::softmax(z)) p[e.value] = e.probability;
  return p;
}

constexpr context said(std::initializer_list<token> prompt, std::initializer_list<token> generated) {
  context s(prompt);
  for (token const t : generated) s = concat(s, t);
  return s;
}


}  // namespace logit_rules_of_language
