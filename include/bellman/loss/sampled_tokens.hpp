// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/field.hpp>

#include <cstddef>
#include <iterator>

namespace bellman {

/// `one_advantage{A}`: the advantage of an answer, for each of its tokens: a row of advantages that has no end.
///
/// *Arguments*: a number.
/// *Cost*: that of the number; nothing is stored for a token.
/// *Use*:
///     *bellman::one_advantage{0.5}.begin() == 0.5
template <class A>
class one_advantage {
 public:
  class iterator {
   public:
    using value_type = A;
    using difference_type = std::ptrdiff_t;

    constexpr iterator() = default;
    constexpr explicit iterator(A const& its_advantage) : advantage_(its_advantage) {}

    constexpr A operator*() const { return advantage_; }
    constexpr iterator& operator++() { return *this; }
    constexpr iterator operator++(int) { return *this; }
    friend constexpr bool operator==(iterator const&, iterator const&) { return true; }

   private:
    A advantage_{};
  };

  constexpr one_advantage(A its_advantage) : advantage_(its_advantage) {}

  constexpr A const& value() const { return advantage_; }
  constexpr iterator begin() const { return iterator(advantage_); }
  constexpr std::unreachable_sentinel_t end() const { return {}; }

 private:
  A advantage_;
};

/// `no_weights`: that the tokens of a sequence are not weighted.
///
/// *Use*:
///     std::is_empty_v<bellman::no_weights>
struct no_weights {};

/// `sampled_tokens{log_probs, old_log_probs, advantages}`: the tokens of one sequence that the policy itself chose: for
/// each its log-probability under the policy that is learnt, that under the policy it was sampled from, and its
/// advantage. `sampled_tokens{log_probs, old_log_probs, A}` has one advantage for all of them, that of the answer;
/// `sampled_tokens{log_probs, old_log_probs, advantages, weights}` a weight for each, which multiplies its part of a
/// loss, such as those that correct for a sampler that differs from the old policy (sampler_weights.hpp).
///
/// A batch is a range of these, one for each sequence.
///
/// *Arguments*: ranges of one length; views are kept as views. Derivatives are those with respect to the first, which
/// says how many tokens there are; a row without an end, such as `one_advantage`, may be any other. A weight is a
/// constant; one of 0 hides what it multiplies, but its token counts in the mean.
/// *Errors*: a token that was sampled had a probability: a ratio to an old log-probability that is infinite or NaN
/// throws `invalid_value`.
/// *Use*:
///     bellman::sampled_tokens{std::array{-1.0}, std::array{-2.0}, std::vector{0.5}}.advantages[0] == 0.5 &&
///         bellman::sampled_tokens{std::array{-1.0}, std::array{-2.0}, 0.5}.advantages.value() == 0.5
template <class LogProbs, class OldLogProbs, class Advantages, class Weights = no_weights>
struct sampled_tokens {
  LogProbs log_probs;
  OldLogProbs old_log_probs;
  Advantages advantages;
  [[no_unique_address]] Weights weights{};
};

template <class LogProbs, class OldLogProbs, class Advantages>
sampled_tokens(LogProbs, OldLogProbs, Advantages) -> sampled_tokens<LogProbs, OldLogProbs, Advantages>;
template <class LogProbs, class OldLogProbs, class Advantages, class Weights>
sampled_tokens(LogProbs, OldLogProbs, Advantages, Weights)
    -> sampled_tokens<LogProbs, OldLogProbs, Advantages, Weights>;
template <class LogProbs, class OldLogProbs, internal::number A>
sampled_tokens(LogProbs, OldLogProbs, A) -> sampled_tokens<LogProbs, OldLogProbs, one_advantage<A>>;
template <class LogProbs, class OldLogProbs, internal::number A, class Weights>
sampled_tokens(LogProbs, OldLogProbs, A, Weights) -> sampled_tokens<LogProbs, OldLogProbs, one_advantage<A>, Weights>;

}  // namespace bellman
