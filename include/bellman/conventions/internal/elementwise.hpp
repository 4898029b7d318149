// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/estimation/internal/parameter_columns.hpp>
#include <bellman/internal/placed_view.hpp>
#include <bellman/layout/internal/rows.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <tuple>
#include <type_traits>

namespace bellman::internal {

// What is said of elements is said of a column and of an array of several sequences alike: both are rows of numbers.

/// `rows_in(x)`: the rows of an array of several sequences as they lie; a column, and packed sequences, are one.
template <class Range>
constexpr auto rows_in(Range const& x) {
  std::size_t const n = internal::length_of(x);
  return rows{internal::first_of(x), 1, n, n};
}
template <class It>
constexpr rows<It> rows_in(time_major_view<It> const& x) {
  return {x.begin_of_rows(), x.steps(), x.sequences(), x.stride()};
}
template <class It>
constexpr rows<It> rows_in(batch_major_view<It> const& x) {
  return {x.begin_of_rows(), x.sequences(), x.steps(), x.stride()};
}
template <class It, class Offset>
constexpr rows<It> rows_in(packed_view<It, Offset> const& x) {
  return {x.begin_of_first(), 1, x.size(), x.size()};
}

/// `computed_as(x, at)`: the numbers `at(0), at(1), ...`, where x has its elements 0, 1, ... from the first on: a
/// column for a column, an array for an array, in the same layout. Each is computed where it is read.
template <class Range, class At>
constexpr auto computed_as(Range const& x, At const& at) {
  return placed_view(internal::length_of(x), at);
}
template <layout Array, class At>
constexpr auto computed_as(Array const& x, At const& at) {
  typename placed_view<At>::iterator const begin(at, 0);
  if constexpr (order_of_memory_of<Array> == order_of_memory::time_major) {
    return time_major_view(rows{begin, x.steps(), x.sequences(), x.stride()});
  } else if constexpr (order_of_memory_of<Array> == order_of_memory::batch_major) {
    return batch_major_view(rows{begin, x.sequences(), x.steps(), x.stride()});
  } else {
    return x.over(begin);
  }
}

/// An element as it stands, or, where none stands there, as its value.
template <class It>
using element_seen_t = std::conditional_t<std::is_lvalue_reference_v<std::iter_reference_t<It>>,
                                          std::iter_reference_t<It>, std::iter_value_t<It>>;

/// `f(x_k, y_k, ...)` of arrays whose rows may be further apart in one than in the other; k counts as in the first.
template <class F, class... It>
struct function_of_elements {
  using value_type = std::remove_cvref_t<std::invoke_result_t<F const&, element_seen_t<It>...>>;

  F f{};
  std::size_t stride = 1;
  bool alike = true;  // whether all rows are as far apart
  std::tuple<rows<It>...> arrays{};

  constexpr value_type operator()(std::size_t k) const {
    return std::apply(
        [&](auto const&... x) -> value_type {
          if (sizeof...(It) == 1 || alike) return f(element(x, k)...);
          return f(element(x, k / stride * x.stride + k % stride)...);
        },
        arrays);
  }

 private:
  template <class Each>
  static constexpr element_seen_t<Each> element(rows<Each> const& x, std::size_t place) {
    return x.begin[static_cast<std::iter_difference_t<Each>>(place)];
  }
};

/// `elementwise(f, x, y, ...)`: the numbers `f(x_k, y_k, ...)` of columns, or of arrays of several sequences in one
/// layout, as such a column or array, which outlives its view. Those of one length, which is checked; f can be made of
/// nothing.
template <class F, class First, class... Rest>
constexpr auto elementwise(F const& f, First const& first, Rest const&... rest) {
  conventions::common_length(first, rest...);
  std::tuple const arrays{internal::rows_in(first), internal::rows_in(rest)...};
  return [&]<class... It>(std::tuple<rows<It>...> const& all) {
    std::size_t const stride = std::get<0>(all).stride;
    bool const alike = std::apply([&](auto const&... x) { return ((x.stride == stride) && ...); }, all);
    return internal::computed_as(first, function_of_elements<F, It...>{f, stride, alike, all});
  }(arrays);
}

/// The same number everywhere.
template <class X>
struct everywhere {
  X x{};

  template <class Element>
  constexpr X operator()(Element const&) const {
    return x;
  }
};

/// `one_for_each_of(like, x)`: one number for all steps as an array laid out as `like`, or numbers of the steps as they
/// are, which stay where they lie.
template <class Like, class X>
constexpr auto one_for_each_of(Like const& like, X const& x) {
  if constexpr (one_for_each_step<X>) {
    return conventions::in_place(x);
  } else {
    return internal::elementwise(everywhere<X>{x}, like);
  }
}

/// `assign(out, x)`: writes each number of x to where `out` has its place for it.
template <class Out, class X>
constexpr void assign(Out const& out, X const& x) {
  auto const to = internal::rows_in(out);
  auto const from = internal::rows_in(x);
  using value = std::iter_value_t<decltype(to.begin)>;
  for (std::size_t row = 0; row < to.count; ++row) {
    for (std::size_t k = 0; k < to.length; ++k) {
      to.begin[static_cast<std::iter_difference_t<decltype(to.begin)>>(row * to.stride + k)] = static_cast<value>(
          from.begin[static_cast<std::iter_difference_t<decltype(from.begin)>>(row * from.stride + k)]);
    }
  }
}

/// `written(rewards, x)`: the numbers that an estimator of these rewards has written, of what it gave back for an
/// output: a container, the end of a column, or an array of several sequences.
template <class Rewards, class Output>
constexpr auto written(Rewards const& rewards, Output& x) {
  if constexpr (layout<Output>) {
    return x;
  } else if constexpr (layout<Rewards>) {
    return rewards.over(x.data());
  } else if constexpr (std::random_access_iterator<Output>) {
    return std::ranges::subrange(x - static_cast<std::iter_difference_t<Output>>(internal::length_of(rewards)), x);
  } else {
    return std::ranges::subrange(x.begin(), x.end());
  }
}

/// `place_of_written(x)`: where what is `written` begins, for an estimator to write to once more.
template <class X>
constexpr auto place_of_written(X const& x) {
  if constexpr (layout<X>) {
    return x;
  } else {
    return x.begin();
  }
}

/// The number of a sequence's next step, where there is one.
template <class X>
struct number_of_next_step {
  X number{};
  bool is_there = false;
};
template <class It, order_of_memory Order>
struct element_of_the_step_after {
  using number = std::iter_value_t<It>;
  using value_type = number_of_next_step<number>;

  rows<It> x{};

  constexpr value_type operator()(std::size_t k) const {
    if (is_last(k)) return {};
    std::size_t const after = Order == order_of_memory::time_major ? k + x.stride : k + 1;
    return {number(x.begin[static_cast<std::iter_difference_t<It>>(after)]), true};
  }

 private:
  constexpr bool is_last(std::size_t k) const {
    if constexpr (Order == order_of_memory::time_major) {
      return k + x.stride >= x.count * x.stride;
    } else if constexpr (Order == order_of_memory::batch_major) {
      return k % x.stride + 1 >= x.length;
    } else {
      return k + 1 >= x.length;
    }
  }
};

/// `of_next_steps(x)`: for each step the number of its sequence's next one, where there is one: a column, or an array
/// of several sequences that have their steps in common.
template <class X>
constexpr auto of_next_steps(X const& x) {
  auto const rows = internal::rows_in(x);
  return internal::computed_as(
      x, element_of_the_step_after<decltype(rows.begin), order_of_memory_of<std::remove_cvref_t<X>>>{rows});
}

/// The last number of each sequence, 0 of one that has none.
template <layout Array>
struct last_of_sequence {
  using value_type = number_t<typename Array::value_type>;

  Array all{};

  constexpr value_type operator()(std::size_t i) const {
    auto const numbers = all.sequence(i);
    if (numbers.empty()) return scalar_traits<value_type>::zero();
    return value_type(numbers.back());
  }
};

/// `last_of(x)`: the last number of a column, 0 of none; of an array of several sequences the last of each, a range.
template <class X>
constexpr auto last_of(X const& x) {
  if constexpr (layout<X>) {
    return placed_view(x.sequences(), last_of_sequence<X>{x});
  } else {
    using V = number_t<std::ranges::range_value_t<X>>;
    std::size_t const n = internal::length_of(x);
    V last = scalar_traits<V>::zero();
    if (n > 0) last = V(internal::first_of(x)[static_cast<std::ranges::range_difference_t<X const>>(n - 1)]);
    return last;
  }
}

}  // namespace bellman::internal
