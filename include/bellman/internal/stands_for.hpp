// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <type_traits>

namespace bellman::internal {

/// Whether a type is one of letters. They are integers to the language and no numbers to this library: a text is no
/// range of rewards.
template <class X>
inline constexpr bool is_a_letter = std::same_as<X, char> || std::same_as<X, wchar_t> || std::same_as<X, char8_t> ||
                                    std::same_as<X, char16_t> || std::same_as<X, char32_t>;

/// Whether a value of type X names one of type To: it converts to it, and not by being cut off: no number that need not
/// be whole names an integer, and no letter a number.
template <class X, class To>
concept stands_for = std::convertible_to<X, To> &&
    (std::same_as<std::remove_cvref_t<X>, To> || !std::is_arithmetic_v<To> ||
     !std::is_arithmetic_v<std::remove_cvref_t<X>> ||
     (!is_a_letter<std::remove_cvref_t<X>> && (std::floating_point<To> || std::integral<std::remove_cvref_t<X>>)));

/// `named<To>(x)`: what x names, without a copy where it is that itself.
template <class To, class X>
constexpr decltype(auto) named(X const& x) {
  if constexpr (std::same_as<X, To>) {
    return (x);
  } else {
    return static_cast<To>(x);
  }
}

}  // namespace bellman::internal
