// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/order.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>

namespace bellman::internal {

/// How many numbers a whole register holds.
template <class V>
inline constexpr std::size_t lanes_of_a_register =
    number_of_a_register<V> ? bellman::detail::bytes_of_a_register / sizeof(V) : 1;

/// An order as a function keeps it: by its type, or with its executor.
template <class Order>
struct kept_order {
  kept_order() = default;
  constexpr explicit kept_order(Order const&) {}
  constexpr Order operator()() const { return {}; }
};
template <class Executor>
struct kept_order<in_parallel<Executor>> {
  in_parallel<Executor> order;

  constexpr explicit kept_order(in_parallel<Executor> const& its_order) : order(its_order) {}
  constexpr in_parallel<Executor> const& operator()() const { return order; }
};

/// The order within one sequence, the width of a row's registers.
template <class Order, class V>
struct order_within {
  using type = Order;
  using of_rows = sequential;
};
template <class V>
struct order_within<deduced, V> {
  using type = default_order<V>;
  using of_rows = in_register<lanes_of_a_register<V>>;
};
template <class Executor, class V>
struct order_within<in_parallel<Executor>, V> : order_within<deduced, V> {};
template <std::size_t Width, class V>
struct order_within<in_register<Width>, V> {
  using type = in_register<Width>;
  using of_rows = in_register<Width>;
};

}  // namespace bellman::internal
