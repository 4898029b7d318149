// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/internal/baseline_and_scale.hpp>
#include <bellman/groups/internal/by_group.hpp>
#include <bellman/groups/scale.hpp>
#include <bellman/internal/verdict.hpp>

#include <concepts>
#include <utility>

namespace bellman {

/// `group_advantages{baseline, scale}`: for every answer of a group
///
///     advantage = (reward - baseline) / scale
///
/// where the baseline and the scale are types, so that every method of this kind is one line.
///
///  - `method(rewards)`: one group. A `std::array` gives a `std::array`, other ranges a `std::vector`.
///  - `method(groups)`: a range of groups, each of its own size, gives a vector of such results.
///  - `method(rewards, grouping)`: rows of several groups in any order give a vector in the order of the rows; a row
///    that belongs to no group gets 0.
///
/// Where the baseline is an average of the group, equal rewards get exactly 0 in any precision, whatever the scale: an
/// answer that is no better than its baseline has advantage 0 even where the scale is 0. So does a group of one, unless
/// `unless_alone` says otherwise. An empty group gives nothing.
///
/// Rewards may be `std::optional`: an answer without one is no part of its group, as if its row belonged to none, and
/// gets 0.
///
/// *Arguments*: a `baseline_for` and a `scale_for` the rewards' numbers. A last argument `out` of a call writes the
/// advantages in the order of the rewards, and returns its end. Integers give `double`, other rewards their own type;
/// floats are computed with as `double` and rounded once.
/// *Errors*: `invalid_value` for a reward that is NaN or infinite, for a scale of 0 or infinity that something would be
/// divided by, for an advantage that is too large to be a number, and for lengths that differ.
/// *Cost*: O(n), two passes over a group.
/// *Laws*: adding a constant to the rewards changes nothing unless the baseline is given or none; where the scale is
/// the standard deviation, nor does a positive factor. tests/laws/group_laws.cpp.
/// *Use*:
///     bellman::group_advantages{bellman::group_mean{}, bellman::sample_variance{}}(std::array{1.0, 3.0}) ==
///         std::array{-0.5, 0.5}
template <class Baseline, class Scale = unscaled>
struct group_advantages {
  using verdict_on_parts = internal::a_baseline_and_a_scale_before_rewards<Baseline, Scale>;

  [[no_unique_address]] Baseline baseline{};
  [[no_unique_address]] Scale scale{};

  constexpr group_advantages() = default;
  constexpr explicit group_advantages(Baseline its_baseline) requires internal::accepts<verdict_on_parts>
      : baseline(std::move(its_baseline)) {}
  constexpr group_advantages(Baseline its_baseline, Scale its_scale) requires internal::accepts<verdict_on_parts>
      : baseline(std::move(its_baseline)), scale(std::move(its_scale)) {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_parts::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit group_advantages(X...) = delete;

  template <class... Arguments, class = typename internal::a_group_call<group_advantages, 1, Arguments...>::type::yes>
  constexpr auto operator()(Arguments&&... arguments) const {
    return internal::by_group(*this, std::forward<Arguments>(arguments)...);
  }

  template <class Groups>
  using needs = internal::a_baseline_and_a_scale<Baseline, Scale, Groups>;
  template <class Groups>
  constexpr auto of_batch(Groups const& groups) const {
    return internal::baseline_and_scale(baseline, scale, groups);
  }
};
template <class Baseline, class Scale>
group_advantages(Baseline, Scale) -> group_advantages<Baseline, Scale>;
template <class Baseline>
group_advantages(Baseline) -> group_advantages<Baseline>;

}  // namespace bellman
