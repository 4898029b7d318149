// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/check_output.hpp>
#include <bellman/scalar/pack.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <type_traits>

namespace bellman {

/// The order in which the maps of a backward scan are composed: one after the other, as they are written.
struct sequential {};

/// The order in which `Width` neighbouring maps are composed with one another before they meet what comes after them,
/// which associativity makes the same: exactly for exact numbers, up to rounding for `float` and `double`. It breaks
/// the chain of dependent multiply-adds, log2(Width) compositions a register.
template <std::size_t Width>
struct in_register {
  static_assert((Width & (Width - 1)) == 0 && Width > 0, "bellman: the width of a register is a power of two");
};

/// The order in which maps are cut into `pieces` that are composed at once: `executor(pieces, task)` calls `task(i)`
/// for every i below `pieces`, in any order and at the same time if it likes, and returns when all are done.
///
///     in_parallel{[](std::size_t n, auto const& task) {
///                   std::vector<std::size_t> all(n);  // the standard's policies want more of iterators than iota has
///                   std::iota(all.begin(), all.end(), std::size_t{0});
///                   std::for_each(std::execution::par, all.begin(), all.end(), task);
///                 }, 8}
template <class Executor>
struct in_parallel {
  Executor executor;
  std::size_t pieces;
};

namespace detail {

// The first of n things that belongs to piece i of several of about one size.
constexpr std::size_t piece_begin(std::size_t i, std::size_t pieces, std::size_t n) {
  return n / pieces * i + n % pieces * i / pieces;
}

}  // namespace detail

/// `applied(f, x)`: `f(x)`, where a slope of zero hides x, be it a NaN or an infinity. Several at once are finite, or
/// what comes of them is not used.
template <class V, class F, class X>
[[gnu::always_inline]] constexpr X applied(affine<V, F> const& f, X const& x) {
  if constexpr (!requires { typename F::mask; }) {
    if (is_zero(f.slope)) return X(f.offset);
  }
  return X(f(x));
}

/// The composition of a run of maps, and whether one of them hides what comes after: a slope that became zero by
/// underflow does not.
template <class V, class F>
struct run_of_maps {
  affine<V, F> map = affine<V, F>::identity();
  bool hides = false;

  constexpr run_of_maps() = default;
  constexpr run_of_maps(affine<V, F> const& f) : map(f), hides(is_zero(f.slope)) {}

  template <class X>
  constexpr X operator()(X const& x) const {
    if (hides) return X(map.offset);
    return X(map(x));
  }

  /// This run, and behind it another.
  constexpr run_of_maps followed_by(run_of_maps const& later) const {
    if (hides) return *this;
    run_of_maps both;
    both.map = compose(map, later.map);
    both.hides = later.hides;
    return both;
  }
};

/// What a scan knows of a step: the value before it, that of its map, and the value after it; of several steps at once
/// only if all of it `is_finite`.
template <class X>
struct scanned {
  X before;
  X after;
  bool is_finite = true;
};

/// A number that is the same at every step.
template <class T>
struct constant_column {
  T value;
};

/// Numbers that are read step by step from an iterator to the first.
template <std::random_access_iterator It>
struct column {
  It begin;
};

/// One step of a backward pass over values `V`: what a body reads, scans and writes at step `t`.
///
/// `read(c)`: the column's number at this step; `flags(c)`: whether it is not 0; `write(out, x)`.
/// `scan(carry, f)`: with `carry` the value after this step, makes it the value before, `f(carry)`, and returns both. A
/// slope of zero hides what comes after, be it a NaN.
template <class V>
class one_step {
 public:
  using value_type = V;
  using mask = bool;

  constexpr explicit one_step(std::size_t t) : t_(t) {}

  template <class T>
  constexpr T read(constant_column<T> const& c) const {
    return c.value;
  }
  template <class It>
  constexpr decltype(auto) at(column<It> const& c) const {
    return c.begin[static_cast<std::iter_difference_t<It>>(t_)];
  }
  template <class It>
  constexpr V read(column<It> const& c) const {
    return static_cast<V>(at(c));
  }
  /// The number as a scalar of V.
  template <class C>
  constexpr scalar_t<V> read_scalar(C const& c) const {
    if constexpr (requires { c.begin; }) {
      return static_cast<scalar_t<V>>(at(c));
    } else {
      return c.value;
    }
  }
  /// The number at this step, which is not read where `unread` holds: there it is 0.
  template <class Mask, class It>
  constexpr V read_unless(Mask unread, column<It> const& c) const {
    if constexpr (std::same_as<Mask, bool>) {
      if (unread) return V{};
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
  template <class It, class Convert>
  constexpr V read_as(column<It> const& c, Convert const& convert) const {
    return V(convert(at(c)));
  }
  template <class It>
  constexpr bool flags(column<It> const& c) const {
    return at(c) != std::iter_value_t<It>(0);
  }
  template <class It, class Holds>
  constexpr bool flags_where(column<It> const& c, Holds const& holds) const {
    return holds(at(c));
  }
  template <class It>
  constexpr void write(column<It> const& out, V const& x) const {
    internal::check_output<It, V>();
    out.begin[static_cast<std::iter_difference_t<It>>(t_)] = static_cast<std::iter_value_t<It>>(x);
  }

  template <class F>
  constexpr scanned<V> scan(V& carry, affine<V, F> const& f) const {
    V const after = carry;
    carry = applied(f, after);
    return {carry, after};
  }

 private:
  std::size_t t_;
};

/// `Width` neighbouring steps of a backward pass at once, the first of them `t`; the same body serves it and
/// `one_step`.
///
/// A scan that does not end in finite numbers leaves the carry as it was and says so; the body then takes the steps
/// `one_by_one`, since a NaN or an infinity in one lane would spread to others that do not see it.
template <class V, std::size_t Width>
class steps_at_once {
 public:
  using value_type = pack<V, Width>;
  using mask = typename value_type::mask;

  [[gnu::always_inline]] constexpr explicit steps_at_once(std::size_t t) : t_(t) {}

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
    value_type const after_last(carry);
    affine<value_type, value_type> all = f;
    compose_neighbours<1>(all);
    value_type const before = all(after_last);
    // The same as before[0], by a shorter chain from carry to carry.
    V const first = V(affine<V, V>{all.offset[0], all.slope[0]}(carry));
    // A NaN or an infinity would spread to steps that do not see it: 0 * NaN.
    if (!before.is_finite()) [[unlikely]]
      return {before, before, false};
    carry = first;
    return {before, value_type::template shifted<1>(before, after_last)};
  }

  /// `body(at, i)` of each step by itself, from the last to the first: lane i of what was read at once.
  template <class Body>
  [[gnu::noinline]] constexpr void one_by_one(Body const& body) const {
    for (std::size_t i = Width; i-- > 0;) body(one_step<V>(t_ + i), i);
  }

 private:
  template <class It>
  static constexpr bool in_registers = fits_a_register<V, Width> && adjacent_numbers<It>;

  template <class It>
  [[gnu::always_inline]] constexpr It begin(column<It> const& c) const {
    return c.begin + static_cast<std::iter_difference_t<It>>(t_);
  }

  // f_t becomes f_t f_{t+1} ... f_{t+D-1}, then twice as long.
  template <std::size_t D>
  [[gnu::always_inline]] static constexpr void compose_neighbours(affine<value_type, value_type>& f) {
    if constexpr (D < Width) {
      affine<value_type, value_type> const later{value_type::template shifted<D>(f.offset, value_type(V(0))),
                                                 value_type::template shifted<D>(f.slope, value_type(V(1)))};
      f = compose(f, later);
      compose_neighbours<2 * D>(f);
    }
  }

  std::size_t t_;
};

namespace detail {

template <class V>
struct backward_pass_fn {
  template <class Body>
  constexpr void operator()(sequential, std::size_t n, Body&& body) const {
    for (std::size_t t = n; t-- > 0;) body(one_step<V>(t));
  }

  template <std::size_t Width, class Body>
  constexpr void operator()(in_register<Width>, std::size_t n, Body&& body) const {
    if constexpr (Width > 1 && std::same_as<V, scalar_t<V>>) {
      // A register is none of a constant expression.
      if (!number_of_a_register<V> || !std::is_constant_evaluated()) {
        std::size_t const rest = n % Width;
        for (; n > rest; n -= Width) body(steps_at_once<V, Width>(n - Width));
        n = rest;
      }
    }
    (*this)(sequential{}, n, body);
  }
};

}  // namespace detail

/// `backward_pass<V>(order, n, body)`: the steps n - 1, n - 2, ..., 0 of a scan over values `V`, one or several at
/// once; `body(at)` reads, scans and writes at each, where `at` is a `one_step<V>` or a `steps_at_once<V, Width>`. What
/// the body carries from a later step to an earlier one goes through `at.scan`.
///
/// The order is `sequential{}` or `in_register<Width>{}`; of values that are no scalars, and of `float` and `double` in
/// a constant expression, the second is the first. O(n) calls; nothing is allocated.
template <class V>
inline constexpr detail::backward_pass_fn<V> backward_pass{};

/// The order that is fast: in the registers of the machine that is compiled for.
template <class V>
using default_order = in_register<register_width<V>>;

}  // namespace bellman
