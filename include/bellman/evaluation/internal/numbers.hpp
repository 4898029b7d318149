// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <iterator>
#include <ranges>

namespace bellman {

namespace refused {

struct there_is_one_iterator_to_write_to_or_none {};

}  // namespace refused

namespace internal {

// Of a range of numbers only: that they have an order.
template <class Range>
struct ordered_numbers_of : a_number_with_an_order<std::ranges::range_value_t<Range>> {};

/// An iterator that numbers of type P are written to, or none.
template <class P, class... Out>
struct one_output {
  using type = refused::there_is_one_iterator_to_write_to_or_none;
};
template <class P>
struct one_output<P> {
  using type = accepted;
};
template <class P, class Out>
struct one_output<P, Out> : an_output<Out, P> {};
template <class Range, class... Out>
struct one_output_of : one_output<number_t<std::ranges::range_value_t<Range>>, Out...> {};

}  // namespace internal

}  // namespace bellman
