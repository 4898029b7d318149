// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/language/internal/logits_in_place.hpp>
#include <bellman/probability/internal/logits.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <utility>

namespace bellman::internal {

template <class Number>
[[noreturn]] void a_token_must_have_a_logit(Number t, std::size_t logits) {
  internal::refuse("bellman: token " + internal::describe(t) + " has no logit; there are " + std::to_string(logits) +
                   ", so that it must lie in [0, " + std::to_string(logits) + ")");
}
[[noreturn]] inline void a_penalty_must_be_finite(char const* name, double penalty) {
  internal::refuse("bellman: the " + std::string(name) + " is " + internal::describe(penalty) +
                   "; it must be a finite number");
}

/// A token as the place of its logit.
template <class Number>
constexpr std::size_t place_of_logit(Number t, std::size_t logits) {
  if (std::cmp_less(t, 0) || !std::cmp_less(t, logits)) internal::a_token_must_have_a_logit(t, logits);
  return static_cast<std::size_t>(t);
}

/// How often each of n tokens stands among some.
template <class Tokens>
constexpr internal::vector<std::size_t> counts_of(Tokens&& tokens, std::size_t n) {
  internal::vector<std::size_t> counts(n, 0);
  for (auto const t : tokens) ++counts[internal::place_of_logit(t, n)];
  return counts;
}

/// Changes the logits of tokens that are counted, `change(logit, count)`, or throws and changes none.
template <class L, class Change>
constexpr void change_counted(std::span<L> logits, internal::vector<std::size_t> const& counts, Change const& change) {
  for (bool const for_good : {false, true}) {
    for (std::size_t t = 0; t < logits.size(); ++t) {
      if (counts[t] == 0 || internal::is_minus_infinity(logits[t])) continue;
      L const after = internal::changed_logit(t, logits[t], [&](auto const& z) { return change(z, counts[t]); });
      if (for_good) logits[t] = after;
    }
  }
}

}  // namespace bellman::internal
