// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/evaluation/internal/numbers.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <ranges>
#include <string>

namespace bellman {

namespace detail {

template <class W>
[[noreturn]] void a_weight_must_not_be_negative(std::size_t index, W const& w) {
  internal::refuse("bellman: weight " + std::to_string(index) + " is " + internal::describe(w) +
                   "; it must be 0 or above, and finite");
}
[[noreturn]] inline void an_effective_sample_size_needs_weights() {
  internal::refuse("bellman: the effective sample size of no weights; there must be one at least");
}

struct effective_sample_size_fn {
  template <class Weights, class = typename internal::every<internal::a_forward_range_of_numbers<Weights>,
                                                            internal::ordered_numbers_of<Weights>>::type::yes>
  [[nodiscard]] constexpr auto operator()(Weights&& weights) const {
    using P = number_t<std::ranges::range_value_t<Weights>>;
    P largest(0);
    std::size_t n = 0;
    for (auto&& each : weights) {
      P const w = static_cast<P>(each);
      if (!internal::is_finite_and_not_negative(w)) detail::a_weight_must_not_be_negative(n, w);
      if (largest < w) largest = w;
      ++n;
    }
    if (n == 0) an_effective_sample_size_needs_weights();
    if (largest == P(0)) return P(0);
    // In units of the largest, so that no square is too large or too small for a number.
    using S = sum_t<P>;
    S const unit = internal::converted_to<S>(largest);
    accumulator<S> shares;
    accumulator<S> squares;
    for (auto&& each : weights) {
      S const share = quotient(internal::converted_to<S>(static_cast<P>(each)), unit);
      shares.add(share);
      squares.add(product(share, share));
    }
    S const total = shares.value();
    return internal::converted_to<P>(quotient(product(total, total), squares.value()));
  }
};

}  // namespace detail

/// `effective_sample_size(weights)`: `(sum_i w_i)^2 / sum_i w_i^2`, the number of equal weights whose mean would vary
/// as much: `n` for equal weights, 1 when one weight outweighs all, 0 when every weight is 0.
///
/// *Arguments*: a forward range of weights of any size, as products of many ratios are. Floats are computed with as
/// `double`, and the result is rounded once.
/// *Errors*: `invalid_value` for a weight below 0 or not finite, and for no weights.
/// *Cost*: O(n), two passes and a division a weight.
/// *Source*: Kish 1965.
/// *Use*:
///     bellman::effective_sample_size(std::array{1.0, 1.0, 1.0}) == 3.0
inline constexpr detail::effective_sample_size_fn effective_sample_size{};

}  // namespace bellman
