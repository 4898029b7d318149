// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/clamp.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/maximum.hpp>

#include <type_traits>

namespace bellman {

namespace refused {

struct these_values_have_no_common_type {};

}  // namespace refused

namespace detail {

template <class F>
[[noreturn]] void a_range_of_values_must_not_be_negative(F const& range) {
  internal::refuse("bellman: the range of a clipped value is " + internal::describe(range) +
                   "; it must not be negative");
}

// What values and targets are subtracted in: each integer counts as double, also beside a float.
template <class... T>
using value_number_t = std::common_type_t<number_t<T>...>;

template <class... T>
concept have_a_common_number = requires {
  typename value_number_t<T...>;
};

template <class... T>
struct values_of_one_kind : internal::rule<have_a_common_number<T...>, refused::these_values_have_no_common_type> {};

struct squared_error_fn {
  template <class V, class G,
            class = typename internal::every<internal::a_number<V>, internal::a_number<G>,
                                             values_of_one_kind<V, G>>::type::yes>
  constexpr auto operator()(V const& value, G const& target) const {
    using X = value_number_t<V, G>;
    X const error = difference(static_cast<X>(value), static_cast<X>(target));
    return X(quotient(product(error, error), X(2)));
  }
};

template <class F, class V, class O>
struct a_value_in_a_range : internal::a_number_bounded_by<value_number_t<V, O>, F> {};

}  // namespace detail

/// `squared_error(v, G) = (v - G)^2 / 2`: what a critic's value is wrong by.
///
/// *Arguments*: a value and its target, numbers of any field; integers count as `double`.
/// *Use*:
///     bellman::squared_error(3.0, 1.0) == 2.0
inline constexpr detail::squared_error_fn squared_error{};

/// `clipped_value_loss{range}`: `max((v - G)^2, (v' - G)^2) / 2` with `v' = clamp(v, old - range, old + range)`: the
/// squared error of a value that gains nothing from leaving the value it had when the data were collected by more than
/// `range`.
///
/// Its mean is `scope(token_sum(clipped_value_loss{0.2}, values, old_values, returns))`.
///
/// *Arguments*: how far a value may leave its old one. Of a token, its value, its old value and its return. A NaN makes
/// the loss a NaN.
/// *Errors*: a negative range throws `invalid_value`.
/// *Source*: Huang et al. 2022, "The 37 implementation details of proximal policy optimization", 9.
/// *Use*:
///     bellman::clipped_value_loss{0.5}(2.0, 1.0, 3.0) == 1.125
template <class F>
class clipped_value_loss {
 public:
  constexpr explicit clipped_value_loss(F range) requires internal::accepts<internal::a_constant<F>> : range_(range) {
    if (!internal::is_not_negative(range)) detail::a_range_of_values_must_not_be_negative(range);
  }

  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename internal::constants<1, 1, F, X...>::type>
    requires internal::is_a_reason<Reason>
  explicit clipped_value_loss(X...) = delete;

  template <class V, class O, class G,
            class = typename internal::every<internal::a_constant<V>, internal::a_constant<O>, internal::a_constant<G>,
                                             detail::values_of_one_kind<V, O, G>,
                                             detail::a_value_in_a_range<F, V, O>>::type::yes>
  constexpr auto operator()(V const& value, O const& old_value, G const& target) const {
    auto const clipped_error = squared_error(clip(value, old_value), target);
    if (!(clipped_error == clipped_error)) return clipped_error;
    return maximum(static_cast<std::remove_const_t<decltype(clipped_error)>>(squared_error(value, target)),
                   clipped_error);
  }
  /// Whether the clip makes a difference to this token.
  template <class V, class O, class G>
  constexpr bool binds(V const& value, O const& old_value, G const& target) const {
    return squared_error(value, target) < squared_error(clip(value, old_value), target);
  }

 private:
  template <class V, class O>
  constexpr auto clip(V const& value, O const& old_value) const {
    using X = detail::value_number_t<V, O>;
    X const old = static_cast<X>(old_value);
    X const range = static_cast<X>(range_);
    if (!(old == old)) return old;  // a NaN bounds nothing
    return clamp(static_cast<X>(value), X(difference(old, range)), X(sum(old, range)));
  }

  F range_;
};
template <class F>
clipped_value_loss(F) -> clipped_value_loss<F>;

}  // namespace bellman
