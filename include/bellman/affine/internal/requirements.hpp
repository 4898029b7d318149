// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/internal/value_of_maps.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>
#include <ranges>
#include <type_traits>

namespace bellman {

namespace refused {

struct this_is_no_range_of_affine_maps {};
struct these_maps_cannot_be_walked_from_the_last_to_the_first {};
struct these_maps_must_be_a_random_access_range {};
struct what_comes_after_the_last_map_must_be_a_value_that_the_maps_take {};
struct the_order_must_be_sequential_or_in_register_or_in_parallel {};

}  // namespace refused

namespace internal {

template <class X>
inline constexpr bool is_affine_v = false;
template <class V, class F>
inline constexpr bool is_affine_v<affine<V, F>> = true;

template <class Maps>
using a_range_of_maps = rule<(std::ranges::input_range<Maps> && is_affine_v<elements_of_t<Maps>>),
                             refused::this_is_no_range_of_affine_maps>;

/// Maps that are met from the last to the first.
template <class Maps>
using walked_backwards = rule<(std::ranges::bidirectional_range<Maps> && std::ranges::common_range<Maps>),
                              refused::these_maps_cannot_be_walked_from_the_last_to_the_first>;

template <class Last, class Maps>
consteval bool is_after() {
  if constexpr (std::is_arithmetic_v<Last>) {
    return !is_a_letter<Last>;
  } else {
    return std::is_invocable_r_v<Last, elements_of_t<Maps> const&, Last const&>;
  }
}

/// What comes after the last of some maps.
template <class Last, class Maps>
struct a_value_after {
  using type = typename rule<internal::is_after<Last, Maps>(),
                             refused::what_comes_after_the_last_map_must_be_a_value_that_the_maps_take>::type;
};

template <class Order>
inline constexpr bool is_order_v = false;
template <>
inline constexpr bool is_order_v<sequential> = true;
template <std::size_t Width>
inline constexpr bool is_order_v<in_register<Width>> = true;
template <class Executor>
inline constexpr bool is_order_v<in_parallel<Executor>> = true;

template <class Order>
using an_order = rule<is_order_v<Order>, refused::the_order_must_be_sequential_or_in_register_or_in_parallel>;

}  // namespace internal

}  // namespace bellman
