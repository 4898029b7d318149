// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>

#include <array>
#include <cstddef>

namespace bellman {

namespace detail {

// A register with all bits of a lane set where the mask holds.
template <class Mask>
concept register_mask = requires(Mask m) {
  (m & ~m) | m;
  m[0];
};

}  // namespace detail

/// `select`, `less`, `equal` and the masks' operations for a single number, so that one body serves it and packs.
template <class T>
constexpr T select(bool m, T const& x, T const& y) {
  if (m) return x;
  return y;
}
template <class T>
constexpr bool less(T const& x, T const& y) {
  return x < y;
}
template <class T>
constexpr bool equal(T const& x, T const& y) {
  return x == y;
}

constexpr bool both(bool m, bool n) { return m && n; }
constexpr bool either(bool m, bool n) { return m || n; }
constexpr bool negation(bool m) { return !m; }

template <std::size_t Width>
constexpr std::array<bool, Width> both(std::array<bool, Width> const& m, std::array<bool, Width> const& n) {
  return internal::array_of<Width>([&](std::size_t i) { return m[i] && n[i]; });
}
template <std::size_t Width>
constexpr std::array<bool, Width> either(std::array<bool, Width> const& m, std::array<bool, Width> const& n) {
  return internal::array_of<Width>([&](std::size_t i) { return m[i] || n[i]; });
}
template <std::size_t Width>
constexpr std::array<bool, Width> negation(std::array<bool, Width> const& m) {
  return internal::array_of<Width>([&](std::size_t i) { return !m[i]; });
}

template <detail::register_mask Mask>
[[gnu::always_inline]] inline Mask both(Mask const& m, Mask const& n) {
  return m & n;
}
template <detail::register_mask Mask>
[[gnu::always_inline]] inline Mask either(Mask const& m, Mask const& n) {
  return m | n;
}
template <detail::register_mask Mask>
[[gnu::always_inline]] inline Mask negation(Mask const& m) {
  return ~m;
}

}  // namespace bellman
