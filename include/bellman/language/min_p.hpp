// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/language/internal/first_to_reach.hpp>
#include <bellman/language/internal/logits_in_place.hpp>
#include <bellman/language/logit_rule.hpp>
#include <bellman/probability/internal/logits.hpp>
#include <bellman/scalar/exponential.hpp>

#include <cstddef>
#include <span>

namespace bellman {

namespace detail {

[[noreturn]] inline void min_p_must_lie_between_zero_and_one(double m) {
  internal::refuse("bellman: min_p{m}: m is " + internal::describe(m) + "; it must lie in [0, 1]");
}

}  // namespace detail

/// `min_p{m}(logits)`: keeps the tokens with `p_i >= m max_j p_j` and leaves out the others.
///
/// *Arguments*: m in [0, 1]; a probability that is below by less than 2^-44 of it is kept.
/// *Errors*: `invalid_value` for another m.
/// *Cost*: O(tokens), allocates nothing.
/// *Laws*: 0 changes nothing; 1 keeps the largest logits; of two in a row the larger m counts
/// (tests/language/logit_rules.cpp).
/// *Source*: Nguyen et al. 2024, "Turning up the heat: min-p sampling for creative and coherent LLM outputs".
/// *Use*:
///     bellman::min_p{0.5}(std::array{0.0, -1.0})[1] == -std::numeric_limits<double>::infinity()
class min_p : public changes_logits<min_p> {
 public:
  constexpr explicit min_p(double its_m) : m_(its_m) {
    if (!(its_m >= 0 && its_m <= 1)) detail::min_p_must_lie_between_zero_and_one(its_m);
  }

  constexpr double m() const { return m_; }

  template <class L>
  constexpr void change(std::span<L> logits) const {
    if (m_ == 0) return;
    L const top = *internal::largest_logit(logits);
    double const least = m_ * (1 - internal::rounding_of_a_share);
    internal::keep_only(logits, [&](std::size_t t) {
      return !internal::is_minus_infinity(logits[t]) && exp(internal::distance_from(top, logits[t])) >= least;
    });
  }

 private:
  double m_;
};

}  // namespace bellman
