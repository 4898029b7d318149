// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/scope.hpp>

#include <ranges>

namespace bellman {

namespace refused {

struct a_scope_must_make_a_batch_mean_of_the_token_sum_of_a_sequence {};

}  // namespace refused

namespace internal {

// A scope for sums of V.
template <class Scope, class V>
using a_scope = rule<scope_for<Scope, V>, refused::a_scope_must_make_a_batch_mean_of_the_token_sum_of_a_sequence>;

// The mean of a batch: `scope(sum_of(sequence_1)) + scope(sum_of(sequence_2)) + ...`, where `sum_of` gives a sequence's
// `token_sum`. It is inlined so that a compiler knows what the function refers to, and reads it once for all tokens.
template <class Batch, class SumOf, class Scope>
[[gnu::always_inline]] constexpr auto mean_in_scope(Batch&& batch, SumOf const& sum_of, Scope const& scope) {
  decltype(scope(sum_of(*std::ranges::begin(batch)))) all{};
  for (auto&& sequence : batch) all += scope(sum_of(sequence));
  return all;
}

}  // namespace internal

}  // namespace bellman
