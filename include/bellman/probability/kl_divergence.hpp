// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/in_step.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/internal/gradients_of_logits.hpp>
#include <bellman/probability/internal/logits.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/log_softmax.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/internal/near_zero.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <limits>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

[[noreturn]] inline void two_policies_need_logits_for_the_same_tokens(std::size_t) {
  internal::refuse("bellman: kl_divergence(logits, reference_logits): the two must be of one length");
}

// What cannot occur has a logit of minus infinity.
struct kl_divergence_fn {
  template <class Logits, class ReferenceLogits, class... Gradients,
            class = typename internal::every<internal::a_forward_range_of_logits<Logits const>,
                                             internal::a_forward_range_of_logits<ReferenceLogits const>,
                                             internal::at_most_one_row_of_gradients<Logits, Gradients...>>::type::yes>
  constexpr auto operator()(Logits const& logits, ReferenceLogits const& reference_logits,
                            Gradients&&... gradients) const {
    using L = std::ranges::range_value_t<Logits>;
    using M = std::ranges::range_value_t<ReferenceLogits>;
    using V = std::remove_cvref_t<decltype(difference(std::declval<L const&>(), std::declval<M const&>()))>;
    (internal::check_gradients_of_logits(logits, gradients), ...);
    auto const normaliser = internal::normaliser_of(logits);
    auto const reference_normaliser = internal::normaliser_of(reference_logits);
    // p log(p / q) = (q - p + p log(p / q)) - (q - p), of which the second adds up to 0 and the first is never below 0:
    // plain terms, of both signs, would cancel where the two are near each other.
    accumulator<V> total;
    auto const add = [&](L const& z, M const& y) {
      bool const never = internal::is_minus_infinity(z);
      if (internal::is_minus_infinity(y)) {
        if (!never) total.add(sum_t<V>(std::numeric_limits<double>::infinity()));  // even where p rounds to 0
        return;
      }
      auto const log_q = reference_normaliser.log_prob(internal::converted_to<sum_t<M>>(y));
      if (never) {
        total.add(sum_t<V>(exp(log_q)));
        return;
      }
      auto const log_p = normaliser.log_prob(internal::converted_to<sum_t<L>>(z));
      sum_t<V> const l = difference(log_q, log_p);
      auto const p = exp(log_p);
      if (sum_t<V>(-0.25) < l && l < sum_t<V>(0.25)) {
        total.add(sum_t<V>(product(p, internal::exp_less_one_and_x(l))));
      } else {
        total.add(sum_t<V>(difference(difference(exp(log_q), p), product(p, l))));
      }
    };
    internal::in_step(two_policies_need_logits_for_the_same_tokens, add, logits, reference_logits);
    // dKL/dz_i = p_i (log p_i - log q_i - KL)
    auto const KL = total.in_full();
    [[maybe_unused]] auto const gradient = [&](L const& z, M const& y) -> sum_t<V> {
      if (internal::is_minus_infinity(z)) return sum_t<V>(0);
      auto const log_prob = normaliser.log_prob(internal::converted_to<sum_t<L>>(z));
      auto const reference_log_prob = reference_normaliser.log_prob(internal::converted_to<sum_t<M>>(y));
      return product(exp(log_prob), difference(difference(log_prob, reference_log_prob), KL));
    };
    (internal::write_gradients_of_logits(gradients, gradient, logits, reference_logits), ...);
    return total.value();
  }
};

}  // namespace detail

/// `kl_divergence(logits, reference_logits) = sum_i p_i (log p_i - log q_i)` of `p = softmax(logits)` and
/// `q = softmax(reference_logits)`: not an estimate. `kl_divergence(logits, reference_logits, gradients)` writes its
/// derivative with respect to every one of `logits` as well, `p_i (log p_i - log q_i - KL)`.
///
/// 0 where the two are equal, and never below; infinite where the policy can do what the reference cannot.
///
/// *Arguments*: floating-point numbers or dual numbers of them, of any size, in forward ranges; `-infinity` is what
/// cannot occur. Floats are computed with as `double`, and the sum is rounded once. `gradients`: a range in the
/// caller's memory, with an element for each logit: 0 of what cannot occur; where the divergence is infinite, no other
/// is finite.
/// *Errors*: those of `log_sum_exp`; lengths that differ throw `invalid_value`.
/// *Cost*: O(n), allocates nothing; gradients take one pass over the logits more.
/// *Laws*: gradients are the derivatives by dual numbers, one pass for each logit; they add up to 0
/// (tests/probability/kl_divergence.cpp).
/// *Use*:
///     bellman::kl_divergence(std::array{1.0, 2.0}, std::array{1.0, 2.0}) == 0.0
inline constexpr detail::kl_divergence_fn kl_divergence{};

}  // namespace bellman
