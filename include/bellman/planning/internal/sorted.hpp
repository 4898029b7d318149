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

/// Whether a sorted vector has an element.
template <class Vector>
constexpr bool is_among(Vector const& elements, typename Vector::value_type const& x) {
  std::size_t first = 0;
  std::size_t count = elements.size();
  while (count > 0) {
    std::size_t const half = count / 2;
    if (elements[first + half] < x) {
      first += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return first < elements.size() && !(x < elements[first]);
}

}  // namespace bellman::internal
