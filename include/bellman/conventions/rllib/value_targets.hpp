// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>

namespace bellman::conventions::rllib {

namespace detail {

template <class Machine>
struct value_targets_fn {
  template <class Values, class Rewards, class Terminateds, class Truncateds, class G, class L,
            class = typename internal::every<
                internal::a_column_of_numbers<Values>, internal::a_column_of_numbers<Rewards>,
                internal::a_column_of_flags<Terminateds>, internal::a_column_of_flags<Truncateds>,
                internal::columns_of_one_type<Values, Rewards>, internal::a_discount_of_columns<G, Values, Rewards>,
                internal::a_lambda_of_columns<L, Values, Rewards>, internal::constants_of_one_type<G, L>>::type::yes>
  constexpr auto operator()(Values const& values, Rewards const& rewards, Terminateds const& terminateds,
                            Truncateds const& truncateds, G const& gamma, L const& lambda) const {
    using V = internal::estimate_t<deduced, terminated, Rewards, Values>;
    std::size_t const n = common_length(values, rewards, terminateds, truncateds);
    auto const value = [&](std::size_t t) {
      if (t == n || flag_at(terminateds, t)) return V(0);
      return V(number_at(values, t));
    };
    auto const mixed = [&](std::size_t t) { return product(difference(V(1), V(lambda)), value(t + 1)); };
    auto const lambdas = computed(n, [&](std::size_t t) { return flag_at(truncateds, t) ? V(0) : V(lambda); });
    return lambda_returns(rewards, computed(n, value),
                          internal::recorded(internal::nowhere{}, in_place(terminateds), computed(n, mixed),
                                             internal::nowhere{}, terminated{}),
                          trace_parameters{gamma, lambdas});
  }
};

}  // namespace detail

/// `value_targets(values, rewards, terminateds, truncateds, gamma, lambda)`: the targets of episodes one after the
/// other, each with one artificial step of reward 0 behind its last. That step carries the flag and, if it is
/// truncated, the value of the state after the episode; its own target is no estimate and is to be dropped.
///
/// They are lambda-returns in which the artificial step is one of lambda 0 where it is truncated, so that the step
/// before takes its value alone. A terminated one is of value 0 and its target, `gamma (1 - lambda) V` of the next
/// episode's first state, is mixed into the step before it by lambda: with a lambda between 0 and 1 something of the
/// next episode shows.
///
/// *Arguments*: random-access ranges, one element for each step and each artificial step.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: RLlib, `compute_value_targets`.
/// *Use*:
///     bellman::conventions::rllib::value_targets(std::array{0.5, 10.0}, std::array{2.0, 0.0}, std::array{0, 0},
///                                                std::array{0, 1}, 0.5, 0.5)[0] == 7.0
inline constexpr detail::value_targets_fn<internal::this_machine> value_targets{};

}  // namespace bellman::conventions::rllib
