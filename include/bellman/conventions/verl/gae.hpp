// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/scan.hpp>
#include <bellman/conventions/arrays/columns.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman::conventions::verl {

namespace detail {

struct steps_fn {
  template <std::ranges::random_access_range Mask>
  constexpr auto operator()(Mask&& response_mask) const {
    return recorded_steps{.own = in_place(std::forward<Mask>(response_mask)), .last = terminated{}};
  }
};

struct gae_fn {
  template <std::ranges::random_access_range Rewards, std::ranges::random_access_range Values,
            std::ranges::random_access_range Mask, class G, class L>
  constexpr auto operator()(Rewards const& token_level_rewards, Values const& values, Mask const& response_mask,
                            trace_parameters<G, L> const& p) const {
    std::size_t const n = common_length(token_level_rewards, values, response_mask);
    auto estimates = bellman::gae(token_level_rewards, values, steps_fn{}(response_mask), p);
    auto& advantages = estimates.advantages;
    using V = std::ranges::range_value_t<decltype(advantages)>;
    auto const maps = computed(n, [&](std::size_t t) {
      if (flag_at(response_mask, t)) return affine<V>::constant(advantages[t]);
      return affine<V>::identity();
    });
    backward_scan(maps, V{}, advantages.end());
    for (std::size_t t = 0; t < n; ++t) {
      estimates.returns[t] = sum(advantages[t], static_cast<V>(number_at(values, t)));
    }
    return estimates;
  }
};

}  // namespace detail

/// `steps(response_mask)`: the steps of a row: *skipped* where the mask is 0, *terminated* at its end.
inline constexpr detail::steps_fn steps{};

/// `gae(token_level_rewards, values, response_mask, trace_parameters{.gamma = g, .lambda = l})`: the advantages of one
/// row before they are whitened, and the returns: `compute_gae_advantage_return`.
///
/// They are `bellman::gae` with masked tokens skipped, wherever they stand. What verl writes at masked tokens, and
/// nothing should read, is kept: the advantage of the next token that is the policy's own, 0 behind the last, and that
/// plus the value there. An answer that was cut off by its length counts as terminated.
inline constexpr detail::gae_fn gae{};

}  // namespace bellman::conventions::verl
