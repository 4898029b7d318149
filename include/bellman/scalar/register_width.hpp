// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/honest_arithmetic.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <type_traits>

namespace bellman {

/// Iterators to numbers that can be loaded into a register at once and converted to others there.
template <class It>
concept adjacent_numbers = std::contiguous_iterator<It> && std::is_arithmetic_v<std::iter_value_t<It>> &&
    !std::same_as<std::iter_value_t<It>, long double>;

/// The numbers that a register holds several of.
template <class T>
concept number_of_a_register = std::same_as<T, float> || std::same_as<T, double>;

namespace detail {

#if defined(__AVX512F__)
inline constexpr std::size_t bytes_of_a_register = 64;
#elif defined(__AVX__)
inline constexpr std::size_t bytes_of_a_register = 32;
#else
inline constexpr std::size_t bytes_of_a_register = 16;
#endif

}  // namespace detail

/// `fits_a_register<T, Width>`: whether a register of the machine that is compiled for holds `Width` numbers T.
///
/// *Use*:
///     bellman::fits_a_register<float, 4> && !bellman::fits_a_register<long double, 1>
template <class T, std::size_t Width>
inline constexpr bool fits_a_register =
    (Width * sizeof(T) <= detail::bytes_of_a_register) && number_of_a_register<T>;

/// `register_width<T>`: how many `T` a pack holds by default: what fits into a register of the machine that is compiled
/// for, at most 32 bytes of it; 1 where no register holds more than two.
///
/// *Use*:
///     bellman::register_width<float> >= 4 && bellman::register_width<long double> == 1
template <class T>
inline constexpr std::size_t register_width = 1;
#if defined(__AVX__)
template <>
inline constexpr std::size_t register_width<float> = 8;
template <>
inline constexpr std::size_t register_width<double> = 4;
#else
template <>
inline constexpr std::size_t register_width<float> = 4;
#endif

}  // namespace bellman
