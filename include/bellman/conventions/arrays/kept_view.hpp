// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <iterator>
#include <ranges>

namespace bellman::conventions {

/// `kept_view(row, mask, end)`: the elements from the iterator `row` on whose flag, from `mask` to `end`, is not 0:
/// what `kept_tokens` gives. A `std::views::filter` could not be read where it is const.
template <std::forward_iterator Row, std::forward_iterator Mask, std::sentinel_for<Mask> End>
class kept_view : public std::ranges::view_interface<kept_view<Row, Mask, End>> {
 public:
  class iterator {
   public:
    using value_type = std::iter_value_t<Row>;
    using difference_type = std::iter_difference_t<Row>;

    iterator() = default;
    constexpr iterator(Row row, Mask mask, End end) : row_(row), mask_(mask), end_(end) { skip(); }

    constexpr std::iter_reference_t<Row> operator*() const { return *row_; }
    constexpr iterator& operator++() {
      ++row_;
      ++mask_;
      skip();
      return *this;
    }
    constexpr iterator operator++(int) {
      iterator const here = *this;
      ++*this;
      return here;
    }
    friend constexpr bool operator==(iterator const& a, iterator const& b) { return a.mask_ == b.mask_; }
    friend constexpr bool operator==(iterator const& a, std::default_sentinel_t) { return a.mask_ == a.end_; }

   private:
    constexpr void skip() {
      while (mask_ != end_ && !(*mask_ != 0)) {
        ++row_;
        ++mask_;
      }
    }

    Row row_{};
    Mask mask_{};
    End end_{};
  };

  constexpr kept_view(Row row, Mask mask, End end) : first_(row, mask, end) {}

  constexpr iterator begin() const { return first_; }
  constexpr std::default_sentinel_t end() const { return {}; }

 private:
  iterator first_;
};

}  // namespace bellman::conventions
