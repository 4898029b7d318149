// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/scalar/register_width.hpp>
#include <bellman/value/return.hpp>

#include <cstddef>
#include <ranges>
#include <string>

namespace bellman::conventions::tianshou {

namespace detail {

[[noreturn]] inline void an_index_must_lie_in_the_buffer(std::size_t index, std::size_t size) {
  internal::refuse("bellman: index " + std::to_string(index) + " of a buffer of " + std::to_string(size) + " steps");
}

struct n_step_returns_fn {
  template <
      class Rewards, class Ends, class Indices, class Targets, class Gamma,
      class = typename internal::every<internal::a_column_of_values<Rewards>, internal::a_column_of_flags<Ends>,
                                       internal::rows_of_indices<Indices>, internal::a_column_of_values<Targets>,
                                       internal::columns_of_one_type<Rewards, Targets>, internal::one_discount<Gamma>,
                                       internal::a_discount_of_columns<Gamma, Rewards, Targets>>::type::yes>
  constexpr auto operator()(Rewards const& rew, Ends const& end_flag, Indices const& stacked_indices,
                            Targets const& target_q, Gamma const& gamma) const {
    using V = internal::estimate_t<deduced, terminated, Rewards, Targets>;
    std::size_t const buffer = common_length(rew, end_flag);
    auto const steps = static_cast<std::size_t>(std::ranges::distance(stacked_indices));
    auto returns = internal::one_for_each<V>(target_q);
    for (auto const& indices : stacked_indices) common_length(target_q, indices);
    for (std::size_t i = 0; i < returns.size(); ++i) {
      auto const index = [&](std::size_t k) {
        auto const& row = internal::element_at(stacked_indices, k);
        auto const at = static_cast<std::size_t>(number_at(row, i));
        if (!(at < buffer)) an_index_must_lie_in_the_buffer(at, buffer);
        return at;
      };
      std::size_t taken = 0;
      while (taken < steps && (taken == 0 || !flag_at(end_flag, index(taken - 1)))) ++taken;
      returns[i] = discounted_return(computed(taken, [&](std::size_t k) { return V(number_at(rew, index(k))); }),
                                     truncated<V>{V(number_at(target_q, i))}, gamma);
    }
    return returns;
  }
};

template <class Machine>
struct mc_return_to_go_fn {
  template <class Rewards, class Gamma,
            class = typename internal::every<internal::a_column_walked_back<Rewards>, internal::one_discount<Gamma>,
                                             internal::a_discount_of_columns<Gamma, Rewards>>::type::yes>
  constexpr auto operator()(Rewards const& rewards, Gamma const& gamma) const {
    return discounted_returns(rewards, gamma);
  }
};

}  // namespace detail

/// `n_step_returns(rew, end_flag, stacked_indices, target_q, gamma)`: the returns of steps drawn from a ring buffer.
///
/// *Arguments*: `stacked_indices[k][i]` is the place of the k-th step from draw i on; each return is over these
/// rewards, as far as the first step whose flag is set, and then worth `target_q[i]`, which is 0 where that step
/// terminated.
/// *Errors*: `invalid_value` for two lengths that differ, and for an index outside of the buffer.
/// *Source*: tianshou, `_nstep_return`.
/// *Use*:
///     bellman::conventions::tianshou::n_step_returns(std::array{1.0, 2.0}, std::array{false, false},
///                                                    std::vector<std::vector<int>>{{0}, {1}}, std::array{16.0},
///                                                    0.5) ==
///         std::array{6.0}
inline constexpr detail::n_step_returns_fn n_step_returns{};

/// `mc_return_to_go(rewards, gamma)`: the discounted returns of one episode.
///
/// *Arguments*: a bidirectional range and a discount.
/// *Source*: tianshou, `episode_mc_return_to_go`.
/// *Use*:
///     bellman::conventions::tianshou::mc_return_to_go(std::array{1.0, 2.0, 4.0}, 0.5) == std::array{3.0, 4.0, 4.0}
inline constexpr detail::mc_return_to_go_fn<internal::this_machine> mc_return_to_go{};

}  // namespace bellman::conventions::tianshou
