// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <ranges>

namespace bellman {

namespace refused {

struct a_token_is_an_integer {};
struct this_is_no_range_of_tokens {};
struct this_is_no_vocabulary {};
struct a_number_of_tokens_is_an_integer {};

}  // namespace refused

namespace internal {

/// What a token is given as: an integer that is neither a letter, whose code is no token, nor a `bool`.
template <class T>
concept token_number = std::integral<T> && !std::same_as<T, bool> && !is_a_letter<T>;

template <class T>
using a_token = rule<token_number<T>, refused::a_token_is_an_integer>;
/// How many tokens there are, which is neither a letter nor a `bool` either.
template <class N>
using a_number_of_tokens = rule<token_number<N>, refused::a_number_of_tokens_is_an_integer>;
template <class Range>
using a_range_of_tokens =
    rule<(std::ranges::input_range<Range> && token_number<elements_of_t<Range>>), refused::this_is_no_range_of_tokens>;

/// Nothing, or where numbers of type V are written.
template <class V, class... Out>
struct one_output_at_most
    : rule<sizeof...(Out) == 0, refused::this_is_no_iterator_or_range_that_numbers_can_be_written_to> {};
template <class V, class Out>
struct one_output_at_most<V, Out> : an_output<Out, V> {};

template <class V>
concept has_tokens = requires(V const& v) {
  requires token_number<std::ranges::range_value_t<decltype(v.tokens())>>;
  requires token_number<decltype(v.end_of_sequence())>;
};
template <class V>
using a_vocabulary = rule<has_tokens<V>, refused::this_is_no_vocabulary>;

}  // namespace internal

}  // namespace bellman
