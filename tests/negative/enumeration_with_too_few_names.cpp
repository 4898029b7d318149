// SPDX-License-Identifier: BSL-1.0
// refused: an_enumeration_has_a_name_for_each_of_its_values

#include <bellman/reflect/states_of.hpp>

enum class day { saturday, sunday };
template <>
inline constexpr auto bellman::reflect::names_of_values_v<day> = std::array{"saturday", "sunday"};
#ifndef CONTROL
template <>
inline constexpr std::size_t bellman::reflect::number_of_values_v<day> = 3;
#endif

constexpr auto states = bellman::reflect::states_of<day>();
