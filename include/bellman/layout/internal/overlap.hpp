// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/layout/layout.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <type_traits>

namespace bellman::internal {

/// Where the rows of an array lie, in bytes.
struct place_in_memory {
  std::uintptr_t begin;
  std::size_t rows;
  std::size_t row;
  std::size_t stride;
  std::size_t element;

  friend bool operator==(place_in_memory const&, place_in_memory const&) = default;

  std::uintptr_t end() const { return rows == 0 ? begin : begin + (rows - 1) * stride + row; }
};

template <class It>
place_in_memory place_of_rows(It begin, std::size_t rows, std::size_t length, std::size_t stride) {
  constexpr std::size_t element = sizeof(*begin);
  return {reinterpret_cast<std::uintptr_t>(begin), rows, length * element, stride * element, element};
}
template <class T>
place_in_memory place_of_layout(time_major_view<T*> const& x) {
  return internal::place_of_rows(x.begin_of_rows(), x.steps(), x.sequences(), x.stride());
}
template <class T>
place_in_memory place_of_layout(batch_major_view<T*> const& x) {
  return internal::place_of_rows(x.begin_of_rows(), x.sequences(), x.steps(), x.stride());
}
template <class T, class Offset>
place_in_memory place_of_layout(packed_view<T*, Offset> const& x) {
  return internal::place_of_rows(x.begin_of_first(), x.size() == 0 ? 0 : 1, x.size(), x.size());
}

template <class X>
concept has_a_place_in_memory = requires(X const& x) { internal::place_of_layout(x); };

/// Whether two arrays share memory: rows between the rows of the other do not.
inline bool overlap(place_in_memory const& x, place_in_memory const& y) {
  if (x.rows == 0 || y.rows == 0 || x.end() <= y.begin || y.end() <= x.begin) return false;
  if (x.stride != y.stride) return true;
  std::size_t const shift = x.begin < y.begin ? (y.begin - x.begin) % x.stride : (x.begin - y.begin) % x.stride;
  std::size_t const front = x.begin < y.begin ? x.row : y.row;
  std::size_t const behind = x.begin < y.begin ? y.row : x.row;
  return shift < front || shift + behind > x.stride;
}

[[noreturn]] inline void an_output_must_not_overlap(std::string const& what) {
  internal::refuse("bellman: an output overlaps " + what +
                   " elsewhere than in place; it must lie where that lies, in the same layout, or apart from it");
}
[[noreturn]] inline void outputs_must_not_overlap() {
  internal::refuse("bellman: two outputs overlap; they must lie apart");
}

/// Sees to it that an output and what is read share no memory but in place, where both have an address.
template <class Out, class X>
constexpr void check_overlap(Out const& out, X const& x, char const* what) {
  if constexpr (has_a_place_in_memory<Out> && has_a_place_in_memory<X>) {
    if (std::is_constant_evaluated()) return;
    auto const its = internal::place_of_layout(out);
    auto const other = internal::place_of_layout(x);
    if (its != other && internal::overlap(its, other)) internal::an_output_must_not_overlap(what);
  }
}
template <class Out, class Other>
constexpr void check_overlap_of_outputs(Out const& out, Other const& other) {
  if constexpr (has_a_place_in_memory<Out> && has_a_place_in_memory<Other>) {
    if (std::is_constant_evaluated()) return;
    if (internal::overlap(internal::place_of_layout(out), internal::place_of_layout(other))) {
      internal::outputs_must_not_overlap();
    }
  }
}

}  // namespace bellman::internal
