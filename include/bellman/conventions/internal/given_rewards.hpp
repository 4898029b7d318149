// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/grouping.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <vector>

/// Rewards of which some were not given, as TRL has them.
namespace bellman::internal {

namespace detail {

[[noreturn]] inline void there_must_be_one_weight_for_each_reward_function(std::size_t row) {
  internal::refuse("bellman: row " + std::to_string(row) +
                   " has not as many rewards as there are weights; there must be one for each reward function");
}

}  // namespace detail

/// Whether a reward was given: it is not NaN.
template <class R>
constexpr bool is_given(R const& reward) {
  return reward == reward;
}

/// The sum of those terms of each row that are given; NaN where none is.
template <class Rows, class Weights>
constexpr auto weighted_sums(Rows const& rows, Weights const& weights) {
  using R = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
  std::vector<R> sums;
  for (auto const& row : rows) {
    if (std::ranges::distance(row) != std::ranges::distance(weights)) {
      detail::there_must_be_one_weight_for_each_reward_function(sums.size());
    }
    R total{};
    R missing{};
    bool given = false;
    auto weight = std::ranges::begin(weights);
    for (auto const& r : row) {
      if (internal::is_given(r)) {
        total = sum(total, product(static_cast<R>(*weight), static_cast<R>(r)));
        given = true;
      } else {
        missing = static_cast<R>(r);
      }
      ++weight;
    }
    sums.push_back(given ? total : missing);
  }
  return sums;
}

/// Groups of `num_generations` rows that follow one another, without those whose reward was not given.
template <class Rewards>
constexpr grouping given_rows(Rewards const& rewards, std::size_t num_generations) {
  auto const n = static_cast<std::size_t>(std::ranges::distance(rewards));
  return grouping::consecutive(n, num_generations).only_rows([&](std::size_t row) {
    return internal::is_given(internal::element_at(rewards, row));
  });
}

}  // namespace bellman::internal
