// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/loss/clipped.hpp>
#include <bellman/loss/token_sum.hpp>
#include <bellman/probability/entropy.hpp>
#include <bellman/probability/log_softmax.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <cstddef>

namespace bellman::conventions::rlax {

namespace detail {

struct policy_gradient_loss_fn {
  template <class Logits, class Actions, class Advantages, class Weights,
            class = typename internal::every<
                internal::rows_of_real_numbers<Logits>, internal::a_range_of_indices<Actions>,
                internal::a_range_of_numbers<Advantages const>, internal::a_range_of_numbers<Weights const>,
                internal::rows_and_columns_of_one_type<Logits, Logits, Advantages, Weights>>::type::yes>
  constexpr auto operator()(Logits const& logits, Actions const& actions, Advantages const& advantages,
                            Weights const& weights) const {
    auto const loss = [](auto const& z, auto const& a, auto const& advantage, auto const& weight) {
      return -product(product(weight, advantage), log_softmax(z, static_cast<std::size_t>(a)));
    };
    return token_sum(loss, logits, actions, advantages, weights).value();
  }
};

struct entropy_loss_fn {
  template <class Logits, class Weights,
            class = typename internal::every<
                internal::rows_of_real_numbers<Logits>, internal::a_range_of_numbers<Weights const>,
                internal::rows_and_columns_of_one_type<Logits, Logits, Weights>>::type::yes>
  constexpr auto operator()(Logits const& logits, Weights const& weights) const {
    auto const loss = [](auto const& z, auto const& weight) { return -product(weight, entropy(z)); };
    return token_sum(loss, logits, weights).value();
  }
};

struct clipped_surrogate_pg_loss_fn {
  template <class Ratios, class Advantages, class F,
            class = typename internal::every<
                internal::a_range_of_numbers<Ratios const>, internal::a_range_of_numbers<Advantages const>,
                internal::columns_of_one_type<Ratios, Advantages>, internal::a_number_with_an_order<F>,
                internal::a_value_beside<F, Ratios>>::type::yes>
  constexpr auto operator()(Ratios const& ratios, Advantages const& advantages, F const& epsilon) const {
    clipped<F> const surrogate(epsilon);
    return token_sum([&](auto const& r, auto const& a) { return -surrogate(r, a); }, ratios, advantages).value();
  }
};

}  // namespace detail

/// `policy_gradient_loss(logits, actions, advantages, weights)`: the mean of `-w_t A_t log softmax(logits_t, a_t)` over
/// the steps, the masked ones included, whose weight is 0.
///
/// *Errors*: rows of different lengths, and of none, throw `invalid_value`, and whatever `log_softmax` refuses.
/// *Use*:
///     bellman::conventions::rlax::policy_gradient_loss(
///         std::array{std::array{1.0, 1.0}, std::array{1.0, 1.0}}, std::array{0, 1}, std::array{2.0, -2.0},
///         std::array{1.0, 1.0}) == 0.0
inline constexpr detail::policy_gradient_loss_fn policy_gradient_loss{};

/// `entropy_loss(logits, weights)`: the mean of `-w_t entropy(logits_t)`.
///
/// *Errors*: rows of different lengths, and of none, throw `invalid_value`, and whatever `entropy` refuses.
/// *Use*:
///     bellman::conventions::rlax::entropy_loss(
///         std::array{std::array{0.0, 0.0}, std::array{0.0, 0.0}}, std::array{1.0, -1.0}) == 0.0
inline constexpr detail::entropy_loss_fn entropy_loss{};

/// `clipped_surrogate_pg_loss(ratios, advantages, epsilon)`: the mean of `-clipped{epsilon}(r_t, A_t)`.
///
/// *Errors*: rows of different lengths, and of none, and a negative range throw `invalid_value`.
/// *Use*:
///     bellman::conventions::rlax::clipped_surrogate_pg_loss(std::array{2.0}, std::array{1.0}, 0.5) == -1.5
inline constexpr detail::clipped_surrogate_pg_loss_fn clipped_surrogate_pg_loss{};

}  // namespace bellman::conventions::rlax
