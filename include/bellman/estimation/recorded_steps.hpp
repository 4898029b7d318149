// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman {

/// `recorded_steps{.terminated = ends, .truncated = cuts, .value_after = values_there, .own = mask}`: flags and masks
/// of a recording as steps, without a copy: each a range with one element a step, read where it stands.
///
/// A step is *skipped* where `own`, the mask of the policy's own steps, is 0, *terminated* where `terminated` is not 0,
/// else *truncated* with the value in `value_after` where `truncated` is not 0, else it *continues*. A step that is
/// both skipped and ended is passed through by what comes after the end.
///
/// *Arguments*: each may be left out, and is compared with 0. They are views, or lvalues given as such
/// (`std::views::all(flags)`, a `std::span`): they are copied into this. Those of several sequences are laid out as
/// their rewards: `time_major(ends, N)`. `.value_after_last = v` is the value of the state after the last step, which
/// counts where that step continues: one number or, of several sequences, a range with one for each; `terminated{}` is
/// as good as 0. Without it the last step must end. With it, `terminated`, `truncated` and `value_after` may lack their
/// last element, all of them, and the last step continues: that it ended, as a flag kept elsewhere may say, is 0 here.
/// *Errors*: `truncated` without `value_after`, and `value_after` without `truncated`, no estimator takes. Lengths are
/// checked where steps are read.
/// *Cost*: none; no element is read here.
/// *Use*:
///     [] {
///       std::array const ends{0, 1, 1};
///       bellman::recorded_steps const steps{.terminated = std::span(ends)};
///       return bellman::returns_to_go(std::array{1.0, 2.0, 3.0}, steps, 0.5) == std::array{2.0, 2.0, 3.0};
///     }()
template <class Terminated = internal::nowhere, class Truncated = internal::nowhere,
          class ValueAfter = internal::nowhere, class Own = internal::nowhere, class AfterLast = internal::nowhere>
struct recorded_steps {
  [[no_unique_address]] Terminated terminated{};
  [[no_unique_address]] Truncated truncated{};
  [[no_unique_address]] ValueAfter value_after{};
  [[no_unique_address]] Own own{};
  [[no_unique_address]] AfterLast value_after_last{};
};

namespace internal {

/// A range of values, one for each of several sequences. A vector is one value.
template <class T>
concept one_for_each_sequence = std::ranges::random_access_range<T const&> && !number_or_vector<T>;

/// What comes after the last step of sequence i.
template <class AfterLast>
constexpr auto after_sequence(AfterLast const& after_last, std::size_t i) {
  if constexpr (one_for_each_sequence<AfterLast>) {
    return std::ranges::range_value_t<AfterLast const&>(internal::element_at(after_last, i));
  } else {
    return after_last;
  }
}
template <class AfterLast>
using after_one_t = decltype(internal::after_sequence(std::declval<AfterLast const&>(), std::size_t{}));

/// The same with all parts, for what is compiled by clang 16 too, which deduces no types of an aggregate.
template <class Terminated, class Truncated, class ValueAfter, class Own, class AfterLast>
constexpr recorded_steps<Terminated, Truncated, ValueAfter, Own, AfterLast> recorded(Terminated terminated,
                                                                                     Truncated truncated,
                                                                                     ValueAfter value_after, Own own,
                                                                                     AfterLast after_last) {
  return {std::move(terminated), std::move(truncated), std::move(value_after), std::move(own), std::move(after_last)};
}

/// One of several sequences: what belongs to it of each part.
template <class Terminated, class Truncated, class ValueAfter, class Own, class AfterLast>
constexpr auto sequence_of(recorded_steps<Terminated, Truncated, ValueAfter, Own, AfterLast> const& steps,
                           std::size_t i) {
  return internal::recorded(internal::sequence_of(steps.terminated, i), internal::sequence_of(steps.truncated, i),
                            internal::sequence_of(steps.value_after, i), internal::sequence_of(steps.own, i),
                            internal::after_sequence(steps.value_after_last, i));
}
template <class Terminated, class Truncated, class ValueAfter, class Own, class AfterLast>
struct one_sequence<recorded_steps<Terminated, Truncated, ValueAfter, Own, AfterLast>> {
  using type = recorded_steps<one_sequence_t<Terminated>, one_sequence_t<Truncated>, one_sequence_t<ValueAfter>,
                              one_sequence_t<Own>, after_one_t<AfterLast>>;
};

}  // namespace internal

}  // namespace bellman
