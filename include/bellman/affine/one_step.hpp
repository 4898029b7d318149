// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/column.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>

namespace bellman {

/// What a scan knows of a step: the value before it, that of its map, and the value after it; of several steps at once
/// only if all of it `is_finite`.
template <class X>
struct scanned {
  X before;
  X after;
  bool is_finite = true;
};

/// One step of a backward pass over values `V`: what a body reads and scans at step `t`.
///
/// `read(c)`: the column's number at this step, `read_scalar(c)`: as a scalar; `read_unless(unread, c)`,
/// `read_scalar_unless(unread, c)`: 0 where `unread` holds, where nothing is read; `flags(c)`: whether it is not 0.
/// `scan(carry, f)`: with `carry` the value after this step, makes it the value before, `f(carry)`, and returns both.
/// `write(out, x)`: writes x at this step.
template <class V>
class one_step {
 public:
  using value_type = V;
  using mask = bool;
  /// How many steps it is.
  static constexpr std::size_t size = 1;
  /// Whether a scan puts together several steps before it meets what comes after them.
  static constexpr bool composes_steps = false;

  constexpr explicit one_step(std::size_t t) : t_(t) {}

  /// The number of the step.
  constexpr std::size_t first() const { return t_; }

  /// What stands in a column at this step, a number or not.
  template <class It>
  constexpr decltype(auto) element(column<It> const& c) const {
    return c.begin[static_cast<std::iter_difference_t<It>>(t_)];
  }

  template <class T>
  constexpr T read(constant_column<T> const& c) const {
    return c.value;
  }
  template <class It>
  constexpr V read(column<It> const& c) const {
    return static_cast<V>(element(c));
  }
  template <class C>
  constexpr scalar_t<V> read_scalar(C const& c) const {
    if constexpr (requires { c.begin; }) {
      return static_cast<scalar_t<V>>(element(c));
    } else {
      return c.value;
    }
  }
  template <class Mask, class It>
  constexpr V read_unless(Mask unread, column<It> const& c) const {
    if constexpr (std::same_as<Mask, bool>) {
      if (unread) return scalar_traits<V>::zero();
    }
    return read(c);
  }
  template <class Mask, class T>
  constexpr T read_unless(Mask, constant_column<T> const& c) const {
    return c.value;
  }
  template <class Mask, class C>
  constexpr scalar_t<V> read_scalar_unless(Mask unread, C const& c) const {
    if constexpr (std::same_as<Mask, bool>) {
      if (unread) return scalar_t<V>{};
    }
    return read_scalar(c);
  }
  /// What `convert` makes of the element at this step, which need not be a number.
  template <class It, class Convert>
  constexpr V read_as(column<It> const& c, Convert const& convert) const {
    return V(convert(element(c)));
  }
  template <class It>
  constexpr bool flags(column<It> const& c) const {
    return element(c) != std::iter_value_t<It>(0);
  }
  /// Whether `holds` of the element at this step.
  template <class It, class Holds>
  constexpr bool flags_where(column<It> const& c, Holds const& holds) const {
    return holds(element(c));
  }
  template <class It>
  constexpr void write(column<It> const& out, V const& x) const {
    out.begin[static_cast<std::iter_difference_t<It>>(t_)] = static_cast<std::iter_value_t<It>>(x);
  }

  template <class F>
  constexpr scanned<V> scan(V& carry, affine<V, F> const& f) const {
    V const after = carry;
    carry = V(f(after));
    return {carry, after};
  }

 private:
  std::size_t t_;
};

}  // namespace bellman
