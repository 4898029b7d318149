// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/layout/batch_major.hpp>
#include <bellman/layout/packed.hpp>
#include <bellman/layout/time_major.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

namespace internal {

/// How a view lays out several sequences.
enum class order_of_memory { none, time_major, batch_major, packed };

template <class T>
inline constexpr order_of_memory order_of_memory_of = order_of_memory::none;
template <class It>
inline constexpr order_of_memory order_of_memory_of<time_major_view<It>> = order_of_memory::time_major;
template <class It>
inline constexpr order_of_memory order_of_memory_of<batch_major_view<It>> = order_of_memory::batch_major;
template <class It, class Offset>
inline constexpr order_of_memory order_of_memory_of<packed_view<It, Offset>> = order_of_memory::packed;

}  // namespace internal

/// Whether `T` is an array of several sequences as it lies in memory: what `time_major`, `batch_major` or `packed`
/// gives.
template <class T>
concept layout = internal::order_of_memory_of<std::remove_cvref_t<T>> != internal::order_of_memory::none;

namespace internal {

template <class T>
concept is_time_major = order_of_memory_of<std::remove_cvref_t<T>> == order_of_memory::time_major;

/// `sequence_of(x, i)`: what belongs to sequence i: of an array of sequences its numbers, of anything else itself.
template <class T>
constexpr T const& sequence_of(T const& x, std::size_t) {
  return x;
}
template <layout T>
constexpr auto sequence_of(T const& x, std::size_t i) {
  return x.sequence(i);
}

/// What belongs to one sequence, of a type that may be an array of several.
template <class T>
struct one_sequence {
  using type = T;
};
template <layout T>
struct one_sequence<T> {
  using type = decltype(std::declval<T const&>().sequence(std::size_t{}));
};
template <class T>
using one_sequence_t = typename one_sequence<std::remove_cvref_t<T>>::type;

}  // namespace internal

}  // namespace bellman
