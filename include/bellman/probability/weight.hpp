// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

/// `certain{}`: the probability one, in every field.
///
/// *Use*:
///     bellman::weigh(bellman::certain{}, 7) == 7
struct certain {
  constexpr operator double() const { return 1; }
  friend bool operator==(certain, certain) = default;
};

/// `unit_fraction{count}`: the probability `1 / count`, in every field: exact where division is.
///
/// *Use*:
///     bellman::weigh(bellman::unit_fraction{3}, boost::rational<int>(2)) == boost::rational<int>(2, 3)
struct unit_fraction {
  std::size_t count = 1;

  constexpr operator double() const { return 1 / static_cast<double>(count); }
  friend bool operator==(unit_fraction, unit_fraction) = default;
};

/// What may stand as a probability: a scalar with an order, or one of the two that are probabilities by their type.
template <class P>
concept weight = ordered_field<P> || std::same_as<P, certain> || std::same_as<P, unit_fraction>;

namespace refused {

struct this_probability_cannot_weigh_these_values {};
struct these_probabilities_cannot_be_rounded_to_a_double {};

}  // namespace refused

namespace internal {

/// Whether a probability of type P can weigh values of type X, or another probability.
template <class P, class X>
concept can_weigh = weight<P> &&
    ((std::same_as<P, certain> && (weight<X> || operand<X>)) || std::same_as<X, certain> ||
     (std::same_as<P, unit_fraction> && (std::same_as<X, unit_fraction> || number_or_vector<X>)) ||
     (field<P> && (std::same_as<X, unit_fraction> || std::is_invocable_v<decltype(product), P, X>)));

template <class P, class X>
using a_weight_of = rule<can_weigh<P, X>, refused::this_probability_cannot_weigh_these_values>;

template <class P>
concept converts_to_double = requires(P const& p) {
  static_cast<double>(p);
};

/// A number of which there is a nearest double.
template <class P>
consteval bool judge_double() {
  if constexpr (is_quotient<P> && !converts_to_double<P>) {
    return requires(P const& p) {
      static_cast<double>(scalar_traits<P>::numerator(p));
      static_cast<double>(scalar_traits<P>::denominator(p));
    };
  } else if constexpr (has_derivatives<P>) {
    return internal::judge_double<std::remove_cvref_t<decltype(scalar_traits<P>::value(std::declval<P const&>()))>>();
  } else {
    return converts_to_double<P>;
  }
}
template <class P>
concept has_a_double = internal::judge_double<P>();

template <class P>
using a_number_with_a_double = rule<has_a_double<P>, refused::these_probabilities_cannot_be_rounded_to_a_double>;

}  // namespace internal

namespace detail {

struct weigh_fn {
  template <class P, class X, class = typename internal::a_weight_of<P, X>::type::yes>
  constexpr auto operator()(P const& p, X const& x) const {
    if constexpr (std::same_as<P, certain>) {
      return x;
    } else if constexpr (std::same_as<X, certain>) {
      return p;
    } else if constexpr (std::same_as<P, unit_fraction> && std::same_as<X, unit_fraction>) {
      return unit_fraction{p.count * x.count};
    } else if constexpr (std::same_as<X, unit_fraction>) {
      return quotient(p, as_number<P>(x.count));
    } else if constexpr (std::same_as<P, unit_fraction>) {
      using F = scalar_t<X>;
      if constexpr (std::integral<X>) {
        return static_cast<double>(x) / static_cast<double>(p.count);
      } else if constexpr (std::same_as<F, X>) {
        return quotient(x, as_number<F>(p.count));
      } else {
        return product(quotient(F(1), as_number<F>(p.count)), x);
      }
    } else {
      return product(p, x);
    }
  }
};

struct to_double_fn {
  template <class P, class = typename internal::a_number_with_a_double<P>::type::yes>
  constexpr double operator()(P const& p) const {
    // The two parts of a large quotient may be infinite as doubles where it is not.
    if constexpr (internal::is_quotient<P> && !internal::converts_to_double<P>) {
      return static_cast<double>(scalar_traits<P>::numerator(p)) /
             static_cast<double>(scalar_traits<P>::denominator(p));
    } else if constexpr (internal::has_derivatives<P>) {
      return (*this)(scalar_traits<P>::value(p));
    } else {
      return static_cast<double>(p);
    }
  }
};

template <class P>
struct weight_tolerance_fn {
  constexpr P operator()(std::size_t n) const {
    if constexpr (is_exact_v<P>) {
      return P(0);
    } else {
      P const unit = scalar_traits<P>::epsilon();
      P const typed = unit < static_cast<P>(1e-7) ? static_cast<P>(1e-9) : static_cast<P>(1e-4);
      P const rounded = static_cast<P>(4) * static_cast<P>(n + 4) * unit;
      return rounded < typed ? typed : rounded;
    }
  }
};

}  // namespace detail

/// `weigh(p, x)`: the product of a probability with a value, or with another probability.
///
/// *Arguments*: `p`: a number, `certain{}` or `unit_fraction{n}`; `x`: any vector over the field of `p`, or a
/// probability. What is a probability by its type takes the field of the other; an integer over a `unit_fraction` is
/// a `double`.
/// *Errors*: those of the scalar's own product and quotient.
/// *Cost*: one product or quotient, none for `certain`.
/// *Use*:
///     bellman::weigh(bellman::unit_fraction{4}, 2.0) == 0.5 && bellman::weigh(bellman::certain{}, 2.0) == 2.0
inline constexpr detail::weigh_fn weigh{};

/// The scalar that a probability becomes beside values over the field `F`: itself if it is a number, `F` otherwise.
template <weight P, field F>
using scalar_of_weight_t = std::remove_cvref_t<decltype(weigh(std::declval<P const&>(), std::declval<F const&>()))>;

/// `to_double(p)`: the nearest `double`, within rounding: for sampling and for printing, never for algebra.
///
/// *Arguments*: a probability or any number that converts to `double`, is a quotient of such, or a dual number of them.
/// *Use*:
///     bellman::to_double(bellman::unit_fraction{4}) == 0.25
inline constexpr detail::to_double_fn to_double{};

/// `weight_tolerance<P>(n)`: how far from one a sum of `n` probabilities of type `P` may be.
///
/// Nothing for exact scalars; for floating point `4 (n + 4)` units in the last place of one, at least 1e-9 for `double`
/// and 1e-4 for `float`, since weights are often typed in or read from a file.
///
/// *Use*:
///     bellman::weight_tolerance<double>(2) == 1e-9
template <class P>
inline constexpr detail::weight_tolerance_fn<P> weight_tolerance{};

}  // namespace bellman
