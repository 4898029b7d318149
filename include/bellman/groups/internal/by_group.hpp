// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/answers_are_sequences.hpp>
#include <bellman/groups/group_method.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/internal/layouts.hpp>
#include <bellman/groups/internal/of_batch.hpp>
#include <bellman/groups/internal/places.hpp>
#include <bellman/scalar/internal/check_output.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::internal {

namespace detail {

// Of a number 0, of a range of numbers 1, of a range of these 2.
template <class X>
inline constexpr int depth = 0;
template <std::ranges::forward_range X>
inline constexpr int depth<X> = 1 + depth<std::ranges::range_reference_t<X>>;
template <class Method>
inline constexpr int depth_of_a_group = answers_are_sequences<Method> ? 2 : 1;

template <class X>
concept is_grouping = std::same_as<std::remove_cvref_t<X>, grouping>;
template <class X>
concept is_output = std::input_or_output_iterator<std::decay_t<X>>;

// What a call says behind its columns: nothing or a grouping of their rows, then nothing or an iterator.
template <bool AreGroups, bool AreRows, class... Where>
inline constexpr bool says_where = sizeof...(Where) == 0 && AreGroups;
template <bool AreGroups, bool AreRows, class Last>
inline constexpr bool says_where<AreGroups, AreRows, Last> =
    is_grouping<Last> ? AreRows : is_output<Last> && AreGroups;
template <bool AreGroups, bool AreRows, class Groups, class Out>
inline constexpr bool says_where<AreGroups, AreRows, Groups, Out> = is_grouping<Groups> && AreRows && is_output<Out>;

template <class Method, std::size_t Columns, class... Arguments>
inline constexpr bool is_group_call = false;
template <class Method, class Rewards, class... Where>
inline constexpr bool is_group_call<Method, 1, Rewards, Where...> =
    says_where<depth<Rewards> == depth_of_a_group<Method> || depth<Rewards> == depth_of_a_group<Method> + 1,
               depth<Rewards> == depth_of_a_group<Method> && std::ranges::random_access_range<Rewards>, Where...>;
template <class Method, class Rewards, class Column, class... Where>
inline constexpr bool is_group_call<Method, 2, Rewards, Column, Where...> =
    depth<Rewards> == depth_of_a_group<Method> && depth<Column> == depth_of_a_group<Method> &&
    says_where<true, std::ranges::random_access_range<Rewards> && std::ranges::random_access_range<Column>, Where...>;

// `Out` is an iterator or nothing. What a method has for a group is made and checked here at the top, so that what is
// refused in it is not read through all that writes.
struct by_group_fn {
  template <class Method, std::ranges::forward_range Rewards, std::input_or_output_iterator... Out>
  constexpr auto operator()(Method const& method, Rewards&& rewards, Out... out) const {
    (internal::check_output<Out, advantage_t<Rewards>>(), ...);
    if constexpr (depth<Rewards> > depth_of_a_group<Method>) {
      return ranges_of_groups(rewards).advantages(method, std::move(out)...);
    } else {
      auto of_answer = internal::of_batch(method, one_group(rewards))(rewards);
      if constexpr (internal::check_answers<decltype(of_answer), Method, Rewards>()) {
        return internal::written<Method>(std::move(of_answer), rewards, std::move(out)...);
      } else {
        return internal::places_for<Method>(rewards);
      }
    }
  }
  template <class Method, std::ranges::forward_range Rewards, std::ranges::forward_range Column,
            std::input_or_output_iterator... Out>
  constexpr auto operator()(Method const& method, Rewards&& rewards, Column&& column, Out... out) const {
    (internal::check_output<Out, advantage_t<Rewards>>(), ...);
    auto of_answer = internal::of_batch(method, one_group(rewards, column))(rewards, column);
    if constexpr (internal::check_answers<decltype(of_answer), Method, Rewards>()) {
      return internal::written<Method>(std::move(of_answer), rewards, std::move(out)...);
    } else {
      return internal::places_for<Method>(rewards);
    }
  }

  template <class Method, std::ranges::random_access_range Rewards, std::input_or_output_iterator... Out>
  constexpr auto operator()(Method const& method, Rewards&& rewards, grouping const& groups, Out... out) const {
    (internal::check_output<Out, advantage_t<Rewards>>(), ...);
    return rows_of_groups(groups, rewards).advantages(method, std::move(out)...);
  }
  template <class Method, std::ranges::random_access_range Rewards, std::ranges::random_access_range Column,
            std::input_or_output_iterator... Out>
  constexpr auto operator()(Method const& method, Rewards&& rewards, Column&& column, grouping const& groups,
                            Out... out) const {
    (internal::check_output<Out, advantage_t<Rewards>>(), ...);
    return rows_of_groups(groups, rewards, column).advantages(method, std::move(out)...);
  }
};

}  // namespace detail

/// Whether a group method of so many columns may be called with these arguments: the columns of one group, of rows with
/// their grouping, or one column that is a range of groups; an iterator behind them says where to write.
template <class Method, std::size_t Columns, class... Arguments>
concept group_call = detail::is_group_call<Method, Columns, Arguments...>;

/// `by_group(method, arguments...)`: what a group method gives for the arguments of such a call.
inline constexpr detail::by_group_fn by_group{};

}  // namespace bellman::internal
