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
#include <cstdint>
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
constexpr weights_of_logits relative_weights(Logits& logits) {
  using L = std::ranges::range_value_t<Logits>;
  weights_of_logits all;
  L const top = *internal::largest_logit(logits);
  all.weights.reserve(static_cast<std::size_t>(std::ranges::distance(logits)));
  for (L const& z : logits) {
    all.weights.push_back(internal::is_minus_infinity(z) ? 0.0 : exp(internal::distance_from(top, z)));
  }
  all.total = internal::accumulated(all.weights).in_full();
  return all;
}

/// The order in which the larger logit comes first.
template <class Logits>
struct largest_first {
  Logits* logits;

  constexpr std::uint64_t digits(std::size_t t) const {
    return ~internal::ordered_bits(static_cast<double>(number(t)));
  }
  constexpr bool before(std::size_t t, std::size_t u) const { return number(u) < number(t); }

 private:
  constexpr auto number(std::size_t t) const {
    using L = std::ranges::range_value_t<Logits>;
    return internal::primal_of_logit(static_cast<L const&>(internal::element_at(*logits, t)));
  }
};

/// The tokens of the smallest set of the largest logits whose probability reaches p, which is below 1.
template <class Logits>
constexpr auto nucleus(Logits& logits, weights_of_logits const& all, double p) {
  double const target = p * all.total * (1 - rounding_of_a_share);
  return internal::first_to_reach(all.weights.size(), largest_first<Logits>{&logits},
                                  [weight = all.weights.data()](std::size_t t) { return weight[t]; }, target);
}

}  // namespace bellman::internal
