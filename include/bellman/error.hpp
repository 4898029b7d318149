// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

namespace bellman {

/// A value that breaks a rule of the algebra: a weight below zero, a discount above one, a state without actions.
/// The message names the state or the index, the value, and what was allowed.
///
/// Every check ends in a call of a function that is not constexpr and whose name is the rule, so that a constant
/// expression that breaks the rule does not compile and the compiler's message shows the name.
struct invalid_value : std::invalid_argument {
  using std::invalid_argument::invalid_argument;
};

/// A value as text for a message: numbers, enumerators and quotients by their digits, strings in quotes, other types by
/// their member `str()` or a `to_string` of theirs; nothing if there is none.
template <class T>
std::string describe(T const& x) {
  if constexpr (std::is_same_v<T, bool>) {
    return x ? "true" : "false";
  } else if constexpr (std::is_enum_v<T>) {
    return std::to_string(static_cast<long long>(x));
  } else if constexpr (std::is_integral_v<T>) {
    return std::to_string(x);
  } else if constexpr (std::is_floating_point_v<T>) {
    char text[64];
    std::snprintf(text, sizeof text, "%.17Lg", static_cast<long double>(x));
    return text;
  } else if constexpr (requires { x.numerator(); x.denominator(); }) {
    return describe(x.numerator()) + "/" + describe(x.denominator());
  } else if constexpr (requires { { x.str() } -> std::convertible_to<std::string>; }) {
    return x.str();
  } else if constexpr (std::is_convertible_v<T const&, std::string_view>) {
    return '"' + std::string(std::string_view(x)) + '"';
  } else if constexpr (requires { { to_string(x) } -> std::convertible_to<std::string>; }) {
    return to_string(x);
  } else {
    return "";
  }
}

/// False: the condition of a `static_assert` in a branch that is not taken when all is well. Were it the concept that
/// is not met, the compiler would take the concept apart after the message, and its answer would not be read.
template <class...>
inline constexpr bool refused = false;

/// A number and, if there is one, the text of what it numbers: `7 ("abc")`.
inline std::string numbered(std::size_t number, std::string const& text) {
  return std::to_string(number) + (text.empty() ? "" : " (" + text + ")");
}

}  // namespace bellman
