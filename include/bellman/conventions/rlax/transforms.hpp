// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/loss/evenly_spaced.hpp>
#include <bellman/loss/hyperbolic_arcsine.hpp>
#include <bellman/loss/signed_hyperbolic.hpp>
#include <bellman/loss/signed_logarithm.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/clamp.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/internal/check_output.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/square_root.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <vector>

// rlax's transforms under rlax's names: each is a value transform of this library or its inverse, of one number. What
// is rlax's own is the 1e-5 in the two-hot encoding.
namespace bellman::conventions::rlax {

namespace detail::transforms {

[[noreturn]] inline void two_hot_needs_two_bins(std::size_t n) {
  internal::refuse("bellman::conventions::rlax: " + std::to_string(n) + " bins; there must be two at least");
}
template <class V>
[[noreturn]] void bins_must_lie_between_two_numbers(V const& least, V const& largest) {
  internal::refuse("bellman::conventions::rlax: bins from " + internal::describe(least) + " to " +
                   internal::describe(largest) + "; both must be finite and the first below the second");
}
[[noreturn]] inline void there_must_be_one_probability_for_each_bin(std::size_t bins, std::size_t probabilities) {
  internal::refuse("bellman::conventions::rlax: " + std::to_string(probabilities) + " probabilities for " +
                   std::to_string(bins) + " bins; there must be one for each");
}
template <class V>
[[noreturn]] void a_value_must_be_a_number(V const& x) {
  internal::refuse("bellman::conventions::rlax: two-hot encoding of " + internal::describe(x) +
                   "; it must be a number");
}

}  // namespace detail::transforms

/// `identity(x)`: `x`.
///
/// *Use*:
///     bellman::conventions::rlax::identity(3.0) == 3.0
template <class V>
constexpr V identity(V const& x) {
  return x;
}

/// `sigmoid(x)`: `1 / (1 + exp(-x))`.
///
/// *Use*:
///     bellman::conventions::rlax::sigmoid(0.0) == 0.5
template <class V>
constexpr V sigmoid(V const& x) {
  return quotient(V(1), sum(V(1), bellman::exp(V(-x))));
}

/// `logit(x)`: `-log(1 / x - 1)`, the inverse of `sigmoid`: `-infinity` at 0 and `infinity` at 1.
///
/// *Errors*: an `x` outside [0, 1] throws `invalid_value`.
/// *Use*:
///     bellman::conventions::rlax::logit(0.5) == 0.0
template <class V>
constexpr V logit(V const& x) {
  return -bellman::log(difference(quotient(V(1), x), V(1)));
}

/// `signed_logp1(x)`: `sign(x) log(1 + |x|)`, `bellman::signed_logarithm`.
///
/// *Use*:
///     bellman::conventions::rlax::signed_logp1(0.0) == 0.0
template <class V>
constexpr V signed_logp1(V const& x) {
  return bellman::signed_logarithm{}(x);
}

/// `signed_expm1(x)`: `sign(x) (exp(|x|) - 1)`, its inverse.
///
/// *Use*:
///     bellman::conventions::rlax::signed_expm1(0.0) == 0.0
template <class V>
constexpr V signed_expm1(V const& x) {
  return bellman::signed_logarithm{}.inverse(x);
}

/// `signed_hyperbolic(x, eps)`: `sign(x) (sqrt(|x| + 1) - 1) + eps x`, `eps` by default 1/1000.
///
/// *Errors*: an `eps` below 0 or not finite throws `invalid_value`.
/// *Use*:
///     bellman::conventions::rlax::signed_hyperbolic(3.0, 0.5) == 2.5
template <class V>
constexpr V signed_hyperbolic(V const& x, V const& eps = V(1) / V(1000)) {
  return bellman::signed_hyperbolic(eps)(x);
}

/// `signed_parabolic(x, eps)`: the inverse of `signed_hyperbolic`.
///
/// *Errors*: an `eps` below 0 or not finite throws `invalid_value`.
/// *Use*:
///     bellman::conventions::rlax::signed_parabolic(2.5, 0.5) == 3.0
template <class V>
constexpr V signed_parabolic(V const& x, V const& eps = V(1) / V(1000)) {
  return bellman::signed_hyperbolic(eps).inverse(x);
}

/// `hyperbolic_sin(x)`: `(exp(x) - exp(-x)) / 2`, the inverse of `bellman::hyperbolic_arcsine`.
///
/// *Use*:
///     bellman::conventions::rlax::hyperbolic_sin(0.0) == 0.0
template <class V>
constexpr V hyperbolic_sin(V const& x) {
  return bellman::hyperbolic_arcsine{}.inverse(x);
}

/// `hyperbolic_arcsin(x)`: `log(x + sqrt(x^2 + 1))`.
///
/// *Use*:
///     bellman::conventions::rlax::hyperbolic_arcsin(0.0) == 0.0
template <class V>
constexpr V hyperbolic_arcsin(V const& x) {
  return bellman::hyperbolic_arcsine{}(x);
}

/// `power(x, p)`: `sign(x) ((|x| / q + 1)^p - 1) / q` with `q = sqrt(p)`.
///
/// *Laws*: the inverse of `power(_, p)` is `power(_, 1 / p)` (tests/conventions/rlax/transforms.cpp).
/// *Use*:
///     bellman::conventions::rlax::power(0.0, 4.0) == 0.0
template <class V>
constexpr V power(V const& x, V const& p) {
  V const q = bellman::sqrt(p);
  bellman::signed_logarithm const h;
  return quotient(h.inverse(V(product(p, h(V(quotient(x, q)))))), q);
}

/// `transform_to_2hot(scalar, min_value, max_value, num_bins)`: the weights of `num_bins` even bins.
///
/// As `two_hot`, but the distance of two bins is taken as 1e-5 more than it is: between two bins the weights sum to 1
/// and their mean is too high by up to 1e-5.
///
/// *Arguments*: floating-point scalars. A `std::vector` comes out; a last argument `out` writes the weights there and
/// returns its end.
/// *Errors*: throws `invalid_value` for a NaN, for fewer than two bins, and unless `min_value < max_value`, both
/// finite.
/// *Cost*: O(num_bins).
/// *Use*:
///     bellman::conventions::rlax::transform_to_2hot(0.5, -1.0, 1.0, 5) == std::vector{0.0, 0.0, 0.0, 1.0, 0.0}
template <std::floating_point V, std::weakly_incrementable Out>
constexpr Out transform_to_2hot(V const& scalar, V const& min_value, V const& max_value, std::size_t num_bins,
                                Out out) {
  internal::check_output<Out, V>();
  if (num_bins < 2) detail::transforms::two_hot_needs_two_bins(num_bins);
  if (!(scalar == scalar)) detail::transforms::a_value_must_be_a_number(scalar);
  V const x = clamp(scalar, min_value, max_value);
  V const width = max_value - min_value;
  if (!(V(0) < width) || !is_finite(width)) {
    detail::transforms::bins_must_lie_between_two_numbers(min_value, max_value);
  }
  V const gaps = static_cast<V>(num_bins - 1);
  V const bin = (x - min_value) / width * gaps;
  auto const lower = static_cast<std::size_t>(bin);
  auto const upper = static_cast<V>(lower) < bin ? lower + 1 : lower;
  auto const value = [&](std::size_t k) { return static_cast<V>(k) / gaps * width + min_value; };
  V const on_lower = (value(upper) - x) / (value(upper) - value(lower) + static_cast<V>(1e-5));
  for (std::size_t k = 0; k < num_bins; ++k, ++out) {
    *out = (k == lower ? on_lower : V(0)) + (k == upper ? 1 - on_lower : V(0));
  }
  return out;
}
template <std::floating_point V>
constexpr std::vector<V> transform_to_2hot(V const& scalar, V const& min_value, V const& max_value,
                                           std::size_t num_bins) {
  std::vector<V> weights(num_bins, V(0));
  rlax::transform_to_2hot(scalar, min_value, max_value, num_bins, weights.begin());
  return weights;
}

/// `transform_from_2hot(probs, min_value, max_value, num_bins)`: `sum_k probs[k] value_k` over even bins.
///
/// *Arguments*: a range of numbers, which are not checked, as in rlax, but for how many they are; the ends of the bins
/// and their number.
/// *Errors*: throws `invalid_value` unless there is one probability for each bin, and for fewer than two bins.
/// *Cost*: O(num_bins); their values are allocated.
/// *Use*:
///     bellman::conventions::rlax::transform_from_2hot(std::array{0.0, 0.5, 0.5}, -1.0, 1.0, 3) == 0.5
template <std::ranges::input_range Probs, class V>
constexpr V transform_from_2hot(Probs&& probs, V const& min_value, V const& max_value, std::size_t num_bins) {
  auto const values = evenly_spaced(min_value, max_value, num_bins);
  V total(0);
  std::size_t k = 0;
  for (auto&& p : probs) {
    if (k < num_bins) total = sum(total, product(static_cast<V>(p), values[k]));
    ++k;
  }
  if (k != num_bins) detail::transforms::there_must_be_one_probability_for_each_bin(num_bins, k);
  return total;
}

}  // namespace bellman::conventions::rlax
