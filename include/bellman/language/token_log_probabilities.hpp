// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/internal/log_probability.hpp>
#include <bellman/language/internal/requirements.hpp>

#include <ranges>
#include <vector>

namespace bellman {

namespace detail {

struct token_log_probabilities_fn {
  template <class Model, class Tokens,
            class = typename internal::every<internal::a_language_model<Model>,
                                             internal::a_range_of_tokens<Tokens>>::type::yes>
  constexpr auto operator()(Model const& model, context const& prompt, Tokens&& tokens) const {
    std::vector<internal::log_probability_t<Model>> all;
    internal::for_each_log_probability(model, prompt, tokens, [&](auto const& log_prob) { all.push_back(log_prob); });
    return all;
  }
};

}  // namespace detail

/// `token_log_probabilities(model, prompt, tokens)`: `log pi(a_t | s_t)` of each token of a text, given those before
/// it: what the ratios of [loss](../loss/README.md) and `kl_shaped_rewards` are made of.
///
/// *Arguments*: a `language_policy`, or a function that gives the logits of a context; a context; the tokens that
/// follow it. Of one that is forbidden it is `-infinity`.
/// *Errors*: `invalid_value` for a token that has no logit, and what `log_softmax` throws.
/// *Cost*: a call of the model for each token.
/// *Laws*: their sum is `sequence_log_probability` (tests/language/sequence_log_probability.cpp).
/// *Use*:
///     bellman::token_log_probabilities([](bellman::context const&) { return std::array{0.0, 0.0}; },
///                                      bellman::context{}, std::array{0, 1}) ==
///         std::vector{-bellman::log(2.0), -bellman::log(2.0)}
inline constexpr detail::token_log_probabilities_fn token_log_probabilities{};

}  // namespace bellman
