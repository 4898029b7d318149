// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/language/internal/requirements.hpp>

#include <concepts>
#include <ranges>
#include <string>
#include <string_view>

namespace bellman {

namespace internal {

template <class T>
concept encodes_texts = requires(T const& t, std::string_view text) {
  requires std::ranges::input_range<decltype(t.encode(text))> && whole_number<elements_of_t<decltype(t.encode(text))>>;
};

}  // namespace internal

/// What makes tokens of a text and a text of tokens.
///
/// Minimal definition: `t.encode(text)`, a range of tokens, and `t.decode(tokens)` of such a range, a `std::string`.
///
/// Axioms:
///  1. the round trip: `t.decode(t.encode(text)) == text` for every text, be it UTF-8 or not. The other way round need
///     not hold: several rows of tokens may have one text.
///
/// Models: the byte-pair encoder of the examples.
template <class T>
concept tokeniser = internal::encodes_texts<T> && requires(T const& t, std::string_view text) {
  { t.decode(t.encode(text)) } -> std::convertible_to<std::string>;
};

}  // namespace bellman
