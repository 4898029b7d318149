// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman::internal {

/// Where a number stands in what the caller gave, for messages: its number there and, where these are told apart, those
/// of its sequence and of its group.
struct place {
  static constexpr std::size_t none = static_cast<std::size_t>(-1);

  std::size_t number = 0;
  std::size_t group = none;
  std::size_t sequence = none;

  /// The same in a group, unless it is known whose it is.
  constexpr place of_group(std::size_t its_group) const {
    place there = *this;
    if (group == none && sequence == none) there.group = its_group;
    return there;
  }
  /// That of a step of the sequence that stands here.
  constexpr place of_step(std::size_t step) const { return {.number = step, .group = group, .sequence = number}; }

  /// "in group 3, sequence 5, value 7", or as much of it as is known
  std::string of(char const* what) const {
    std::string text;
    if (group != none) text += "in group " + std::to_string(group) + ", ";
    if (sequence != none) text += "sequence " + std::to_string(sequence) + ", ";
    return text + what + " " + std::to_string(number);
  }
};

/// `place_in(range)(i)`: the place of element i of a range: i, but of a part of some rows the row. It keeps nothing of
/// the range's elements.
template <class Range>
struct place_in {
  constexpr place_in() = default;
  constexpr explicit place_in(Range const&) {}

  constexpr place operator()(std::size_t i) const { return {.number = i}; }
};

template <class Range>
struct place_in<std::ranges::ref_view<Range>> : place_in<std::remove_const_t<Range>> {
  constexpr explicit place_in(std::ranges::ref_view<Range> const& of)
      : place_in<std::remove_const_t<Range>>(of.base()) {}
};

}  // namespace bellman::internal
