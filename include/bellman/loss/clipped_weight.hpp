// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/clipped.hpp>
#include <bellman/loss/internal/common_number.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/internal/weighed.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/parts.hpp>

namespace bellman {

/// `clipped_weight{low, high}`: `sg(clamp(r, 1 - low, 1 + high)) A log pi(a)`, `sg` for `stop_gradient`: the ratio is a
/// weight without a gradient, so that no token loses its own.
///
/// *Arguments*: how far a ratio may lie below 1 and above; an integer beside a number is one of its type. Of a token, a
/// ratio, an advantage and the log-probability.
/// *Errors*: a negative range throws `invalid_value`.
/// *Source*: CISPO, MiniMax 2025, eq. 4-5.
/// *Use*:
///     bellman::clipped_weight{0.5, 1.0}(5.0, 1.0, -1.0) == -2.0
template <class F>
class clipped_weight {
 public:
  constexpr clipped_weight(F low, F high) requires internal::accepts<internal::a_constant<F>> : clip_(low, high) {}

  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename internal::constants<2, 2, F, X...>::type>
    requires internal::is_a_reason<Reason>
  explicit clipped_weight(X...) = delete;

  template <
      class R, class A, class P,
      class = typename internal::every<internal::a_number_bounded_by<R, F>, internal::two_numbers_with_a_product<P, A>,
                                       internal::two_numbers_with_a_product<R, P>>::type::yes>
  constexpr auto operator()(R const& ratio, A const& its_advantage, P const& log_prob) const {
    return product(internal::primal(clip_.clip(ratio)), internal::weighed(log_prob, its_advantage));
  }
  /// Whether the clip makes a difference to this token's weight.
  template <class R, class A>
  constexpr bool binds(R const& ratio, A const&) const {
    return !(clip_.clip(ratio) == ratio);
  }

 private:
  clipped<F> clip_;
};
template <class... F>
clipped_weight(F...) -> clipped_weight<internal::common_number_t<F...>>;

}  // namespace bellman
