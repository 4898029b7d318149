// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/scan.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman::conventions::verl {

namespace detail {

struct steps_fn {
  template <class Mask, class = typename internal::a_placed_column_of_flags<internal::of_one_t<Mask>>::type::yes>
  constexpr auto operator()(Mask&& response_mask) const {
    return internal::recorded(internal::nowhere{}, internal::nowhere{}, internal::nowhere{},
                              in_place(std::forward<Mask>(response_mask)), terminated{});
  }
};

template <class Machine>
struct gae_fn {
  template <class Rewards, class Values, class Mask, class Parameters,
            class = typename internal::every<
                internal::a_column_of_values<Rewards>, internal::a_column_of_values<Values>,
                internal::a_column_of_flags<Mask>, internal::columns_of_one_type<Rewards, Values>,
                internal::trace_parameters_of_columns<Parameters, Rewards, Values>>::type::yes>
  constexpr auto operator()(Rewards const& token_level_rewards, Values const& values, Mask const& response_mask,
                            Parameters const& p) const {
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

/// `steps(response_mask)`: the steps of a row, or of those of a batch, `batch_major(response_mask, length)`: *skipped*
/// where the mask is 0, *terminated* at its end.
///
/// *Arguments*: a mask that outlives the result.
/// *Errors*: an array that is a temporary does not compile.
/// *Use*:
///     [mask = std::array{1, 0, 1}] {
///       return bellman::returns_to_go(std::array{0.0, 9.0, 4.0}, bellman::conventions::verl::steps(mask), 0.5) ==
///              std::array{2.0, 0.0, 4.0};
///     }()
inline constexpr detail::steps_fn steps{};

/// `gae(token_level_rewards, values, response_mask, trace_parameters{.gamma = g, .lambda = l})`: the advantages of one
/// row before they are whitened, and the returns.
///
/// They are `bellman::gae` with masked tokens skipped, wherever they stand. What verl writes at masked tokens, and
/// nothing should read, is kept: the advantage of the next token that is the policy's own, 0 behind the last, and that
/// plus the value there. An answer that was cut off by its length counts as terminated.
///
/// *Arguments*: random-access ranges, one element for each token; what stands at masked tokens is not used.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: verl, `compute_gae_advantage_return`.
/// *Use*:
///     bellman::conventions::verl::gae(std::array{0.0, 9.0, 4.0}, std::array{1.0, 8.0, 2.0}, std::array{1, 0, 1},
///                                     bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages ==
///         std::array{0.5, 2.0, 2.0}
inline constexpr detail::gae_fn<internal::this_machine> gae{};

}  // namespace bellman::conventions::verl
