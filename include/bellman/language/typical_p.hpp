// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/language/internal/first_to_reach.hpp>
#include <bellman/language/internal/logits_in_place.hpp>
#include <bellman/language/internal/nucleus.hpp>
#include <bellman/language/logit_rule.hpp>
#include <bellman/probability/internal/logits.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/magnitude.hpp>

#include <cstddef>
#include <limits>
#include <span>

namespace bellman {

/// `typical_p{p}(logits)`: keeps the smallest set of the most typical tokens whose probability reaches p, and leaves
/// out the others: those come first whose surprise `-log p_i` is next to the entropy H, `|-log p_i - H|`.
///
/// So the likeliest token may be left out, where it says less than is usual.
///
/// *Arguments*: p in (0, 1], reached as in `top_p`. Of tokens that are typical alike those of lower numbers are kept.
/// *Errors*: `invalid_value` for another p.
/// *Cost*: O(tokens): the vocabulary is not sorted.
/// *Laws*: 1 changes nothing (tests/language/logit_rules.cpp).
/// *Source*: Meister et al. 2023, "Locally typical sampling".
/// *Use*:
///     bellman::typical_p{0.2}(std::array{1.0, 0.0, 0.0, 0.0})[0] == -std::numeric_limits<double>::infinity()
class typical_p : public changes_logits<typical_p> {
 public:
  constexpr explicit typical_p(double its_p) : p_(internal::checked_share("typical_p", its_p)) {}

  constexpr double p() const { return p_; }

  template <class L>
  constexpr void change(std::span<L> logits) const {
    if (p_ == 1) return;
    auto const all = internal::relative_weights(logits);
    L const top = *internal::largest_logit(logits);
    double const surprise_of_top = log(all.total);
    auto const surprise = [&](std::size_t t) {
      return internal::is_minus_infinity(logits[t]) ? std::numeric_limits<double>::infinity()
                                                    : surprise_of_top - internal::distance_from(top, logits[t]);
    };
    accumulator<double> mean;
    for (std::size_t t = 0; t < logits.size(); ++t) {
      if (all.weights[t] > 0) mean.add(all.weights[t] / all.total * surprise(t));
    }
    double const H = mean.in_full();
    auto const key = [&](std::size_t t) { return internal::ordered_bits(magnitude(surprise(t) - H)); };
    auto const kept = internal::first_to_reach(
        logits.size(), internal::smallest_first<decltype(key)>{key}, [&](std::size_t t) { return all.weights[t]; },
        p_ * all.total * (1 - internal::rounding_of_a_share));
    internal::keep_only(logits, [&](std::size_t t) { return kept.keeps(t); });
  }

 private:
  double p_;
};

}  // namespace bellman
