// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/scalar/internal/parts.hpp>

#include <cstddef>
#include <limits>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman::internal {

template <class L>
[[noreturn]] void logits_must_be_numbers_below_infinity(std::size_t index, L const& logit) {
  internal::refuse("bellman: logit " + std::to_string(index) + " is " + internal::describe(logit) +
                   "; it must be a number or -infinity");
}
[[noreturn]] inline void one_logit_must_be_finite() {
  internal::refuse("bellman: no logit is finite; at least one must be");
}

/// The number by which a logit of type `L` is compared.
template <class L>
using primal_t = std::remove_cvref_t<decltype(internal::primal(std::declval<L const&>()))>;

struct itself {
  template <class T>
  constexpr T const& operator()(T const& x) const {
    return x;
  }
};

/// Where the largest of some logits stands; `logit_of` makes one of an element. Throws `invalid_value` for a NaN, for
/// `+infinity`, and where none is finite.
template <std::ranges::forward_range Elements, class LogitOf = itself>
constexpr auto largest_logit(Elements&& elements, LogitOf const& logit_of = {}) {
  using N = primal_t<computed_t<std::remove_cvref_t<decltype(logit_of(*std::ranges::begin(elements)))>>>;
  N const inf = std::numeric_limits<N>::infinity();
  auto largest = std::ranges::begin(elements);
  N most = -inf;
  std::size_t n = 0;
  for (auto it = std::ranges::begin(elements); it != std::ranges::end(elements); void(++it), ++n) {
    N const x = internal::primal(internal::as_computed(logit_of(*it)));
    if (!(x < inf)) internal::logits_must_be_numbers_below_infinity(n, x);
    if (!(most < x)) continue;
    most = x;
    largest = it;
  }
  if (most == -inf) one_logit_must_be_finite();
  return largest;
}

/// Whether the value of a logit is `-infinity`, so that its exponential is exactly zero.
template <class L>
constexpr bool is_minus_infinity(L const& logit) {
  return internal::primal(internal::as_computed(logit)) == -std::numeric_limits<primal_t<computed_t<L>>>::infinity();
}

}  // namespace bellman::internal
