// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/honest_arithmetic.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>

namespace bellman {

/// `known_zero{}`, `known_one{}`: the numbers 0 and 1 of any field, where an algorithm's terms know at compile time
/// that they are: what they are added to or multiplied with is left as it is, to the last bit, and what 0 is multiplied
/// with is not looked at.
///
/// *Use*:
///     bellman::known_zero{} + bellman::known_one{} * 3.0 == 3.0
struct known_zero {
  friend constexpr known_zero operator+(known_zero, known_zero) { return {}; }
  friend constexpr known_zero operator-(known_zero, known_zero) { return {}; }
  friend constexpr known_zero operator*(known_zero, known_zero) { return {}; }

  template <class X>
  friend constexpr X operator+(known_zero, X const& x) {
    return x;
  }
  template <class X>
  friend constexpr X operator+(X const& x, known_zero) {
    return x;
  }
  template <class X>
  friend constexpr X operator-(X const& x, known_zero) {
    return x;
  }
  template <class X>
  friend constexpr known_zero operator*(known_zero, X const&) {
    return {};
  }
  template <class X>
  friend constexpr known_zero operator*(X const&, known_zero) {
    return {};
  }
};

/// `known_one{}`: see `known_zero`.
struct known_one {
  friend constexpr known_one operator*(known_one, known_one) { return {}; }
  friend constexpr known_zero operator*(known_one, known_zero) { return {}; }
  friend constexpr known_zero operator*(known_zero, known_one) { return {}; }

  template <class X>
  friend constexpr X operator*(known_one, X const& x) {
    return x;
  }
  template <class X>
  friend constexpr X operator*(X const& x, known_one) {
    return x;
  }
};

namespace internal {

template <>
inline constexpr bool is_an_expression<known_zero> = true;
template <>
inline constexpr bool is_an_expression<known_one> = true;

/// A number that may be known, as an X.
template <class X, class N>
constexpr X number_as(N const& n) {
  if constexpr (std::same_as<N, known_zero>) {
    return X(0);
  } else if constexpr (std::same_as<N, known_one>) {
    return X(1);
  } else {
    return X(n);
  }
}

}  // namespace internal

}  // namespace bellman
