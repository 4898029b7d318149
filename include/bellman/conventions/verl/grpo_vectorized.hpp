// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/verl/outcome.hpp>
#include <bellman/groups/internal/by_group.hpp>
#include <bellman/groups/internal/places.hpp>
#include <bellman/groups/scale.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/square_root.hpp>

#include <concepts>
#include <cstddef>
#include <utility>

namespace bellman::conventions::verl {

/// `float_statistics{mean, deviation}`: what `float_statistics_of` gives.
struct float_statistics {
  float mean;
  float deviation;
};

namespace detail {

struct float_statistics_of_fn {
  template <class Scores, class = typename internal::every<internal::a_forward_range_of_numbers<Scores>,
                                                           internal::an_element_that_makes<float, Scores>>::type::yes>
  constexpr float_statistics operator()(Scores&& scores, double epsilon) const {
    std::size_t count = 0;
    float total = 0;
    float squares = 0;
    for (auto const& score : scores) {
      float const x = static_cast<float>(score);
      total += x;
      squares += x * x;
      ++count;
    }
    if (count < 2) return {0, 1};
    float const n = static_cast<float>(count);
    float const variance = (squares - total * total / n) / (n - 1);
    float const least = static_cast<float>(epsilon);
    return {total / n, bellman::sqrt(variance < least ? least : variance)};
  }
};

}  // namespace detail

/// `float_statistics_of(scores, epsilon)`: the statistics of `grpo_vectorized`, sums of scores and of their squares in
/// floats, one after another, whose difference loses what the squares have in common; the variance is no less than
/// epsilon. Of a group of one 0 and 1.
///
/// *Use*:
///     bellman::conventions::verl::float_statistics_of(std::array{1.0, 3.0}, 4.0).deviation == 2.0f
inline constexpr detail::float_statistics_of_fn float_statistics_of{};

/// `vectorized<Scale>{epsilon}`: `grpo_vectorized` as a group method of scores, for `outcome`.
///
/// *Arguments*: the scale is `standard_deviation` or `unscaled`. `epsilon` bounds the variance from below, and is added
/// to the deviation. Forms as in `group_advantages`.
/// *Errors*: `invalid_value` for another number of scores than rows.
/// *Use*:
///     bellman::conventions::verl::vectorized<bellman::unscaled>{}(std::array{1.0, 3.0}) == std::array{-1.0, 1.0}
template <class Scale>
struct vectorized {
  double epsilon = 1e-6;

  template <class... Arguments, class = typename internal::a_group_call<vectorized, 1, Arguments...>::type::yes>
  constexpr auto operator()(Arguments&&... arguments) const {
    return internal::by_group(*this, std::forward<Arguments>(arguments)...);
  }

  template <class Scores>
  constexpr auto of_group(Scores&& scores) const {
    using R = internal::advantage_t<Scores>;
    float_statistics const s = float_statistics_of(scores, epsilon);
    R const mean = static_cast<R>(s.mean);
    R width(1);
    if constexpr (!std::same_as<Scale, unscaled>) width = static_cast<R>(s.deviation + static_cast<float>(epsilon));
    return [mean, width](auto const& score) { return quotient(difference(static_cast<R>(score), mean), width); };
  }
};

/// `grpo_vectorized_advantages(token_rewards, masks, ids)`: `(score - mean) / (deviation + 1e-6)` with those
/// statistics. `compute_grpo_vectorized_outcome_advantage` with `norm_adv_by_std_in_grpo`.
///
/// *Arguments*: forms as in `outcome`.
/// *Errors*: those of `outcome`.
/// *Use*:
///     bellman::conventions::verl::grpo_vectorized_advantages(
///         std::vector<std::vector<double>>{{0, 1}, {1, 0}}, std::array{std::array{1, 1}, std::array{1, 0}},
///         std::array{7, 7}) == std::vector<std::vector<double>>{{0, 0}, {0, 0}}
inline constexpr outcome<vectorized<standard_deviation>> grpo_vectorized_advantages{};

/// `dr_grpo_vectorized_advantages(token_rewards, masks, ids)`: the same without `norm_adv_by_std_in_grpo`.
///
/// *Arguments*: forms as in `outcome`.
/// *Errors*: those of `outcome`.
/// *Use*:
///     bellman::conventions::verl::dr_grpo_vectorized_advantages(
///         std::vector<std::vector<double>>{{0, 1}, {3, 0}}, std::array{std::array{1, 1}, std::array{1, 0}},
///         std::array{7, 7}) == std::vector<std::vector<double>>{{-1, -1}, {1, 0}}
inline constexpr outcome<vectorized<unscaled>> dr_grpo_vectorized_advantages{};

}  // namespace bellman::conventions::verl
