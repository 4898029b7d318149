// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/internal/whose_statistics.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

/// What the differences between rewards and their baselines are divided by.
///
/// Minimal definition: a `spread_of<V, W>`, or `over_batch` or `of_the_others` of one.
///
/// Axioms: those of a spread. A scale may be 0 where no reward differs from its baseline: `0 / 0` is then 0.
///
/// It is a spread and no concept of its own, so that whatever takes a standard deviation scales advantages too. Whose
/// spread it is, `over_batch` and `of_the_others` say: one number for all answers of a group, but of the others one for
/// each answer.
///
/// Models: `unscaled`, all spreads, `unless_alone`, `over_batch` and `of_the_others` of these.
template <class S, class V, class W = std::size_t>
concept scale_for = spread_of<std::remove_cvref_t<decltype(internal::function_of(std::declval<S const&>()))>, V, W>;

/// `unscaled{}(s) = 1`: a scale that leaves what it divides as it is.
///
/// *Use*:
///     bellman::group_advantages{bellman::group_mean{}, bellman::unscaled{}}(std::array{1.0, 3.0}) ==
///         std::array{-1.0, 1.0}
struct unscaled {
  template <class V, class W>
  constexpr V operator()(statistics<V, W> const&) const {
    return V(1);
  }
};

}  // namespace bellman
