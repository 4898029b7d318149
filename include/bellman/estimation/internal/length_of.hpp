// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/layout/layout.hpp>
#include <bellman/layout/steps_of_sequences.hpp>

#include <cstddef>
#include <ranges>

namespace bellman::internal {

/// How many steps a range has an element for.
template <class Range>
constexpr std::size_t length_of(Range const& range) {
  if constexpr (requires { range.size(); }) {  // takes the compiler less time than std::ranges
    return static_cast<std::size_t>(range.size());
  } else {
    return static_cast<std::size_t>(std::ranges::distance(range));
  }
}

/// How many steps each of several sequences has, of which the rows stand one after the other.
template <is_time_major Rows>
constexpr steps_of_sequences length_of(Rows const& rows) {
  return rows.shape();
}

/// Of how many steps a recording is.
constexpr std::size_t steps_in(std::size_t n) { return n; }
constexpr std::size_t steps_in(steps_of_sequences const& n) { return n.steps; }

/// The most steps that a sequence has, of one or of several.
template <class Rewards>
constexpr std::size_t most_steps_in(Rewards const& rewards) {
  if constexpr (order_of_memory_of<Rewards> == order_of_memory::packed) {
    std::size_t most = 0;
    for (std::size_t i = 0; i < rewards.sequences(); ++i) {
      if (most < rewards.steps_of(i)) most = rewards.steps_of(i);
    }
    return most;
  } else if constexpr (layout<Rewards>) {
    return rewards.steps();
  } else {
    return internal::length_of(rewards);
  }
}

/// Where a range begins.
template <class Range>
constexpr auto first_of(Range const& range) {
  if constexpr (requires { range.begin(); }) {
    return range.begin();
  } else {
    return std::ranges::begin(range);
  }
}

}  // namespace bellman::internal
