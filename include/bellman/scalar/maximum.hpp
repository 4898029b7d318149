// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

namespace bellman {

namespace detail {

// A namespace of its own, so that the lookup by argument sees a type's own `maximum` and nothing else.
namespace maximum_by_argument {

void maximum() = delete;

template <class T>
concept has_own = requires(T const& a, T const& b) {
  { maximum(a, b) } -> std::convertible_to<T>;
};

struct fn {
  template <class T>
  constexpr T operator()(T const& a, T const& b) const {
    if constexpr (has_own<T>) {
      return maximum(a, b);
    } else {
      static_assert(
          requires { { a < b } -> std::convertible_to<bool>; }, "bellman: a maximum needs an order: a < b is missing");
      return a < b ? b : a;
    }
  }
};

}  // namespace maximum_by_argument

}  // namespace detail

namespace internal {

/// Types with a `maximum` of their own, found by its arguments: those whose `<` is only a partial order.
template <class T>
concept has_own_maximum = bellman::detail::maximum_by_argument::has_own<T>;

}  // namespace internal

// The objects that a type can replace by a function of its own live in an inline namespace: the hidden friend
// `maximum(interval, interval)` is a member of `bellman`, and two such names in one namespace would collide.
inline namespace operations {

/// `maximum(a, b)`: `a < b ? b : a`, or the type's own `maximum`, found by its arguments. Of two equal values the
/// first.
///
/// *Arguments*: two values of one type with `<`. One whose `<` is only a partial order, such as `interval<T>`, brings
/// its own `maximum`; then that of two values may be neither of them.
/// *Errors*: a type without an order does not compile.
/// *Laws*: associative and idempotent; commutative where equal values are the same.
/// *Use*:
///     bellman::maximum(2.0, 3.0) == 3.0
inline constexpr detail::maximum_by_argument::fn maximum{};

}  // namespace operations

}  // namespace bellman
