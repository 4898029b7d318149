// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/probability/internal/gradients_of_logits.hpp>
#include <bellman/probability/internal/logits.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/log_softmax.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/internal/near_zero.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <ranges>

namespace bellman {

namespace detail {

// What cannot occur has a logit of minus infinity and no part in any expectation.
struct entropy_fn {
  template <class Logits, class... Gradients,
            class = typename internal::every<internal::a_forward_range_of_logits<Logits const>,
                                             internal::at_most_one_row_of_gradients<Logits, Gradients...>>::type::yes>
  constexpr auto operator()(Logits const& logits, Gradients&&... gradients) const {
    using L = std::ranges::range_value_t<Logits>;
    using W = sum_t<L>;
    (internal::check_gradients_of_logits(logits, gradients), ...);
    // With d_i = z_i - largest and s = sum_others exp(d_i): H = log(1 + s) - sum_others exp(d_i) d_i / (1 + s), where
    // no term is below 0.
    accumulator<L> total;
    accumulator<L> spread;
    W const largest = internal::for_each_other_logit(logits, [&](W const& below) {
      W const e = exp(below);
      total.add(e);
      spread.add(-product(e, below));
    });
    W const s = total.in_full();
    internal::normaliser<W> const normaliser{largest, internal::log_of_one_plus(s)};
    W const H = sum(normaliser.others, quotient(spread.in_full(), sum(W(1), s)));
    // dH/dz_i = -p_i (log p_i + H)
    [[maybe_unused]] auto const gradient = [&](L const& z) -> W {
      if (internal::is_minus_infinity(z)) return W(0);
      W const log_prob = normaliser.log_prob(internal::converted_to<W>(z));
      return -product(exp(log_prob), sum(log_prob, H));
    };
    (internal::write_gradients_of_logits(gradients, gradient, logits), ...);
    return internal::converted_to<number_t<L>>(H);
  }
};

}  // namespace detail

/// `entropy(logits) = -sum_i p_i log p_i` of `p = softmax(logits)`, from 0 to `log n`. `entropy(logits, gradients)`
/// writes its derivative with respect to every logit as well, `-p_i (log p_i + H)`.
///
/// *Arguments*: floating-point numbers or dual numbers of them, of any size, in a forward range; `-infinity` is what
/// cannot occur and adds nothing. Of floats it is within 1 unit in the last place, for any number of logits up to 10^7.
/// `gradients`: a range in the caller's memory, with an element for each logit.
/// *Errors*: those of `log_sum_exp`; gradients that are not as many as the logits throw `invalid_value`.
/// *Cost*: O(n), allocates nothing: a pass over the logits for the largest, and one with an exponential each; gradients
/// take one more.
/// *Laws*: gradients are the derivatives by dual numbers, one pass for each logit; they add up to 0
/// (tests/probability/entropy.cpp).
/// *Use*:
///     bellman::entropy(std::array{3.0, -std::numeric_limits<double>::infinity()}) == 0.0
inline constexpr detail::entropy_fn entropy{};

}  // namespace bellman
