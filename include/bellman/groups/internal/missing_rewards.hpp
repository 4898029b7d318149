// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/place_in.hpp>
#include <bellman/internal/vector.hpp>

#include <cstddef>
#include <optional>
#include <ranges>
#include <span>
#include <type_traits>
#include <vector>

namespace bellman::internal {

/// Whether a reward is one that may be missing, a `std::optional`.
template <class Reward>
inline constexpr bool may_be_missing = false;
template <class X>
inline constexpr bool may_be_missing<std::optional<X>> = true;

/// A range of rewards some of which may be missing, or a range of such ranges.
template <class Rewards>
concept rewards_with_missing =
    std::ranges::forward_range<Rewards> && may_be_missing<std::remove_cvref_t<std::ranges::range_reference_t<Rewards>>>;
template <class Groups>
concept groups_with_missing =
    std::ranges::forward_range<Groups> && rewards_with_missing<std::ranges::range_reference_t<Groups>>;

/// The number that a reward is if it is there.
template <class Reward>
struct number_if_there {
  using type = Reward;
};
template <class X>
struct number_if_there<std::optional<X>> {
  using type = X;
};
template <class Reward>
using number_if_there_t = typename number_if_there<Reward>::type;

/// Rewards that may be missing are judged as those that are there.
template <class Rewards>
struct as_if_there {
  using type = Rewards;
};
template <rewards_with_missing Rewards>
struct as_if_there<Rewards> {
  using type = std::vector<number_if_there_t<std::remove_cvref_t<std::ranges::range_reference_t<Rewards>>>>&;
};
template <groups_with_missing Groups>
struct as_if_there<Groups> {
  using type =
      std::vector<std::remove_reference_t<typename as_if_there<std::ranges::range_reference_t<Groups>>::type>>&;
};
template <class Rewards>
using as_if_there_t = typename as_if_there<Rewards>::type;

/// Those elements of a column that stand beside a reward, with their places in the column.
template <class X>
class part_with_rewards {
 public:
  template <class Rewards, class Column, class ValueOf>
  constexpr part_with_rewards(Rewards& rewards, Column& column, ValueOf const& value_of) {
    auto next = std::ranges::begin(column);
    std::size_t i = 0;
    for (auto&& reward : rewards) {
      if (reward.has_value()) {
        values_.push_back(value_of(*next));
        places_.push_back(i);
      }
      ++next;
      ++i;
    }
  }

  constexpr auto begin() const { return values_.begin(); }
  constexpr auto end() const { return values_.end(); }
  constexpr std::span<std::size_t const> places() const { return places_; }

 private:
  internal::vector<X> values_{};
  internal::vector<std::size_t> places_{};
};

template <class X>
struct place_in<part_with_rewards<X>> {
  std::span<std::size_t const> places;

  constexpr explicit place_in(part_with_rewards<X> const& part) : places(part.places()) {}

  constexpr place operator()(std::size_t i) const { return {.number = places[i]}; }
};
/// `rewards_there(rewards)`, `column_there(rewards, column)`: those rewards that are there, and what stands beside
/// them.
template <rewards_with_missing Rewards>
constexpr auto rewards_there(Rewards& rewards) {
  using X = number_if_there_t<std::remove_cvref_t<std::ranges::range_reference_t<Rewards>>>;
  return part_with_rewards<X>(rewards, rewards, [](auto const& reward) { return *reward; });
}
template <rewards_with_missing Rewards, class Column>
constexpr auto column_there(Rewards& rewards, Column& column) {
  using X = std::ranges::range_value_t<Column>;
  return part_with_rewards<X>(rewards, column, [](auto const& x) { return static_cast<X>(x); });
}

/// All rewards as numbers: one that is missing is a zero, which nothing may read.
template <rewards_with_missing Rewards>
constexpr auto rewards_or_zeros(Rewards& rewards) {
  using X = number_if_there_t<std::remove_cvref_t<std::ranges::range_reference_t<Rewards>>>;
  internal::vector<X> all;
  for (auto&& reward : rewards) {
    if (reward.has_value()) {
      all.push_back(*reward);
    } else {
      all.push_back(X{});
    }
  }
  return all;
}

}  // namespace bellman::internal
