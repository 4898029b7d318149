// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/in_step.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/internal/logits.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/log_softmax.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
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

// What cannot occur has a logit of minus infinity and no part in any expectation.
struct kl_divergence_fn {
  template <class Logits, class ReferenceLogits,
            class = typename internal::every<internal::a_forward_range_of_logits<Logits const>,
                                             internal::a_forward_range_of_logits<ReferenceLogits const>>::type::yes>
  constexpr auto operator()(Logits const& logits, ReferenceLogits const& reference_logits) const {
    using L = std::ranges::range_value_t<Logits>;
    using M = std::ranges::range_value_t<ReferenceLogits>;
    using V = std::remove_cvref_t<decltype(difference(std::declval<L const&>(), std::declval<M const&>()))>;
    auto const normaliser = internal::log_sum_exp_in_full(logits);
    auto const reference_normaliser = internal::log_sum_exp_in_full(reference_logits);
    accumulator<V> total;
    auto const add = [&](L const& z, M const& y) {
      if (internal::is_minus_infinity(z)) return;
      auto const log_prob = difference(internal::converted_to<sum_t<L>>(z), normaliser);
      if (internal::is_minus_infinity(y)) {
        total.add(sum_t<V>(std::numeric_limits<double>::infinity()));  // even where exp(log_prob) rounds to 0
      } else {
        auto const reference_log_prob = difference(internal::converted_to<sum_t<M>>(y), reference_normaliser);
        total.add(sum_t<V>(product(exp(log_prob), difference(log_prob, reference_log_prob))));
      }
    };
    internal::in_step(two_policies_need_logits_for_the_same_tokens, add, logits, reference_logits);
    return total.value();
  }
};

}  // namespace detail

/// `kl_divergence(logits, reference_logits) = sum_i p_i (log p_i - log q_i)` of `p = softmax(logits)` and
/// `q = softmax(reference_logits)`: not an estimate.
///
/// 0 if and only if the two are equal; infinite where the policy can do what the reference cannot.
///
/// *Arguments*: floating-point numbers or dual numbers of them, of any size, in forward ranges; `-infinity` is what
/// cannot occur. Floats are computed with as `double`, and the sum is rounded once.
/// *Errors*: those of `log_sum_exp`; two lengths that differ throw `invalid_value`.
/// *Cost*: O(n), allocates nothing.
/// *Use*:
///     bellman::kl_divergence(std::array{1.0, 2.0}, std::array{1.0, 2.0}) == 0.0
inline constexpr detail::kl_divergence_fn kl_divergence{};

}  // namespace bellman
