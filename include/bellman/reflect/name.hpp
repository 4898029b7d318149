// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <boost/hana/string.hpp>

#include <cstddef>
#include <utility>

namespace bellman::reflect {

namespace detail {

template <std::size_t Size>
struct literal {
  char characters[Size];

  consteval literal(char const (&text)[Size]) {
    for (std::size_t i = 0; i < Size; ++i) characters[i] = text[i];
  }
};

template <literal Text, std::size_t... I>
consteval auto as_string(std::index_sequence<I...>) {
  return boost::hana::string<Text.characters[I]...>{};
}

}  // namespace detail

/// `name<"rewards">`: a name that is a type of its own: a `hana::string`, the same that `BOOST_HANA_STRING("rewards")`
/// and the members of a Hana struct have. The last character of the array is the closing zero and no part of it.
template <detail::literal Text>
inline constexpr auto name = detail::as_string<Text>(std::make_index_sequence<sizeof(Text.characters) - 1>{});

/// The type of a name.
template <detail::literal Text>
using name_t = decltype(detail::as_string<Text>(std::make_index_sequence<sizeof(Text.characters) - 1>{}));

}  // namespace bellman::reflect
