// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <type_traits>

namespace bellman {

namespace refused {

struct these_numbers_have_no_common_type {};
struct these_numbers_are_exact_and_have_no_exponential_and_no_root {};

}  // namespace refused

namespace internal {

/// Whether there is a number type that all can be made into: an integer beside a number becomes one of its type.
template <class... X>
inline constexpr bool have_a_common_number = true;
template <class A, class B, class... Rest>
inline constexpr bool have_a_common_number<A, B, Rest...> = false;
template <class A, class B, class... Rest>
  requires(std::integral<A> != std::integral<B>) inline constexpr bool have_a_common_number<A, B, Rest...> =
    have_a_common_number<std::conditional_t<std::integral<A>, B, A>, Rest...>;
template <class A, class B, class... Rest>
  requires(std::integral<A> == std::integral<B> && requires {
  typename std::common_type_t<computed_t<A>, computed_t<B>>;
}) inline constexpr bool have_a_common_number<A, B, Rest...> =
    have_a_common_number<std::common_type_t<computed_t<A>, computed_t<B>>, Rest...>;

template <class... X>
using numbers_of_one_type = rule<have_a_common_number<X...>, refused::these_numbers_have_no_common_type>;

template <class X>
struct a_number_with_an_exponential
    : rule<(std::invocable<decltype(bellman::exp) const&, number_t<X> const&> && !is_exact_v<number_t<X>>),
           refused::these_numbers_are_exact_and_have_no_exponential_and_no_root> {};

}  // namespace internal

}  // namespace bellman
