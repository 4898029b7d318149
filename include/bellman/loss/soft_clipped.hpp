// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/common_number.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/internal/weighed.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/is_finite.hpp>

namespace bellman {

namespace detail {

template <class F>
[[noreturn]] void temperatures_of_a_soft_clip_must_be_above_zero(F const& positive, F const& negative) {
  internal::refuse("bellman: the temperatures of a soft clip are " + internal::describe(positive) + " and " +
                   internal::describe(negative) + "; both must be above 0");
}

}  // namespace detail

/// `soft_clipped{positive, negative}`: `4 / tau sigmoid(tau (r - 1)) A`: a gate that closes smoothly, with slope 1 at
/// `r = 1`.
///
/// *Arguments*: the temperature `tau` for `A > 0` and that for the rest; an integer beside a number is one of its type.
/// Of a token, a ratio and an advantage; an advantage of 0 hides a ratio that overflowed.
/// *Errors*: throws `invalid_value` unless both temperatures are above 0.
/// *Source*: SAPO, Gao et al. 2025.
/// *Use*:
///     bellman::soft_clipped{1.0, 2.0}(1.0, 3.0) == 6.0
template <class F>
class soft_clipped {
 public:
  constexpr soft_clipped(F positive, F negative) requires internal::accepts<internal::a_constant<F>>
      : positive_(positive), negative_(negative) {
    if (!(F(0) < positive && F(0) < negative)) {
      detail::temperatures_of_a_soft_clip_must_be_above_zero(positive, negative);
    }
  }

  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename internal::constants<2, 2, F, X...>::type>
    requires internal::is_a_reason<Reason>
  explicit soft_clipped(X...) = delete;

  template <class R, class A,
            class = typename internal::every<internal::a_number_bounded_by<R, F>, internal::a_constant<A>,
                                             internal::two_numbers_with_a_product<R, A>,
                                             internal::a_difference_with_an_exponential<R, R>>::type::yes>
  constexpr auto operator()(R const& ratio, A const& its_advantage) const {
    F const tau = A(0) < its_advantage ? positive_ : negative_;
    R const x = product(static_cast<R>(tau), difference(ratio, R(1)));
    return internal::weighed(gate(x, static_cast<R>(quotient(F(4), tau))), its_advantage);
  }

 private:
  // `most / (1 + exp(-x))`, of exponentials that do not overflow, which would be infinity times 0 in a derivative. A
  // ratio that overflowed is beyond the gate, where nothing moves it.
  template <class R>
  static constexpr R gate(R const& x, R const& most) {
    if (!(R(0) < x)) {
      R const e = exp(x);
      return quotient(product(most, e), sum(R(1), e));
    }
    return is_finite(x) ? R(quotient(most, sum(R(1), exp(-x)))) : most;
  }

  F positive_;
  F negative_;
};
template <class... F>
soft_clipped(F...) -> soft_clipped<internal::common_number_t<F...>>;

}  // namespace bellman
