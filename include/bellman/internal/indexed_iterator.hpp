// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <compare>
#include <cstddef>
#include <iterator>
#include <type_traits>
#include <utility>

namespace bellman::internal {

/// The random-access iterator over `indexed->at(0), indexed->at(1), ...`, of numbers or references. It is valid as long
/// as what it points to.
template <class Indexed>
class indexed_iterator {
 public:
  using reference = decltype(std::declval<Indexed&>().at(std::size_t{}));
  using value_type = std::remove_cvref_t<reference>;
  using difference_type = std::ptrdiff_t;
  using iterator_concept = std::random_access_iterator_tag;
  using iterator_category =
      std::conditional_t<std::is_reference_v<reference>, std::random_access_iterator_tag, std::input_iterator_tag>;
  using pointer = void;

  indexed_iterator() = default;
  constexpr indexed_iterator(Indexed& indexed, difference_type t) : indexed_(&indexed), t_(t) {}

  constexpr reference operator*() const { return indexed_->at(static_cast<std::size_t>(t_)); }
  constexpr reference operator[](difference_type d) const { return indexed_->at(static_cast<std::size_t>(t_ + d)); }

  constexpr indexed_iterator& operator++() { return *this += 1; }
  constexpr indexed_iterator& operator--() { return *this -= 1; }
  constexpr indexed_iterator operator++(int) { return std::exchange(*this, *this + 1); }
  constexpr indexed_iterator operator--(int) { return std::exchange(*this, *this - 1); }
  constexpr indexed_iterator& operator+=(difference_type d) {
    t_ += d;
    return *this;
  }
  constexpr indexed_iterator& operator-=(difference_type d) { return *this += -d; }

  friend constexpr indexed_iterator operator+(indexed_iterator i, difference_type d) { return i += d; }
  friend constexpr indexed_iterator operator+(difference_type d, indexed_iterator i) { return i += d; }
  friend constexpr indexed_iterator operator-(indexed_iterator i, difference_type d) { return i -= d; }
  friend constexpr difference_type operator-(indexed_iterator const& i, indexed_iterator const& j) {
    return i.t_ - j.t_;
  }
  friend constexpr bool operator==(indexed_iterator const& i, indexed_iterator const& j) { return i.t_ == j.t_; }
  friend constexpr auto operator<=>(indexed_iterator const& i, indexed_iterator const& j) { return i.t_ <=> j.t_; }

 private:
  Indexed* indexed_ = nullptr;
  difference_type t_ = 0;
};

}  // namespace bellman::internal
