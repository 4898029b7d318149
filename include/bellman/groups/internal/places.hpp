// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/answers_are_sequences.hpp>
#include <bellman/groups/internal/missing_rewards.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>
#include <ranges>
#include <utility>
#include <vector>

/// Where the advantages of a group are written: one after another, or into places of the shape of its rewards.
namespace bellman::internal {

/// The numbers at the bottom of ranges of ranges.
template <class Answer>
struct bottom_number {
  using type = Answer;
};
template <std::ranges::range Sequence>
requires(!may_be_missing<Sequence>) struct bottom_number<Sequence>
    : bottom_number<std::ranges::range_value_t<Sequence>> {
};
template <class Answer>
using bottom_number_t = typename bottom_number<Answer>::type;

namespace detail {

template <class A, class OfAnswer, class Sequence, class Out>
constexpr Out write_tokens(OfAnswer& of_answer, Sequence&& sequence, Out out) {
  std::size_t t = 0;
  for (std::ranges::range_value_t<Sequence> const& x : sequence) {
    *out = internal::as_stored<Out>(static_cast<A>(of_answer(x, t)));
    ++out;
    ++t;
  }
  return out;
}

}  // namespace detail

/// The type of the advantages: the rewards' own, but `double` for integers.
template <class Rewards>
using advantage_t = number_t<number_if_there_t<bottom_number_t<std::ranges::range_value_t<Rewards>>>>;

/// What a group method has for a group of answers: called with a reward, or with a token's and its position. A number
/// that is read through a proxy, as those of a `std::vector<bool>`, is the number.
template <class OfAnswer, class Method, class Rewards>
concept function_of_answers = requires(OfAnswer& of_answer, std::ranges::range_value_t<Rewards> const& reward) {
  requires !answers_are_sequences<Method>;
  static_cast<advantage_t<Rewards>>(of_answer(reward));
}
|| requires(OfAnswer& of_answer, std::ranges::range_reference_t<Rewards> sequence) {
  requires answers_are_sequences<Method>;
  static_cast<advantage_t<Rewards>>(
      of_answer(std::declval<std::ranges::range_value_t<decltype(sequence)> const&>(), std::size_t{}));
};

/// Zeros of the shape of a group's rewards: a `std::array` for a `std::array` of numbers.
template <class Method, class Rewards>
constexpr auto places_for(Rewards&& rewards) {
  using A = advantage_t<Rewards>;
  if constexpr (answers_are_sequences<Method>) {
    std::vector<std::vector<A>> all;
    for (auto&& sequence : rewards) {
      all.emplace_back(static_cast<std::size_t>(std::ranges::distance(sequence)), A{});
    }
    return all;
  } else {
    return internal::one_for_each<A>(rewards);
  }
}

/// Zeros for rows, in a `std::vector`.
template <class Method, class Rewards>
constexpr auto places_for_rows(Rewards& rewards) {
  using A = advantage_t<Rewards>;
  if constexpr (answers_are_sequences<Method>) {
    return internal::places_for<Method>(rewards);
  } else {
    return std::vector<A>(static_cast<std::size_t>(std::ranges::distance(rewards)), A{});
  }
}

/// `written<Method>(of_answer, rewards, out)`: writes the advantages of one group, their numbers one after another, and
/// gives the end.
template <class Method, class OfAnswer, class Rewards, class Out>
constexpr Out written(OfAnswer of_answer, Rewards& rewards, Out out) {
  using A = advantage_t<Rewards>;
  if constexpr (answers_are_sequences<Method>) {
    for (auto&& sequence : rewards) out = detail::write_tokens<A>(of_answer, sequence, std::move(out));
  } else {
    for (std::ranges::range_value_t<Rewards> const& reward : rewards) {
      *out = internal::as_stored<Out>(static_cast<A>(of_answer(reward)));
      ++out;
    }
  }
  return out;
}

/// `fill<Method>(of_answer, rewards, places)`: writes them into places of their shape.
template <class Method, class OfAnswer, class Rewards, class Places>
constexpr void fill(OfAnswer of_answer, Rewards& rewards, Places&& places) {
  auto place = std::ranges::begin(places);
  if constexpr (answers_are_sequences<Method>) {
    for (auto&& sequence : rewards) {
      detail::write_tokens<advantage_t<Rewards>>(of_answer, sequence, std::ranges::begin(*place));
      ++place;
    }
  } else {
    internal::written<Method>(std::move(of_answer), rewards, std::move(place));
  }
}

/// `written<Method>(of_answer, rewards)`: the advantages of one group in a container of their shape.
template <class Method, class OfAnswer, class Rewards>
constexpr auto written(OfAnswer of_answer, Rewards& rewards) {
  auto places = internal::places_for<Method>(rewards);
  internal::fill<Method>(std::move(of_answer), rewards, places);
  return places;
}

/// Writes the numbers in places of rows, one after another.
template <class Places, class Out>
constexpr Out flattened(Places const& places, Out out) {
  for (auto const& x : places) {
    if constexpr (std::ranges::range<decltype(x)>) {
      out = internal::flattened(x, std::move(out));
    } else {
      *out = internal::as_stored<Out>(x);
      ++out;
    }
  }
  return out;
}

}  // namespace bellman::internal
