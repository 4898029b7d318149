// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>

namespace bellman {

namespace refused {

struct this_is_no_mask {};
struct these_are_no_masks_of_one_kind {};
struct a_selection_is_by_a_mask_of_two_numbers_of_one_type {};

}  // namespace refused

namespace detail {

template <class T>
concept has_an_order = internal::operand<T> && requires(T const& x, T const& y) {
  bool(x < y);
};
template <class T>
concept has_an_equality = internal::operand<T> && requires(T const& x, T const& y) {
  bool(x == y);
};

// A register with all bits of a lane set where the mask holds.
template <class Mask>
concept register_mask = requires(Mask m) {
  (m & ~m) | m;
  m[0];
};

// The mask of one number: a bool or what stands for one. A pointer and a number convert too, and say nothing.
template <class M>
concept flag = std::same_as<M, bool> || (std::is_class_v<M> && std::convertible_to<M const&, bool>);

template <class T>
using mask_t = typename scalar_traits<T>::mask;

template <class M>
inline constexpr bool is_array_of_flags = false;
template <std::size_t Width>
inline constexpr bool is_array_of_flags<std::array<bool, Width>> = true;

template <class M>
concept mask = flag<M> || is_array_of_flags<M> || register_mask<M>;
template <class M, class N>
concept masks_of_one_kind = mask<M> &&((flag<M> && flag<N>) || std::same_as<M, N>);

template <class M, class T>
concept mask_of_lanes = internal::has_lanes<T> && std::same_as<M, mask_t<T>>;

template <class M, class X, class Y>
concept selectable = std::same_as<M, std::false_type> ||
    (std::same_as<X, Y> && std::copy_constructible<X> && (flag<M> || mask_of_lanes<M, X>));

template <class M>
using a_mask = internal::rule<mask<M>, refused::this_is_no_mask>;
template <class M, class N>
using masks = internal::rule<masks_of_one_kind<M, N>, refused::these_are_no_masks_of_one_kind>;

struct select_fn {
  template <class M, class X, class Y,
            class = typename internal::rule<selectable<M, X, Y>,
                                            refused::a_selection_is_by_a_mask_of_two_numbers_of_one_type>::type::yes>
  [[gnu::always_inline]] constexpr decltype(auto) operator()(M const& m, X const& x, Y const& y) const {
    if constexpr (std::same_as<M, std::false_type>) {
      return (y);
    } else if constexpr (mask_of_lanes<M, X>) {
      return X(scalar_traits<X>::select(m, x, y));
    } else {
      return m ? X(x) : X(y);
    }
  }
};

struct less_fn {
  template <class T, class = typename internal::rule<(internal::has_lanes<T> || has_an_order<T>),
                                                     refused::these_numbers_have_no_order>::type::yes>
  [[gnu::always_inline]] constexpr auto operator()(T const& x, T const& y) const {
    if constexpr (internal::has_lanes<T>) {
      return scalar_traits<T>::less(x, y);
    } else {
      return bool(x < y);
    }
  }
};

struct equal_fn {
  template <class T, class = typename internal::rule<(internal::has_lanes<T> || has_an_equality<T>),
                                                     refused::these_are_no_numbers>::type::yes>
  [[gnu::always_inline]] constexpr auto operator()(T const& x, T const& y) const {
    if constexpr (internal::has_lanes<T>) {
      return scalar_traits<T>::equal(x, y);
    } else {
      return bool(x == y);
    }
  }
};

struct both_fn {
  template <class M, class N, class = typename masks<M, N>::type::yes>
  [[gnu::always_inline]] constexpr auto operator()(M const& m, N const& n) const {
    if constexpr (flag<M>) {
      return bool(m) && bool(n);
    } else if constexpr (is_array_of_flags<M>) {
      return internal::array_of<std::tuple_size_v<M>>([&](std::size_t i) { return m[i] && n[i]; });
    } else {
      return M(m & n);
    }
  }
};

struct either_fn {
  template <class M, class N, class = typename masks<M, N>::type::yes>
  [[gnu::always_inline]] constexpr auto operator()(M const& m, N const& n) const {
    if constexpr (flag<M>) {
      return bool(m) || bool(n);
    } else if constexpr (is_array_of_flags<M>) {
      return internal::array_of<std::tuple_size_v<M>>([&](std::size_t i) { return m[i] || n[i]; });
    } else {
      return M(m | n);
    }
  }
};

struct negation_fn {
  template <class M, class = typename a_mask<M>::type::yes>
  [[gnu::always_inline]] constexpr auto operator()(M const& m) const {
    if constexpr (flag<M>) {
      return !bool(m);
    } else if constexpr (is_array_of_flags<M>) {
      return internal::array_of<std::tuple_size_v<M>>([&](std::size_t i) { return !m[i]; });
    } else {
      return M(~m);
    }
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
