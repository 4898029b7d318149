// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/probability/internal/logits.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/log_softmax.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <ranges>

namespace bellman {

namespace detail {

// What cannot occur has a logit of minus infinity and no part in any expectation.
struct entropy_fn {
  template <class Logits, class = typename internal::a_forward_range_of_logits<Logits const>::type::yes>
  constexpr auto operator()(Logits const& logits) const {
    using L = std::ranges::range_value_t<Logits>;
    using W = sum_t<L>;
    W const normaliser = internal::log_sum_exp_in_full(logits);
    accumulator<L> total;
    for (L const& z : logits) {
      if (internal::is_minus_infinity(z)) continue;
      W const log_prob = difference(internal::converted_to<W>(z), normaliser);
      total.add(-product(exp(log_prob), log_prob));
    }
    return total.value();
  }
};

}  // namespace detail

/// `entropy(logits) = -sum_i p_i log p_i` of `p = softmax(logits)`, from 0 to `log n`.
///
/// *Arguments*: floating-point numbers or dual numbers of them, of any size, in a forward range; `-infinity` is what
/// cannot occur and adds nothing. Of floats it is within 1 unit in the last place, for any number of logits up to 10^7.
/// *Errors*: those of `log_sum_exp`.
/// *Cost*: O(n), allocates nothing.
/// *Use*:
///     bellman::entropy(std::array{3.0, -std::numeric_limits<double>::infinity()}) == 0.0
inline constexpr detail::entropy_fn entropy{};

}  // namespace bellman
