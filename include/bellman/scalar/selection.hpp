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

// What a body needs to choose without a branch, so that one body serves a single number, whose mask is a `bool`, and
// packs, which bring `select`, `less` and `equal` of their own.

/// `select(mask, x, y)`: x where the mask holds, else y.
///
/// *Arguments*: a `bool` and two numbers of one type, or a mask and two packs.
/// *Use*:
///     bellman::select(true, 1.5, 2.5) == 1.5
template <class T>
constexpr T select(bool m, T const& x, T const& y) {
  if (m) return x;
  return y;
}

/// `less(x, y)`: the mask of `x < y`.
///
/// *Arguments*: two numbers of one type or two packs.
/// *Use*:
///     bellman::less(1.5, 2.5)
template <class T>
constexpr bool less(T const& x, T const& y) {
  return x < y;
}

/// `equal(x, y)`: the mask of `x == y`.
///
/// *Arguments*: two numbers of one type or two packs.
/// *Use*:
///     !bellman::equal(1.5, 2.5)
template <class T>
constexpr bool equal(T const& x, T const& y) {
  return x == y;
}

/// `both(m, n)`: where both masks hold.
///
/// *Arguments*: two masks of one kind: of single numbers, of packs in arrays or of packs in registers.
/// *Use*:
///     bellman::both(std::array{true, true}, std::array{true, false}) == std::array{true, false}
constexpr bool both(bool m, bool n) { return m && n; }
template <std::size_t Width>
constexpr std::array<bool, Width> both(std::array<bool, Width> const& m, std::array<bool, Width> const& n) {
  return internal::array_of<Width>([&](std::size_t i) { return m[i] && n[i]; });
}
template <detail::register_mask Mask>
[[gnu::always_inline]] inline Mask both(Mask const& m, Mask const& n) {
  return m & n;
}

/// `either(m, n)`: where one of two masks holds.
///
/// *Arguments*: as those of `both`.
/// *Use*:
///     bellman::either(false, true)
constexpr bool either(bool m, bool n) { return m || n; }
template <std::size_t Width>
constexpr std::array<bool, Width> either(std::array<bool, Width> const& m, std::array<bool, Width> const& n) {
  return internal::array_of<Width>([&](std::size_t i) { return m[i] || n[i]; });
}
template <detail::register_mask Mask>
[[gnu::always_inline]] inline Mask either(Mask const& m, Mask const& n) {
  return m | n;
}

/// `negation(m)`: where a mask does not hold.
///
/// *Arguments*: a mask of any kind.
/// *Use*:
///     bellman::negation(false)
constexpr bool negation(bool m) { return !m; }
template <std::size_t Width>
constexpr std::array<bool, Width> negation(std::array<bool, Width> const& m) {
  return internal::array_of<Width>([&](std::size_t i) { return !m[i]; });
}
template <detail::register_mask Mask>
[[gnu::always_inline]] inline Mask negation(Mask const& m) {
  return ~m;
}

}  // namespace bellman
