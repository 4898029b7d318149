// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/batch_method.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/groups/internal/by_group.hpp>
#include <bellman/groups/internal/check_rows.hpp>
#include <bellman/groups/internal/requirements.hpp>
#include <bellman/internal/callable.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/place_in.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <vector>

namespace bellman {

namespace refused {

struct several_rewards_are_given_as_a_range_of_objectives_each_a_range_of_one_number_a_row {};
struct weights_of_objectives_must_be_numbers_of_the_kind_of_the_rewards {};
struct several_rewards_need_two_methods_that_are_called_with_rewards_and_a_grouping {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void there_must_be_one_weight_for_each_objective(std::size_t objectives, std::size_t weights) {
  internal::refuse("bellman: " + std::to_string(objectives) + " objectives and " + std::to_string(weights) +
                   " weights; there must be one for each");
}

template <class W>
[[noreturn]] void weights_of_objectives_must_be_finite(std::size_t objective, W const& w) {
  internal::refuse("bellman: the weight of objective " + std::to_string(objective) + " is " + internal::describe(w) +
                   "; it must be a finite number");
}
template <class X>
[[noreturn]] void rewards_of_objectives_must_be_finite(std::size_t objective, internal::place const& place,
                                                       X const& x) {
  internal::refuse("bellman: objective " + std::to_string(objective) + ": " + place.of("reward") + " is " +
                   internal::describe(x) + "; it must be a finite number");
}

template <class Objectives>
using numbers_of_t = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Objectives>>>;

template <class Each, class Together, class Objectives, class Weights>
consteval auto judge_several_rewards() {
  if constexpr (!internal::ranges_of_numbers<Objectives>) {
    return refused::several_rewards_are_given_as_a_range_of_objectives_each_a_range_of_one_number_a_row{};
  } else if constexpr (!internal::accepts<internal::a_forward_range_of_numbers<Weights>>) {
    return typename internal::a_forward_range_of_numbers<Weights>::type{};
  } else if constexpr (!std::constructible_from<numbers_of_t<Objectives>, std::ranges::range_reference_t<Weights>>) {
    return refused::weights_of_objectives_must_be_numbers_of_the_kind_of_the_rewards{};
  } else if constexpr (!batch_method<Each, std::ranges::range_reference_t<Objectives>> ||
                       !batch_method<Together, std::vector<numbers_of_t<Objectives>>>) {
    return refused::several_rewards_need_two_methods_that_are_called_with_rewards_and_a_grouping{};
  } else {
    return internal::accepted{};
  }
}

// Several rewards and their weights, and methods for them.
template <class Each, class Together, class Objectives, class Weights>
struct several_rewards_with_weights {
  using type = decltype(detail::judge_several_rewards<Each, Together, Objectives, Weights>());
};

}  // namespace detail

/// `several_rewards{each, together}`: several rewards for each answer made one advantage,
///
///     advantage = together(sum_k w_k each(r_k))
///
/// where both are group methods:
///
///     several_rewards{reinforce, grpo}     summed, then normalised: the objective that varies most dominates
///     several_rewards{grpo, reinforce}     normalised, then summed: each counts as its weight says
///     several_rewards{grpo, whiten}        the same, then whitened over the batch: GDPO
///
/// *Arguments*: two `batch_method`s. Called with a range of objectives, each a range of the rewards of all rows, a
/// range of their weights, and the grouping; a last argument `out` writes the advantages there and returns its end.
/// *Errors*: `invalid_value` for lengths that differ, for a weight or a reward that is NaN or infinite, and what the
/// methods throw. One objective in place of a range of them does not compile.
/// *Cost*: that of `each` for every objective and of `together` once; vectors for the rows.
/// *Use*:
///     bellman::several_rewards{bellman::dr_grpo, bellman::reinforce}(
///         std::vector<std::vector<double>>{{1, 0}, {0, 4}}, std::array{2.0, 1.0},
///         bellman::grouping::consecutive(2, 2)) == std::vector{-1.0, 1.0}
template <class Each, class Together>
struct several_rewards {
  using verdict_on_methods =
      internal::rule<(internal::is_callable<Each> && internal::is_callable<Together>),
                     refused::several_rewards_need_two_methods_that_are_called_with_rewards_and_a_grouping>;

  Each each{};
  Together together{};

  constexpr several_rewards() = default;
  constexpr several_rewards(Each its_each, Together its_together) requires internal::accepts<verdict_on_methods>
      : each(std::move(its_each)), together(std::move(its_together)) {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_methods::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit several_rewards(X...) = delete;

  template <
      class Objectives, class Weights, class Groups, class... Out,
      class = typename internal::every<
          detail::several_rewards_with_weights<Each, Together, Objectives const, Weights const>,
          internal::a_grouping<Groups>, internal::perhaps_a_place_for_advantages<Objectives const, Out...>>::type::yes>
  constexpr auto operator()(Objectives const& objectives, Weights const& weights, Groups const& groups,
                            Out... out) const {
    using A = detail::numbers_of_t<Objectives>;
    auto const n = static_cast<std::size_t>(std::ranges::distance(objectives));
    auto const m = static_cast<std::size_t>(std::ranges::distance(weights));
    if (n != m) detail::there_must_be_one_weight_for_each_objective(n, m);
    std::vector<A> total(groups.rows(), A{});
    auto weight = std::ranges::begin(weights);
    std::size_t k = 0;
    for (auto const& rewards : objectives) {
      A const w = static_cast<A>(*weight++);
      if (!is_finite(w)) detail::weights_of_objectives_must_be_finite(k, w);
      if constexpr (std::ranges::random_access_range<decltype((rewards))>) check_rewards(k, rewards, groups);
      ++k;
      auto advantages = each(rewards, groups);
      auto next = std::ranges::begin(advantages);
      for (A& a : total) a = sum(a, product(w, *next++));
    }
    return together(total, groups, out...);
  }

 private:
  // What a method says of a reward does not name its objective.
  template <class Rewards>
  static constexpr void check_rewards(std::size_t objective, Rewards const& rewards, grouping const& groups) {
    internal::check_rows(rewards, groups);
    std::size_t g = 0;
    for (auto const rows : groups) {
      for (std::size_t const row : rows) {
        std::ranges::range_value_t<Rewards> const x = internal::element_at(rewards, row);
        if (!is_finite(x)) detail::rewards_of_objectives_must_be_finite(objective, {.number = row, .group = g}, x);
      }
      ++g;
    }
  }
};
template <class Each, class Together>
several_rewards(Each, Together) -> several_rewards<Each, Together>;

}  // namespace bellman
