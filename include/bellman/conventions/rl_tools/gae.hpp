// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/before_last.hpp>
#include <bellman/conventions/arrays/columns.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/ended_step.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/trace_parameters.hpp>

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
  template <std::ranges::random_access_range AllValues, std::ranges::random_access_range Terminated,
            std::ranges::random_access_range Truncated>
  constexpr auto operator()(AllValues&& all_values, Terminated&& is_terminated, Truncated&& is_truncated) const {
    std::size_t const n = before_last(all_values, common_length(is_terminated, is_truncated)).size();
    auto const ends = in_place(std::forward<Terminated>(is_terminated));
    auto const cuts = in_place(std::forward<Truncated>(is_truncated));
    auto const own = [ends, cuts](std::size_t t) { return counts(ends, cuts, t); };
    auto const after = [v = in_place(std::forward<AllValues>(all_values)), own](std::size_t t) {
      return number_at(v, own(t) ? t + 1 : t);
    };
    using last_step = decltype(ended_step(false, after(0)));
    if constexpr (IgnoringTermination) {
      auto const cut = [ends, cuts](std::size_t t) { return flag_at(ends, t) || flag_at(cuts, t); };
      return recorded_steps{.truncated = computed(n, cut), .value_after = computed(n, after), .own = computed(n, own),
                            .last = n == 0 ? last_step(terminated{}) : ended_step(false, after(n - 1))};
    } else {
      return recorded_steps{
          .terminated = ends, .truncated = cuts, .value_after = computed(n, after), .own = computed(n, own),
          .last = n == 0 ? last_step(terminated{}) : ended_step(flag_at(ends, n - 1), after(n - 1))};
    }
  }
};

template <bool IgnoringTermination>
struct gae_fn {
  template <std::ranges::random_access_range Rewards, std::ranges::random_access_range AllValues,
            std::ranges::random_access_range Terminated, std::ranges::random_access_range Truncated, class G, class L>
  constexpr auto operator()(Rewards const& rewards, AllValues const& all_values, Terminated const& is_terminated,
                            Truncated const& is_truncated, trace_parameters<G, L> const& p) const {
    std::size_t const n = common_length(rewards, is_terminated, is_truncated);
    auto estimates = bellman::gae(rewards, before_last(all_values, n),
                                  steps_fn<IgnoringTermination>{}(all_values, is_terminated, is_truncated), p);
    using V = std::ranges::range_value_t<decltype(estimates.returns)>;
    for (std::size_t t = 0; t < n; ++t) {
      if (!counts(is_terminated, is_truncated, t)) estimates.returns[t] = static_cast<V>(number_at(all_values, t));
    }
    return estimates;
  }
};

}  // namespace detail

/// `steps(all_values, terminated, truncated)`: the steps of one environment, of which there is one more value. A step
/// at which a time limit ended the episode is *skipped*, and *truncated* with the value of the state before it: the
/// episode ends one step earlier, as there is no value of the state after it. `terminated` implies `truncated`.
inline constexpr detail::steps_fn<false> steps{};

/// `gae(rewards, all_values, terminated, truncated, trace_parameters{.gamma = g, .lambda = l})`: the advantages and
/// `target_values` of one environment, `strided(array, i, environments)`: `estimate_generalized_advantages`. At a time
/// limit the advantage is 0 and the target V(S).
inline constexpr detail::gae_fn<false> gae{};

/// The same with `IGNORE_TERMINATION`: a terminated step is truncated with the value of the next observation, which is
/// that of the next episode's first.
inline constexpr detail::steps_fn<true> steps_ignoring_termination{};
inline constexpr detail::gae_fn<true> gae_ignoring_termination{};

}  // namespace bellman::conventions::rl_tools
