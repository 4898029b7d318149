// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <ranges>

namespace bellman::internal {

// Of a range of numbers only: that they have an order.
template <class Range>
struct ordered_numbers_of : a_number_with_an_order<std::ranges::range_value_t<Range>> {};

/// Nothing, or where numbers of those of a range are written.
template <class Range, class... Out>
struct at_most_one_output_of : at_most_one_output<number_t<std::ranges::range_value_t<Range>>, Out...> {};

}  // namespace bellman::internal
