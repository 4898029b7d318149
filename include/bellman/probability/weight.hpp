// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

/// The probability one, in every field.
struct certain {
  constexpr operator double() const { return 1; }
  friend constexpr bool operator==(certain, certain) = default;
};

/// The probability `1 / count`, in every field: exact where division is.
struct unit_fraction {
  std::size_t count = 1;

  constexpr operator double() const { return 1 / static_cast<double>(count); }
  friend constexpr bool operator==(unit_fraction, unit_fraction) = default;
};

/// What may stand as a probability: a scalar with an order, or one of the two that are probabilities by their type.
template <class P>
concept weight = ordered_field<P> || std::same_as<P, certain> || std::same_as<P, unit_fraction>;

namespace detail {

struct weigh_fn {
  template <weight P, class X>
  constexpr auto operator()(P const& p, X const& x) const {
    if constexpr (std::same_as<P, certain>) {
      return x;
    } else if constexpr (std::same_as<X, certain>) {
      return p;
    } else if constexpr (std::same_as<P, unit_fraction> && std::same_as<X, unit_fraction>) {
      return unit_fraction{p.count * x.count};
    } else if constexpr (std::same_as<X, unit_fraction>) {
      return quotient(p, P(static_cast<long long>(x.count)));
    } else if constexpr (std::same_as<P, unit_fraction>) {
      using F = scalar_t<X>;
      if constexpr (std::integral<X>) {
        return static_cast<double>(x) / static_cast<double>(p.count);
      } else if constexpr (std::same_as<F, X>) {
        return quotient(x, F(static_cast<long long>(p.count)));
      } else {
        return product(quotient(F(1), F(static_cast<long long>(p.count))), x);
      }
    } else {
      return product(p, x);
    }
  }
};

template <class P>
concept has_a_double = requires(P const& p) { static_cast<double>(p); } ||
                       requires(P const& p) {
                         static_cast<double>(p.numerator());
                         static_cast<double>(p.denominator());
                       } || requires(P const& p) { p.value; };

struct to_double_fn {
  template <has_a_double P>
  constexpr double operator()(P const& p) const {
    if constexpr (requires { p.numerator(); p.denominator(); }) {
      return static_cast<double>(p.numerator()) / static_cast<double>(p.denominator());
    } else if constexpr (requires { p.value; }) {
      return (*this)(p.value);
    } else {
      return static_cast<double>(p);
    }
  }
};

}  // namespace detail

/// Whether a probability is zero in every respect, so that what it weighs need not be looked at. A dual number that is
/// zero but has a derivative is not: the probability is about to grow.
template <weight P>
constexpr bool is_nothing(P const& p) {
  if constexpr (!field<P>) {
    return false;
  } else if constexpr (requires { p.derivative; }) {
    if (!is_nothing(p.value)) return false;
    for (auto const& d : p.derivative) {
      if (!is_nothing(d)) return false;
    }
    return true;
  } else {
    return p == P(0);
  }
}

/// `weigh(p, x)`: the product of a probability with a value, or with another probability.
inline constexpr detail::weigh_fn weigh{};

/// The scalar that a probability becomes beside values over the field `F`: itself if it is a number, `F` otherwise.
template <weight P, field F>
using scalar_of_weight_t = std::remove_cvref_t<decltype(weigh(std::declval<P const&>(), std::declval<F const&>()))>;

/// The nearest `double`, within rounding: for sampling and for printing, never for algebra.
inline constexpr detail::to_double_fn to_double{};

}  // namespace bellman
