// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/probability/weight.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>

namespace bellman::internal {

/// Says that weights need no check, being sure to be at least zero and to sum to one.
struct weights_checked {};

/// Whether a distribution finds by itself, `d.value_at(u)`, in which of its values a number u of [0, 1) falls when the
/// weights are laid side by side, without a walk over all: specialised where one does.
template <class D>
inline constexpr bool finds_its_values = false;

/// Whether a probability is zero in every respect, so that what it weighs need not be looked at. A dual number that is
/// zero but has a derivative is not: the probability is about to grow.
template <weight P>
constexpr bool is_nothing(P const& p) {
  if constexpr (field<P>) {
    return is_zero(p);
  } else {
    return false;
  }
}

/// Whether a sum of `n` probabilities is one: exactly for exact scalars, else within `weight_tolerance`.
template <weight P>
constexpr bool is_near_one(P const& total, std::size_t n) {
  if constexpr (has_derivatives<P>) {
    // The derivatives of a sum of one add up to zero only within rounding.
    return internal::is_near_one(scalar_traits<P>::value(total), n);
  } else if constexpr (has_bounds<P>) {
    return !(P(1) < total) && !(total < P(1));
  } else if constexpr (!is_exact_v<P>) {
    P const off = total < P(1) ? P(1) - total : total - P(1);
    P const allowed = weight_tolerance<P>(n);
    return off < allowed || off == allowed;
  } else {
    return total == P(1);
  }
}

}  // namespace bellman::internal
