// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/layout/internal/rules.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <version>

#if defined(__cpp_lib_mdspan)
#include <mdspan>
#endif

namespace bellman::internal {

/// An array of rows of one length, which begin `stride` elements apart.
template <std::random_access_iterator It>
struct rows {
  It begin;
  std::size_t count;
  std::size_t length;
  std::size_t stride;
};
template <class It>
rows(It, std::size_t, std::size_t, std::size_t) -> rows<It>;

/// What has two dimensions of its own: a C array of C arrays, a `std::mdspan` of rank 2.
template <class T>
inline constexpr bool has_two_dimensions = false;
template <class T, std::size_t Rows, std::size_t Columns>
inline constexpr bool has_two_dimensions<T[Rows][Columns]> = !std::is_array_v<T>;
#if defined(__cpp_lib_mdspan)
template <class T, class Extents, class Layout, class Accessor>
inline constexpr bool has_two_dimensions<std::mdspan<T, Extents, Layout, Accessor>> =
    Extents::rank() == 2 && std::is_pointer_v<typename Accessor::data_handle_type>;
#endif

template <class T>
using an_array_of_two_dimensions = rule<(has_two_dimensions<std::remove_cvref_t<T>> ||
                                         has_two_dimensions<std::remove_reference_t<T>>),
                                        refused::an_array_of_rows_has_two_dimensions>;

/// `View<It>`, the function of a layout in which a row is what its array's shortest stride runs over, `Length` says of
/// what.
template <template <class> class View, class Length>
struct view_of_rows {
  template <class Array, class N,
            class = typename every<an_array_elsewhere<Array>, a_count<N>>::type::yes>
  [[nodiscard]] constexpr auto operator()(Array&& array, N length) const {
    return of_array(array, internal::counted(length, Length::name), internal::counted(length, Length::name));
  }
  template <class Array, class N, class Stride,
            class = typename every<an_array_elsewhere<Array>, a_count<N>, a_count<Stride>>::type::yes>
  [[nodiscard]] constexpr auto operator()(Array&& array, N length, Stride stride) const {
    return of_array(array, internal::counted(length, Length::name), internal::counted(stride, "elements a row"));
  }
  template <class T, class M, class N, class = typename every<a_count<M>, a_count<N>>::type::yes>
  [[nodiscard]] constexpr auto operator()(T* array, M count, N length) const {
    return (*this)(array, count, length, length);
  }
  template <class T, class M, class N, class Stride,
            class = typename every<a_count<M>, a_count<N>, a_count<Stride>>::type::yes>
  [[nodiscard]] constexpr auto operator()(T* array, M count, N length, Stride stride) const {
    return of_rows(rows{array, internal::counted(count, "rows"), internal::counted(length, Length::name),
                        internal::counted(stride, "elements a row")});
  }
  template <class Array, class = typename an_array_of_two_dimensions<Array>::type::yes>
  [[nodiscard]] constexpr auto operator()(Array&& array) const {
    using type = std::remove_reference_t<Array>;
    if constexpr (std::is_array_v<type>) {
      constexpr std::size_t length = std::extent_v<type, 1>;
      return of_rows(rows{&array[0][0], std::extent_v<type, 0>, length, length});
    } else {
      auto const apart = static_cast<std::size_t>(array.stride(1));
      if (array.extent(1) > 1 && apart != 1) internal::a_row_must_be_in_one_piece(apart);
      return of_rows(rows{array.data_handle(), static_cast<std::size_t>(array.extent(0)),
                          static_cast<std::size_t>(array.extent(1)), static_cast<std::size_t>(array.stride(0))});
    }
  }

 private:
  template <class Array>
  static constexpr auto of_array(Array& array, std::size_t length, std::size_t stride) {
    auto const size = static_cast<std::size_t>(std::ranges::distance(array));
    return View(rows{internal::place_of(array), internal::count_of_rows(size, length, stride, Length::name), length,
                     stride});
  }
  template <class It>
  static constexpr auto of_rows(rows<It> const& all) {
    internal::check_row(all.length, all.stride, Length::name);
    return View(all);
  }
};

}  // namespace bellman::internal
