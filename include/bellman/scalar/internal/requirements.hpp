// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>

#include <concepts>
#include <iterator>
#include <ranges>
#include <type_traits>

namespace bellman {

namespace refused {

struct these_are_neither_numbers_nor_vectors_of_numbers {};
struct these_numbers_have_no_order {};
struct this_is_no_range_of_numbers {};
struct this_is_no_range_of_numbers_that_can_be_walked_twice {};
struct this_is_no_random_access_range_of_numbers {};
struct this_is_no_iterator_or_range_that_numbers_can_be_written_to {};
struct there_is_one_iterator_to_write_to_or_none {};
struct what_is_computed_here_is_no_integer_and_the_output_must_not_be_one_either {};

}  // namespace refused

namespace internal {

/// Whether a type is one of expressions in unknowns, which are added and scaled as the numbers will be that they stand
/// for.
template <class X>
inline constexpr bool is_an_expression = false;

/// What can be added and scaled: a number, a vector of numbers or an expression of such.
template <class X>
concept number_or_vector = number<X> || vector_space_over<X> || is_an_expression<X>;

/// What the operations of arithmetic.hpp are of.
template <class X>
concept operand = used_as_a_number<X> || number_or_vector<X>;

/// An integer that counts or numbers something: neither a `bool` nor a letter.
template <class X>
concept whole_number = std::integral<X> && !std::same_as<X, bool> && !is_a_letter<X>;

/// The type of the elements of a range, or nothing.
template <class Range>
struct elements_of {
  using type = void;
};
template <std::ranges::range Range>
struct elements_of<Range> {
  using type = std::ranges::range_value_t<Range>;
};
template <class Range>
using elements_of_t = typename elements_of<Range>::type;

/// Letters in a row, or what is known by its address only.
template <class X>
concept text_or_address = std::is_pointer_v<X> || std::is_array_v<X> || is_a_letter<elements_of_t<X>>;

/// Whether the elements of a range are numbers, or vectors of such.
template <class Range>
concept elements_are_numbers = number<elements_of_t<Range>>;
template <class Range>
concept elements_are_numbers_or_vectors = number_or_vector<elements_of_t<Range>>;

template <class X>
using a_number = rule<number<std::remove_cvref_t<X>>, refused::these_are_no_numbers>;

template <class X>
using a_number_or_vector =
    rule<number_or_vector<std::remove_cvref_t<X>>, refused::these_are_neither_numbers_nor_vectors_of_numbers>;

/// A number with an order, as a maximum and a discount need.
template <class X>
using a_number_with_an_order =
    rule<(number<std::remove_cvref_t<X>> &&
          (std::integral<std::remove_cvref_t<X>> || only_stored<std::remove_cvref_t<X>> ||
           ordered_field<std::remove_cvref_t<X>>)),
         refused::these_numbers_have_no_order>;

/// A range of numbers of its own kind: that is read once, that is read again, whose element t is asked for.
template <class Range>
using a_range_of_numbers =
    rule<(std::ranges::input_range<Range> && elements_are_numbers<Range>), refused::this_is_no_range_of_numbers>;
template <class Range>
using a_forward_range_of_numbers = rule<(std::ranges::forward_range<Range> && elements_are_numbers<Range>),
                                        refused::this_is_no_range_of_numbers_that_can_be_walked_twice>;
template <class Range>
using a_random_access_range_of_numbers = rule<(std::ranges::random_access_range<Range> && elements_are_numbers<Range>),
                                              refused::this_is_no_random_access_range_of_numbers>;

/// The same of numbers or vectors.
template <class Range>
using a_range_of_numbers_or_vectors = rule<(std::ranges::input_range<Range> && elements_are_numbers_or_vectors<Range>),
                                           refused::this_is_no_range_of_numbers>;
template <class Range>
using a_random_access_range_of_numbers_or_vectors =
    rule<(std::ranges::random_access_range<Range> && elements_are_numbers_or_vectors<Range>),
         refused::this_is_no_random_access_range_of_numbers>;

template <class Out, class V>
consteval auto judge_output() {
  if constexpr (!std::output_iterator<Out, V>) {
    return refused::this_is_no_iterator_or_range_that_numbers_can_be_written_to{};
  } else if constexpr (std::indirectly_readable<Out>) {
    if constexpr (!number_or_vector<std::iter_value_t<Out>>) {
      return refused::this_is_no_iterator_or_range_that_numbers_can_be_written_to{};
    } else if constexpr (std::integral<std::iter_value_t<Out>> && !std::integral<V>) {
      return refused::what_is_computed_here_is_no_integer_and_the_output_must_not_be_one_either{};
    } else {
      return accepted{};
    }
  } else {
    return accepted{};
  }
}

/// `as_stored<Out>(x)`: x as the elements of an output hold it, where they hold fewer bits.
template <class Out, class V>
constexpr decltype(auto) as_stored(V const& x) {
  if constexpr (std::indirectly_readable<Out>) {
    if constexpr (only_stored<std::iter_value_t<Out>>) {
      return static_cast<std::iter_value_t<Out>>(x);
    } else {
      return (x);
    }
  } else {
    return (x);
  }
}

/// An iterator to which numbers of type V are written: where the elements are integers and V is none, they would be cut
/// off in silence.
template <class Out, class V>
struct an_output {
  using type = decltype(internal::judge_output<Out, V>());
};

/// Nothing, or one iterator to which numbers of type V are written.
template <class V, class... Out>
struct at_most_one_output {
  using type = refused::there_is_one_iterator_to_write_to_or_none;
};
template <class V>
struct at_most_one_output<V> {
  using type = accepted;
};
template <class V, class Out>
struct at_most_one_output<V, Out> : an_output<Out, V> {};

}  // namespace internal

}  // namespace bellman
