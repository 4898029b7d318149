// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <cstddef>
#include <cstring>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

/// `sum_t<V>`: what long sums of V are computed in: `double` for `float`, for floats of fewer bits and for integers,
/// the same of duals and vectors over them; of everything else itself.
///
/// *Use*:
///     std::is_same_v<bellman::sum_t<float>, double> &&
///         std::is_same_v<bellman::sum_t<std::array<float, 2>>, std::array<double, 2>>
template <class V>
using sum_t = typename scalar_traits<number_t<V>>::sum_type;

namespace detail {

// The numbers that a number or vector is made of.
template <class V>
struct number_inside {
  using type = V;
};
template <internal::has_derivatives V>
struct number_inside<V> : number_inside<std::remove_cvref_t<decltype(internal::primal(std::declval<V const&>()))>> {};
template <class V>
  requires(!std::same_as<scalar_t<V>, V> && !internal::has_derivatives<V>)
struct number_inside<V> : number_inside<scalar_t<V>> {};

template <class V>
inline constexpr bool rounds_like_a_float = std::floating_point<typename number_inside<V>::type>;

// What is added in its own precision keeps what each addition rounds away.
template <class V>
inline constexpr bool is_compensated = std::same_as<sum_t<V>, V> && rounds_like_a_float<V>;

template <class T>
constexpr bool is_finite_in_all_parts(T const& x) {
  if constexpr (internal::has_derivatives<T>) {
    if (!detail::is_finite_in_all_parts(scalar_traits<T>::value(x))) return false;
    for (auto const& d : scalar_traits<T>::derivatives(x)) {
      if (!detail::is_finite_in_all_parts(d)) return false;
    }
    return true;
  } else {
    return is_finite(x);
  }
}

// `sum + x`, and to `rest` what this rounds away: exactly, where additions round to the nearest number.
template <class X>
[[gnu::always_inline]] constexpr void add_exactly(X& sum_so_far, X& rest, X const& x) {
  X const next = sum_so_far + x;
  X const added = next - sum_so_far;
  rest = rest + ((sum_so_far - (next - added)) + (x - added));
  sum_so_far = next;
}

struct accumulated_fn;

struct nothing_rounded_away {
  friend bool operator==(nothing_rounded_away, nothing_rounded_away) = default;
};

template <class V>
struct judge_accumulator : internal::a_number_or_vector<V> {};

}  // namespace detail

/// `accumulator<V>`: a sum of many V in the making: what every sum of this library is added up in that may have more
/// terms than a register holds.
///
/// `float`, floats of fewer bits and integers are added up in `double`; `double` and wider in themselves, where what
/// each addition rounds away is added up beside the sum; numbers that do not round, intervals, and numbers of other
/// libraries as they are. Of duals and vectors each part is added up so.
///
///     accumulator<float> all;
///     for (float x : values) all.add(x);
///     float const total = all.value();
///
/// `value()` is the sum, rounded once to what a V is computed in; `in_full()` the sum before that, a `sum_t<V>`.
///
/// How far a sum of n terms may be off, with u half the distance from 1 to the next number of `value()`, and |x| the
/// sum of the terms' sizes: `float` u |sum| + n 2^-53 |x|, `double` u |sum| + 2 n^2 u^2 |x|; each of terms that are
/// exact. So 10^7 terms of one sign are within 2 units in the last place. A sum that is not finite is what the
/// additions alone give.
///
/// *Arguments*: V is a number or a vector; terms are `sum_t<V>`, or a V.
/// *Cost*: an addition a term, of `double` six, which take no longer than the additions of a plain loop wait for each
/// other.
/// *Laws*: `a + b` has the terms of both; `accumulator<V>{}` is neutral. tests/scalar/accumulator.cpp.
/// *Source*: Knuth, The Art of Computer Programming 2, 4.2.2, theorem B; Ogita, Rump and Oishi 2005, algorithm 4.4.
/// *Use*:
///     [] {
///       bellman::accumulator<double> all;
///       for (double x : {1.0, 1e100, 1.0, -1e100}) all.add(x);
///       return all.value() == 2.0;
///     }()
template <class V>
class accumulator {
 public:
  using sum_type = sum_t<V>;

  constexpr accumulator() = default;

  constexpr void add(sum_type const& x) {
    if constexpr (!compensated) {
      sum_ = sum(sum_, x);
    } else if constexpr (std::floating_point<sum_type>) {
      if (std::is_constant_evaluated() && !is_finite(sum_ + x)) {
        sum_ = sum_ + x;
      } else {
        detail::add_exactly(sum_, rest_, x);
      }
    } else {
      sum_type next = sum(sum_, x);
      if (!std::is_constant_evaluated() || detail::is_finite_in_all_parts(next)) {
        sum_type added = difference(next, sum_);
        rest_ = sum(rest_, sum(difference(sum_, difference(next, added)), difference(x, added)));
      }
      sum_ = next;
    }
  }
  // What is no sum_type yet.
  template <class X>
    requires(!std::same_as<X, sum_type>)
  constexpr void add(X const& x) {
    add(internal::converted_to<sum_type>(x));
  }

  /// The sum as it was computed.
  constexpr sum_type in_full() const {
    if constexpr (compensated) {
      // Where a sum has left the range of its numbers, what was rounded away is none.
      if (!detail::is_finite_in_all_parts(rest_)) return sum_;
      return sum(sum_, rest_);
    } else {
      return sum_;
    }
  }
  /// The sum, rounded once.
  constexpr number_t<V> value() const { return internal::converted_to<number_t<V>>(in_full()); }

  friend constexpr accumulator operator+(accumulator a, accumulator const& b) {
    a.add(b.sum_);
    if constexpr (compensated) a.rest_ = sum(a.rest_, b.rest_);
    return a;
  }

 private:
  friend detail::accumulated_fn;

  static constexpr bool compensated = detail::is_compensated<V>;
  using rest_type = std::conditional_t<compensated, sum_type, detail::nothing_rounded_away>;

  static constexpr rest_type nothing() {
    if constexpr (compensated) {
      return scalar_traits<sum_type>::zero();
    } else {
      return {};
    }
  }

  sum_type sum_ = scalar_traits<sum_type>::zero();
  [[no_unique_address]] rest_type rest_ = accumulator::nothing();
};

namespace detail {

// Many numbers, added up. Where they lie side by side they are added to several sums, of which none waits for the
// others.
struct accumulated_fn {
  template <class Values>
  constexpr auto operator()(Values&& values) const {
    using V = std::ranges::range_value_t<Values>;
    accumulator<V> a;
    if constexpr (std::ranges::random_access_range<Values> && std::ranges::sized_range<Values>) {
      auto const n = std::ranges::distance(values);
      std::remove_const_t<decltype(n)> i = 0;
      if (n >= few) {
        if constexpr (std::ranges::contiguous_range<Values> && std::same_as<V, double>) {
          if (!std::is_constant_evaluated()) {
            double const* x = std::ranges::data(values);
            i = n - n % 4;
            a = accumulated_fn::of_pairs(x, i);
          }
        }
        accumulator<V> b, c, d;
        auto const x = std::ranges::begin(values);
        for (; i + 4 <= n; i += 4) {
          a.add(static_cast<V const&>(x[i]));
          b.add(static_cast<V const&>(x[i + 1]));
          c.add(static_cast<V const&>(x[i + 2]));
          d.add(static_cast<V const&>(x[i + 3]));
        }
        a = (a + b) + (c + d);
      }
      for (auto const x = std::ranges::begin(values); i < n; ++i) a.add(static_cast<V const&>(x[i]));
    } else {
      for (V const& x : values) a.add(x);
    }
    return a;
  }

 private:
  // Below, putting sums together takes longer than they save.
  static constexpr int few = 16;

  // Two doubles in a register of any machine.
  typedef double pair __attribute__((vector_size(16)));

  // Of n numbers, of which each four are two pairs.
  static accumulator<double> of_pairs(double const* x, std::ptrdiff_t n) {
    pair sum_a{}, rest_a{}, sum_b{}, rest_b{};
    for (std::ptrdiff_t i = 0; i < n; i += 4) {
      pair a, b;
      std::memcpy(&a, x + i, sizeof a);
      std::memcpy(&b, x + i + 2, sizeof b);
      detail::add_exactly(sum_a, rest_a, a);
      detail::add_exactly(sum_b, rest_b, b);
    }
    accumulator<double> all;
    for (int lane = 0; lane < 2; ++lane) {
      accumulator<double> of_a, of_b;
      of_a.sum_ = sum_a[lane];
      of_a.rest_ = rest_a[lane];
      of_b.sum_ = sum_b[lane];
      of_b.rest_ = rest_b[lane];
      all = all + (of_a + of_b);
    }
    return all;
  }
};

}  // namespace detail

namespace internal {

/// `accumulated(values)`: an `accumulator` to which all of them were added.
inline constexpr bellman::detail::accumulated_fn accumulated{};

}  // namespace internal

namespace detail {

struct sum_of_fn {
  template <class Values, class = typename internal::a_range_of_numbers_or_vectors<Values>::type::yes>
  constexpr auto operator()(Values&& values) const {
    return internal::accumulated(values).value();
  }
};

}  // namespace detail

/// `sum_of(values)`: the sum of a range of numbers or vectors, as an `accumulator` adds it up.
///
/// *Arguments*: any input range; the sum of integers is a `double`, of floats of fewer bits a `float`, of others their
/// own. Of no values it is zero.
/// *Cost*: O(n), allocates nothing.
/// *Use*:
///     bellman::sum_of(std::array{1.0, 1e100, 1.0, -1e100}) == 2.0
inline constexpr detail::sum_of_fn sum_of{};

}  // namespace bellman
