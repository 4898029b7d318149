// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman::internal {

/// A number that carries derivatives: a `dual`.
template <class T>
concept has_derivatives = requires(T const& x) {
  x.value;
  x.derivative.size();
};

/// A number of which only bounds are known, so that two of them may be in no order: an `interval`.
template <class T>
concept has_bounds = requires(T const& x) {
  x.lower();
  x.upper();
};

/// `primal(x)`: the number that decides about order and infinity: a dual number's value, that of its value if it is a
/// dual number again; any other number itself.
template <class T>
constexpr auto const& primal(T const& x) {
  if constexpr (has_derivatives<T>) {
    return internal::primal(x.value);
  } else {
    return x;
  }
}

/// `is_not_negative(x)`: whether x is 0 or above, of an interval all of it; a NaN is not.
template <class T>
constexpr bool is_not_negative(T const& x) {
  if constexpr (has_bounds<T>) {
    return !(x.lower() < 0);
  } else {
    return !(x < T(0)) && x == x;
  }
}

/// `is_in_the_unit_interval(x)`: whether x lies in [0, 1], of an interval all of it; a NaN does not.
template <class T>
constexpr bool is_in_the_unit_interval(T const& x) {
  if constexpr (has_bounds<T>) {
    return internal::is_not_negative(x) && !(1 < x.upper());
  } else {
    return internal::is_not_negative(x) && !(T(1) < x);
  }
}

}  // namespace bellman::internal
