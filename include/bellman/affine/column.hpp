// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <iterator>

namespace bellman {

/// `column{begin}`: numbers that a pass reads, or writes, step by step from an iterator to the first.
template <std::random_access_iterator It>
struct column {
  It begin;
};
template <class It>
column(It) -> column<It>;

/// `column_of_rows{begin, stride}`: a row of numbers for each step, one for each of several sequences; rows begin
/// `stride` numbers apart.
template <std::random_access_iterator It>
struct column_of_rows {
  It begin;
  std::size_t stride;
};
template <class It>
column_of_rows(It, std::size_t) -> column_of_rows<It>;

/// `constant_column{x}`: a number that is the same at every step.
template <class T>
struct constant_column {
  T value;
};
template <class T>
constant_column(T) -> constant_column<T>;

}  // namespace bellman
