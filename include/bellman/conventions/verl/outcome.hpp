// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/on_tokens.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/groups/batch_method.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/as_number.hpp>

#include <ranges>
#include <vector>

namespace bellman::conventions::verl {

namespace detail {

struct outcome_scores_fn {
  template <class Rows, class = typename internal::rows_of_numbers<Rows>::type::yes>
  constexpr auto operator()(Rows const& token_rewards) const {
    using R = number_t<std::ranges::range_value_t<std::ranges::range_value_t<Rows>>>;
    std::vector<R> scores;
    for (auto const& row : token_rewards) {
      accumulator<R> score;
      for (auto const& r : row) score.add(static_cast<R>(r));
      scores.push_back(score.value());
    }
    return scores;
  }
};

}  // namespace detail

/// `outcome_scores(token_rewards)`: an answer's score, the sum of its row, masked positions included.
///
/// *Use*:
///     bellman::conventions::verl::outcome_scores(std::vector<std::vector<double>>{{0, 1}, {2, 3}}) ==
///         std::vector{1.0, 5.0}
inline constexpr detail::outcome_scores_fn outcome_scores{};

/// `outcome{method}(token_rewards, masks, ids)`: a method of scores and back on tokens. An answer's tokens get its
/// advantage, other positions 0.
///
/// *Arguments*: a `batch_method`. Called with padded rows of token rewards, masks of the answers' tokens, and an id for
/// each row, random-access ranges all of them.
/// *Errors*: `invalid_value` for other numbers of rows than masks or ids, and what the method throws.
/// *Cost*: O(positions), one vector for each row.
/// *Source*: verl/trainer/ppo/core_algos.py.
/// *Use*:
///     bellman::conventions::verl::outcome{bellman::dr_grpo}(
///         std::vector<std::vector<double>>{{0, 1}, {3, 0}}, std::array{std::array{1, 1}, std::array{1, 0}},
///         std::array{7, 7}) == std::vector<std::vector<double>>{{-1, -1}, {1, 0}}
template <class Method>
struct outcome {
  Method method{};

  template <class Rows, class Masks, class Ids,
            class = typename internal::every<internal::rewards_of_answers<Rows, Masks, Ids>,
                                             internal::a_method_of_scores<Method, Rows>>::type::yes>
  constexpr auto operator()(Rows const& token_rewards, Masks const& masks, Ids const& ids) const {
    return internal::on_tokens(method(outcome_scores(token_rewards), grouping(ids)), masks);
  }
};
template <class Method>
outcome(Method) -> outcome<Method>;

}  // namespace bellman::conventions::verl
