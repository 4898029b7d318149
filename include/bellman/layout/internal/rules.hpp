// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>

namespace bellman {

namespace refused {

struct an_array_is_a_random_access_range_that_outlives_its_view {};
struct steps_and_sequences_are_counted_by_integers {};
struct offsets_are_a_range_of_integers_that_outlives_its_view {};
struct an_array_of_rows_has_two_dimensions_and_outlives_its_view {};
struct an_array_is_followed_by_how_long_its_rows_are_and_how_far_apart {};
struct an_address_is_followed_by_how_many_rows_there_are_how_long_they_are_and_how_far_apart {};

}  // namespace refused

namespace internal {

/// An array that is kept elsewhere: a random-access range that a view of it may point into.
template <class Array>
using an_array_elsewhere = rule<(std::ranges::random_access_range<Array> && std::ranges::borrowed_range<Array>),
                                refused::an_array_is_a_random_access_range_that_outlives_its_view>;

template <class N>
using a_count = rule<whole_number<N>, refused::steps_and_sequences_are_counted_by_integers>;

/// Where an array begins: its address, where it has one.
template <class Array>
constexpr auto place_of(Array& array) {
  if constexpr (std::ranges::contiguous_range<Array&>) {
    return std::ranges::data(array);
  } else {
    return std::ranges::begin(array);
  }
}

[[noreturn]] inline void there_must_be_at_least_one(char const* what) {
  internal::refuse("bellman: an array of rows with 0 " + std::string(what) + "; there must be at least 1");
}
[[noreturn]] inline void a_count_must_not_be_negative(char const* what, std::ptrdiff_t n) {
  internal::refuse("bellman: an array of rows with " + std::to_string(n) + ' ' + what + "; a count is not negative");
}
[[noreturn]] inline void a_row_must_fit(std::size_t row, std::size_t stride) {
  internal::refuse("bellman: rows of " + std::to_string(row) + " elements that begin " + std::to_string(stride) +
                   " elements apart; they must be at least as far apart as they are long");
}
[[noreturn]] inline void a_row_must_be_in_one_piece(std::size_t stride) {
  internal::refuse("bellman: the numbers of a row lie " + std::to_string(stride) +
                   " elements apart; they must be neighbours");
}
[[noreturn]] inline void an_array_must_be_of_whole_rows(std::size_t size, std::size_t row, std::size_t stride) {
  internal::refuse("bellman: an array of " + std::to_string(size) + " elements in rows of " + std::to_string(row) +
                   (stride == row ? std::string() : " that begin " + std::to_string(stride) + " apart") +
                   "; it must be of whole rows");
}
[[noreturn]] inline void there_is_no_such_sequence(std::size_t first, std::size_t count, std::size_t sequences) {
  internal::refuse("bellman: sequences " + std::to_string(first) + " to " + std::to_string(first + count) + " of " +
                   std::to_string(sequences) + "; they are counted from 0");
}
[[noreturn]] inline void there_is_no_such_step(std::size_t first, std::size_t count, std::size_t steps) {
  internal::refuse("bellman: steps " + std::to_string(first) + " to " + std::to_string(first + count) + " of " +
                   std::to_string(steps) + "; they are counted from 0");
}

template <class N>
constexpr std::size_t counted(N n, char const* what) {
  if constexpr (std::signed_integral<N>) {
    if (n < 0) internal::a_count_must_not_be_negative(what, static_cast<std::ptrdiff_t>(n));
  }
  return static_cast<std::size_t>(n);
}

constexpr void check_row(std::size_t row, std::size_t stride, char const* what) {
  if (row == 0) internal::there_must_be_at_least_one(what);
  if (stride < row) internal::a_row_must_fit(row, stride);
}

/// How many rows of `row` elements, which begin `stride` apart, an array is of. Of what lies between two rows, there
/// may be any part behind the last.
constexpr std::size_t count_of_rows(std::size_t size, std::size_t row, std::size_t stride, char const* what) {
  internal::check_row(row, stride, what);
  std::size_t const whole = size / stride;
  std::size_t const rest = size % stride;
  if (rest != 0 && rest < row) internal::an_array_must_be_of_whole_rows(size, row, stride);
  return whole + (rest != 0 ? 1 : 0);
}

constexpr void check_part(std::size_t first, std::size_t count, std::size_t sequences) {
  if (first > sequences || count > sequences - first) internal::there_is_no_such_sequence(first, count, sequences);
}
constexpr void check_steps_within(std::size_t first, std::size_t count, std::size_t steps) {
  if (first > steps || count > steps - first) internal::there_is_no_such_step(first, count, steps);
}

}  // namespace internal

}  // namespace bellman
