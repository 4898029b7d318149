// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

// A register with all bits of a lane set where the mask holds.
template <class Mask>
concept register_mask = requires(Mask m) {
  (m & ~m) | m;
  m[0];
};

template <class T>
using mask_t = typename scalar_traits<T>::mask;

struct select_fn {
  template <class T>
  constexpr T operator()(bool m, T const& x, T const& y) const {
    if (m) return x;
    return y;
  }
  template <class X, class Y>
  constexpr Y const& operator()(std::false_type, X const&, Y const& y) const {
    return y;
  }
  template <internal::has_lanes T>
  [[gnu::always_inline]] constexpr T operator()(mask_t<T> const& m, T const& x, T const& y) const {
    return scalar_traits<T>::select(m, x, y);
  }
};

struct less_fn {
  template <class T, class = decltype(bool(std::declval<T const&>() < std::declval<T const&>()))>
    requires(!internal::has_lanes<T>) constexpr bool operator()(T const& x, T const& y) const { return x < y; }
  template <internal::has_lanes T>
  [[gnu::always_inline]] constexpr mask_t<T> operator()(T const& x, T const& y) const {
    return scalar_traits<T>::less(x, y);
  }
};

struct equal_fn {
  template <class T, class = decltype(bool(std::declval<T const&>() == std::declval<T const&>()))>
    requires(!internal::has_lanes<T>) constexpr bool operator()(T const& x, T const& y) const { return x == y; }
  template <internal::has_lanes T>
  [[gnu::always_inline]] constexpr mask_t<T> operator()(T const& x, T const& y) const {
    return scalar_traits<T>::equal(x, y);
  }
};

struct both_fn {
  constexpr bool operator()(bool m, bool n) const { return m && n; }
  template <std::size_t Width>
  constexpr std::array<bool, Width> operator()(std::array<bool, Width> const& m,
                                               std::array<bool, Width> const& n) const {
    return internal::array_of<Width>([&](std::size_t i) { return m[i] && n[i]; });
  }
  template <register_mask Mask>
  [[gnu::always_inline]] Mask operator()(Mask const& m, Mask const& n) const {
    return m & n;
  }
};

struct either_fn {
  constexpr bool operator()(bool m, bool n) const { return m || n; }
  template <std::size_t Width>
  constexpr std::array<bool, Width> operator()(std::array<bool, Width> const& m,
                                               std::array<bool, Width> const& n) const {
    return internal::array_of<Width>([&](std::size_t i) { return m[i] || n[i]; });
  }
  template <register_mask Mask>
  [[gnu::always_inline]] Mask operator()(Mask const& m, Mask const& n) const {
    return m | n;
  }
};

struct negation_fn {
  constexpr bool operator()(bool m) const { return !m; }
  template <std::size_t Width>
  constexpr std::array<bool, Width> operator()(std::array<bool, Width> const& m) const {
    return internal::array_of<Width>([&](std::size_t i) { return !m[i]; });
  }
  template <register_mask Mask>
  [[gnu::always_inline]] Mask operator()(Mask const& m) const {
    return ~m;
  }
};

}  // namespace detail

// What a body needs to choose without a branch, so that one body serves a single number, whose mask is a `bool`, and
// packs, whose masks and choices `scalar_traits` name.

/// `select(mask, x, y)`: x where the mask holds, else y.
///
/// *Arguments*: a `bool` and two numbers of one type, or a mask and two packs; or `std::false_type`, a mask that is
/// known to hold nowhere, with which x is not looked at.
/// *Use*:
///     bellman::select(true, 1.5, 2.5) == 1.5
inline constexpr detail::select_fn select{};

/// `less(x, y)`: the mask of `x < y`.
///
/// *Arguments*: two numbers of one type or two packs.
/// *Use*:
///     bellman::less(1.5, 2.5)
inline constexpr detail::less_fn less{};

/// `equal(x, y)`: the mask of `x == y`.
///
/// *Arguments*: two numbers of one type or two packs.
/// *Use*:
///     !bellman::equal(1.5, 2.5)
inline constexpr detail::equal_fn equal{};

/// `both(m, n)`: where both masks hold.
///
/// *Arguments*: two masks of one kind: of single numbers, of packs in arrays or of packs in registers.
/// *Use*:
///     bellman::both(std::array{true, true}, std::array{true, false}) == std::array{true, false}
inline constexpr detail::both_fn both{};

/// `either(m, n)`: where one of two masks holds.
///
/// *Arguments*: as those of `both`.
/// *Use*:
///     bellman::either(false, true)
inline constexpr detail::either_fn either{};

/// `negation(m)`: where a mask does not hold.
///
/// *Arguments*: a mask of any kind.
/// *Use*:
///     bellman::negation(false)
inline constexpr detail::negation_fn negation{};

}  // namespace bellman
