// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/before_last.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/from.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/internal/elementwise.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/recorded_steps.hpp>

#include <ranges>
#include <utility>

namespace bellman::conventions::gymnasium {

namespace detail {

struct same_step_fn {
  template <class Terminated, class Truncated, class FinalValues, class NextValues,
            class = typename internal::every<internal::a_placed_column_of_flags<internal::of_one_t<Terminated>>,
                                             internal::a_placed_column_of_flags<internal::of_one_t<Truncated>>,
                                             internal::a_placed_column<internal::of_one_t<FinalValues>>,
                                             internal::in_one_layout<Terminated, Truncated, FinalValues>,
                                             internal::a_value_behind<Terminated, NextValues>>::type::yes>
  constexpr auto operator()(Terminated&& is_terminated, Truncated&& is_truncated, FinalValues&& final_values,
                            NextValues&& next_values) const {
    common_length(is_terminated, is_truncated, final_values);
    return internal::recorded(in_place(std::forward<Terminated>(is_terminated)),
                              in_place(std::forward<Truncated>(is_truncated)),
                              in_place(std::forward<FinalValues>(final_values)), internal::nowhere{},
                              behind(std::forward<NextValues>(next_values)));
  }

 private:
  template <class NextValues>
  static constexpr auto behind(NextValues&& next_values) {
    if constexpr (std::ranges::range<NextValues>) {
      return in_place(std::forward<NextValues>(next_values));
    } else {
      return next_values;
    }
  }
};

struct is_not_set {
  template <class Flag>
  constexpr bool operator()(Flag const& flag) const {
    return flag == Flag(0);
  }
};

struct next_step_fn {
  template <class Resets, class Terminated, class Truncated, class AllValues,
            class = typename internal::every<internal::a_placed_column_of_flags<internal::of_one_t<Resets>>,
                                             internal::a_placed_column_of_flags<internal::of_one_t<Terminated>>,
                                             internal::a_placed_column_of_flags<internal::of_one_t<Truncated>>,
                                             internal::a_placed_column<internal::of_one_t<AllValues>>,
                                             internal::in_one_layout<Resets, Terminated, Truncated, AllValues>,
                                             internal::of_steps_in_common<AllValues>>::type::yes>
  constexpr auto operator()(Resets&& resets, Terminated&& is_terminated, Truncated&& is_truncated,
                            AllValues&& all_values) const {
    before_last(all_values, common_length(resets, is_terminated, is_truncated));
    auto const after_last = internal::last_of(all_values);
    return internal::recorded(
        in_place(std::forward<Terminated>(is_terminated)), in_place(std::forward<Truncated>(is_truncated)),
        from(std::forward<AllValues>(all_values), 1), internal::elementwise(is_not_set{}, resets), after_last);
  }
};

}  // namespace detail

/// `same_step(terminated, truncated, final_values, next_values)`: the steps of environments that are reset in the step
/// that ends an episode, `AutoresetMode.SAME_STEP`: the observation that such a step gives is the next episode's first,
/// and the episode's own last one stands in `info["final_obs"]`.
///
/// *Arguments*: the flags that the steps gave; `final_values[t]`, the value of the final observation of step t, of
/// which those are read at which an episode was truncated: elsewhere it may be anything; the value of the observation
/// after the recording, which counts where the last step continues. Of one environment columns and a number; of N
/// `time_major` arrays, or others in one layout, and a range of N. All outlive the result.
/// *Errors*: `invalid_value` for two lengths that differ; an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Source*: Gymnasium 1.1, `gymnasium.vector.AutoresetMode`.
/// *Use*:
///     [ends = std::array{0, 0}, cuts = std::array{1, 0}, final_values = std::array{4.0, 0.0}] {
///       return bellman::returns_to_go(std::array{1.0, 2.0},
///                                     bellman::conventions::gymnasium::same_step(ends, cuts, final_values, 8.0),
///                                     0.5) == std::array{3.0, 6.0};
///     }()
inline constexpr detail::same_step_fn same_step{};

/// `next_step(resets, terminated, truncated, all_values)`: the steps of environments that are reset in the step after
/// that which ends an episode, `AutoresetMode.NEXT_STEP`, which is the default: the observation of a step is always
/// that of the state in which its action arrived, and the step after an end is none of the policy's own: its action is
/// not looked at, its reward is 0. It is *skipped*.
///
/// *Arguments*: `resets[t]`, whether step t is such a step: whether step t - 1 ended an episode, of the first whether
/// the last step of the recording before did; the flags that the steps gave; the values of all T + 1 observations, of
/// which the first T are the values that an estimator reads: `all_values.first_steps(T)`. Of one environment columns,
/// of N `time_major` or `batch_major` arrays. All outlive the result.
/// *Errors*: `invalid_value` for lengths that do not fit; an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Laws*: the estimates are those of `same_step` where the resets were never recorded, 0 at the resets; what stands at
/// a reset is not read, but for its value, which is that of the final observation before.
/// *Source*: Gymnasium 1.1, `gymnasium.vector.AutoresetMode`.
/// *Use*:
///     [resets = std::array{0, 1, 0}, ends = std::array{0, 0, 0}, cuts = std::array{1, 0, 0},
///      values = std::array{0.0, 4.0, 0.0, 8.0}] {
///       return bellman::returns_to_go(std::array{1.0, 0.0, 2.0},
///                                     bellman::conventions::gymnasium::next_step(resets, ends, cuts, values),
///                                     0.5) == std::array{3.0, 0.0, 6.0};
///     }()
inline constexpr detail::next_step_fn next_step{};

}  // namespace bellman::conventions::gymnasium
