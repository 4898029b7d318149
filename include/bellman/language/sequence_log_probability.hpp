// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/internal/log_probability.hpp>
#include <bellman/language/internal/requirements.hpp>
#include <bellman/scalar/accumulator.hpp>

namespace bellman {

namespace detail {

struct sequence_log_probability_fn {
  template <class Model, class Tokens,
            class = typename internal::every<internal::a_language_model<Model>,
                                             internal::a_range_of_tokens<Tokens>>::type::yes>
  constexpr auto operator()(Model const& model, context const& prompt, Tokens&& tokens) const {
    accumulator<internal::log_probability_t<Model>> total;
    internal::for_each_log_probability(model, prompt, tokens, [&](auto const& log_prob) { total.add(log_prob); });
    return total.value();
  }
};

}  // namespace detail

/// `sequence_log_probability(model, prompt, tokens) = sum_t log pi(a_t | s_t)`: the log-probability of a text, given
/// its prompt.
///
/// *Arguments*: a `language_policy`, or a function that gives the logits of a context; a context; the tokens that
/// follow it. Of none it is 0; where one of them is forbidden, `-infinity`.
/// *Errors*: `invalid_value` for a token that has no logit, and what `log_softmax` throws.
/// *Cost*: a call of the model for each token.
/// *Laws*: over all texts of one length the probabilities sum to one; it is the sum of `token_log_probabilities`
/// (tests/language/sequence_log_probability.cpp). Ratios of two are those of `sequence_ratio` in loss.
/// *Use*:
///     bellman::sequence_log_probability([](bellman::context const&) { return std::array{0.0, 0.0}; },
///                                       bellman::context{}, std::array{0, 1, 0}) == 3 * -bellman::log(2.0)
inline constexpr detail::sequence_log_probability_fn sequence_log_probability{};

}  // namespace bellman
