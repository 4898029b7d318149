// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/answers_are_sequences.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/internal/a_group_method.hpp>
#include <bellman/groups/internal/columns_are_ids.hpp>
#include <bellman/groups/internal/layouts.hpp>
#include <bellman/groups/internal/missing_rewards.hpp>
#include <bellman/groups/internal/of_batch.hpp>
#include <bellman/groups/internal/places.hpp>
#include <bellman/groups/internal/requirements.hpp>
#include <bellman/groups/internal/rows_there.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct a_group_method_is_called_with_the_rewards_of_answers {};
struct these_are_no_rewards_in_a_range_or_in_a_range_of_groups {};
struct these_are_no_rewards_of_tokens_in_a_range_of_sequences {};
struct there_must_be_one_number_beside_each_reward {};
struct there_must_be_a_state_with_equality_beside_each_step {};
struct a_grouping_is_of_rows_in_ranges_of_random_access {};

}  // namespace refused

namespace internal {

namespace detail {

// Of a number 0, of a range of numbers 1, of a range of these 2. It ends above a range of groups of sequences: what is
// a range of its own kind, such as a path, goes on.
template <class X, int Most = 4>
inline constexpr int depth = 0;
template <std::ranges::forward_range X, int Most>
  requires(Most > 0 && !may_be_missing<std::remove_cvref_t<X>>)
inline constexpr int depth<X, Most> = 1 + depth<std::ranges::range_reference_t<X>, Most - 1>;
template <class Method>
inline constexpr int depth_of_a_group = answers_are_sequences<Method> ? 2 : 1;

template <class Range>
using its_number_t = bottom_number_t<std::remove_cvref_t<Range>>;

template <class Range, int Depth>
consteval bool are_numbers() {
  if constexpr (is_grouping<Range> || depth<Range> != Depth) {
    return false;  // a grouping is a range of numbers of rows, which are no rewards
  } else {
    return number<its_number_t<Range>>;
  }
}

// Sequences of what can be told apart.
template <class Column>
concept ids_of_steps = !is_grouping<Column> && std::ranges::forward_range<Column> &&
    std::ranges::forward_range<std::ranges::range_reference_t<Column>> &&
    std::equality_comparable<std::ranges::range_value_t<std::ranges::range_reference_t<Column>>>;

template <class Method, class... Column>
consteval auto judge_columns() {
  if constexpr (columns_are_ids<Method>) {
    return typename rule<(ids_of_steps<Column> && ...),
                         refused::there_must_be_a_state_with_equality_beside_each_step>::type{};
  } else if constexpr (!(detail::are_numbers<Column, depth_of_a_group<Method>>() && ...)) {
    return refused::there_must_be_one_number_beside_each_reward{};
  } else {
    return typename every<a_number_with_an_order<its_number_t<Column>>...>::type{};
  }
}

template <class Method, class... Column>
struct columns_beside {
  using type = decltype(detail::judge_columns<Method, Column...>());
};

template <class... Column>
struct columns {};

// The arguments behind the columns: nothing or a grouping of their rows, then nothing or an iterator.
template <class V, bool AreRows>
consteval auto judge_where() {
  return accepted{};
}
template <class V, bool AreRows, class First, class... Rest>
consteval auto judge_where() {
  if constexpr (!is_grouping<First>) {
    return typename perhaps_an_output<V, First, Rest...>::type{};
  } else if constexpr (!AreRows) {
    return refused::a_grouping_is_of_rows_in_ranges_of_random_access{};
  } else {
    return typename perhaps_an_output<V, Rest...>::type{};
  }
}

template <class Method, class Rewards, class... Column, class... Where>
consteval auto judge_group_call(columns<Rewards, Column...>, columns<Where...>) {
  constexpr int depth_of_columns = depth_of_a_group<Method>;
  constexpr bool are_groups = sizeof...(Column) == 0 && detail::are_numbers<Rewards, depth_of_columns + 1>();
  if constexpr (!are_groups && !detail::are_numbers<Rewards, depth_of_columns>()) {
    if constexpr (answers_are_sequences<Method>) {
      return refused::these_are_no_rewards_of_tokens_in_a_range_of_sequences{};
    } else {
      return refused::these_are_no_rewards_in_a_range_or_in_a_range_of_groups{};
    }
  } else if constexpr (!accepts<a_number_with_an_order<its_number_t<Rewards>>>) {
    return refused::these_numbers_have_no_order{};
  } else if constexpr (!accepts<columns_beside<Method, Column...>>) {
    return typename columns_beside<Method, Column...>::type{};
  } else {
    constexpr bool are_rows =
        !are_groups && std::ranges::random_access_range<Rewards> && (std::ranges::random_access_range<Column> && ...);
    using where = decltype(detail::judge_where<advantage_t<Rewards>, are_rows, Where...>());
    if constexpr (!std::same_as<where, accepted>) {
      return where{};
    } else if constexpr (are_groups) {
      return typename a_group_method<Method, ranges_of_groups<std::remove_reference_t<Rewards>>>::type{};
    } else if constexpr ((is_grouping<Where> || ...)) {
      return typename a_group_method<
          Method, rows_of_groups<std::remove_reference_t<Rewards>, std::remove_reference_t<Column>...>>::type{};
    } else {
      return typename a_group_method<
          Method, one_group<std::remove_reference_t<Rewards>, std::remove_reference_t<Column>...>>::type{};
    }
  }
}

template <class Method, class Rewards>
using judged_rewards_t =
    typename std::conditional_t<answers_are_sequences<Method>, std::type_identity<Rewards>, as_if_there<Rewards>>::type;

// Which of the arguments are columns.
template <class Method, std::size_t Columns, class... Arguments>
struct group_call {
  using type = refused::a_group_method_is_called_with_the_rewards_of_answers;
};
template <class Method, class Rewards>
struct group_call<Method, 2, Rewards> {
  using type = refused::there_must_be_one_number_beside_each_reward;
};
template <class Method, class Rewards, class... Where>
struct group_call<Method, 1, Rewards, Where...> {
  using type =
      decltype(detail::judge_group_call<Method>(columns<judged_rewards_t<Method, Rewards>>{}, columns<Where...>{}));
};
template <class Method, class Rewards, class Column, class... Where>
struct group_call<Method, 2, Rewards, Column, Where...> {
  using type = decltype(detail::judge_group_call<Method>(columns<judged_rewards_t<Method, Rewards>, Column>{},
                                                         columns<Where...>{}));
};

template <class X>
concept column = std::ranges::range<X> && !is_grouping<X>;

// Called as it was judged. `Out` is an iterator or nothing.
struct by_group_of_numbers_fn {
  template <class Method, class Rewards, std::input_or_output_iterator... Out>
  constexpr auto operator()(Method const& method, Rewards&& rewards, Out... out) const {
    if constexpr (depth<Rewards> > depth_of_a_group<Method>) {
      return ranges_of_groups(rewards).advantages(method, std::move(out)...);
    } else {
      return internal::written<Method>(internal::of_batch(method, one_group(rewards))(rewards), rewards,
                                       std::move(out)...);
    }
  }
  template <class Method, class Rewards, column Column, std::input_or_output_iterator... Out>
  constexpr auto operator()(Method const& method, Rewards&& rewards, Column&& column, Out... out) const {
    return internal::written<Method>(internal::of_batch(method, one_group(rewards, column))(rewards, column), rewards,
                                     std::move(out)...);
  }

  template <class Method, class Rewards, std::input_or_output_iterator... Out>
  constexpr auto operator()(Method const& method, Rewards&& rewards, grouping const& groups, Out... out) const {
    return rows_of_groups(groups, rewards).advantages(method, std::move(out)...);
  }
  template <class Method, class Rewards, column Column, std::input_or_output_iterator... Out>
  constexpr auto operator()(Method const& method, Rewards&& rewards, Column&& column, grouping const& groups,
                            Out... out) const {
    return rows_of_groups(groups, rewards, column).advantages(method, std::move(out)...);
  }
};
inline constexpr by_group_of_numbers_fn by_group_of_numbers{};

[[noreturn]] inline void there_must_be_one_number_for_each_reward(std::size_t rewards, std::size_t numbers) {
  internal::refuse("bellman: " + std::to_string(rewards) + " rewards and " + std::to_string(numbers) +
                   " numbers beside them; there must be one for each");
}

// The same of rewards some of which are missing: an answer without one is no part of its group, and gets 0.
struct by_group_with_missing_fn {
  template <class Method, rewards_with_missing Rewards, std::input_or_output_iterator... Out>
  constexpr auto operator()(Method const& method, Rewards&& rewards, Out... out) const {
    auto const there = internal::rewards_there(rewards);
    return given(among_all<Method>(rewards, there, by_group_of_numbers(method, there)), std::move(out)...);
  }
  template <class Method, rewards_with_missing Rewards, column Column, std::input_or_output_iterator... Out>
  constexpr auto operator()(Method const& method, Rewards&& rewards, Column&& column, Out... out) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(rewards));
    auto const m = static_cast<std::size_t>(std::ranges::distance(column));
    if (n != m) detail::there_must_be_one_number_for_each_reward(n, m);
    auto const there = internal::rewards_there(rewards);
    auto const beside = internal::column_there(rewards, column);
    return given(among_all<Method>(rewards, there, by_group_of_numbers(method, there, beside)), std::move(out)...);
  }

  template <class Method, rewards_with_missing Rewards, std::input_or_output_iterator... Out>
  constexpr auto operator()(Method const& method, Rewards&& rewards, grouping const& groups, Out... out) const {
    return by_group_of_numbers(method, internal::rewards_or_zeros(rewards), internal::rows_there(rewards, groups),
                               std::move(out)...);
  }
  template <class Method, rewards_with_missing Rewards, column Column, std::input_or_output_iterator... Out>
  constexpr auto operator()(Method const& method, Rewards&& rewards, Column&& column, grouping const& groups,
                            Out... out) const {
    return by_group_of_numbers(method, internal::rewards_or_zeros(rewards), column,
                               internal::rows_there(rewards, groups), std::move(out)...);
  }

  template <class Method, groups_with_missing Groups, std::input_or_output_iterator... Out>
  constexpr auto operator()(Method const& method, Groups&& groups, Out... out) const {
    internal::vector<decltype(internal::rewards_there(*std::ranges::begin(groups)))> there;
    for (auto&& rewards : groups) there.push_back(internal::rewards_there(rewards));
    auto const advantages = by_group_of_numbers(method, there);
    std::vector<decltype(internal::places_for<Method>(*std::ranges::begin(groups)))> all;
    for (auto&& rewards : groups) {
      std::size_t const g = all.size();
      all.push_back(among_all<Method>(rewards, there[g], advantages[g]));
    }
    return given(std::move(all), std::move(out)...);
  }

 private:
  template <class Method, class Rewards, class There, class Advantages>
  static constexpr auto among_all(Rewards& rewards, There const& there, Advantages const& advantages) {
    auto places = internal::places_for<Method>(rewards);
    auto next = std::ranges::begin(advantages);
    for (std::size_t const i : there.places()) places[i] = *next++;
    return places;
  }
  template <class Places>
  static constexpr Places given(Places places) {
    return places;
  }
  template <class Places, class Out>
  static constexpr Out given(Places const& places, Out out) {
    return internal::flattened(places, std::move(out));
  }
};
inline constexpr by_group_with_missing_fn by_group_with_missing{};

struct by_group_fn {
  template <class Method, class Rewards, class... Rest>
  constexpr auto operator()(Method const& method, Rewards&& rewards, Rest&&... rest) const {
    if constexpr (!answers_are_sequences<Method> && (rewards_with_missing<Rewards> || groups_with_missing<Rewards>)) {
      return by_group_with_missing(method, rewards, std::forward<Rest>(rest)...);
    } else {
      return by_group_of_numbers(method, std::forward<Rewards>(rewards), std::forward<Rest>(rest)...);
    }
  }
};

}  // namespace detail

/// A call of a group method of so many columns: the columns of one group, of rows with their grouping, or one column
/// that is a range of groups; an iterator behind them says where to write.
template <class Method, std::size_t Columns, class... Arguments>
struct a_group_call : detail::group_call<Method, Columns, Arguments...> {};

/// Nothing behind the rewards, or one iterator to which their advantages are written.
template <class Rewards, class... Out>
struct perhaps_a_place_for_advantages : perhaps_an_output<advantage_t<Rewards>, Out...> {};

/// `by_group(method, arguments...)`: what a group method gives for the arguments of such a call.
inline constexpr detail::by_group_fn by_group{};

}  // namespace internal

}  // namespace bellman
