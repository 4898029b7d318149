// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman {

/// `sampled_tokens{log_probs, old_log_probs, advantages}`: the tokens of one sequence that the policy itself chose: for
/// each its log-probability under the policy that is learnt, that under the policy it was sampled from, and its
/// advantage.
///
/// A batch is a range of these, one for each sequence.
///
/// *Arguments*: three ranges of one length; views are kept as views. Gradients are those of the first: give it dual
/// numbers.
/// *Errors*: a token that was sampled had a probability: a ratio to an old log-probability that is infinite or NaN
/// throws `invalid_value`.
/// *Use*:
///     bellman::sampled_tokens{std::array{-1.0}, std::array{-2.0}, std::vector{0.5}}.advantages[0] == 0.5
template <class LogProbs, class OldLogProbs, class Advantages>
struct sampled_tokens {
  LogProbs log_probs;
  OldLogProbs old_log_probs;
  Advantages advantages;
};

template <class LogProbs, class OldLogProbs, class Advantages>
sampled_tokens(LogProbs, OldLogProbs, Advantages) -> sampled_tokens<LogProbs, OldLogProbs, Advantages>;

}  // namespace bellman
