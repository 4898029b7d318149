// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/scalar/accumulator.hpp>

#include <cstddef>
#include <ranges>
#include <type_traits>

namespace bellman {

namespace refused {

struct a_scope_must_make_a_batch_mean_of_the_token_sum_of_a_sequence {};

}  // namespace refused

namespace internal {

// A scope for sums of V.
template <class Scope, class V>
using a_scope = rule<scope_for<Scope, V>, refused::a_scope_must_make_a_batch_mean_of_the_token_sum_of_a_sequence>;

// The mean of a batch: `scope(of_tokens(sequence_1)) + scope(of_tokens(sequence_2)) + ...`, where `of_tokens` gives a
// sequence's `token_sum`. It is inlined so that a compiler knows what the function refers to, and reads it once for all
// tokens.
template <class Batch, class OfTokens, class Scope>
[[gnu::always_inline]] constexpr auto mean_in_scope(Batch&& batch, OfTokens const& of_tokens, Scope const& scope) {
  using mean = std::remove_cvref_t<decltype(scope(of_tokens(*std::ranges::begin(batch))))>;
  accumulator<sum_t<number_of_mean_t<mean>>> total;
  mean all;
  for (auto&& sequence : batch) {
    auto const part = scope(of_tokens(sequence));
    total.add(part.total);
    all.count += part.count;
    all.scope = bellman::detail::common_scope(all.scope, part.scope);
  }
  all.total = total.value();
  return all;
}

}  // namespace internal

}  // namespace bellman
