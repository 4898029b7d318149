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

/// `weighted_group_advantages{baseline, scale}`: `(reward - baseline) / scale`, as `group_advantages`, with statistics
/// in which every answer counts as often as its weight says, such as its number of tokens.
///
/// In a group without any weight the mean is 0.
///
/// *Arguments*: `method(rewards, weights)`, `method(rewards, weights, grouping)`, each also with a last argument `out`.
/// *Errors*: those of `group_advantages`, and `invalid_value` for a negative weight.
/// *Cost*: O(n), two passes over a group.
/// *Use*:
///     bellman::weighted_group_advantages{bellman::group_mean{}}(std::array{1.0, 5.0}, std::array{3, 1}) ==
///         std::array{-1.0, 3.0}
template <class Baseline, class Scale = unscaled>
struct weighted_group_advantages {
  using verdict_on_parts = internal::a_baseline_and_a_scale_before_rewards<Baseline, Scale>;

  [[no_unique_address]] Baseline baseline{};
  [[no_unique_address]] Scale scale{};

  constexpr weighted_group_advantages() = default;
  constexpr explicit weighted_group_advantages(Baseline its_baseline) requires internal::accepts<verdict_on_parts>
      : baseline(std::move(its_baseline)) {}
  constexpr weighted_group_advantages(Baseline its_baseline,
                                      Scale its_scale) requires internal::accepts<verdict_on_parts>
      : baseline(std::move(its_baseline)), scale(std::move(its_scale)) {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_parts::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit weighted_group_advantages(X...) = delete;

  template <class... Arguments,
            class = typename internal::a_group_call<weighted_group_advantages, 2, Arguments...>::type::yes>
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
weighted_group_advantages(Baseline, Scale) -> weighted_group_advantages<Baseline, Scale>;
template <class Baseline>
weighted_group_advantages(Baseline) -> weighted_group_advantages<Baseline>;

}  // namespace bellman
