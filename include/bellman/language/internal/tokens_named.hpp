// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/internal/requirements.hpp>

#include <concepts>
#include <ranges>
#include <type_traits>

namespace bellman {

namespace refused {

struct these_are_neither_tokens_nor_a_function_that_gives_tokens_for_a_context {};

}  // namespace refused

namespace internal {

template <class Tokens>
concept tokens_in_a_range = std::ranges::input_range<Tokens> && whole_number<elements_of_t<Tokens>>;
template <class Tokens, class Context>
concept tokens_of_a_context = std::invocable<Tokens const&, Context const&> &&
    tokens_in_a_range<std::invoke_result_t<Tokens const&, Context const&>>;

/// Tokens in a range, or what gives such for a context.
template <class Tokens>
concept names_tokens = tokens_in_a_range<Tokens const> || tokens_of_a_context<Tokens, context>;
template <class Tokens>
struct tokens_or_a_function_to_tokens
    : rule<names_tokens<Tokens>,
           refused::these_are_neither_tokens_nor_a_function_that_gives_tokens_for_a_context> {};

}  // namespace internal

}  // namespace bellman
