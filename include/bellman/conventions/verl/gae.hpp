// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/own_or_zero.hpp>
#include <bellman/conventions/internal/check_apart.hpp>
#include <bellman/conventions/internal/elementwise.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/register_width.hpp>

#include <type_traits>
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

// How much what comes after a token counts in what is written there: nothing at an own one.
template <class V>
struct whole_unless_own {
  template <class Flag>
  constexpr V operator()(Flag const& is_own) const {
    if (is_own == Flag(0)) return V(1);
    return V(0);
  }
};
template <class V>
struct advantage_and_value {
  template <class X>
  constexpr V operator()(V const& advantage, X const& value) const {
    return sum(advantage, static_cast<V>(value));
  }
};

// What `bellman::gae` asks of such rows.
template <class Rewards, class Values, class Mask, class Parameters, class... Out>
struct gae_of_rows : internal::estimated_by<decltype(bellman::gae), internal::given<Rewards, Values>,
                                            decltype(steps_fn{}(std::declval<Mask const&>())), Parameters, Out...> {};

template <class Machine>
struct gae_fn {
  template <class Rewards, class Values, class Mask, class Parameters, class... Out,
            class = typename internal::every<
                internal::a_column_of_values<internal::of_one_t<Rewards>>,
                internal::a_column_of_values<internal::of_one_t<Values>>,
                internal::a_column_of_flags<internal::of_one_t<Mask>>, internal::in_one_layout<Rewards, Values, Mask>,
                internal::columns_of_one_type<internal::of_one_t<Rewards>, internal::of_one_t<Values>>,
                internal::trace_parameters_of_columns<Parameters, Rewards, Values>,
                gae_of_rows<Rewards, Values, Mask, Parameters, Out...>>::type::yes>
  constexpr auto operator()(Rewards const& token_level_rewards, Values const& values, Mask const& response_mask,
                            Parameters const& p, Out... out) const {
    common_length(token_level_rewards, values, response_mask);
    (internal::check_apart("the values", out, values), ...);
    auto estimates = bellman::gae(token_level_rewards, values, steps_fn{}(response_mask), p, out...);
    auto const advantages = internal::written(token_level_rewards, estimates.advantages);
    auto const returns = internal::written(token_level_rewards, estimates.returns);
    using V = internal::number_of_one_t<std::remove_cvref_t<decltype(advantages)>>;
    auto const passed_on = internal::elementwise(whole_unless_own<scalar_t<V>>{}, response_mask);
    returns_to_go(own_or_zero(response_mask, advantages), terminated{}, passed_on,
                  internal::place_of_written(advantages));
    internal::assign(returns, internal::elementwise(advantage_and_value<V>{}, advantages, values));
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
/// row, or of a batch of rows, `batch_major(values, length)`, before they are whitened, and the returns.
///
/// They are `bellman::gae` with masked tokens skipped, wherever they stand. What verl writes at masked tokens, and
/// nothing should read, is kept: the advantage of the next token that is the policy's own, 0 behind the last, and that
/// plus the value there. An answer that was cut off by its length counts as terminated.
///
/// *Arguments*: random-access ranges, one element for each token, or arrays of several sequences in one layout; what
/// stands at masked tokens is not used. Outputs as those of `bellman::gae`, which must lie apart from the values and
/// the mask.
/// *Errors*: `invalid_value` for two lengths that differ, and where an output of several overlaps the values.
/// *Cost*: a second pass, over the mask and the advantages.
/// *Source*: verl, `compute_gae_advantage_return`.
/// *Use*:
///     bellman::conventions::verl::gae(std::array{0.0, 9.0, 4.0}, std::array{1.0, 8.0, 2.0}, std::array{1, 0, 1},
///                                     bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages ==
///         std::array{0.5, 2.0, 2.0}
inline constexpr detail::gae_fn<internal::this_machine> gae{};

}  // namespace bellman::conventions::verl
