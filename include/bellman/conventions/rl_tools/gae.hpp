// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/before_last.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/from.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/internal/check_apart.hpp>
#include <bellman/conventions/internal/elementwise.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/scalar/register_width.hpp>

#include <utility>

namespace bellman::conventions::rl_tools {

namespace detail {

// Whether a step counts: not where a time limit ended its episode.
template <class Terminated, class Truncated>
constexpr bool counts(Terminated const& is_terminated, Truncated const& is_truncated) {
  return is_terminated != Terminated(0) || is_truncated == Truncated(0);
}
struct that_counts {
  template <class Terminated, class Truncated>
  constexpr bool operator()(Terminated const& is_terminated, Truncated const& is_truncated) const {
    return detail::counts(is_terminated, is_truncated);
  }
};
struct that_ends {
  template <class Terminated, class Truncated>
  constexpr bool operator()(Terminated const& is_terminated, Truncated const& is_truncated) const {
    return is_terminated != Terminated(0) || is_truncated != Truncated(0);
  }
};
// What is said where a step counts, else the value of its state.
struct or_its_value {
  template <class Terminated, class Truncated, class X, class V>
  constexpr X operator()(Terminated const& is_terminated, Truncated const& is_truncated, X const& x,
                         V const& value) const {
    if (detail::counts(is_terminated, is_truncated)) return x;
    return static_cast<X>(value);
  }
};

template <bool IgnoringTermination>
struct steps_fn {
  template <class AllValues, class Terminated, class Truncated,
            class = typename internal::every<internal::a_placed_column<internal::of_one_t<AllValues>>,
                                             internal::a_placed_column_of_flags<internal::of_one_t<Terminated>>,
                                             internal::a_placed_column_of_flags<internal::of_one_t<Truncated>>,
                                             internal::in_one_layout<AllValues, Terminated, Truncated>,
                                             internal::of_steps_in_common<AllValues>>::type::yes>
  constexpr auto operator()(AllValues&& all_values, Terminated&& is_terminated, Truncated&& is_truncated) const {
    auto const values = before_last(all_values, common_length(is_terminated, is_truncated));
    auto const own = internal::elementwise(that_counts{}, is_terminated, is_truncated);
    auto const after_last = internal::last_of(all_values);
    if constexpr (IgnoringTermination) {
      auto const cuts = internal::elementwise(that_ends{}, is_terminated, is_truncated);
      auto const after =
          internal::elementwise(or_its_value{}, is_terminated, is_truncated, from(all_values, 1), values);
      return internal::recorded(internal::nowhere{}, cuts, after, own, after_last);
    } else {
      return internal::recorded(in_place(std::forward<Terminated>(is_terminated)),
                                in_place(std::forward<Truncated>(is_truncated)), values, own, after_last);
    }
  }
};

// What `bellman::gae` asks of such steps.
template <bool IgnoringTermination, class Rewards, class AllValues, class Terminated, class Truncated, class Parameters,
          class... Out>
struct gae_of_steps : internal::estimated_by<decltype(bellman::gae), internal::given<Rewards, AllValues>,
                                             decltype(steps_fn<IgnoringTermination>{}(
                                                 std::declval<AllValues const&>(), std::declval<Terminated const&>(),
                                                 std::declval<Truncated const&>())),
                                             Parameters, Out...> {};

template <bool IgnoringTermination, class Machine>
struct gae_fn {
  template <
      class Rewards, class AllValues, class Terminated, class Truncated, class Parameters, class... Out,
      class = typename internal::every<
          internal::a_column_of_values<internal::of_one_t<Rewards>>,
          internal::a_column_of_values<internal::of_one_t<AllValues>>,
          internal::a_column_of_flags<internal::of_one_t<Terminated>>,
          internal::a_column_of_flags<internal::of_one_t<Truncated>>,
          internal::in_one_layout<Rewards, AllValues, Terminated, Truncated>, internal::of_steps_in_common<Rewards>,
          internal::columns_of_one_type<internal::of_one_t<Rewards>, internal::of_one_t<AllValues>>,
          internal::trace_parameters_of_columns<Parameters, Rewards, AllValues>,
          gae_of_steps<IgnoringTermination, Rewards, AllValues, Terminated, Truncated, Parameters, Out...>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, AllValues const& all_values, Terminated const& is_terminated,
                            Truncated const& is_truncated, Parameters const& p, Out... out) const {
    auto const values = before_last(all_values, common_length(rewards, is_terminated, is_truncated));
    (internal::check_apart("the values", out, values), ...);
    auto estimates = bellman::gae(rewards, values,
                                  steps_fn<IgnoringTermination>{}(all_values, is_terminated, is_truncated), p, out...);
    auto const targets = internal::written(rewards, estimates.returns);
    internal::assign(targets, internal::elementwise(or_its_value{}, is_terminated, is_truncated, targets, values));
    return estimates;
  }
};

}  // namespace detail

/// `steps(all_values, terminated, truncated)`: the steps of one environment, or of N in flat arrays,
/// `time_major(all_values, N)`, of which there is one more value of each. A step at which a time limit ended the
/// episode is *skipped*, and *truncated* with the value of the state before it: the episode ends one step earlier, as
/// there is no value of the state after it.
///
/// *Arguments*: ranges that outlive the result, or `time_major` or `batch_major` arrays; `terminated` implies
/// `truncated`.
/// *Errors*: `invalid_value` for two lengths that differ; an array that is a temporary does not compile.
/// *Use*:
///     [v = std::array{0.5, 1.0, 0.0}, ends = std::array{0, 0}, cuts = std::array{0, 1}] {
///       return bellman::returns_to_go(std::array{1.0, 9.0}, bellman::conventions::rl_tools::steps(v, ends, cuts),
///       0.5) ==
///              std::array{1.5, 0.0};
///     }()
inline constexpr detail::steps_fn<false> steps{};

/// `gae(rewards, all_values, terminated, truncated, trace_parameters{.gamma = g, .lambda = l})`: the advantages and
/// `target_values` of one environment, or of N. At a time limit the advantage is 0 and the target V(S).
///
/// *Arguments*: the columns of one environment, or the flat arrays of all, `time_major(rewards, N)`; one value more
/// than there are steps. Where the arrays are columns of one matrix of as many rows, such a column is
/// `time_major(matrix, columns).sequence(k)`. Outputs as those of `bellman::gae`, which must lie apart from the values.
/// *Errors*: `invalid_value` for two lengths that differ, and where an output of several overlaps the values.
/// *Source*: rl_tools, `estimate_generalized_advantages`.
/// *Use*:
///     bellman::conventions::rl_tools::gae(std::array{1.0, 9.0}, std::array{0.5, 1.0, 7.0}, std::array{0, 0},
///                                         std::array{0, 1},
///                                         bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages ==
///         std::array{1.0, 0.0}
inline constexpr detail::gae_fn<false, internal::this_machine> gae{};

/// `steps_ignoring_termination(all_values, terminated, truncated)`: `steps` with `IGNORE_TERMINATION`: a terminated
/// step is truncated with the value of the next observation, which is that of the next episode's first.
///
/// *Arguments*: as those of `steps`.
/// *Errors*: as those of `steps`.
/// *Use*:
///     [v = std::array{0.5, 4.0}, ended = std::array{1}] {
///       return bellman::returns_to_go(std::array{1.0},
///                                     bellman::conventions::rl_tools::steps_ignoring_termination(v, ended, ended),
///                                     0.5) == std::array{3.0};
///     }()
inline constexpr detail::steps_fn<true> steps_ignoring_termination{};

/// `gae_ignoring_termination(rewards, all_values, terminated, truncated, trace_parameters{.gamma = g, .lambda = l})`:
/// `gae` with `IGNORE_TERMINATION`.
///
/// *Arguments*: as those of `gae`.
/// *Errors*: as those of `gae`.
/// *Use*:
///     bellman::conventions::rl_tools::gae_ignoring_termination(std::array{1.0}, std::array{0.5, 4.0}, std::array{1},
///                                                              std::array{1}, bellman::trace_parameters{
///                                                                  .gamma = 0.5, .lambda = 0.5}).advantages ==
///         std::array{2.5}
inline constexpr detail::gae_fn<true, internal::this_machine> gae_ignoring_termination{};

}  // namespace bellman::conventions::rl_tools
