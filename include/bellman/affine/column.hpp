// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <iterator>

namespace bellman {

/// `column{begin}`: numbers that a pass reads, or writes, step by step from an iterator to the first.
template <std::random_access_iterator It>
struct column {
  It begin;
};
template <class It>
column(It) -> column<It>;

/// `constant_column{x}`: a number that is the same at every step.
template <class T>
struct constant_column {
  T value;
};
template <class T>
constant_column(T) -> constant_column<T>;

}  // namespace bellman
