// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <ranges>
#include <type_traits>

namespace bellman {

namespace refused {

struct these_are_neither_steps_nor_an_ending {};
struct a_value_after_a_step_is_read_where_truncated_says_so {};
struct flags_of_steps_are_random_access_ranges_of_what_is_compared_with_zero {};
struct values_after_steps_are_a_random_access_range_of_numbers {};
struct the_value_after_the_last_step_is_a_number_or_one_for_each_sequence {};

}  // namespace refused

namespace internal {

template <class T>
inline constexpr bool is_step = false;
template <class V>
inline constexpr bool is_step<step<V>> = true;
template <class T>
inline constexpr bool is_ending = false;
template <>
inline constexpr bool is_ending<terminated> = true;
template <class X>
inline constexpr bool is_ending<truncated<X>> = true;

template <class T>
inline constexpr bool is_recorded_steps = false;
template <class... Part>
inline constexpr bool is_recorded_steps<recorded_steps<Part...>> = true;

/// A flag of a step: a number, a truth value, an integer of any kind. A text could be made of 0, which is no address.
template <class Flag>
concept flag_of_a_step = number<Flag> || std::integral<Flag> || std::is_enum_v<Flag>;

/// Flags, which are compared with 0, or none.
template <class Range>
concept flags_or_nowhere = std::same_as<Range, nowhere> ||
    (std::ranges::random_access_range<Range const&> && flag_of_a_step<elements_of_t<Range const&>> && requires(
        std::ranges::range_reference_t<Range const&> flag) {
      { flag != std::ranges::range_value_t<Range const&>(0) } -> std::convertible_to<bool>;
    });

template <class AfterLast>
concept value_or_nowhere = std::same_as<AfterLast, nowhere> || std::same_as<AfterLast, terminated> ||
    number_or_vector<AfterLast>;

template <class Terminated, class Truncated, class ValueAfter, class Own, class AfterLast>
consteval auto judge_parts(recorded_steps<Terminated, Truncated, ValueAfter, Own, AfterLast> const*) {
  if constexpr (!flags_or_nowhere<Terminated> || !flags_or_nowhere<Truncated> || !flags_or_nowhere<Own>) {
    return refused::flags_of_steps_are_random_access_ranges_of_what_is_compared_with_zero{};
  } else if constexpr (!std::same_as<ValueAfter, nowhere> && !(std::ranges::random_access_range<ValueAfter const&> &&
                                                               elements_are_numbers_or_vectors<ValueAfter const&>)) {
    return refused::values_after_steps_are_a_random_access_range_of_numbers{};
  } else if constexpr (!std::same_as<Truncated, nowhere> && std::same_as<ValueAfter, nowhere>) {
    return refused::a_truncated_episode_needs_the_value_of_the_state_after_it{};
  } else if constexpr (std::same_as<Truncated, nowhere> && !std::same_as<ValueAfter, nowhere>) {
    return refused::a_value_after_a_step_is_read_where_truncated_says_so{};
  } else if constexpr (!value_or_nowhere<AfterLast>) {
    return refused::the_value_after_the_last_step_is_a_number_or_one_for_each_sequence{};
  } else {
    return accepted{};
  }
}

template <class Steps>
consteval auto judge_steps() {
  if constexpr (std::same_as<Steps, truncated<>>) {
    return refused::a_truncated_episode_needs_the_value_of_the_state_after_it{};
  } else if constexpr (is_ending<Steps> || is_step<Steps>) {
    return accepted{};
  } else if constexpr (is_recorded_steps<Steps>) {
    return internal::judge_parts(static_cast<Steps const*>(nullptr));
  } else if constexpr (!std::ranges::random_access_range<Steps const&>) {
    return refused::these_are_neither_steps_nor_an_ending{};
  } else if constexpr (!is_step<std::remove_cvref_t<std::ranges::range_reference_t<Steps const&>>>) {
    return refused::these_are_neither_steps_nor_an_ending{};
  } else {
    return accepted{};
  }
}

/// What says of each step what it is.
template <class Steps>
struct steps_or_an_ending {
  using type = decltype(internal::judge_steps<Steps>());
};

}  // namespace internal

/// Whether `Steps` says of each step what it is: the ending of one episode (`terminated{}`, `truncated{v}`, a `step`),
/// a range of `step`, or `recorded_steps`.
template <class Steps>
concept steps_or_ending = internal::accepts<internal::steps_or_an_ending<Steps>>;

}  // namespace bellman
