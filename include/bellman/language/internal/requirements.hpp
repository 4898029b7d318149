// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <ranges>

namespace bellman {

namespace refused {

struct a_token_is_an_integer {};
struct this_is_no_range_of_tokens {};
struct this_is_no_vocabulary {};
struct a_number_of_tokens_is_an_integer {};

}  // namespace refused

namespace internal {

/// What a token is given as: a letter, whose code is no token, is none.
template <class T>
using a_token = rule<whole_number<T>, refused::a_token_is_an_integer>;
/// How many tokens there are, which is neither a letter nor a `bool` either.
template <class N>
using a_number_of_tokens = rule<whole_number<N>, refused::a_number_of_tokens_is_an_integer>;
template <class Range>
using a_range_of_tokens =
    rule<(std::ranges::input_range<Range> && whole_number<elements_of_t<Range>>), refused::this_is_no_range_of_tokens>;

template <class V>
concept has_tokens = requires(V const& v) {
  requires whole_number<std::ranges::range_value_t<decltype(v.tokens())>>;
  requires whole_number<decltype(v.end_of_sequence())>;
};
template <class V>
using a_vocabulary = rule<has_tokens<V>, refused::this_is_no_vocabulary>;

}  // namespace internal

}  // namespace bellman
