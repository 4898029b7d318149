// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/elementwise.hpp>
#include <bellman/conventions/internal/gae_of_starts.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/register_width.hpp>

#include <type_traits>

namespace bellman::conventions::stable_baselines3 {

namespace detail {

template <class Gamma>
struct reward_at_a_time_limit {
  Gamma gamma{};

  template <class R, class Flag, class V>
  constexpr number_t<R> operator()(R const& reward, Flag const& is_truncated, V const& terminal_value) const {
    using number = number_t<R>;
    if (is_truncated == Flag(0)) return static_cast<number>(reward);
    return number(sum(static_cast<number>(reward), static_cast<number>(product(gamma, terminal_value))));
  }
};

struct bootstrapped_rewards_fn {
  template <class Rewards, class Truncated, class Values, class Gamma,
            class = typename internal::every<
                internal::a_placed_column<internal::of_one_t<Rewards>>,
                internal::a_placed_column_of_flags<internal::of_one_t<Truncated>>,
                internal::a_placed_column<internal::of_one_t<Values>>,
                internal::in_one_layout<Rewards, Truncated, Values>, internal::a_number<Gamma>,
                internal::a_scaled_value<Gamma, std::remove_reference_t<internal::of_one_t<Values>>,
                                         std::remove_reference_t<internal::of_one_t<Rewards>>>>::type::yes>
  constexpr auto operator()(Rewards&& rewards, Truncated&& truncated, Values&& terminal_values,
                            Gamma const& gamma) const {
    return internal::elementwise(reward_at_a_time_limit<Gamma>{gamma}, rewards, truncated, terminal_values);
  }
};

}  // namespace detail

/// `bootstrapped_rewards(rewards, truncated, terminal_values, gamma)`: the rewards as they are stored while the policy
/// plays: at a time limit `R + gamma V(final observation)`, so that the end may count as a termination. A lazy view.
///
/// *Arguments*: ranges that outlive the result, or arrays of several sequences in one layout; the values are read where
/// `truncated` is not 0.
/// *Errors*: `invalid_value` for two lengths that differ; an array that is a temporary does not compile.
/// *Use*:
///     [r = std::array{1.0, 2.0}, cut = std::array{false, true}, v = std::array{0.0, 10.0}] {
///       return bellman::conventions::stable_baselines3::bootstrapped_rewards(r, cut, v, 0.5).back() == 7.0;
///     }()
inline constexpr detail::bootstrapped_rewards_fn bootstrapped_rewards{};

/// `gae(rewards, values, episode_starts, dones, last_value, trace_parameters{.gamma = g, .lambda = l})`: the advantages
/// and returns of one environment, or of all N, `time_major(rewards, N)`.
///
/// *Arguments*: `episode_starts[t]` says that observation t is the first of an episode, `dones` the same of the
/// observation after the recording, of which `last_value` is the value: a flag and a number, of N environments ranges
/// of N. The rewards are those of `bootstrapped_rewards`. Outputs as those of `bellman::gae`.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Laws*: with those rewards the advantages are those of `bellman::gae` with the step truncated, as a reward and
/// `gamma v` add up to the same.
/// *Source*: stable-baselines3, `RolloutBuffer.compute_returns_and_advantage`.
/// *Use*:
///     bellman::conventions::stable_baselines3::gae(std::array{1.0, 2.0}, std::array{0.5, 1.0}, std::array{true,
///         false},
///                                                  true, 0.0, bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5})
///             .advantages == std::array{1.25, 1.0}
inline constexpr internal::gae_of_starts_fn<internal::this_machine> gae{};

}  // namespace bellman::conventions::stable_baselines3
