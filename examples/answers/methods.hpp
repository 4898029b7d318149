// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "data_set.hpp"

#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/groups/group_methods.hpp>
#include <bellman/groups/grouping.hpp>
#include <bellman/language/token_rewards.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <vector>

namespace answers {

/// A data set as the methods see it: the rewards of all answers, one group after the other. An answer's tokens are those
/// that the model chose.
struct batch {
  bellman::grouping groups;
  std::vector<double> right;         ///< the reward: 1 if the answer is right, else 0
  std::vector<double> well_formed;   ///< the second reward, for methods that take several
  std::vector<double> greedy;        ///< the reward of the greedy answer to the question; none where some are missing
  std::vector<std::size_t> lengths;  ///< in tokens

  std::vector<std::vector<std::size_t>> step_lengths;  ///< in tokens, the steps of each answer
  std::vector<double> good_steps;                      ///< the rewards of all steps: 1 for a good one, else 0
  bellman::grouping step_groups;                       ///< the steps of all answers to a question
};

inline batch as_batch(data_set const& data) {
  batch b;
  std::vector<std::size_t> question_of, question_of_step;
  bool greedy_for_all = true;
  for (std::size_t q = 0; q < data.questions.size(); ++q) {
    for (answer const& a : data.questions[q].answers) {
      question_of.push_back(q);
      b.right.push_back(a.right ? 1 : 0);
      b.well_formed.push_back(a.well_formed ? 1 : 0);
      b.greedy.push_back(a.greedy.value_or(false) ? 1 : 0);
      b.lengths.push_back(a.own_tokens());
      greedy_for_all = greedy_for_all && a.greedy.has_value();
      b.step_lengths.emplace_back();
      for (step const& s : a.steps) {
        b.step_lengths.back().push_back(s.tokens);
        b.good_steps.push_back(s.good ? 1 : 0);
        question_of_step.push_back(q);
      }
    }
  }
  b.groups = bellman::grouping(question_of);
  b.step_groups = bellman::grouping(question_of_step);
  if (!greedy_for_all) b.greedy.clear();
  return b;
}

/// The advantages of all tokens, one answer's after the other's: nothing where the batch is not enough for the method.
using token_advantages = std::optional<std::vector<double>>;

namespace detail {

/// Each token of an answer gets what the answer gets.
inline std::vector<double> spread(std::vector<double> const& of_answers, std::vector<std::size_t> const& lengths) {
  std::vector<double> of_tokens;
  for (std::size_t i = 0; i < lengths.size(); ++i) of_tokens.insert(of_tokens.end(), lengths[i], of_answers[i]);
  return of_tokens;
}

template <auto const& Method>
token_advantages by_group(batch const& b) {
  return spread(Method(b.right, b.groups), b.lengths);
}

template <auto const& Method>
token_advantages by_group_and_length(batch const& b) {
  return spread(Method(b.right, b.lengths, b.groups), b.lengths);
}

inline token_advantages by_best_of_group(batch const& b) {
  auto const several = b.groups.only_groups([](std::span<std::size_t const> rows) { return rows.size() > 1; });
  return spread(bellman::best_of_group(b.right, several), b.lengths);
}

inline token_advantages by_remax(batch const& b) {
  if (b.greedy.empty() && !b.right.empty()) return std::nullopt;
  return spread(bellman::remax(b.right, b.greedy), b.lengths);
}

inline token_advantages by_gdpo(batch const& b) {
  return spread(bellman::gdpo(std::array{b.right, b.well_formed}, std::array{1.0, 1.0}, b.groups), b.lengths);
}

inline token_advantages by_reinforce_plus_plus(batch const& b) {
  std::vector<std::vector<double>> sequences;
  for (std::size_t i = 0; i < b.lengths.size(); ++i) {
    if (b.lengths[i] != 0) sequences.push_back(bellman::outcome_rewards(b.lengths[i], b.right[i]));
  }
  std::vector<double> all;
  for (auto const& sequence : bellman::reinforce_plus_plus(sequences, 1.0)) {
    all.insert(all.end(), sequence.begin(), sequence.end());
  }
  return all;
}

// Process supervision (Shao et al. 2024, section 4.1.3): the rewards of steps are normalised over the group, and a token
// gets those of its own step and of the later ones.
inline token_advantages by_grpo_of_steps(batch const& b) {
  auto const normalised = bellman::grpo(b.good_steps, b.step_groups);
  std::vector<double> all;
  auto first = normalised.begin();
  for (auto const& lengths : b.step_lengths) {
    auto const last = first + static_cast<std::ptrdiff_t>(lengths.size());
    auto const rewards = bellman::process_rewards(lengths, std::ranges::subrange(first, last));
    auto const returns = bellman::discounted_returns(rewards, 1.0);
    all.insert(all.end(), returns.begin(), returns.end());
    first = last;
  }
  return all;
}

}  // namespace detail

/// A way to turn the rewards of a batch into the advantages of its tokens.
struct method {
  std::string_view name;
  std::string_view formula;
  token_advantages (*of_tokens)(batch const&);
};

/// The methods of `bellman/groups/group_methods.hpp`. What is often called REINFORCE with the group's mean as its
/// baseline is `dr_grpo`. The optimal token baseline is not among them: it needs the probabilities of the tokens, which
/// recorded texts lack.
inline constexpr method methods[]{
    {"reinforce", "r", detail::by_group<bellman::reinforce>},
    {"dr_grpo", "r - mean of the group", detail::by_group<bellman::dr_grpo>},
    {"grpo", "(r - mean) / deviation", detail::by_group<bellman::grpo>},
    {"grpo_of_steps", "grpo of later steps' rewards", detail::by_grpo_of_steps},
    {"rloo", "r - mean of the others", detail::by_group<bellman::rloo>},
    {"opo", "r - mean weighted by length", detail::by_group_and_length<bellman::opo>},
    {"gpg", "(r - mean) answers / those with signal", detail::by_group<bellman::gpg>},
    {"best_of_group", "best - second best, for pass@k", detail::by_best_of_group},
    {"remax", "r - r of the greedy answer", detail::by_remax},
    {"reinforce_plus_plus", "returns, whitened over the batch", detail::by_reinforce_plus_plus},
    {"reinforce_plus_plus_baseline", "r - mean, whitened over the batch",
     detail::by_group_and_length<bellman::reinforce_plus_plus_baseline>},
    {"gdpo", "grpo of two rewards, whitened", detail::by_gdpo},
};

/// What a method makes of a batch.
struct advantages {
  method const* by;
  token_advantages of_tokens;
};

inline std::vector<advantages> advantages_of(batch const& b) {
  std::vector<advantages> all;
  for (method const& m : methods) all.push_back({&m, m.of_tokens(b)});
  return all;
}

}  // namespace answers
