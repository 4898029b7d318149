// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/stop_gradient.hpp>

namespace bellman::conventions {

/// `capped_weight{most}`: `sg(min(r, most)) A log pi(a)`, `sg` for `stop_gradient`: `bellman::clipped_weight` with the
/// largest ratio itself, and no least one.
///
/// *Arguments*: the largest ratio. Of a token, a ratio, an advantage and the log-probability.
/// *Use*:
///     bellman::conventions::capped_weight{2.0}(5.0, 1.0, -0.5) == -1.0
template <class F>
struct capped_weight {
  F most;

  template <class R, class A, class P,
            class = typename internal::every<internal::a_number_with_an_order<R>, internal::a_number<A>,
                                             internal::a_number<P>, internal::numbers_of_one_type<R, A, P>,
                                             internal::numbers_that_make<R, F>>::type::yes>
  constexpr auto operator()(R const& ratio, A const& advantage, P const& log_prob) const {
    R const weight = bellman::at_most(static_cast<R>(most), ratio);
    return product(product(stop_gradient(weight), advantage), log_prob);
  }
};

template <class F, class = typename internal::a_number<F>::type::yes>
capped_weight(F) -> capped_weight<F>;

}  // namespace bellman::conventions
