// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <compare>
#include <cstddef>
#include <utility>
#include <vector>

namespace archetypes {

/// A line of elements that can be looked at anywhere: a random-access range, whose iterators give values, whose end is
/// no iterator, and which cannot be copied.
template <class X>
class line {
 public:
  constexpr explicit line(std::vector<X> its_elements) : elements_(std::move(its_elements)) {}
  line(line const&) = delete;
  constexpr line(line&&) = default;

  class iterator {
   public:
    using value_type = X;
    using difference_type = std::ptrdiff_t;

    constexpr iterator() = default;
    constexpr explicit iterator(std::vector<X> const& elements) : elements_(&elements) {}

    constexpr X operator*() const { return (*elements_)[static_cast<std::size_t>(i_)]; }
    constexpr X operator[](difference_type n) const { return *(*this + n); }
    constexpr iterator& operator++() { return *this += 1; }
    constexpr iterator& operator--() { return *this += -1; }
    constexpr iterator operator++(int) { return std::exchange(*this, *this + 1); }
    constexpr iterator operator--(int) { return std::exchange(*this, *this - 1); }
    constexpr iterator& operator+=(difference_type n) {
      i_ += n;
      return *this;
    }
    constexpr iterator& operator-=(difference_type n) { return *this += -n; }
    friend constexpr iterator operator+(iterator it, difference_type n) { return it += n; }
    friend constexpr iterator operator+(difference_type n, iterator it) { return it += n; }
    friend constexpr iterator operator-(iterator it, difference_type n) { return it -= n; }
    friend constexpr difference_type operator-(iterator const& a, iterator const& b) { return a.i_ - b.i_; }
    friend constexpr bool operator==(iterator const& a, iterator const& b) { return a.i_ == b.i_; }
    friend constexpr std::strong_ordering operator<=>(iterator const& a, iterator const& b) { return a.i_ <=> b.i_; }

    constexpr bool is_at_the_end() const { return static_cast<std::size_t>(i_) == elements_->size(); }

   private:
    std::vector<X> const* elements_ = nullptr;
    difference_type i_ = 0;
  };
  struct end_mark {
    friend constexpr bool operator==(iterator const& it, end_mark) { return it.is_at_the_end(); }
  };

  constexpr iterator begin() const { return iterator(elements_); }
  constexpr end_mark end() const { return {}; }

 private:
  std::vector<X> elements_;
};

/// An iterator through which one writes, into places that are no elements but stand for them.
template <class X>
class writer {
 public:
  using value_type = X;
  using difference_type = std::ptrdiff_t;

  class place {
   public:
    constexpr explicit place(X* at) : at_(at) {}
    constexpr operator X() const { return *at_; }
    constexpr place const& operator=(X const& x) const {
      *at_ = x;
      return *this;
    }

   private:
    X* at_;
  };

  constexpr writer() = default;
  constexpr explicit writer(X* first) : at_(first) {}

  constexpr place operator*() const { return place(at_); }
  constexpr place operator[](difference_type n) const { return place(at_ + n); }
  constexpr writer& operator++() { return *this += 1; }
  constexpr writer& operator--() { return *this += -1; }
  constexpr writer operator++(int) { return std::exchange(*this, *this + 1); }
  constexpr writer operator--(int) { return std::exchange(*this, *this - 1); }
  constexpr writer& operator+=(difference_type n) {
    at_ += n;
    return *this;
  }
  constexpr writer& operator-=(difference_type n) { return *this += -n; }
  friend constexpr writer operator+(writer it, difference_type n) { return it += n; }
  friend constexpr writer operator+(difference_type n, writer it) { return it += n; }
  friend constexpr writer operator-(writer it, difference_type n) { return it -= n; }
  friend constexpr difference_type operator-(writer const& a, writer const& b) { return a.at_ - b.at_; }
  friend constexpr bool operator==(writer const& a, writer const& b) { return a.at_ == b.at_; }
  friend constexpr std::strong_ordering operator<=>(writer const& a, writer const& b) { return a.at_ <=> b.at_; }

 private:
  X* at_ = nullptr;
};

}  // namespace archetypes
