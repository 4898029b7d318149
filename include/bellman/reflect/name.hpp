// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/literal.hpp>

#include <boost/hana/string.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman::reflect {

namespace detail {

template <internal::literal Text, std::size_t... Index>
consteval auto as_string(std::index_sequence<Index...>) {
  return boost::hana::string<Text.characters[Index]...>{};
}

}  // namespace detail

/// `name<"rewards">`: a name that is a type of its own: a `hana::string`, the same that `BOOST_HANA_STRING("rewards")`
/// and the members of a Hana struct have.
template <internal::literal Text>
inline constexpr auto name = detail::as_string<Text>(std::make_index_sequence<sizeof(Text.characters) - 1>{});

/// The type of a name.
template <internal::literal Text>
using name_t = std::remove_const_t<decltype(name<Text>)>;

}  // namespace bellman::reflect
