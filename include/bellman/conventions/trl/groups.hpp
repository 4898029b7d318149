// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/for_every_token.hpp>
#include <bellman/error.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/group_methods.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

/// Group methods as TRL computes them: rows of one reward for each reward function, `num_generations` of them a group,
/// one after another. A reward that is NaN was not given: it counts nowhere, and an answer without any reward gets
/// advantage 0. trl/trainer/grpo_trainer.py, rloo_trainer.py.
namespace bellman::conventions::trl {

/// `squares / n` times `n / (n - 1)`, a quotient of integers and so a float. Of one value, or none, it is 0.
struct variance_by_float {
  template <class V>
  constexpr V operator()(statistics<V> const& s) const {
    if (s.count < 2) return V{};
    float const bessel = static_cast<float>(s.count) / static_cast<float>(s.count - 1);
    return product(population_variance{}(s), static_cast<V>(bessel));
  }
};

/// `std + 1e-4`: the scale of a group (`scale_rewards="group"`), as `over_batch{deviation}` that of the batch, and
/// `unscaled{}` for none.
inline constexpr spread_plus deviation{root_of{variance_by_float{}}, 1e-4};

namespace detail {

[[noreturn]] inline void there_must_be_one_weight_for_each_reward_function(std::size_t row) {
  throw invalid_value("bellman: row " + std::to_string(row) +
                      " has not as many rewards as there are weights; there must be one for each reward function");
}

template <class R>
constexpr bool is_given(R const& reward) {
  return reward == reward;
}

// The sum of those terms of each row that are given; NaN where none is.
template <class Rows, class Weights>
constexpr auto weighted_sums(Rows const& rows, Weights const& weights) {
  using R = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
  std::vector<R> sums;
  for (auto const& row : rows) {
    if (std::ranges::distance(row) != std::ranges::distance(weights)) {
      there_must_be_one_weight_for_each_reward_function(sums.size());
    }
    R total{};
    R missing{};
    bool given = false;
    auto weight = std::ranges::begin(weights);
    for (auto const& r : row) {
      if (is_given(r)) {
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

template <class Rewards>
constexpr grouping given_rows(Rewards const& rewards, std::size_t num_generations) {
  return grouping::consecutive(rewards.size(), num_generations).only_rows([&](std::size_t row) {
    return is_given(rewards[row]);
  });
}

struct grpo_advantages_fn {
  template <std::ranges::forward_range Rows, std::ranges::forward_range Weights, class Scale = decltype(deviation)>
  constexpr auto operator()(Rows const& rewards_per_function, Weights const& weights, std::size_t num_generations,
                            Scale const& scale = deviation) const {
    auto const rewards = weighted_sums(rewards_per_function, weights);
    return group_advantages{group_mean{}, scale}(rewards, given_rows(rewards, num_generations));
  }
};

struct gdpo_advantages_fn {
  template <std::ranges::forward_range Rows, std::ranges::forward_range Weights>
  constexpr auto operator()(Rows const& rewards_per_function, Weights const& weights,
                            std::size_t num_generations) const {
    auto rewards = weighted_sums(rewards_per_function, weights);
    auto const scored = given_rows(rewards, num_generations);
    std::size_t function = 0;
    for (auto& r : rewards) r = {};
    for (auto const& weight : weights) {
      using R = typename decltype(rewards)::value_type;
      std::vector<R> column;
      for (auto const& row : rewards_per_function) column.push_back(static_cast<R>(row[function]));
      auto const advantages = group_advantages{group_mean{}, deviation}(column, given_rows(column, num_generations));
      for (std::size_t row = 0; row < rewards.size(); ++row) {
        rewards[row] = sum(rewards[row], product(static_cast<R>(weight), advantages[row]));
      }
      ++function;
    }
    return group_advantages{over_batch{group_mean{}}, over_batch{deviation}}(rewards, scored);
  }
};

struct rloo_advantages_fn {
  template <std::ranges::random_access_range Rewards>
  constexpr auto operator()(Rewards const& rewards, std::size_t num_generations) const {
    return bellman::rloo(rewards, given_rows(rewards, num_generations));
  }
};
struct normalized_rloo_advantages_fn {
  template <std::ranges::random_access_range Rewards>
  constexpr auto operator()(Rewards const& rewards, std::size_t num_generations) const {
    auto const scored = given_rows(rewards, num_generations);
    return group_advantages{over_batch{group_mean{}}, over_batch{deviation}}(bellman::rloo(rewards, scored), scored);
  }
};

[[noreturn]] inline void masks_must_keep_two_tokens(std::size_t kept) {
  throw invalid_value("bellman: the masks keep " + std::to_string(kept) + " tokens; whitening needs at least 2");
}

template <bool ShiftMean>
struct masked_whiten_fn {
  template <class Rows, class Masks>
  constexpr auto operator()(Rows const& values, Masks const& masks) const {
    using V = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
    std::vector<V> tokens;
    for_every_token(values, masks, [&](std::size_t, auto const& x) { tokens.push_back(static_cast<V>(x)); });
    if (tokens.size() < 2) masks_must_keep_two_tokens(tokens.size());
    auto const s = statistics_of(tokens);
    auto const width = root_of{spread_plus{sample_variance{}, 1e-8}}(s);
    std::vector<std::vector<V>> rows;
    for (auto const& row : values) {
      rows.push_back({});
      for (auto const& x : row) {
        using S = std::remove_cvref_t<decltype(s.mean)>;
        S const whitened = quotient(difference(static_cast<S>(x), s.mean), width);
        rows.back().push_back(static_cast<V>(ShiftMean ? whitened : sum(whitened, s.mean)));
      }
    }
    return rows;
  }
};

}  // namespace detail

/// `grpo_advantages(rewards_per_function, weights, num_generations, scale)`: the weighted sums of the rewards
/// (`sum_then_normalize`) less the mean of the group, divided by the scale, which is `deviation` unless it is given.
inline constexpr detail::grpo_advantages_fn grpo_advantages{};

/// `gdpo_advantages(rewards_per_function, weights, num_generations)`: `normalize_then_sum`, each reward function's
/// rewards less the mean of the group by `std + 1e-4`, their weighted sum likewise over the batch.
inline constexpr detail::gdpo_advantages_fn gdpo_advantages{};

/// `rloo_advantages(rewards, num_generations)`; and with `normalize_advantages`, by mean and `std + 1e-4` of the batch.
inline constexpr detail::rloo_advantages_fn rloo_advantages{};
inline constexpr detail::normalized_rloo_advantages_fn normalized_rloo_advantages{};

/// `masked_whiten(values, masks)`: `(x - mean) / sqrt(variance + 1e-8)` at every position, masked ones too, with the
/// statistics of the tokens that masks keep; the second is `shift_mean=False`, which adds the mean again. Throws
/// `invalid_value` for fewer than 2 tokens.
inline constexpr detail::masked_whiten_fn<true> masked_whiten{};
inline constexpr detail::masked_whiten_fn<false> masked_whiten_around_mean{};

}  // namespace bellman::conventions::trl
