// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>

namespace bellman {

namespace refused {

struct these_two_numbers_must_be_of_one_type {};

}  // namespace refused

namespace detail {

struct squared_score_norm_fn {
  template <class P, class S,
            class = typename internal::every<
                internal::a_number<P>, internal::a_number<S>,
                internal::rule<std::same_as<P, S>, refused::these_two_numbers_must_be_of_one_type>>::type::yes>
  constexpr P operator()(P const& probability, S const& sum_of_squares) const {
    return sum(difference(P(1), product(P(2), probability)), sum_of_squares);
  }
};

}  // namespace detail

/// `squared_score_norm(p, sum_of_squares)`: how long the gradient of `log p` is, squared, with respect to the logits of
/// a softmax: `1 - 2 p + sum_a p_a^2`. 0 for a certain token.
///
/// *Arguments*: the probability `p` of the token that was drawn, and the sum of the squares of all probabilities.
/// *Use*:
///     bellman::squared_score_norm(0.5, 0.5) == 0.5
inline constexpr detail::squared_score_norm_fn squared_score_norm{};

}  // namespace bellman
