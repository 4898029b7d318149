// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>

#include <cstddef>
#include <utility>

namespace bellman::internal {

/// `sort(elements, first, last, less)`: sorts a part of a vector and leaves what is alike in its order: in linear time
/// where it is sorted, else in O(n log n). <algorithm> would cost all who include the library a fifth of its lines.
template <class Vector, class Less>
constexpr void sort(Vector& elements, std::size_t first, std::size_t last, Less const& less) {
  bool sorted = true;
  for (std::size_t i = first + 1; i < last && sorted; ++i) sorted = !less(elements[i], elements[i - 1]);
  if (sorted) return;
  Vector merged(elements.begin() + static_cast<std::ptrdiff_t>(first),
                elements.begin() + static_cast<std::ptrdiff_t>(last));
  std::size_t const n = last - first;
  for (std::size_t width = 1; width < n; width *= 2) {
    for (std::size_t begin = 0; begin < n; begin += 2 * width) {
      std::size_t const middle = n - begin < width ? n : begin + width;
      std::size_t const end = n - begin < 2 * width ? n : begin + 2 * width;
      std::size_t i = begin;
      std::size_t j = middle;
      for (std::size_t k = begin; k < end; ++k) {
        bool const second = i == middle || (j < end && less(elements[first + j], elements[first + i]));
        merged[k] = elements[first + (second ? j++ : i++)];
      }
    }
    for (std::size_t k = 0; k < n; ++k) elements[first + k] = std::move(merged[k]);
  }
}
template <class Vector, class Less>
constexpr void sort(Vector& elements, Less const& less) {
  internal::sort(elements, 0, elements.size(), less);
}

/// `partition_point(first, last, is_before)`: the first of the numbers from `first` to `last`, the last excluded, of
/// which `is_before` is false, those of which it is true coming before all others; `last` if there is none.
template <class Index, class IsBefore>
constexpr Index partition_point(Index first, Index last, IsBefore const& is_before) {
  while (first < last) {
    Index const middle = first + (last - first) / 2;
    if (is_before(middle)) {
      first = middle + 1;
    } else {
      last = middle;
    }
  }
  return first;
}

/// Where an element stands in a sorted sequence, or would stand.
template <class Elements, class X>
constexpr std::size_t place_among(Elements const& elements, X const& x) {
  return internal::partition_point(std::size_t{0}, elements.size(), [&](std::size_t k) { return elements[k] < x; });
}

/// Whether a sorted sequence has an element.
template <class Elements, class X>
constexpr bool is_among(Elements const& elements, X const& x) {
  std::size_t const k = internal::place_among(elements, x);
  return k < elements.size() && !(x < elements[k]);
}

}  // namespace bellman::internal
