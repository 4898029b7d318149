// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>

#include <concepts>
#include <type_traits>

namespace bellman {

namespace detail {

template <class T>
[[noreturn]] void a_discount_must_lie_between_zero_and_one(T const& gamma) {
  internal::refuse("bellman: the discount is " + internal::describe(gamma) + "; it must lie in [0, 1]");
}

}  // namespace detail

/// The factor gamma by which what comes one step later counts less: a number in [0, 1], checked when it is built.
///
/// *Errors*: `invalid_value` for a number outside [0, 1] or a NaN; in a constant expression that does not compile.
/// *Use*:
///     bellman::discount(0.9).value() == 0.9
template <ordered_field F>
class discount {
 public:
  constexpr discount(F its_gamma) : gamma_(its_gamma) {
    if (!internal::is_in_the_unit_interval(gamma_)) detail::a_discount_must_lie_between_zero_and_one(gamma_);
  }

  constexpr F const& value() const { return gamma_; }

 private:
  F gamma_;
};

namespace detail {

// The scalar in which rewards over F are discounted by a gamma given as G. A literal takes the rewards' scalar, so that
// floats stay floats; rewards that are integers take gamma's; a wider gamma (a dual number) widens the rewards.
template <class F, class G>
struct discount_scalar {
  static constexpr auto pick() {
    if constexpr (std::is_arithmetic_v<G>) {
      if constexpr (field<F>) {
        return std::type_identity<F>{};
      } else if constexpr (std::integral<G>) {
        return std::type_identity<double>{};
      } else {
        return std::type_identity<G>{};
      }
    } else if constexpr (field<F> && std::convertible_to<G, F>) {
      return std::type_identity<F>{};
    } else {
      return std::type_identity<G>{};
    }
  }
  using type = typename decltype(pick())::type;
};
template <class F, class G>
struct discount_scalar<F, discount<G>> : discount_scalar<F, G> {};

}  // namespace detail

/// The scalar of discounted values: that of the rewards' scalar `F` and of the discount as it was given, `G`.
template <class F, class G>
using discount_scalar_t = typename detail::discount_scalar<F, G>::type;

namespace detail {

template <class F, class V>
concept multiplies = std::integral<V> || requires(F const& f, scalar_t<V> const& x) {
  f * x;
};

template <class V>
struct discount_for_fn {
  template <class G>
  constexpr auto operator()(G const& gamma) const {
    using F = discount_scalar_t<scalar_t<V>, G>;
    if constexpr (std::constructible_from<F, G const&> && multiplies<F, V>) {
      return discount<F>(static_cast<F>(gamma));
    } else {
      static_assert(internal::refused<V, G>,
                    "bellman: this discount cannot be used with these rewards: exact rewards need an exact discount");
      return discount<F>(F(0));  // of the right type, so that this is the only error
    }
  }
  template <class G>
  constexpr auto operator()(discount<G> const& gamma) const {
    return (*this)(gamma.value());
  }
};

}  // namespace detail

/// `discount_for<V>(gamma)`: `gamma` as a checked discount for rewards of type `V`.
///
/// *Arguments*: a number or a `discount`. A literal takes the rewards' scalar, so that floats stay floats; rewards that
/// are integers take gamma's; a wider gamma (a dual number) widens the rewards.
/// *Errors*: those of `discount`; does not compile for an inexact discount of exact rewards.
/// *Use*:
///     bellman::discount_for<float>(0.5).value() == 0.5f
template <class V>
inline constexpr detail::discount_for_fn<V> discount_for{};

}  // namespace bellman
