// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/language/internal/first_to_reach.hpp>
#include <bellman/language/internal/logits_in_place.hpp>
#include <bellman/probability/internal/logits.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/exponential.hpp>

#include <cstddef>
#include <ranges>
#include <string>

namespace bellman::internal {

[[noreturn]] inline void a_share_of_probability_must_be_above_zero_and_at_most_one(char const* rule, double p) {
  internal::refuse("bellman: the share of " + std::string(rule) + " is " + internal::describe(p) +
                   "; it must lie in (0, 1]");
}

/// The shares that a set of tokens can be asked to have.
constexpr double checked_share(char const* rule, double p) {
  if (!(p > 0 && p <= 1)) internal::a_share_of_probability_must_be_above_zero_and_at_most_one(rule, p);
  return p;
}

/// What a softmax divides by its sum, `exp(z_i - max z)`, of each token, and that sum.
struct weights_of_logits {
  internal::vector<double> weights{};
  double total = 0;
};

template <class Logits>
constexpr weights_of_logits relative_weights(Logits const& logits) {
  weights_of_logits all;
  double const top = internal::as_double(*internal::largest_logit(logits));
  all.weights.reserve(static_cast<std::size_t>(std::ranges::distance(logits)));
  for (auto const& z : logits) {
    all.weights.push_back(internal::is_minus_infinity(z) ? 0.0 : exp(internal::as_double(z) - top));
  }
  all.total = internal::accumulated(all.weights).in_full();
  return all;
}

/// The larger logit comes first.
template <class Logits>
constexpr auto largest_first(Logits const& logits) {
  return [&logits](std::size_t t) { return ~internal::ordered_bits(internal::as_double(logits[t])); };
}

/// The last token of the smallest set of the largest logits whose probability reaches p, which is below 1.
template <class Logits>
constexpr last_kept last_of_nucleus(Logits const& logits, weights_of_logits const& all, double p) {
  double const target = p * all.total * (1 - rounding_of_a_share);
  return internal::first_to_reach(all.weights.size(), internal::largest_first(logits),
                                  [weight = all.weights.data()](std::size_t t) { return weight[t]; }, target);
}

}  // namespace bellman::internal
