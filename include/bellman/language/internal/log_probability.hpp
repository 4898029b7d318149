// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/internal/logits_of_context.hpp>
#include <bellman/language/internal/tokens_seen.hpp>
#include <bellman/language/language_policy.hpp>
#include <bellman/probability/log_softmax.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::internal {

/// The logits that a language model gives for a context, which it is called with unless it is a policy.
template <class Model>
constexpr decltype(auto) logits_by(Model const& model, context const& s) {
  if constexpr (is_a_language_policy<Model>) {
    return model.logits(s);
  } else {
    return model(s);
  }
}

template <class Model>
struct logits_of_model : logits_of_a_context<Model> {};
template <class Logits>
struct logits_of_model<language_policy<Logits>> : logits_of_a_context<Logits> {};

template <class Model>
struct logits_in_a_row
    : a_random_access_range_of_numbers<decltype(internal::logits_by(std::declval<Model const&>(),
                                                                    std::declval<context const&>()))> {};
/// A `language_policy`, or a function that gives the logits of a context, of which the one of a token can be looked up.
template <class Model>
using a_language_model = every<logits_of_model<Model>, logits_in_a_row<Model>>;

/// `log pi(a | s)`.
template <class Model, class Number>
constexpr auto log_probability_of(Model const& model, context const& s, Number a) {
  auto&& z = internal::logits_by(model, s);
  return log_softmax(z, internal::place_of_logit(a, static_cast<std::size_t>(std::ranges::distance(z))));
}

template <class Model>
using log_probability_t =
    decltype(internal::log_probability_of(std::declval<Model const&>(), std::declval<context const&>(), token{}));

/// `give(log pi(a_t | s_t))` for each of some tokens behind a prompt.
template <class Model, class Tokens, class Give>
constexpr void for_each_log_probability(Model const& model, context s, Tokens&& tokens, Give const& give) {
  for (auto const a : tokens) {
    give(internal::log_probability_of(model, s, a));
    s = concat(s, a);
  }
}

}  // namespace bellman::internal
