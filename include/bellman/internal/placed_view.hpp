// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <compare>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::internal {

/// The elements `at(0), ..., at(n - 1)` of an array that lies elsewhere: what can be assigned through in the array, can
/// be assigned through here. The iterators hold what finds an element, so that they outlive the view.
template <class At>
class placed_view : public std::ranges::view_interface<placed_view<At>> {
 public:
  class iterator {
   public:
    using reference = decltype(std::declval<At const&>()(std::size_t{}));
    using value_type = typename At::value_type;
    using difference_type = std::ptrdiff_t;
    using pointer = void;
    using iterator_concept = std::random_access_iterator_tag;
    using iterator_category =
        std::conditional_t<std::is_reference_v<reference>, std::random_access_iterator_tag, std::input_iterator_tag>;

    iterator() = default;
    constexpr iterator(At its_at, difference_type t) : at_(std::move(its_at)), t_(t) {}

    constexpr reference operator*() const { return at_(static_cast<std::size_t>(t_)); }
    constexpr reference operator[](difference_type d) const { return at_(static_cast<std::size_t>(t_ + d)); }

    constexpr iterator& operator++() { return *this += 1; }
    constexpr iterator& operator--() { return *this -= 1; }
    constexpr iterator operator++(int) { return std::exchange(*this, *this + 1); }
    constexpr iterator operator--(int) { return std::exchange(*this, *this - 1); }
    constexpr iterator& operator+=(difference_type d) {
      t_ += d;
      return *this;
    }
    constexpr iterator& operator-=(difference_type d) { return *this += -d; }

    friend constexpr iterator operator+(iterator i, difference_type d) { return i += d; }
    friend constexpr iterator operator+(difference_type d, iterator i) { return i += d; }
    friend constexpr iterator operator-(iterator i, difference_type d) { return i -= d; }
    friend constexpr difference_type operator-(iterator const& i, iterator const& j) { return i.t_ - j.t_; }
    friend constexpr bool operator==(iterator const& i, iterator const& j) { return i.t_ == j.t_; }
    friend constexpr auto operator<=>(iterator const& i, iterator const& j) { return i.t_ <=> j.t_; }

   private:
    At at_{};
    difference_type t_ = 0;
  };

  constexpr placed_view(std::size_t n, At its_at) : n_(static_cast<std::ptrdiff_t>(n)), at_(std::move(its_at)) {}

  constexpr iterator begin() const { return {at_, 0}; }
  constexpr iterator end() const { return {at_, n_}; }

 private:
  std::ptrdiff_t n_;
  At at_;
};

}  // namespace bellman::internal

template <class At>
inline constexpr bool std::ranges::enable_borrowed_range<bellman::internal::placed_view<At>> = true;
