// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/language/internal/first_to_reach.hpp>
#include <bellman/language/internal/logits_in_place.hpp>
#include <bellman/language/internal/nucleus.hpp>
#include <bellman/language/internal/requirements.hpp>
#include <bellman/language/logit_rule.hpp>

#include <cstddef>
#include <span>

namespace bellman {

namespace detail {

template <class N>
[[noreturn]] void top_k_must_keep_a_token(N k) {
  internal::refuse("bellman: top_k{k}: k is " + internal::describe(k) + "; it must be at least 1");
}

}  // namespace detail

/// `top_k{k}(logits)`: keeps the k largest logits and leaves out the others.
///
/// *Arguments*: an integer from 1 on; with fewer tokens nothing is left out. Of equal logits those of lower numbers are
/// kept, so that never more than k are left.
/// *Errors*: `invalid_value` for `k < 1`.
/// *Cost*: O(tokens): the vocabulary is not sorted.
/// *Laws*: k at least the number of tokens changes nothing; of two in a row the smaller one counts
/// (tests/language/logit_rules.cpp).
/// *Use*:
///     bellman::top_k{2}(std::array{1.0, 3.0, 2.0})[0] == -std::numeric_limits<double>::infinity()
class top_k : public changes_logits<top_k> {
 public:
  template <class N, class = typename internal::a_number_of_tokens<N>::type::yes>
  constexpr explicit top_k(N its_k) : k_(static_cast<std::size_t>(its_k)) {
    if (its_k < N(1)) detail::top_k_must_keep_a_token(its_k);
  }

  constexpr std::size_t k() const { return k_; }

  template <class L>
  constexpr void change(std::span<L> logits) const {
    if (k_ >= logits.size()) return;
    auto const kept = internal::first_to_reach(
        logits.size(), internal::largest_first<std::span<L>>{&logits}, [](std::size_t) { return 1.0; },
        static_cast<double>(k_));
    internal::keep_only(logits, [&](std::size_t t) { return kept.keeps(t); });
  }

 private:
  std::size_t k_;
};

}  // namespace bellman
