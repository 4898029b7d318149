// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>
#include <bellman/reflect/internal/digits.hpp>
#include <bellman/reflect/internal/members.hpp>
#include <bellman/reflect/number_of_values.hpp>

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>

namespace bellman::internal {

/// What a name of a member or element is added to: `stock`, `depot.stock`, `cells[2]`.
inline std::string path_to(std::string const& whole, char const* name) {
  return whole.empty() ? name : whole + "." + name;
}
inline std::string path_to(std::string const& whole, std::size_t i) { return whole + "[" + std::to_string(i) + "]"; }

template <class T>
inline constexpr bool has_elements = std::is_array_v<T> || is_std_array<T>;

/// `f(part, path)` for each part that has no parts, in their order.
template <class T, class F>
void for_each_part(T const& x, std::string const& path, F const& f) {
  if constexpr (std::is_enum_v<T> || std::is_same_v<T, bool> || is_bounded<T>) {
    f(x, path);
  } else if constexpr (has_elements<T>) {
    std::size_t i = 0;
    for (auto const& e : x) internal::for_each_part(e, internal::path_to(path, i++), f);
  } else {
    [&]<class... Member>(member_list<Member...>) {
      (internal::for_each_part(x.*Member::pointer, internal::path_to(path, Member::name()), f), ...);
    }(members_of<T>{});
  }
}

template <class T>
void append_text(std::string& text, T const& x) {
  if constexpr (std::is_same_v<T, bool>) {
    text += x ? "true" : "false";
  } else if constexpr (std::is_enum_v<T>) {
    auto const n = static_cast<std::size_t>(x);
    if (n < std::size(reflect::names_of_values_v<T>)) {
      text += std::string_view(reflect::names_of_values_v<T>[n]);
    } else {
      text += std::to_string(static_cast<long long>(x));
    }
  } else if constexpr (is_bounded<T>) {
    text += std::to_string(x.value);
  } else if constexpr (has_elements<T>) {
    char const* before = "[";
    for (auto const& e : x) {
      text += before;
      internal::append_text(text, e);
      before = ", ";
    }
    text += *before == '[' ? "[]" : "]";
  } else {
    [&]<class... Member>(member_list<Member...>) {
      char const* before = "{";
      ((text += before, text += Member::name(), text += ": ", internal::append_text(text, x.*Member::pointer),
        before = ", "),
       ...);
      text += "}";
    }(members_of<T>{});
  }
}

}  // namespace bellman::internal
