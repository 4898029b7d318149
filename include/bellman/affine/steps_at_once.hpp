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

namespace bellman {

/// `Width` neighbouring steps of a backward pass at once, the first of them `t`: the same body serves it and
/// `one_step`, whose operations it has, with a pack of numbers for each number.
///
/// A scan that does not end in finite numbers says so: a NaN or an infinity in one lane would spread to others that do
/// not see it, and the pass takes such steps one by one.
template <class V, std::size_t Width, class Machine = internal::this_machine>
class steps_at_once {
 public:
  using value_type = pack<V, Width>;
  using mask = typename value_type::mask;
  static constexpr std::size_t size = Width;
  static constexpr bool composes_steps = true;

  [[gnu::always_inline]] constexpr explicit steps_at_once(std::size_t t) : t_(t) {}

  [[gnu::always_inline]] constexpr std::size_t first() const { return t_; }

  template <class T>
  [[gnu::always_inline]] constexpr value_type read(constant_column<T> const& c) const {
    return value_type(V(c.value));
  }
  template <class It>
  [[gnu::always_inline]] constexpr value_type read(column<It> const& c) const {
    if constexpr (in_registers<It>) {
      return value_type::loaded(begin(c));
    } else {
      return value_type::gathered(begin(c), [](auto const& x) { return static_cast<V>(x); });
    }
  }
  template <class C>
  [[gnu::always_inline]] constexpr value_type read_scalar(C const& c) const {
    return read(c);
  }
  template <class Mask, class C>
  [[gnu::always_inline]] constexpr value_type read_scalar_unless(Mask const& unread, C const& c) const {
    return read_unless(unread, c);
  }
  template <class Mask, class T>
  [[gnu::always_inline]] constexpr value_type read_unless(Mask const&, constant_column<T> const& c) const {
    return read(c);
  }
  template <class Mask, class It>
  [[gnu::always_inline]] constexpr value_type read_unless(Mask const& unread, column<It> const& c) const {
    if constexpr (!std::same_as<Mask, mask>) {
      return read(c);
    } else if constexpr (in_registers<It>) {
      return select(unread, value_type(V(0)), read(c));
    } else {
      value_type x(V(0));
      for (std::size_t i = 0; i < Width; ++i) {
        x.set(i, one_step<V>(t_ + i).read_unless(static_cast<bool>(unread[i]), c));
      }
      return x;
    }
  }
  template <class It, class Convert>
  [[gnu::always_inline]] constexpr value_type read_as(column<It> const& c, Convert const& convert) const {
    return value_type::gathered(begin(c), convert);
  }
  template <class It>
  [[gnu::always_inline]] constexpr mask flags(column<It> const& c) const {
    if constexpr (in_registers<It>) {
      return value_type::flags(begin(c));
    } else {
      return flags_where(c, [](auto const& x) { return x != std::iter_value_t<It>(0); });
    }
  }
  template <class It, class Holds>
  [[gnu::always_inline]] constexpr mask flags_where(column<It> const& c, Holds const& holds) const {
    return value_type::gathered_flags(begin(c), holds);
  }
  template <class It>
  [[gnu::always_inline]] constexpr void write(column<It> const& out, value_type const& x) const {
    if constexpr (in_registers<It>) {
      x.store(begin(out));
    } else {
      for (std::size_t i = 0; i < Width; ++i) one_step<V>(t_ + i).write(out, x[i]);
    }
  }

  [[gnu::always_inline]] constexpr scanned<value_type> scan(V& carry, affine<value_type, value_type> const& f) const {
    value_type after_last(carry);
    affine<value_type, value_type> all = f;
    compose_halves<1>(all);
    value_type before(sum(all.offset, product(all.slope, after_last)));
    // The same as before[0], by a shorter chain from carry to carry.
    if constexpr (number_of_a_register<V>) {
      carry = all.offset[0] + all.slope[0] * carry;
    } else {
      carry = V(sum(all.offset[0], product(all.slope[0], carry)));
    }
    return {before, value_type::template shifted<1>(before, after_last), is_finite(before, carry)};
  }

 private:
  template <class It>
  static constexpr bool in_registers = fits_a_register<V, Width> && adjacent_numbers<It>;

  template <class It>
  [[gnu::always_inline]] constexpr It begin(column<It> const& c) const {
    return c.begin + static_cast<std::iter_difference_t<It>>(t_);
  }

  // What is not finite in any of the maps is in the first value as well: nothing hides it there.
  [[gnu::always_inline]] static constexpr bool is_finite(value_type const& before, V const& first) {
    if constexpr (number_of_a_register<V>) {
      return first - first == V(0);
    } else {
      return before.is_finite();
    }
  }

  // In each run of 2 D maps the first half is followed by the composition of the second, which stands in its front, and
  // the second by the identity. A slope of zero is not looked at: what is not finite is taken again, step by step.
  template <std::size_t D>
  [[gnu::always_inline]] static constexpr void compose_halves(affine<value_type, value_type>& f) {
    if constexpr (D < Width) {
      value_type offset = value_type::template middles<D>(f.offset, value_type(V(0)));
      value_type slope = value_type::template middles<D>(f.slope, value_type(V(1)));
      f = {value_type(sum(f.offset, product(f.slope, offset))), value_type(product(f.slope, slope))};
      compose_halves<2 * D>(f);
    }
  }

  std::size_t t_;
};

}  // namespace bellman
