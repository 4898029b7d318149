// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <compare>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::internal {

/// The random-access iterator over `begin[0], begin[stride], begin[2 * stride], ...`, which reads and writes what
/// `begin` does. It is a place and a number, so that its end need not lie in the array.
template <class It>
class every_nth_iterator {
 public:
  using reference = std::iter_reference_t<It>;
  using value_type = std::iter_value_t<It>;
  using difference_type = std::ptrdiff_t;
  using iterator_concept = std::random_access_iterator_tag;
  using iterator_category =
      std::conditional_t<std::is_reference_v<reference>, std::random_access_iterator_tag, std::input_iterator_tag>;
  using pointer = void;

  every_nth_iterator() = default;
  constexpr every_nth_iterator(It begin, difference_type stride, difference_type t)
      : begin_(begin), stride_(stride), t_(t) {}

  constexpr reference operator*() const { return (*this)[0]; }
  constexpr reference operator[](difference_type d) const {
    return begin_[static_cast<std::iter_difference_t<It>>((t_ + d) * stride_)];
  }

  constexpr every_nth_iterator& operator++() { return *this += 1; }
  constexpr every_nth_iterator& operator--() { return *this -= 1; }
  constexpr every_nth_iterator operator++(int) { return std::exchange(*this, *this + 1); }
  constexpr every_nth_iterator operator--(int) { return std::exchange(*this, *this - 1); }
  constexpr every_nth_iterator& operator+=(difference_type d) {
    t_ += d;
    return *this;
  }
  constexpr every_nth_iterator& operator-=(difference_type d) { return *this += -d; }

  friend constexpr every_nth_iterator operator+(every_nth_iterator i, difference_type d) { return i += d; }
  friend constexpr every_nth_iterator operator+(difference_type d, every_nth_iterator i) { return i += d; }
  friend constexpr every_nth_iterator operator-(every_nth_iterator i, difference_type d) { return i -= d; }
  friend constexpr difference_type operator-(every_nth_iterator const& i, every_nth_iterator const& j) {
    return i.t_ - j.t_;
  }
  friend constexpr bool operator==(every_nth_iterator const& i, every_nth_iterator const& j) { return i.t_ == j.t_; }
  friend constexpr auto operator<=>(every_nth_iterator const& i, every_nth_iterator const& j) { return i.t_ <=> j.t_; }

 private:
  It begin_{};
  difference_type stride_ = 1;
  difference_type t_ = 0;
};

/// `every_nth(begin, stride, n)`: the n elements `begin[0], begin[stride], ...`, a view that can be written through.
template <class It>
constexpr auto every_nth(It begin, std::size_t stride, std::size_t n) {
  using iterator = every_nth_iterator<It>;
  auto const step = static_cast<std::ptrdiff_t>(stride);
  return std::ranges::subrange(iterator(begin, step, 0), iterator(begin, step, static_cast<std::ptrdiff_t>(n)));
}

}  // namespace bellman::internal
