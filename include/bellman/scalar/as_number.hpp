// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <limits>
#include <type_traits>
#include <utility>

namespace bellman {

/// `number_t<X>`: what numbers of type X are computed in, where integers, which are no field, count as `double`; of a
/// float of fewer bits `float`, of any other number itself.
///
/// *Use*:
///     std::is_same_v<bellman::number_t<int>, double> && std::is_same_v<bellman::number_t<float>, float>
template <class X>
using number_t = std::conditional_t<std::integral<X>, double, internal::computed_t<X>>;

namespace refused {

struct this_cannot_be_made_into_the_number_that_is_named {};

}  // namespace refused

namespace internal {

/// Whether an X is cast to a number V, which is no container.
template <class X, class V>
concept made_into = !requires(V v) {
  v.begin();
}
&&requires(X const& x) { static_cast<V>(x); };
/// Whether `as_number<V>` takes an X.
template <class X, class V>
concept a_number_made_into = made_into<X, V> || (std::integral<X> && made_into<int, V>);

}  // namespace internal

namespace detail {

// Not constexpr, so that the mistake in a constant expression is refused under this name.
template <class X>
[[noreturn]] void a_count_must_fit_into_an_int(X const& n) {
  internal::refuse("bellman: a count is " + internal::describe(n) + "; of a number that is made of an int it must " +
                   "be at most " + internal::describe((std::numeric_limits<int>::max)()));
}

// In braces, so that what is made of an int or of a double is not made of a wider integer that would be cut to it.
template <class V, class N>
concept made_of = requires(N n) { V{n}; };

template <class V>
struct as_number_fn {
  template <class X,
            class = typename internal::rule<internal::a_number_made_into<X, V>,
                                            refused::this_cannot_be_made_into_the_number_that_is_named>::type::yes>
  constexpr V operator()(X const& x) const {
    if constexpr (!std::integral<X> || std::is_arithmetic_v<V>) {
      return static_cast<V>(x);
    } else if constexpr (internal::has_derivatives<V>) {
      // A constant, made of its value: which may be made of an int alone.
      using T = std::remove_cvref_t<decltype(scalar_traits<V>::value(std::declval<V const&>()))>;
      return V(as_number_fn<T>{}(x));
    } else if constexpr (made_of<V, long long>) {
      return V{static_cast<long long>(x)};
    } else {
      auto const n = static_cast<int>(x);
      if (static_cast<X>(n) != x || (n < 0) != (x < X(0))) detail::a_count_must_fit_into_an_int(x);
      return V(n);
    }
  }
};

}  // namespace detail

/// `as_number<V>(n)`: a count, or any other number, as a `V`.
///
/// *Arguments*: V is a field. Every field is made of an `int`; one that is made of nothing wider takes counts up to the
/// largest `int`.
/// *Errors*: `invalid_value` for a larger one.
/// *Use*:
///     bellman::as_number<boost::rational<long long>>(std::size_t{3}) == boost::rational<long long>(3)
template <class V>
inline constexpr detail::as_number_fn<V> as_number{};

}  // namespace bellman
