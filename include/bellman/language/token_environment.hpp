// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/reward.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/internal/requirements.hpp>
#include <bellman/language/token_dynamics.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct this_is_no_function_that_gives_the_reward_of_a_token {};

}  // namespace refused

namespace internal {

/// A function of (context, token, next context), of (context, token), of (dynamics, next context), or of (dynamics,
/// context, token, next context) to a number.
template <class Reward, class... X>
concept rewards_with_a_number = std::invocable<Reward const&, X const&...> &&
    number_or_vector<std::remove_cvref_t<std::invoke_result_t<Reward const&, X const&...>>>;
template <class Reward, class Vocabulary>
struct a_reward_of_tokens
    : rule<(rewards_with_a_number<Reward, context, token, context> || rewards_with_a_number<Reward, context, token> ||
            rewards_with_a_number<Reward, token_dynamics<Vocabulary>, context> ||
            rewards_with_a_number<Reward, token_dynamics<Vocabulary>, context, token, context>),
           refused::this_is_no_function_that_gives_the_reward_of_a_token> {};

}  // namespace internal

namespace detail {

struct token_environment_fn {
  template <class Vocabulary, class Reward,
            class = typename internal::every<internal::a_vocabulary<Vocabulary>,
                                             internal::a_reward_of_tokens<Reward, Vocabulary>>::type::yes>
  constexpr auto operator()(Vocabulary vocabulary, length_limit limit, Reward reward) const {
    return with_reward(token_dynamics<Vocabulary>(std::move(vocabulary), limit), std::move(reward));
  }
};

}  // namespace detail

/// `token_environment(vocabulary, length_limit{n}, reward)`: text generation with a reward: `token_dynamics` that pay.
///
/// It lists no states, since prompts differ: `tabulate(env, prompt)` gives every continuation up to the limit, and
/// `state_value`, `solve` and all others work on it as on any environment.
///
/// *Arguments*: the tokens; the most of them that are generated; a reward, which is a callable of
/// `(context, token, next context)` or `(context, token)` for a reward on each token, or an `outcome_reward`, such as a
/// `verifiable` rule, for one at the end.
/// *Errors*: a length limit of 0 throws `invalid_value`.
/// *Cost*: `|V|^n` continuations of n tokens.
/// *Source*: foundation text, 1.2 to 1.5.
/// *Use*:
///     bellman::token_environment(
///         bellman::vocabulary{std::array<std::string_view, 2>{"a", "."}, 1}, bellman::length_limit{3},
///         [](bellman::context const&, bellman::token a) { return a == 0 ? 1.0 : 0.0; })
///         .transition(bellman::context{0}, 0).value().reward == 1.0
inline constexpr detail::token_environment_fn token_environment{};

}  // namespace bellman
