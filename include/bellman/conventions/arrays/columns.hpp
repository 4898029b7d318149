// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>

#include <compare>
#include <cstddef>
#include <iterator>
#include <memory>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

// The arrays of other libraries, read where they lie: one number for each step, moved, masked or strided. All are lazy
// views with random access, which the estimators accept as they accept a vector; the arrays must outlive them.
namespace bellman::conventions {

/// A range of n numbers, of which number t is `f(t)`, computed where it is read. Its iterators point to it.
template <class Function>
class computed_view : public std::ranges::view_interface<computed_view<Function>> {
 public:
  class iterator {
   public:
    using value_type = std::remove_cvref_t<std::invoke_result_t<Function const&, std::size_t>>;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;
    using iterator_concept = std::random_access_iterator_tag;

    iterator() = default;
    constexpr iterator(Function const* f, difference_type t) : f_(f), t_(t) {}

    constexpr decltype(auto) operator*() const { return (*f_)(static_cast<std::size_t>(t_)); }
    constexpr decltype(auto) operator[](difference_type d) const { return (*f_)(static_cast<std::size_t>(t_ + d)); }
    constexpr iterator& operator++() {
      ++t_;
      return *this;
    }
    constexpr iterator& operator--() {
      --t_;
      return *this;
    }
    constexpr iterator operator++(int) { return {f_, t_++}; }
    constexpr iterator operator--(int) { return {f_, t_--}; }
    constexpr iterator& operator+=(difference_type d) {
      t_ += d;
      return *this;
    }
    constexpr iterator& operator-=(difference_type d) {
      t_ -= d;
      return *this;
    }
    friend constexpr iterator operator+(iterator it, difference_type d) { return it += d; }
    friend constexpr iterator operator+(difference_type d, iterator it) { return it += d; }
    friend constexpr iterator operator-(iterator it, difference_type d) { return it -= d; }
    friend constexpr difference_type operator-(iterator const& a, iterator const& b) { return a.t_ - b.t_; }
    friend constexpr bool operator==(iterator const& a, iterator const& b) { return a.t_ == b.t_; }
    friend constexpr auto operator<=>(iterator const& a, iterator const& b) { return a.t_ <=> b.t_; }

   private:
    Function const* f_ = nullptr;
    difference_type t_ = 0;
  };

  constexpr computed_view(std::size_t n, Function f) : n_(static_cast<std::ptrdiff_t>(n)), f_(std::move(f)) {}
  constexpr computed_view(computed_view const&) = default;
  // A view can be assigned to, a lambda cannot.
  constexpr computed_view& operator=(computed_view const& other) {
    if (this != &other) {
      n_ = other.n_;
      std::destroy_at(&f_);
      std::construct_at(&f_, other.f_);
    }
    return *this;
  }

  constexpr iterator begin() const { return {&f_, 0}; }
  constexpr iterator end() const { return {&f_, n_}; }

 private:
  std::ptrdiff_t n_;
  Function f_;
};

namespace detail::columns {

// Whether the numbers stay where they are when the range that named them has gone: an lvalue, a std::span, a subrange.
template <class Range>
inline constexpr bool stays_in_memory = std::ranges::borrowed_range<Range>;

[[noreturn]] inline void columns_must_be_of_one_length(std::size_t n, std::size_t other) {
  throw invalid_value("bellman: one column has " + std::to_string(n) + " numbers, another " + std::to_string(other) +
                      "; there must be one for each step in every column");
}
[[noreturn]] inline void a_stride_must_reach_into_the_array(std::size_t first, std::size_t stride) {
  throw invalid_value("bellman: a column that starts at " + std::to_string(first) + " with the stride " +
                      std::to_string(stride) + "; the stride must be above 0 and the start below it");
}

template <class It>
constexpr decltype(auto) at(It const& begin, std::size_t t) {
  return begin[static_cast<std::iter_difference_t<It>>(t)];
}

struct number_at_fn {
  template <class Number>
    requires(!std::ranges::range<Number const>)
  constexpr Number operator()(Number const& x, std::size_t) const {
    return x;
  }
  template <std::ranges::random_access_range Range>
  constexpr auto operator()(Range const& x, std::size_t t) const {
    return std::ranges::range_value_t<Range>(at(std::ranges::begin(x), t));
  }
};

struct flag_at_fn {
  template <std::ranges::random_access_range Range>
  constexpr bool operator()(Range const& flags, std::size_t t) const {
    return at(std::ranges::begin(flags), t) != std::ranges::range_value_t<Range>(0);
  }
};

struct common_length_fn {
  template <std::ranges::forward_range First, std::ranges::forward_range... Rest>
  constexpr std::size_t operator()(First const& first, Rest const&... rest) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(first));
    (check(n, static_cast<std::size_t>(std::ranges::distance(rest))), ...);
    return n;
  }

 private:
  static constexpr void check(std::size_t n, std::size_t other) {
    if (n != other) columns_must_be_of_one_length(n, other);
  }
};

struct in_place_fn {
  template <std::ranges::random_access_range Range>
  constexpr auto operator()(Range&& x) const {
    static_assert(stays_in_memory<Range>,
                  "bellman: a temporary array is gone before it is read as a column; give it a name, or a view of it");
    return std::ranges::subrange(std::ranges::begin(x), std::ranges::end(x));
  }
};

[[noreturn]] inline void there_must_be_one_value_more(std::size_t n, std::size_t values) {
  throw invalid_value("bellman: " + std::to_string(n) + " steps and " + std::to_string(values) +
                      " values; there must be one value more, that of the state after the last step");
}

struct before_last_fn {
  template <std::ranges::random_access_range Range>
  constexpr auto operator()(Range&& x, std::size_t n) const {
    auto const size = static_cast<std::size_t>(std::ranges::distance(x));
    if (size != n + 1) there_must_be_one_value_more(n, size);
    auto const begin = in_place_fn{}(std::forward<Range>(x)).begin();
    return std::ranges::subrange(begin, begin + static_cast<std::ranges::range_difference_t<Range>>(n));
  }
};

struct computed_fn {
  template <class Function>
  constexpr auto operator()(std::size_t n, Function f) const {
    return computed_view<Function>(n, std::move(f));
  }
};

struct at_arrival_fn {
  template <class Number>
    requires(!std::ranges::range<Number const>)
  constexpr Number operator()(Number const& x) const {
    return x;
  }
  template <std::ranges::random_access_range Range>
  constexpr auto operator()(Range&& x) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(x));
    return computed_fn{}(
        n, [begin = in_place_fn{}(std::forward<Range>(x)).begin()](std::size_t t) {
          return std::ranges::range_value_t<Range>(at(begin, t == 0 ? 0 : t - 1));
        });
  }
};

struct own_or_zero_fn {
  template <std::ranges::random_access_range Mask, std::ranges::random_access_range Range>
  constexpr auto operator()(Mask&& own, Range&& x) const {
    std::size_t const n = common_length_fn{}(own, x);
    return computed_fn{}(n, [flags = in_place_fn{}(std::forward<Mask>(own)).begin(),
                             begin = in_place_fn{}(std::forward<Range>(x)).begin()](std::size_t t) {
      using T = std::ranges::range_value_t<Range>;
      if (at(flags, t) != std::ranges::range_value_t<Mask>(0)) return T(at(begin, t));
      return T{};
    });
  }
};

struct strided_fn {
  template <std::ranges::random_access_range Range>
  constexpr auto operator()(Range&& x, std::size_t first, std::size_t stride) const {
    if (!(first < stride)) a_stride_must_reach_into_the_array(first, stride);
    auto const size = static_cast<std::size_t>(std::ranges::distance(x));
    return computed_fn{}((size + stride - 1 - first) / stride,
                         [begin = in_place_fn{}(std::forward<Range>(x)).begin(), first, stride](std::size_t t) {
                           return std::ranges::range_value_t<Range>(at(begin, first + t * stride));
                         });
  }
};

struct across_fn {
  template <std::ranges::random_access_range Rows>
  constexpr auto operator()(Rows&& rows, std::size_t i) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(rows));
    return computed_fn{}(n, [begin = in_place_fn{}(std::forward<Rows>(rows)).begin(), i](std::size_t t) {
      auto const& row = at(begin, t);
      return std::ranges::range_value_t<std::ranges::range_value_t<Rows>>(at(std::ranges::begin(row), i));
    });
  }
};

}  // namespace detail::columns

/// `common_length(xs, ys, ...)`: the length that all have, or `invalid_value`.
inline constexpr detail::columns::common_length_fn common_length{};

/// `in_place(xs)`: a view of a column where it lies. All columns are of this kind: that of an array which is a
/// temporary does not compile.
inline constexpr detail::columns::in_place_fn in_place{};

/// `before_last(values, n)`: of n + 1 values, one for each state of n steps, those of the states in which actions were
/// taken. `invalid_value` if there are more or fewer.
inline constexpr detail::columns::before_last_fn before_last{};

/// `number_at(xs, t)`: number t of a column, or x itself where x is one number for all steps; `flag_at(flags, t)`:
/// whether number t is not 0.
inline constexpr detail::columns::number_at_fn number_at{};
inline constexpr detail::columns::flag_at_fn flag_at{};

/// `computed(n, f)`: the numbers `f(0), ..., f(n - 1)`.
inline constexpr detail::columns::computed_fn computed{};

/// `at_arrival(xs)`: numbers that were recorded of the state in which action t arrived, as numbers of the state in
/// which action t is taken: `x_{t-1}`, where the estimators read `x_t`. The first, of which nothing is known, is `x_0`;
/// no estimate depends on it. One number for all steps is that number.
inline constexpr detail::columns::at_arrival_fn at_arrival{};

/// `own_or_zero(own, xs)`: `x_t` where the mask is not 0, else 0, whatever stands there.
inline constexpr detail::columns::own_or_zero_fn own_or_zero{};

/// `strided(xs, first, stride)`: `x_first, x_{first + stride}, ...`: the column of environment `first` in a flat
/// time-major array of `stride` environments.
inline constexpr detail::columns::strided_fn strided{};

/// `across(rows, i)`: number i of every row: the column of environment i where a row is a time step.
inline constexpr detail::columns::across_fn across{};

}  // namespace bellman::conventions
