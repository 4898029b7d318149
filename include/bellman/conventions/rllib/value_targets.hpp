// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/internal/check_apart.hpp>
#include <bellman/conventions/internal/elementwise.hpp>
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

namespace bellman::conventions::rllib {

namespace detail {

template <class V>
struct value_unless_terminated {
  template <class X, class Flag>
  constexpr V operator()(X const& value, Flag const& is_terminated) const {
    if (is_terminated != Flag(0)) return V(0);
    return V(value);
  }
};
// What a terminated step has of the one behind it: nothing where it is the last.
template <class V>
struct share_of_next_value {
  V share{};

  constexpr V operator()(internal::number_of_next_step<V> const& next) const {
    if (!next.is_there) return V(0);
    return product(share, next.number);
  }
};
template <class V>
struct lambda_unless_truncated {
  V lambda{};

  template <class Flag>
  constexpr V operator()(Flag const& is_truncated) const {
    if (is_truncated != Flag(0)) return V(0);
    return lambda;
  }
};

template <class Machine>
struct value_targets_fn {
  template <
      class Values, class Rewards, class Terminateds, class Truncateds, class G, class L, class... Out,
      class = typename internal::every<
          internal::a_column_of_numbers<internal::of_one_t<Values>>,
          internal::a_column_of_numbers<internal::of_one_t<Rewards>>,
          internal::a_column_of_flags<internal::of_one_t<Terminateds>>,
          internal::a_column_of_flags<internal::of_one_t<Truncateds>>,
          internal::in_one_layout<Values, Rewards, Terminateds, Truncateds>, internal::of_steps_in_common<Values>,
          internal::columns_of_one_type<internal::of_one_t<Values>, internal::of_one_t<Rewards>>,
          internal::a_discount_of_columns<G, Values, Rewards>, internal::a_lambda_of_columns<L, Values, Rewards>,
          internal::constants_of_one_type<G, L>, internal::an_output_laid_out_as<Values, Rewards, Out...>>::type::yes>
  constexpr auto operator()(Values const& values, Rewards const& rewards, Terminateds const& terminateds,
                            Truncateds const& truncateds, G const& gamma, L const& lambda, Out... out) const {
    using V = internal::estimate_t<deduced, terminated, Rewards, Values>;
    common_length(values, rewards, terminateds, truncateds);
    (internal::check_apart("the values", out, values), ...);
    auto const here = internal::elementwise(value_unless_terminated<V>{}, values, terminateds);
    auto const mixed =
        internal::elementwise(share_of_next_value<V>{difference(V(1), V(lambda))}, internal::of_next_steps(here));
    auto const lambdas = internal::elementwise(lambda_unless_truncated<V>{V(lambda)}, truncateds);
    return lambda_returns(
        rewards, here,
        internal::recorded(internal::nowhere{}, in_place(terminateds), mixed, internal::nowhere{}, terminated{}),
        trace_parameters{gamma, lambdas}, out...);
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
/// *Arguments*: random-access ranges, one element for each step and each artificial step; or `time_major` or
/// `batch_major` arrays of several such sequences. An output as that of `lambda_returns`, which must lie apart from the
/// values.
/// *Errors*: `invalid_value` for two lengths that differ, and where an output of several overlaps the values.
/// *Source*: RLlib, `compute_value_targets`.
/// *Use*:
///     bellman::conventions::rllib::value_targets(std::array{0.5, 10.0}, std::array{2.0, 0.0}, std::array{0, 0},
///                                                std::array{0, 1}, 0.5, 0.5)[0] == 7.0
inline constexpr detail::value_targets_fn<internal::this_machine> value_targets{};

}  // namespace bellman::conventions::rllib
