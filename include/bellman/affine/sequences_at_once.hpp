// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/column.hpp>
#include <bellman/affine/one_step.hpp>
#include <bellman/scalar/pack.hpp>
#include <bellman/scalar/register_width.hpp>
#include <bellman/scalar/selection.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

namespace bellman {

/// One step, `t`, of the backward passes of `Width` neighbouring sequences, the first of them `i`, a lane each: the same
/// body serves it and `one_step`, whose operations it has, with a pack of numbers for each number. A `column_of_rows`
/// has a number for each sequence, a `column` one that all share.
///
/// Lanes do not meet, so that what is not finite stays where it is.
template <class V, std::size_t Width, class Machine = internal::this_machine>
class sequences_at_once {
 public:
  using value_type = std::conditional_t<Width == 1, V, pack<V, Width>>;
  using mask = decltype(equal(std::declval<value_type const&>(), std::declval<value_type const&>()));
  static constexpr std::size_t size = 1;
  static constexpr bool composes_steps = false;

  [[gnu::always_inline]] constexpr sequences_at_once(std::size_t t, std::size_t i) : t_(t), i_(i) {}

  [[gnu::always_inline]] constexpr std::size_t first() const { return t_; }

  template <class T>
  [[gnu::always_inline]] constexpr value_type read(constant_column<T> const& c) const {
    return value_type(V(c.value));
  }
  template <class It>
  [[gnu::always_inline]] constexpr value_type read(column<It> const& c) const {
    return value_type(one_step<V>(t_).read(c));
  }
  template <class It>
  [[gnu::always_inline]] constexpr value_type read(column_of_rows<It> const& c) const {
    return read_from(begin(c));
  }
  template <class C>
  [[gnu::always_inline]] constexpr value_type read_scalar(C const& c) const {
    return read(c);
  }
  template <class Mask, class C>
  [[gnu::always_inline]] constexpr value_type read_scalar_unless(Mask const& unread, C const& c) const {
    return read_unless(unread, c);
  }
  template <class Mask, class C>
  [[gnu::always_inline]] constexpr value_type read_unless(Mask const&, C const& c) const {
    return read(c);
  }
  template <class Mask, class It>
  [[gnu::always_inline]] constexpr value_type read_unless(Mask const& unread, column_of_rows<It> const& c) const {
    if constexpr (!std::same_as<Mask, mask>) {
      return read(c);
    } else if constexpr (in_registers<It>) {
      return select(unread, value_type(V(0)), read(c));
    } else {
      return each([&](std::size_t lane) {
        return is_set(unread, lane) ? V(0) : static_cast<V>(at(begin(c), lane));
      });
    }
  }
  template <class It, class Convert>
  [[gnu::always_inline]] constexpr value_type read_as(column_of_rows<It> const& c, Convert const& convert) const {
    return each([&](std::size_t lane) { return V(convert(at(begin(c), lane))); });
  }
  /// Numbers of which each sequence has one, at no step.
  template <class T>
  [[gnu::always_inline]] constexpr value_type read_of_sequences(constant_column<T> const& c) const {
    return read(c);
  }
  template <class It>
  [[gnu::always_inline]] constexpr value_type read_of_sequences(column<It> const& c) const {
    return read_from(c.begin + static_cast<std::iter_difference_t<It>>(i_));
  }

  template <class It>
  [[gnu::always_inline]] constexpr mask flags(column_of_rows<It> const& c) const {
    if constexpr (in_registers<It>) {
      return value_type::flags(begin(c));
    } else {
      return flags_where(c, [](auto const& x) { return x != std::iter_value_t<It>(0); });
    }
  }
  template <class It, class Holds>
  [[gnu::always_inline]] constexpr mask flags_where(column_of_rows<It> const& c, Holds const& holds) const {
    if constexpr (Width == 1) {
      return holds(*begin(c));
    } else {
      return value_type::gathered_flags(begin(c), holds);
    }
  }
  template <class It>
  [[gnu::always_inline]] constexpr void write(column_of_rows<It> const& out, value_type const& x) const {
    if constexpr (in_registers<It>) {
      x.store(begin(out));
    } else if constexpr (Width == 1) {
      *begin(out) = static_cast<std::iter_value_t<It>>(x);
    } else {
      for (std::size_t lane = 0; lane < Width; ++lane) {
        begin(out)[static_cast<std::iter_difference_t<It>>(lane)] = static_cast<std::iter_value_t<It>>(x[lane]);
      }
    }
  }

  template <class F>
  [[gnu::always_inline]] constexpr scanned<value_type> scan(value_type& carry, affine<value_type, F> const& f) const {
    value_type after = carry;
    carry = value_type(f(after));
    return {carry, after};
  }

 private:
  template <class It>
  static constexpr bool in_registers = (Width > 1) && fits_a_register<V, Width> && adjacent_numbers<It>;

  template <class It>
  [[gnu::always_inline]] constexpr It begin(column_of_rows<It> const& c) const {
    return c.begin + static_cast<std::iter_difference_t<It>>(t_ * c.stride + i_);
  }
  template <class It>
  [[gnu::always_inline]] static constexpr decltype(auto) at(It const& it, std::size_t lane) {
    return it[static_cast<std::iter_difference_t<It>>(lane)];
  }
  template <class Of>
  [[gnu::always_inline]] static constexpr value_type each(Of const& of) {
    if constexpr (Width == 1) {
      return of(std::size_t{0});
    } else {
      value_type x(V(0));
      for (std::size_t lane = 0; lane < Width; ++lane) x.set(lane, of(lane));
      return x;
    }
  }
  [[gnu::always_inline]] static constexpr bool is_set(mask const& m, std::size_t lane) {
    if constexpr (Width == 1) {
      return m;
    } else {
      return static_cast<bool>(m[lane]);
    }
  }
  template <class It>
  [[gnu::always_inline]] static constexpr value_type read_from(It const& it) {
    if constexpr (in_registers<It>) {
      return value_type::loaded(it);
    } else {
      return each([&](std::size_t lane) { return static_cast<V>(at(it, lane)); });
    }
  }

  std::size_t t_;
  std::size_t i_;
};

}  // namespace bellman
