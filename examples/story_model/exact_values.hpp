// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "continuations.hpp"
#include "language.hpp"
#include "letters.hpp"
#include "tokenizer.hpp"

#include <bellman/bellman.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// A language model as a policy whose values are computed, not estimated: the tree of all continuations of a prompt is
// small enough.
namespace story_model {

/// What a continuation is paid for, at its end: each of its letters, or 1 if it has a text in it. Both can be checked.
class rule {
 public:
  rule(tokenizer const& words, std::optional<std::string> its_wanted) : wanted_(std::move(its_wanted)) {
    for (std::size_t k = 0; k < words.size(); ++k) {
      texts_.push_back(words.text(static_cast<token>(k)));
      letters_.push_back(static_cast<double>(std::ranges::count_if(texts_.back(), is_letter)));
    }
  }

  double operator()(bellman::context const& s) const {
    if (!wanted_) {
      double letters = 0;
      for (bellman::token const t : s.generated()) letters += letters_[static_cast<std::size_t>(t)];
      return letters;
    }
    std::string all;
    for (bellman::token const t : s.generated()) all += texts_[static_cast<std::size_t>(t)];
    return bellman::contains{std::string_view(*wanted_)}(all) ? 1 : 0;
  }

  std::vector<std::string> const& texts() const { return texts_; }
  std::string in_words() const {
    return wanted_ ? "1 if the continuation has \"" + *wanted_ + "\" in it"
                   : "the number of the continuation's letters";
  }

 private:
  std::optional<std::string> wanted_;
  std::vector<std::string> texts_{};
  std::vector<double> letters_{};
};

/// The continuations of a prompt by so many tokens, as an environment: a text ends where another begins.
inline auto continuations(rule const& pays, std::size_t tokens) {
  auto const end = static_cast<bellman::token>(begin_of_text);
  return bellman::token_environment(bellman::vocabulary(pays.texts(), end), bellman::length_limit{tokens},
                                    bellman::outcome_reward{pays});
}

/// The model as a policy, at a temperature.
inline auto policy_of(rule const& pays, known_logits const& logits, double temperature = 1) {
  return bellman::language_policy{
      bellman::vocabulary(pays.texts(), static_cast<bellman::token>(begin_of_text)),
      [&logits, temperature](bellman::context const& s) {
        return logits(s) | std::views::transform([temperature](double z) { return z / temperature; });
      }};
}

/// The values of a policy: `V` of the prompt and of all its continuations, and what each next token is worth.
struct exact_values {
  continuation_numbers number;
  std::size_t longest;
  std::vector<double> values;     ///< by the continuations' numbers
  std::vector<double> action_values{}, advantages{}, probabilities{};  ///< of the next tokens
  double error_bound = 0;         ///< no value that was solved is off by more

  double value() const { return values[0]; }
  double operator()(bellman::context const& s) const {
    return s.generated_size() < longest ? values[number(s)] : 0;
  }
};

/// Solves what has one token to go as `state_value` does any environment, one continuation after the other, so that
/// tables are small; what is shorter is one step before, and the prompt is the last. `step()` is called after each next
/// token.
template <class Env, class Policy, class Step>
exact_values solve_continuations(Env const& env, Policy const& policy, bellman::context const& prompt,
                                 continuation_numbers const& number, std::size_t tokens, Step const& step) {
  exact_values all{number, tokens, std::vector<double>(number.size(), 0.0)};
  auto const one_step_before = bellman::bellman_expectation(env, policy, 1.0)(
      [&all](bellman::context const& s) { return all(s); });
  auto const solve = [&](auto const& solve_longer, bellman::context const& s) -> void {
    if (env.terminal(s)) return;
    if (s.generated_size() + 1 == tokens) {
      auto const v = bellman::state_value(env, policy, 1.0, s);
      all.values[number(s)] = v(s);
      all.error_bound = (std::max)(all.error_bound, v.error_bound());
      return;
    }
    for (bellman::token const a : env.actions(s)) solve_longer(solve_longer, bellman::concat(s, a));
    all.values[number(s)] = one_step_before(s);
  };
  for (bellman::token const a : env.actions(prompt)) {
    solve(solve, bellman::concat(prompt, a));
    step();
  }
  all.values[0] = one_step_before(prompt);
  auto const q = bellman::action_value(env, 1.0, all);
  auto const advantage = bellman::advantage(q, all);
  for (auto const& [a, p] : policy(prompt)) {
    all.action_values.push_back(q(prompt, a));
    all.advantages.push_back(advantage(prompt, a));
    all.probabilities.push_back(p);
  }
  return all;
}

}  // namespace story_model
