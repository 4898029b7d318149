// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/language/internal/logits_in_place.hpp>
#include <bellman/language/internal/nucleus.hpp>
#include <bellman/language/logit_rule.hpp>

#include <cstddef>
#include <span>

namespace bellman {

/// `top_p{p}(logits)`: keeps the smallest set of the largest logits whose probability reaches p, and leaves out the
/// others: nucleus sampling.
///
/// *Arguments*: p in (0, 1]. Of equal logits those of lower numbers are kept. A probability that is below p by less
/// than 2^-44 of it counts as p, so that of 0.5, 0.3 and 0.2, given by their logarithms, two reach 0.8.
/// *Errors*: `invalid_value` for another p.
/// *Cost*: O(tokens): the vocabulary is not sorted.
/// *Laws*: 1 changes nothing; the divergence of what is kept from what was is `-log` of the probability that is kept;
/// it is not idempotent, since what is kept is likelier than it was (tests/language/logit_rules.cpp).
/// *Source*: Holtzman et al. 2020, "The curious case of neural text degeneration"; `TopPLogitsWarper` of Hugging Face.
/// *Use*:
///     bellman::top_p{0.6}(std::array{0.0, -2.0, 0.0})[1] == -std::numeric_limits<double>::infinity()
class top_p : public changes_logits<top_p> {
 public:
  constexpr explicit top_p(double its_p) : p_(internal::checked_share("top_p", its_p)) {}

  constexpr double p() const { return p_; }

  template <class L>
  constexpr void change(std::span<L> logits) const {
    if (p_ == 1) return;
    auto const kept = internal::nucleus(logits, internal::relative_weights(logits), p_);
    internal::keep_only(logits, [&](std::size_t t) { return kept.keeps(t); });
  }

 private:
  double p_;
};

}  // namespace bellman
