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
using an_array_of_two_dimensions =
    rule<(has_two_dimensions<std::remove_cvref_t<T>> || has_two_dimensions<std::remove_reference_t<T>>) &&
             (std::is_lvalue_reference_v<T> || !std::is_array_v<std::remove_reference_t<T>>),
         refused::an_array_of_rows_has_two_dimensions_and_outlives_its_view>;

template <class T>
concept address_of_elements = std::is_pointer_v<T> && std::random_access_iterator<T>;

/// What a layout is made of: an array that has two dimensions, any other that is followed by how long its rows are, or
/// an address by how many there are as well; and how far apart they begin, if that is said.
template <class Array, class... Counts>
struct an_array_and_its_rows
    : every<an_array_elsewhere<Array>,
            rule<(sizeof...(Counts) <= 2), refused::an_array_is_followed_by_how_long_its_rows_are_and_how_far_apart>,
            a_count<Counts>...> {};
template <class Array>
struct an_array_and_its_rows<Array> : an_array_of_two_dimensions<Array> {};
template <class Address, class... Counts>
  requires(sizeof...(Counts) > 0 && address_of_elements<std::remove_cvref_t<Address>>)
struct an_array_and_its_rows<Address, Counts...>
    : every<rule<(sizeof...(Counts) == 2 || sizeof...(Counts) == 3),
                 refused::an_address_is_followed_by_how_many_rows_there_are_how_long_they_are_and_how_far_apart>,
            a_count<Counts>...> {};

/// `View<It>`, the function of a layout in which a row is what its array's shortest stride runs over, `Length` says of
/// what.
template <template <class> class View, class Length>
struct view_of_rows {
  template <class Array, class... Counts, class = typename an_array_and_its_rows<Array, Counts...>::type::yes>
  [[nodiscard]] constexpr auto operator()(Array&& array, Counts... counts) const {
    if constexpr (sizeof...(Counts) == 0) {
      return of_two_dimensions(array);
    } else if constexpr (address_of_elements<std::remove_cvref_t<Array>>) {
      return of_address(array, counts...);
    } else {
      return of_array(array, counts...);
    }
  }

 private:
  template <class T, class M, class N>
  static constexpr auto of_address(T* array, M count, N length) {
    return of_address(array, count, length, length);
  }
  template <class T, class M, class N, class Stride>
  static constexpr auto of_address(T* array, M count, N length, Stride stride) {
    return of_rows(rows{array, internal::counted(count, "rows"), internal::counted(length, Length::name),
                        internal::counted(stride, "elements a row")});
  }
  template <class Array>
  static constexpr auto of_two_dimensions(Array& array) {
    if constexpr (std::is_array_v<Array>) {
      constexpr std::size_t length = std::extent_v<Array, 1>;
      return of_rows(rows{&array[0][0], std::extent_v<Array, 0>, length, length});
    } else {
      auto const apart = static_cast<std::size_t>(array.stride(1));
      if (array.extent(1) > 1 && apart != 1) internal::a_row_must_be_in_one_piece(apart);
      return of_rows(rows{array.data_handle(), static_cast<std::size_t>(array.extent(0)),
                          static_cast<std::size_t>(array.extent(1)), static_cast<std::size_t>(array.stride(0))});
    }
  }
  template <class Array, class N>
  static constexpr auto of_array(Array& array, N length) {
    return of_array(array, length, internal::counted(length, Length::name));
  }
  template <class Array, class N, class Stride>
  static constexpr auto of_array(Array& array, N its_length, Stride its_stride) {
    std::size_t const length = internal::counted(its_length, Length::name);
    std::size_t const stride = internal::counted(its_stride, "elements a row");
    auto const size = static_cast<std::size_t>(std::ranges::distance(array));
    return View(
        rows{internal::place_of(array), internal::count_of_rows(size, length, stride, Length::name), length, stride});
  }
  template <class It>
  static constexpr auto of_rows(rows<It> const& all) {
    internal::check_row(all.length, all.stride, Length::name);
    return View(all);
  }
};

}  // namespace bellman::internal
