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
#if defined(__FMA__) || defined(__FMA4__) || defined(__AVX512F__) || defined(__FP_FAST_FMA)
inline constexpr bool rounds_products_and_sums_at_once = true;
#else
inline constexpr bool rounds_products_and_sums_at_once = false;
#endif

}  // namespace detail

namespace internal {

/// A machine, as far as it changes what registers compute. What computes in them by default has the machine that is
/// compiled for among its template parameters, so that two files compiled for different machines share none of it, and
/// whichever the linker takes first, each computes as it was compiled.
template <std::size_t BytesOfARegister, bool RoundsProductsAndSumsAtOnce>
struct machine {};
using this_machine = machine<bellman::detail::bytes_of_a_register, bellman::detail::rounds_products_and_sums_at_once>;

}  // namespace internal

/// `fits_a_register<T, Width>`: whether a register of the machine that is compiled for holds `Width` numbers T.
///
/// *Use*:
///     bellman::fits_a_register<float, 4> && !bellman::fits_a_register<long double, 1>
template <class T, std::size_t Width>
inline constexpr bool fits_a_register =
    (Width * sizeof(T) <= detail::bytes_of_a_register) && number_of_a_register<T>;

/// `register_width<T>`: how many `T` a pack holds by default: what fits into a register of the machine that is compiled
/// for; 1 where no register holds more than two.
///
/// *Use*:
///     bellman::register_width<float> >= 4 && bellman::register_width<long double> == 1
template <class T>
inline constexpr std::size_t register_width = 1;
template <number_of_a_register T>
inline constexpr std::size_t register_width<T> =
    detail::bytes_of_a_register / sizeof(T) > 2 ? detail::bytes_of_a_register / sizeof(T) : 1;

}  // namespace bellman
