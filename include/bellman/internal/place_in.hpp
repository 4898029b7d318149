// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman::internal {

/// Where a number stands in what the caller gave, for messages: its number there and, where groups are told apart, that
/// of its group.
struct place {
  static constexpr std::size_t no_group = static_cast<std::size_t>(-1);

  std::size_t number = 0;
  std::size_t group = no_group;

  /// "in group 3, ", or nothing.
  std::string in_group() const { return group == no_group ? "" : "in group " + std::to_string(group) + ", "; }
  /// "in group 3, value 7"
  std::string of(char const* what) const { return in_group() + what + " " + std::to_string(number); }
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
