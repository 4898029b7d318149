// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refused.hpp>
#include <bellman/loss/scope.hpp>

#include <ranges>

namespace bellman::internal {

// The mean of a batch: `scope(sum_of(sequence_1)) + scope(sum_of(sequence_2)) + ...`, where `sum_of` gives a sequence's
// `token_sum`. It is inlined so that a compiler knows what the function refers to, and reads it once for all tokens.
template <class Batch, class SumOf, class Scope>
[[gnu::always_inline]] constexpr auto mean_in_scope(Batch&& batch, SumOf const& sum_of, Scope const& scope) {
  if constexpr (!scope_for<Scope, decltype(sum_of(*std::ranges::begin(batch)).total)>) {
    static_assert(internal::refused<Scope>,
                  "bellman: a mean needs a scope: a function of a sequence's token_sum that gives its part of the "
                  "mean, a batch_mean");
  } else {
    decltype(scope(sum_of(*std::ranges::begin(batch)))) all{};
    for (auto&& sequence : batch) all += scope(sum_of(sequence));
    return all;
  }
}

}  // namespace bellman::internal
