// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/before_last.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/register_width.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman::conventions::rl_tools {

namespace detail {

// Whether a step counts: not where a time limit ended its episode.
template <class Terminated, class Truncated>
constexpr bool counts(Terminated const& is_terminated, Truncated const& is_truncated, std::size_t t) {
  return flag_at(is_terminated, t) || !flag_at(is_truncated, t);
}

template <bool IgnoringTermination>
struct steps_fn {
  template <class AllValues, class Terminated, class Truncated,
            class = typename internal::every<internal::a_placed_column<AllValues>,
                                             internal::a_placed_column_of_flags<Terminated>,
                                             internal::a_placed_column_of_flags<Truncated>>::type::yes>
  constexpr auto operator()(AllValues&& all_values, Terminated&& is_terminated, Truncated&& is_truncated) const {
    std::size_t const n = before_last(all_values, common_length(is_terminated, is_truncated)).size();
    auto const ends = in_place(std::forward<Terminated>(is_terminated));
    auto const cuts = in_place(std::forward<Truncated>(is_truncated));
    auto const own = [ends, cuts](std::size_t t) { return detail::counts(ends, cuts, t); };
    auto const after = [v = in_place(std::forward<AllValues>(all_values)), own](std::size_t t) {
      return number_at(v, own(t) ? t + 1 : t);
    };
    using V = number_t<decltype(after(0))>;
    V const after_last = n == 0 ? scalar_traits<V>::zero() : V(after(n - 1));
    if constexpr (IgnoringTermination) {
      auto const cut = [ends, cuts](std::size_t t) { return flag_at(ends, t) || flag_at(cuts, t); };
      return internal::recorded(internal::nowhere{}, computed(n, cut), computed(n, after), computed(n, own),
                                after_last);
    } else {
      return internal::recorded(ends, cuts, computed(n, after), computed(n, own), after_last);
    }
  }
};

template <bool IgnoringTermination, class Machine>
struct gae_fn {
  template <class Rewards, class AllValues, class Terminated, class Truncated, class Parameters,
            class = typename internal::every<
                internal::a_column_of_values<Rewards>, internal::a_column_of_values<AllValues>,
                internal::a_column_of_flags<Terminated>, internal::a_column_of_flags<Truncated>,
                internal::columns_of_one_type<Rewards, AllValues>,
                internal::trace_parameters_of_columns<Parameters, Rewards, AllValues>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, AllValues const& all_values, Terminated const& is_terminated,
                            Truncated const& is_truncated, Parameters const& p) const {
    std::size_t const n = common_length(rewards, is_terminated, is_truncated);
    auto estimates = bellman::gae(rewards, before_last(all_values, n),
                                  steps_fn<IgnoringTermination>{}(all_values, is_terminated, is_truncated), p);
    using V = std::ranges::range_value_t<decltype(estimates.returns)>;
    for (std::size_t t = 0; t < n; ++t) {
      if (!detail::counts(is_terminated, is_truncated, t)) {
        estimates.returns[t] = static_cast<V>(number_at(all_values, t));
      }
    }
    return estimates;
  }
};

}  // namespace detail

/// `steps(all_values, terminated, truncated)`: the steps of one environment, of which there is one more value. A step
/// at which a time limit ended the episode is *skipped*, and *truncated* with the value of the state before it: the
/// episode ends one step earlier, as there is no value of the state after it.
///
/// *Arguments*: ranges that outlive the result; `terminated` implies `truncated`.
/// *Errors*: `invalid_value` for two lengths that differ; an array that is a temporary does not compile.
/// *Use*:
///     [v = std::array{0.5, 1.0, 0.0}, ends = std::array{0, 0}, cuts = std::array{0, 1}] {
///       return bellman::returns_to_go(std::array{1.0, 9.0}, bellman::conventions::rl_tools::steps(v, ends, cuts),
///       0.5) ==
///              std::array{1.5, 0.0};
///     }()
inline constexpr detail::steps_fn<false> steps{};

/// `gae(rewards, all_values, terminated, truncated, trace_parameters{.gamma = g, .lambda = l})`: the advantages and
/// `target_values` of one environment. At a time limit the advantage is 0 and the target V(S).
///
/// *Arguments*: the columns of one environment, `strided(array, i, environments)`; one value more than there are steps.
/// *Errors*: `invalid_value` for two lengths that differ.
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
