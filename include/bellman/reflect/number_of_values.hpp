// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <iterator>
#include <string_view>

namespace bellman::reflect {

/// `names_of_values_v<E>`: the names of the values 0, 1, ... of an enumeration, an array of texts, to be specialised
/// where they are to be printed:
/// `template <> inline constexpr auto bellman::reflect::names_of_values_v<day> = std::array{"saturday", "sunday"};`
template <class E>
inline constexpr std::array<std::string_view, 0> names_of_values_v{};

/// `number_of_values_v<E>`: how many values an enumeration has; they are 0, 1, ... and one less than that. To be
/// specialised for an enumeration whose values have no names for it:
/// `template <> inline constexpr std::size_t bellman::reflect::number_of_values_v<color> = 3;`
template <class E>
inline constexpr std::size_t number_of_values_v = std::size(names_of_values_v<E>);

}  // namespace bellman::reflect
