// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/internal/nowhere.hpp>

#include <concepts>

namespace bellman {

/// `recorded_steps{.terminated = ends, .truncated = cuts, .value_after = values_there, .own = mask}`: flags and masks
/// of a recording as steps, without a copy: each a range with one element a step, read where it stands.
///
/// A step is *skipped* where `own`, the mask of the policy's own steps, is 0, *terminated* where `terminated` is not 0,
/// else *truncated* with the value in `value_after` where `truncated` is not 0, else it *continues*. A step that is
/// both skipped and ended is passed through by what comes after the end.
///
/// *Arguments*: each may be left out, and is compared with 0. They are views, or lvalues given as such
/// (`std::views::all(flags)`, a `std::span`): they are copied into this. With `.last = terminated{}` or `truncated{v}`
/// or a `step`, the last step is that, and of `terminated`, `truncated` and `value_after` the last element is neither
/// read nor needed.
/// *Errors*: `truncated` without `value_after`, and `value_after` without `truncated`, do not compile. Lengths are
/// checked where steps are read.
/// *Cost*: none; no element is read here.
/// *Use*:
///     [] {
///       std::array const ends{0, 1, 1};
///       bellman::recorded_steps const steps{.terminated = std::span(ends)};
///       return bellman::returns_to_go(std::array{1.0, 2.0, 3.0}, steps, 0.5) == std::array{2.0, 2.0, 3.0};
///     }()
template <class Terminated = internal::nowhere, class Truncated = internal::nowhere,
          class ValueAfter = internal::nowhere, class Own = internal::nowhere, class Last = internal::nowhere>
struct recorded_steps {
  [[no_unique_address]] Terminated terminated{};
  [[no_unique_address]] Truncated truncated{};
  [[no_unique_address]] ValueAfter value_after{};
  [[no_unique_address]] Own own{};
  [[no_unique_address]] Last last{};

  static_assert(std::same_as<Truncated, internal::nowhere> || !std::same_as<ValueAfter, internal::nowhere>,
                "bellman: a truncated episode needs the value of the state after it: .value_after");
  static_assert(std::same_as<ValueAfter, internal::nowhere> || !std::same_as<Truncated, internal::nowhere>,
                "bellman: .value_after is read where an episode was cut off, which only .truncated says");
};

template <class Terminated, class Truncated, class ValueAfter, class Own, class Last>
recorded_steps(Terminated, Truncated, ValueAfter, Own, Last)
    -> recorded_steps<Terminated, Truncated, ValueAfter, Own, Last>;

}  // namespace bellman
