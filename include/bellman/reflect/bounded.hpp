// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/reflected.hpp>
#include <bellman/internal/refuse.hpp>

#include <concepts>
#include <cstdint>
#include <string>
#include <type_traits>

namespace bellman {

namespace reflect {

namespace detail {

template <class Int>
[[noreturn]] void a_bounded_integer_must_be_within_its_bounds(Int x, int lo, int hi) {
  internal::refuse("bellman: a bounded integer cannot be " + std::to_string(x) + "; it must lie in [" +
                   std::to_string(lo) + ", " + std::to_string(hi) + "]");
}

template <class Storage>
constexpr bool stores(int lo, int hi) {
  return static_cast<Storage>(lo) == lo && static_cast<Storage>(hi) == hi;
}

// The smallest integer that holds both bounds.
template <int Lo, int Hi>
using stored_integer = std::conditional_t<
    detail::stores<std::uint8_t>(Lo, Hi), std::uint8_t,
    std::conditional_t<
        detail::stores<std::int8_t>(Lo, Hi), std::int8_t,
        std::conditional_t<detail::stores<std::uint16_t>(Lo, Hi), std::uint16_t,
                           std::conditional_t<detail::stores<std::int16_t>(Lo, Hi), std::int16_t, std::int32_t>>>>;

}  // namespace detail

/// `bounded<lo, hi>`: an integer from `lo` to `hi`, both included, in as few bytes as hold it; `lo` when nothing is
/// given. It is an `int` wherever one is asked for, and so has the operators of `int`; what is assigned to it is
/// checked: `s.stock = s.stock - 1`. A constant of it can be an argument of a template.
///
/// Between it and an integer `c ? s.stock : 0` has no type of its own, since each is made from the other: write
/// `c ? int(s.stock) : 0`.
///
/// *Errors*: `invalid_value` for an integer that is out of its bounds. Does not compile from a number that is no
/// integer, or for `lo > hi`.
/// *Cost*: two comparisons where it is made.
/// *Use*:
///     sizeof(bellman::reflect::bounded<0, 200>) == 1 && bellman::reflect::bounded<1, 6>(3) + 1 == 4
template <int Lo, int Hi>
  requires(Lo <= Hi)
struct bounded {
  using value_type = detail::stored_integer<Lo, Hi>;

  // To be read; it is public, as what an argument of a template has must be.
  value_type value = static_cast<value_type>(Lo);

  constexpr bounded() = default;
  template <std::integral Int>
  constexpr bounded(Int x) : value(checked(x)) {}  // NOLINT: as an int becomes a long
  template <int OtherLo, int OtherHi>
  constexpr bounded(bounded<OtherLo, OtherHi> x) : value(checked(static_cast<int>(x.value))) {}  // NOLINT

  constexpr operator int() const { return value; }  // NOLINT: it has the operators of int, == and <=> among them

 private:
  template <class Int>
  static constexpr value_type checked(Int x) {
    // In the widest integer of x's sign, in which -1 is not a large number.
    if constexpr (std::is_signed_v<Int>) {
      auto const wide = static_cast<long long>(x);
      if (wide < Lo || wide > Hi) detail::a_bounded_integer_must_be_within_its_bounds(wide, Lo, Hi);
    } else {
      auto const wide = static_cast<unsigned long long>(x);
      if (Hi < 0 || wide > static_cast<unsigned long long>(Hi) ||
          (Lo > 0 && wide < static_cast<unsigned long long>(Lo))) {
        detail::a_bounded_integer_must_be_within_its_bounds(wide, Lo, Hi);
      }
    }
    return static_cast<value_type>(x);
  }
};

}  // namespace reflect

namespace internal {

template <int Lo, int Hi>
struct reflected<reflect::bounded<Lo, Hi>> {
  static constexpr bool value = true;
  static std::string text(reflect::bounded<Lo, Hi> const& x) { return std::to_string(x.value); }
  static constexpr std::uint64_t number(reflect::bounded<Lo, Hi> const& x) {
    return static_cast<std::uint64_t>(x.value);
  }
};

}  // namespace internal

}  // namespace bellman
