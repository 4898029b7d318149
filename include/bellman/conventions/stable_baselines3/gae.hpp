// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/flags_at_next_step.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::conventions::stable_baselines3 {

namespace detail {

struct bootstrapped_rewards_fn {
  template <class Rewards, class Truncated, class Values, class Gamma,
            class = typename internal::every<internal::a_placed_column<Rewards>,
                                             internal::a_placed_column_of_flags<Truncated>,
                                             internal::a_placed_column<Values>, internal::a_number<Gamma>,
                                             internal::a_scaled_value<Gamma, std::remove_reference_t<Values>,
                                                                      std::remove_reference_t<Rewards>>>::type::yes>
  constexpr auto operator()(Rewards&& rewards, Truncated&& truncated, Values&& terminal_values,
                            Gamma const& gamma) const {
    std::size_t const n = common_length(rewards, truncated, terminal_values);
    return computed(n, [r = in_place(std::forward<Rewards>(rewards)),
                        cut = in_place(std::forward<Truncated>(truncated)),
                        v = in_place(std::forward<Values>(terminal_values)), gamma](std::size_t t) {
      using R = number_t<std::ranges::range_value_t<Rewards>>;
      R const reward = static_cast<R>(number_at(r, t));
      if (!flag_at(cut, t)) return reward;
      return R(sum(reward, static_cast<R>(product(gamma, number_at(v, t)))));
    });
  }
};

template <class Machine>
struct gae_fn {
  template <
      class Rewards, class Values, class Starts, class Flag, class V, class Parameters,
      class = typename internal::every<internal::a_column_of_values<Rewards>, internal::a_column_of_values<Values>,
                                       internal::a_column_of_flags<Starts>, internal::a_flag<Flag>,
                                       internal::a_number_or_vector<V>, internal::a_value_beside<V, Rewards, Values>,
                                       internal::trace_parameters_of_columns<Parameters, Rewards, Values>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, Values const& values, Starts const& episode_starts,
                            Flag const& dones, V const& last_value, Parameters const& p) const {
    return bellman::gae(rewards, values, flags_at_next_step(episode_starts, dones, last_value), p);
  }
};

}  // namespace detail

/// `bootstrapped_rewards(rewards, truncated, terminal_values, gamma)`: the rewards as they are stored while the policy
/// plays: at a time limit `R + gamma V(final observation)`, so that the end may count as a termination. A lazy view.
///
/// *Arguments*: ranges that outlive the result; the values are read where `truncated` is not 0.
/// *Errors*: `invalid_value` for two lengths that differ; an array that is a temporary does not compile.
/// *Use*:
///     [r = std::array{1.0, 2.0}, cut = std::array{false, true}, v = std::array{0.0, 10.0}] {
///       return bellman::conventions::stable_baselines3::bootstrapped_rewards(r, cut, v, 0.5).back() == 7.0;
///     }()
inline constexpr detail::bootstrapped_rewards_fn bootstrapped_rewards{};

/// `gae(rewards, values, episode_starts, dones, last_value, trace_parameters{.gamma = g, .lambda = l})`: the advantages
/// and returns of one environment.
///
/// *Arguments*: `episode_starts[t]` says that observation t is the first of an episode, `dones` the same of the
/// observation after the recording; the rewards are those of `bootstrapped_rewards`.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Laws*: with those rewards the advantages are those of `bellman::gae` with the step truncated, as a reward and
/// `gamma v` add up to the same.
/// *Source*: stable-baselines3, `RolloutBuffer.compute_returns_and_advantage`.
/// *Use*:
///     bellman::conventions::stable_baselines3::gae(std::array{1.0, 2.0}, std::array{0.5, 1.0}, std::array{true,
///         false},
///                                                  true, 0.0, bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5})
///             .advantages == std::array{1.25, 1.0}
inline constexpr detail::gae_fn<internal::this_machine> gae{};

}  // namespace bellman::conventions::stable_baselines3
