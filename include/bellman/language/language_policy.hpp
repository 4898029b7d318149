// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/language/context.hpp>
#include <bellman/probability/softmax.hpp>

#include <concepts>
#include <utility>

namespace bellman {

/// A language model as a policy: `pi(a | s) = softmax(logits(s))_a`, from any callable that gives a context's logits, one
/// for each token of the vocabulary in the order of their numbers. A logit of `-infinity` forbids a token.
///
/// Errors: those of `softmax`; a number of logits other than that of tokens is found where the policy meets an
/// environment. Foundation text, 1.6.
template <class Logits>
class language_policy {
 public:
  constexpr explicit language_policy(Logits its_logits) : logits_(std::move(its_logits)) {
    static_assert(std::invocable<Logits const&, context const&>,
                  "bellman: a language policy needs a callable that gives a context's logits, one for each token");
  }

  /// The distribution of the next token.
  constexpr auto operator()(context const& s) const { return softmax(logits_(s)); }

 private:
  Logits logits_;
};

}  // namespace bellman
