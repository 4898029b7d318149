// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace bellman::internal {

// As those of <algorithm>, which is half as large as all headers that this library includes.

/// Adds to a vector that is a heap, its largest element first.
template <class T>
constexpr void push_heap(std::vector<T>& heap, T x) {
  heap.push_back(std::move(x));
  for (std::size_t k = heap.size() - 1; k > 0 && heap[(k - 1) / 2] < heap[k]; k = (k - 1) / 2) {
    std::swap(heap[(k - 1) / 2], heap[k]);
  }
}

/// Takes the largest element out of a heap.
template <class T>
constexpr T pop_heap(std::vector<T>& heap) {
  std::swap(heap.front(), heap.back());
  T largest = std::move(heap.back());
  heap.pop_back();
  for (std::size_t k = 0; 2 * k + 1 < heap.size();) {
    std::size_t larger = 2 * k + 1;
    if (larger + 1 < heap.size() && heap[larger] < heap[larger + 1]) ++larger;
    if (!(heap[k] < heap[larger])) break;
    std::swap(heap[k], heap[larger]);
    k = larger;
  }
  return largest;
}

}  // namespace bellman::internal
