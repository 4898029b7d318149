// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <compare>
#include <cstddef>
#include <utility>
#include <vector>

namespace archetypes {

/// How a random-access iterator moves, over indices or pointers, and nothing that says what stands where it is: `*it`,
/// `it[n]` and the type of its elements are the derived class's own.
template <class Iterator, class Position>
class moves {
 public:
  using difference_type = std::ptrdiff_t;

  friend constexpr Iterator& operator++(Iterator& it) { return it += 1; }
  friend constexpr Iterator& operator--(Iterator& it) { return it += -1; }
  friend constexpr Iterator operator++(Iterator& it, int) { return std::exchange(it, it + 1); }
  friend constexpr Iterator operator--(Iterator& it, int) { return std::exchange(it, it - 1); }
  friend constexpr Iterator& operator+=(Iterator& it, difference_type n) {
    static_cast<moves&>(it).position_ += n;
    return it;
  }
  friend constexpr Iterator& operator-=(Iterator& it, difference_type n) { return it += -n; }
  friend constexpr Iterator operator+(Iterator it, difference_type n) { return it += n; }
  friend constexpr Iterator operator+(difference_type n, Iterator it) { return it += n; }
  friend constexpr Iterator operator-(Iterator it, difference_type n) { return it -= n; }
  friend constexpr difference_type operator-(Iterator const& a, Iterator const& b) {
    return a.position() - b.position();
  }
  friend constexpr bool operator==(Iterator const& a, Iterator const& b) { return a.position() == b.position(); }
  friend constexpr std::strong_ordering operator<=>(Iterator const& a, Iterator const& b) {
    return a.position() <=> b.position();
  }

  constexpr Position position() const { return position_; }

 private:
  friend Iterator;
  constexpr moves() = default;
  constexpr explicit moves(Position position) : position_(position) {}

  Position position_{};
};

/// A line of elements that can be looked at anywhere: a random-access range, whose iterators give values, whose end is
/// no iterator, and which cannot be copied.
template <class X>
class line {
 public:
  constexpr explicit line(std::vector<X> its_elements) : elements_(std::move(its_elements)) {}
  line(line const&) = delete;
  constexpr line(line&&) = default;

  class iterator : public moves<iterator, std::ptrdiff_t> {
   public:
    using value_type = X;

    constexpr iterator() = default;
    constexpr explicit iterator(std::vector<X> const& elements) : elements_(&elements) {}

    constexpr X operator*() const { return (*elements_)[static_cast<std::size_t>(this->position())]; }
    constexpr X operator[](std::ptrdiff_t n) const { return *(*this + n); }

    constexpr bool is_at_the_end() const { return static_cast<std::size_t>(this->position()) == elements_->size(); }

   private:
    std::vector<X> const* elements_ = nullptr;
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
class writer : public moves<writer<X>, X*> {
 public:
  using value_type = X;

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
  constexpr explicit writer(X* first) : moves<writer<X>, X*>(first) {}

  constexpr place operator*() const { return (*this)[0]; }
  constexpr place operator[](std::ptrdiff_t n) const { return place(this->position() + n); }
};

}  // namespace archetypes
