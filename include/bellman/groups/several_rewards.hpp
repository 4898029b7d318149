// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/batch_method.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void there_must_be_one_weight_for_each_objective(std::size_t objectives, std::size_t weights) {
  internal::refuse("bellman: " + std::to_string(objectives) + " objectives and " + std::to_string(weights) +
                   " weights; there must be one for each");
}

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
/// *Errors*: `invalid_value` for lengths that differ, and what the methods throw. One objective in place of a range of
/// them does not compile.
/// *Cost*: that of `each` for every objective and of `together` once; vectors for the rows.
/// *Use*:
///     bellman::several_rewards{bellman::dr_grpo, bellman::reinforce}(
///         std::vector<std::vector<double>>{{1, 0}, {0, 4}}, std::array{2.0, 1.0},
///         bellman::grouping::consecutive(2, 2)) == std::vector{-1.0, 1.0}
template <class Each, class Together>
struct several_rewards {
  Each each{};
  Together together{};

  // Nothing, or the iterator to write to.
  template <std::ranges::forward_range Objectives, std::ranges::forward_range Weights,
            std::input_or_output_iterator... Out>
  constexpr auto operator()(Objectives const& objectives, Weights const& weights, grouping const& groups,
                            Out... out) const {
    if constexpr (!std::ranges::forward_range<std::ranges::range_reference_t<Objectives const>>) {
      static_assert(internal::refused<Objectives>,
                    "bellman: several rewards are given as a range of objectives, each a range of one reward a row");
      return std::vector<double>{};
    } else {
      using R = std::ranges::range_reference_t<Objectives const>;
      if constexpr (batch_method<Each, R> && batch_method<Together, std::vector<number_of<R>>>) {
        return write(objectives, weights, groups, out...);
      } else {
        static_assert(internal::refused<Each, Together>,
                      "bellman: several rewards need methods that are called as method(rewards, grouping)");
        return std::vector<double>{};
      }
    }
  }

 private:
  template <class Rewards>
  using number_of = number_t<std::ranges::range_value_t<Rewards>>;

  template <class Objectives, class Weights, class... Out>
  constexpr auto write(Objectives const& objectives, Weights const& weights, grouping const& groups, Out... out) const {
    using A = number_of<std::ranges::range_value_t<Objectives>>;
    auto const n = static_cast<std::size_t>(std::ranges::distance(objectives));
    auto const m = static_cast<std::size_t>(std::ranges::distance(weights));
    if (n != m) detail::there_must_be_one_weight_for_each_objective(n, m);
    std::vector<A> total(groups.rows(), A{});
    auto weight = std::ranges::begin(weights);
    for (auto const& rewards : objectives) {
      A const w = static_cast<A>(*weight++);
      auto advantages = each(rewards, groups);
      auto next = std::ranges::begin(advantages);
      for (A& a : total) a = sum(a, product(w, *next++));
    }
    return together(total, groups, out...);
  }
};
template <class Each, class Together>
several_rewards(Each, Together) -> several_rewards<Each, Together>;

}  // namespace bellman
