// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/probability/internal/logits.hpp>
#include <bellman/probability/internal/rules.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <type_traits>

namespace bellman::internal {

/// `softmax_of(points)`: weighted values whose weights are logits, with probabilities in their places.
template <class Points>
constexpr Points softmax_of(Points points) {
  using L = std::remove_cvref_t<decltype(points[0].probability)>;
  if (points.size() == 0) internal::a_distribution_must_have_a_value();
  auto const logit_of = [](auto const& e) -> L const& { return e.probability; };
  using W = sum_t<L>;
  W const largest(internal::primal(logit_of(*internal::largest_logit(points, logit_of))));
  // Shifted by the largest, no exponential overflows and one of them is 1, so that the sum is never zero.
  accumulator<L> all;
  for (auto& e : points) {
    W weight{};
    if (!internal::is_minus_infinity(e.probability)) {
      weight = exp(difference(internal::converted_to<W>(e.probability), largest));
    }
    e.probability = internal::converted_to<L>(weight);
    all.add(weight);
  }
  W const total = all.in_full();
  for (auto& e : points) {
    e.probability = internal::converted_to<L>(quotient(internal::converted_to<W>(e.probability), total));
  }
  return points;
}

}  // namespace bellman::internal
