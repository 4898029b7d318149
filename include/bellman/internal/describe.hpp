// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/reflected.hpp>

#include <concepts>
#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <type_traits>

namespace bellman::internal {

/// A value as text for a message: numbers, enumerators and quotients by their digits, strings in quotes, other types by
/// their member `str()` or a `to_string` of theirs, or by what `reflected` knows of them; nothing if there is none.
template <class T>
std::string describe(T const& x) {
  if constexpr (std::is_same_v<T, bool>) {
    return x ? "true" : "false";
  } else if constexpr (std::is_enum_v<T>) {
    if constexpr (reflected<T>::value) {
      return reflected<T>::text(x);
    } else {
      return std::to_string(static_cast<long long>(x));
    }
  } else if constexpr (std::is_integral_v<T>) {
    return std::to_string(x);
  } else if constexpr (std::is_floating_point_v<T>) {
    char text[64];
    std::snprintf(text, sizeof text, "%.17Lg", static_cast<long double>(x));
    return text;
  } else if constexpr (requires { x.numerator(); x.denominator(); }) {
    return internal::describe(x.numerator()) + "/" + internal::describe(x.denominator());
  } else if constexpr (requires { { x.str() } -> std::convertible_to<std::string>; }) {
    return x.str();
  } else if constexpr (std::is_convertible_v<T const&, std::string_view>) {
    return '"' + std::string(std::string_view(x)) + '"';
  } else if constexpr (requires { { to_string(x) } -> std::convertible_to<std::string>; }) {
    return to_string(x);
  } else if constexpr (reflected<T>::value) {
    return reflected<T>::text(x);
  } else if constexpr (sizeof(T) < sizeof(float) && std::is_convertible_v<T const&, float>) {
    return internal::describe(static_cast<float>(x));
  } else {
    return "";
  }
}

/// A number and, if there is one, the text of what it numbers: `7 ("abc")`.
inline std::string numbered(std::size_t number, std::string const& text) {
  return std::to_string(number) + (text.empty() ? "" : " (" + text + ")");
}

}  // namespace bellman::internal
