// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/language/context.hpp>
#include <bellman/language/internal/logits_of_context.hpp>
#include <bellman/language/internal/requirements.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/probability/softmax.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <utility>

namespace bellman {

namespace detail {

template <class Context>
[[noreturn]] void a_language_policy_needs_a_logit_for_each_token(std::size_t logits, std::size_t tokens,
                                                                 Context const& s) {
  internal::refuse("bellman: for a context of " + std::to_string(s.size()) + " tokens the language policy has " +
                   std::to_string(logits) + " logits; it needs one for each of the " + std::to_string(tokens) +
                   " tokens of the vocabulary");
}

}  // namespace detail

/// `language_policy{vocabulary, logits}`: a language model as a policy, `pi(a | s) = softmax(logits(s))_a`.
///
/// *Arguments*: a vocabulary, of which only the size is kept, and any callable that gives a context's logits, one for
/// each token in the order of their numbers. A logit of `-infinity` forbids a token.
/// *Errors*: a number of logits other than that of tokens throws `invalid_value`; other errors are those of `softmax`.
/// What gives no logits does not compile.
/// *Cost*: O(tokens) a context.
/// *Source*: foundation text, 1.6.
/// *Use*:
///     bellman::expectation(
///         bellman::language_policy{bellman::vocabulary{std::array<std::string_view, 2>{"a", "."}, 1},
///                                  [](bellman::context const&) { return std::array{0.0, 0.0}; }}(bellman::context{}),
///         [](bellman::token a) { return a == 0 ? 1.0 : 0.0; }) == 0.5
template <class Logits>
class language_policy {
 public:
  template <class Vocabulary, class = typename internal::every<internal::a_vocabulary<Vocabulary>,
                                                               internal::logits_of_a_context<Logits>>::type::yes>
  constexpr language_policy(Vocabulary const& its_vocabulary, Logits its_logits)
      : tokens_(its_vocabulary.tokens()), logits_(std::move(its_logits)) {}

  /// The distribution of the next token.
  constexpr auto operator()(context const& s) const {
    auto&& z = logits_(s);
    check_length(z, s);
    return softmax(tokens_, z);
  }

  /// The logits of the next token, as they were given.
  constexpr decltype(auto) logits(context const& s) const {
    decltype(auto) z = logits_(s);
    check_length(z, s);
    return z;
  }

 private:
  template <class Z>
  constexpr void check_length(Z& z, context const& s) const {
    auto const n = static_cast<std::size_t>(std::ranges::distance(z));
    if (n != tokens_.size()) detail::a_language_policy_needs_a_logit_for_each_token(n, tokens_.size(), s);
  }

  std::ranges::iota_view<token, token> tokens_;
  Logits logits_;
};

namespace internal {

template <class Model>
inline constexpr bool is_a_language_policy = false;
template <class Logits>
inline constexpr bool is_a_language_policy<language_policy<Logits>> = true;

}  // namespace internal

}  // namespace bellman
