// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/grouping.hpp>
#include <bellman/groups/internal/check_rows.hpp>
#include <bellman/groups/internal/numbered_group.hpp>
#include <bellman/groups/internal/of_batch.hpp>
#include <bellman/groups/internal/places.hpp>

#include <cstddef>
#include <ranges>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

/// How the groups of a batch lie in memory. A layout of columns, of which the first are the rewards, has
///
///  - `for_each(f)`: `f(columns...)` for each group, one after another, with that part of each column which is its own;
///  - `of_group_t<F>`: what `f(columns...)` gives, and `rewards_t`: the first of these columns;
///  - `advantages(method)`, but where there is one group: those of a group method, in a container of the batch's shape;
///  - `advantages(method, out)`: the same written one after another.
///
/// Another one is a class here and a case in by_group.hpp, and then all methods have it.
namespace bellman::internal {

/// What a method that sees all groups first is given of a layout: `fold(f, together)`, what `f(columns...)` gives for
/// each group, put together by `together(a, b)` from a default one on.
template <class Layout>
struct folded_by_group {
  template <class Function, class Together>
  constexpr auto fold(Function const& f, Together const& together) const {
    std::remove_cvref_t<typename Layout::template of_group_t<Function>> all{};
    static_cast<Layout const&>(*this).for_each([&](auto&&... columns) { all = together(all, f(columns...)); });
    return all;
  }
};

/// One group, which is all there is; by_group.hpp writes its advantages.
template <class... Columns>
class one_group : public folded_by_group<one_group<Columns...>> {
 public:
  template <class Function>
  using of_group_t = std::invoke_result_t<Function const&, Columns&...>;
  using rewards_t = std::tuple_element_t<0, std::tuple<Columns&...>>;

  constexpr explicit one_group(Columns&... columns) : columns_(columns...) {}

  template <class Function>
  constexpr void for_each(Function const& f) const {
    std::apply(f, columns_);
  }

 private:
  std::tuple<Columns&...> columns_;
};

/// Groups that are ranges of their own, each of its own size.
template <class Groups>
class ranges_of_groups : public folded_by_group<ranges_of_groups<Groups>> {
  using group_type = std::remove_reference_t<std::ranges::range_reference_t<Groups>>;
  using places = places_in_group<std::remove_const_t<group_type>>;
  using numbered = numbered_group<std::ranges::ref_view<group_type>, places>;

  static constexpr numbered numbered_as(group_type& group, std::size_t number) {
    return {std::ranges::ref_view<group_type>(group),
            places{place_in<std::remove_const_t<group_type>>(group), number}};
  }

 public:
  template <class Function>
  using of_group_t = std::invoke_result_t<Function const&, numbered const&>;
  using rewards_t = std::ranges::range_reference_t<Groups>;

  constexpr explicit ranges_of_groups(Groups& groups) : groups_(groups) {}

  template <class Function>
  constexpr void for_each(Function const& f) const {
    std::size_t g = 0;
    for (auto&& group : groups_) f(numbered_as(group, g++));
  }

  template <class Method>
  constexpr auto advantages(Method const& method) const {
    auto const of_group = internal::of_batch(method, *this);
    std::vector<decltype(internal::places_for<Method>(*std::ranges::begin(groups_)))> all;
    std::size_t g = 0;
    for (auto&& group : groups_) all.push_back(internal::written<Method>(of_group(numbered_as(group, g++)), group));
    return all;
  }
  template <class Method, class Out>
  constexpr Out advantages(Method const& method, Out out) const {
    auto const of_group = internal::of_batch(method, *this);
    std::size_t g = 0;
    for (auto&& group : groups_) {
      out = internal::written<Method>(of_group(numbered_as(group, g++)), group, std::move(out));
    }
    return out;
  }

 private:
  Groups& groups_;
};

/// The rows of a group and its number.
struct rows_of_group {
  std::span<std::size_t const> rows;
  std::size_t group;
};

/// A part of a column that is only read: of one whose elements are read through a proxy, as those of a
/// `std::vector<bool>`, the part has the elements themselves.
struct part_to_read_fn {
  template <class Column>
  constexpr auto operator()(Column& column, rows_of_group const& of) const {
    places_of_rows<std::remove_const_t<Column>> places{place_in<std::remove_const_t<Column>>(column), of.rows,
                                                       of.group};
    if constexpr (std::is_reference_v<std::ranges::range_reference_t<Column>>) {
      return numbered_group(part_of(column, of.rows), places);
    } else {
      auto const first = std::ranges::begin(column);
      using value = value_of_row<std::remove_const_t<decltype(first)>, std::ranges::range_value_t<Column>>;
      return numbered_group(std::ranges::transform_view(of.rows, value{first}), places);
    }
  }
};
inline constexpr part_to_read_fn part_to_read{};

template <class Column>
using part_of_rows_t = std::invoke_result_t<part_to_read_fn const&, Column&, rows_of_group const&>;

/// Rows of several groups, in any order; one that belongs to no group keeps its zero.
template <class... Columns>
class rows_of_groups : public folded_by_group<rows_of_groups<Columns...>> {
 public:
  template <class Function>
  using of_group_t = std::invoke_result_t<Function const&, part_of_rows_t<Columns> const&...>;
  using rewards_t = std::tuple_element_t<0, std::tuple<part_of_rows_t<Columns> const&...>>;

  constexpr explicit rows_of_groups(grouping const& groups, Columns&... columns)
      : groups_(groups), columns_(columns...) {
    (internal::check_rows(columns, groups), ...);
  }

  template <class Function>
  constexpr void for_each(Function const& f) const {
    std::size_t g = 0;
    for (auto const rows : groups_) {
      rows_of_group const of{rows, g++};
      std::apply([&](auto&... columns) { f(internal::part_to_read(columns, of)...); }, columns_);
    }
  }

  template <class Method>
  constexpr auto advantages(Method const& method) const {
    auto const of_group = internal::of_batch(method, *this);
    auto places = internal::places_for_rows<Method>(std::get<0>(columns_));
    std::size_t g = 0;
    for (auto const rows : groups_) {
      fill_rows<Method>(of_group, places, rows_of_group{rows, g++}, std::index_sequence_for<Columns...>{});
    }
    return places;
  }
  template <class Method, class Out>
  constexpr Out advantages(Method const& method, Out out) const {
    return internal::flattened(advantages(method), std::move(out));
  }

 private:
  template <class Method, class OfGroup, class Places, std::size_t... Index>
  constexpr void fill_rows(OfGroup const& of_group, Places& places, rows_of_group const& of,
                           std::index_sequence<Index...>) const {
    auto const parts = std::tuple(internal::part_to_read(std::get<Index>(columns_), of)...);
    internal::fill<Method>(of_group(std::get<Index>(parts)...), std::get<0>(parts), part_of(places, of.rows));
  }

  grouping const& groups_;
  std::tuple<Columns&...> columns_;
};

}  // namespace bellman::internal
