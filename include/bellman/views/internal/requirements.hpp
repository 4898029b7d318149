// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/requirements.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/views/internal/held.hpp>

#include <ranges>

namespace bellman::internal {

/// A column that a view can hold and read in any order; that of the rewards says how long the view is.
template <class Kind, class Range>
concept column_in_view = std::ranges::viewable_range<Range> && std::ranges::random_access_range<Range> &&
    elements_are_numbers_or_vectors<Range>;
template <class Kind, class Range>
using a_column_in_view =
    rule<column_in_view<Kind, Range>, refused::this_column_is_no_random_access_range_of_numbers<Kind::name>>;
template <class Range>
using rewards_in_view = rule<(column_in_view<value_column<"rewards">, Range> && std::ranges::sized_range<Range>),
                             refused::this_column_is_no_random_access_range_of_numbers<value_column<"rewards">::name>>;

template <class Range>
using column_t = iterators_t<held_t<Range>>;

template <class Estimator, class Rewards, class Steps, class Parameters, class... Column>
struct an_estimate_of_held : an_estimate<Estimator, deduced, deduced, given<column_t<Rewards>, column_t<Column>...>,
                                         held_t<Steps>, held_t<Parameters>> {};
template <class Estimator, class Steps, class Parameters, class... Column>
struct held_without_rewards
    : a_recording_without_rewards<Estimator, held_t<Steps>, held_t<Parameters>, column_t<Column>...> {};

/// What a view of estimates is made of; and what can be asked of it before there are rewards.
template <class Estimator, class Kinds, class Rewards, class Steps, class Parameters, class... Column>
struct a_view_of_estimates;
template <class Estimator, class... Kind, class Rewards, class Steps, class Parameters, class... Column>
struct a_view_of_estimates<Estimator, columns<Kind...>, Rewards, Steps, Parameters, Column...>
    : every<rewards_in_view<Rewards>, a_column_in_view<Kind, Column>...,
            an_estimate_of_held<Estimator, Rewards, Steps, Parameters, Column...>> {};
template <class Estimator, class... Kind, class Steps, class Parameters, class... Column>
struct a_view_of_estimates<Estimator, columns<Kind...>, void, Steps, Parameters, Column...>
    : every<a_column_in_view<Kind, Column>..., held_without_rewards<Estimator, Steps, Parameters, Column...>> {};

}  // namespace bellman::internal
