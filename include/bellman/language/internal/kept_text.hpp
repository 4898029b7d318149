// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>

#include <concepts>
#include <string_view>
#include <type_traits>

namespace bellman {

namespace refused {

struct this_is_no_text {};

}  // namespace refused

namespace internal {

/// A text that a rule keeps: a `std::string` its own, a `std::string_view` one that lies elsewhere.
template <class Text>
concept kept_text = std::is_class_v<Text> && std::convertible_to<Text const&, std::string_view>;
template <class Text>
struct a_kept_text : rule<kept_text<Text>, refused::this_is_no_text> {};

constexpr bool is_white_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
constexpr bool is_a_digit(char c) { return c >= '0' && c <= '9'; }

/// A text without the white space at its ends.
constexpr std::string_view trimmed(std::string_view text) {
  while (!text.empty() && internal::is_white_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && internal::is_white_space(text.back())) text.remove_suffix(1);
  return text;
}

}  // namespace internal

}  // namespace bellman
