// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/loss/evenly_spaced.hpp>
#include <bellman/loss/hyperbolic_arcsine.hpp>
#include <bellman/loss/internal/common_number.hpp>
#include <bellman/loss/signed_hyperbolic.hpp>
#include <bellman/loss/signed_logarithm.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/clamp.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/square_root.hpp>

#include <cstddef>
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

struct identity_fn {
  template <class V, class = typename internal::a_number_or_vector<V>::type::yes>
  constexpr V operator()(V const& x) const {
    return x;
  }
};

struct sigmoid_fn {
  template <class V, class = typename internal::a_real_number<V>::type::yes>
  constexpr V operator()(V const& x) const {
    return quotient(V(1), sum(V(1), bellman::exp(V(-x))));
  }
};

struct logit_fn {
  template <class V, class = typename internal::a_real_number<V>::type::yes>
  constexpr V operator()(V const& x) const {
    return -bellman::log(difference(quotient(V(1), x), V(1)));
  }
};

struct signed_logp1_fn {
  template <class V, class = typename internal::a_real_number<V>::type::yes>
  constexpr V operator()(V const& x) const {
    return bellman::signed_logarithm{}(x);
  }
};

struct signed_expm1_fn {
  template <class V, class = typename internal::a_real_number<V>::type::yes>
  constexpr V operator()(V const& x) const {
    return bellman::signed_logarithm{}.inverse(x);
  }
};

struct signed_hyperbolic_fn {
  template <class V, class E = V,
            class = typename internal::every<internal::a_real_number<V>, internal::a_number<E>,
                                             internal::numbers_that_make<V, E>>::type::yes>
  constexpr V operator()(V const& x, E const& eps = E(1) / E(1000)) const {
    return bellman::signed_hyperbolic(static_cast<V>(eps))(x);
  }
};

struct signed_parabolic_fn {
  template <class V, class E = V,
            class = typename internal::every<internal::a_real_number<V>, internal::a_number<E>,
                                             internal::numbers_that_make<V, E>>::type::yes>
  constexpr V operator()(V const& x, E const& eps = E(1) / E(1000)) const {
    return bellman::signed_hyperbolic(static_cast<V>(eps)).inverse(x);
  }
};

struct hyperbolic_sin_fn {
  template <class V, class = typename internal::a_real_number<V>::type::yes>
  constexpr V operator()(V const& x) const {
    return bellman::hyperbolic_arcsine{}.inverse(x);
  }
};

struct hyperbolic_arcsin_fn {
  template <class V, class = typename internal::a_real_number<V>::type::yes>
  constexpr V operator()(V const& x) const {
    return bellman::hyperbolic_arcsine{}(x);
  }
};

struct power_fn {
  template <class V, class P,
            class = typename internal::every<internal::a_real_number<V>, internal::a_number<P>,
                                             internal::numbers_that_make<V, P>>::type::yes>
  constexpr V operator()(V const& x, P const& p) const {
    V const exponent = static_cast<V>(p);
    V const q = bellman::sqrt(exponent);
    bellman::signed_logarithm const h;
    return quotient(h.inverse(V(product(exponent, h(V(quotient(x, q)))))), q);
  }
};

struct transform_to_2hot_fn {
  template <class S, class L, class H, class... Out,
            class = typename internal::every<internal::floating_point_numbers<S, L, H>,
                                             internal::at_most_one_output_of_numbers<S, L, H, Out...>>::type::yes>
  constexpr auto operator()(S const& scalar, L const& min_value, H const& max_value, std::size_t num_bins,
                            Out... out) const {
    using V = internal::common_number_t<S, L, H>;
    V const least = static_cast<V>(min_value);
    V const largest = static_cast<V>(max_value);
    if constexpr (sizeof...(Out) == 0) {
      std::vector<V> weights(num_bins, V(0));
      write(static_cast<V>(scalar), least, largest, num_bins, weights.begin());
      return weights;
    } else {
      return write(static_cast<V>(scalar), least, largest, num_bins, out...);
    }
  }

 private:
  template <class V, class Out>
  static constexpr Out write(V const& scalar, V const& min_value, V const& max_value, std::size_t num_bins, Out out) {
    if (num_bins < 2) two_hot_needs_two_bins(num_bins);
    if (!(scalar == scalar)) transforms::a_value_must_be_a_number(scalar);
    V const x = clamp(scalar, min_value, max_value);
    V const width = max_value - min_value;
    if (!(V(0) < width) || !is_finite(width)) transforms::bins_must_lie_between_two_numbers(min_value, max_value);
    V const gaps = static_cast<V>(num_bins - 1);
    V const bin = (x - min_value) / width * gaps;
    auto const lower = static_cast<std::size_t>(bin);
    auto const upper = static_cast<V>(lower) < bin ? lower + 1 : lower;
    auto const value = [&](std::size_t k) { return static_cast<V>(k) / gaps * width + min_value; };
    V const on_lower = (value(upper) - x) / (value(upper) - value(lower) + static_cast<V>(1e-5));
    for (std::size_t k = 0; k < num_bins; void(++k), ++out) {
      *out = (k == lower ? on_lower : V(0)) + (k == upper ? 1 - on_lower : V(0));
    }
    return out;
  }
};

struct transform_from_2hot_fn {
  template <class Probs, class L, class H,
            class = typename internal::every<internal::a_range_of_numbers<Probs>, internal::constants_of_one_type<L, H>,
                                             internal::constants_made_of<Probs, L, H>>::type::yes>
  constexpr auto operator()(Probs&& probs, L const& min_value, H const& max_value, std::size_t num_bins) const {
    auto const values = evenly_spaced(min_value, max_value, num_bins);
    using V = internal::common_number_t<L, H>;
    V total(0);
    std::size_t k = 0;
    for (auto&& p : probs) {
      if (k < num_bins) total = sum(total, product(static_cast<V>(p), values[k]));
      ++k;
    }
    if (k != num_bins) there_must_be_one_probability_for_each_bin(num_bins, k);
    return total;
  }
};

}  // namespace detail::transforms

/// `identity(x)`: `x`.
///
/// *Use*:
///     bellman::conventions::rlax::identity(3.0) == 3.0
inline constexpr detail::transforms::identity_fn identity{};

/// `sigmoid(x)`: `1 / (1 + exp(-x))`.
///
/// *Use*:
///     bellman::conventions::rlax::sigmoid(0.0) == 0.5
inline constexpr detail::transforms::sigmoid_fn sigmoid{};

/// `logit(x)`: `-log(1 / x - 1)`, the inverse of `sigmoid`: `-infinity` at 0 and `infinity` at 1.
///
/// *Errors*: an `x` outside [0, 1] throws `invalid_value`.
/// *Use*:
///     bellman::conventions::rlax::logit(0.5) == 0.0
inline constexpr detail::transforms::logit_fn logit{};

/// `signed_logp1(x)`: `sign(x) log(1 + |x|)`, `bellman::signed_logarithm`.
///
/// *Use*:
///     bellman::conventions::rlax::signed_logp1(0.0) == 0.0
inline constexpr detail::transforms::signed_logp1_fn signed_logp1{};

/// `signed_expm1(x)`: `sign(x) (exp(|x|) - 1)`, its inverse.
///
/// *Use*:
///     bellman::conventions::rlax::signed_expm1(0.0) == 0.0
inline constexpr detail::transforms::signed_expm1_fn signed_expm1{};

/// `signed_hyperbolic(x, eps)`: `sign(x) (sqrt(|x| + 1) - 1) + eps x`, `eps` by default 1/1000.
///
/// *Errors*: an `eps` below 0 or not finite throws `invalid_value`.
/// *Use*:
///     bellman::conventions::rlax::signed_hyperbolic(3.0, 0.5) == 2.5
inline constexpr detail::transforms::signed_hyperbolic_fn signed_hyperbolic{};

/// `signed_parabolic(x, eps)`: the inverse of `signed_hyperbolic`.
///
/// *Errors*: an `eps` below 0 or not finite throws `invalid_value`.
/// *Use*:
///     bellman::conventions::rlax::signed_parabolic(2.5, 0.5) == 3.0
inline constexpr detail::transforms::signed_parabolic_fn signed_parabolic{};

/// `hyperbolic_sin(x)`: `(exp(x) - exp(-x)) / 2`, the inverse of `bellman::hyperbolic_arcsine`.
///
/// *Use*:
///     bellman::conventions::rlax::hyperbolic_sin(0.0) == 0.0
inline constexpr detail::transforms::hyperbolic_sin_fn hyperbolic_sin{};

/// `hyperbolic_arcsin(x)`: `log(x + sqrt(x^2 + 1))`.
///
/// *Use*:
///     bellman::conventions::rlax::hyperbolic_arcsin(0.0) == 0.0
inline constexpr detail::transforms::hyperbolic_arcsin_fn hyperbolic_arcsin{};

/// `power(x, p)`: `sign(x) ((|x| / q + 1)^p - 1) / q` with `q = sqrt(p)`.
///
/// *Laws*: the inverse of `power(_, p)` is `power(_, 1 / p)` (tests/conventions/rlax/transforms.cpp).
/// *Use*:
///     bellman::conventions::rlax::power(0.0, 4.0) == 0.0
inline constexpr detail::transforms::power_fn power{};

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
inline constexpr detail::transforms::transform_to_2hot_fn transform_to_2hot{};

/// `transform_from_2hot(probs, min_value, max_value, num_bins)`: `sum_k probs[k] value_k` over even bins.
///
/// *Arguments*: a range of numbers, which are not checked, as in rlax, but for how many they are; the ends of the bins
/// and their number.
/// *Errors*: throws `invalid_value` unless there is one probability for each bin, and for fewer than two bins.
/// *Cost*: O(num_bins); their values are allocated.
/// *Use*:
///     bellman::conventions::rlax::transform_from_2hot(std::array{0.0, 0.5, 0.5}, -1.0, 1.0, 3) == 0.5
inline constexpr detail::transforms::transform_from_2hot_fn transform_from_2hot{};

}  // namespace bellman::conventions::rlax
