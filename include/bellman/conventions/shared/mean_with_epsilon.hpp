// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/scalar_traits.hpp>

namespace bellman::conventions {

namespace detail {

struct mean_with_epsilon_fn {
  template <class Tokens, class = typename internal::a_sum_of_numbers_of_tokens<Tokens>::type::yes>
  constexpr auto operator()(Tokens const& tokens) const {
    using V = internal::total_of_t<Tokens>;
    return internal::converted_to<V>(
        quotient(tokens.total, static_cast<V>(sum(static_cast<double>(tokens.count), 1e-8))));
  }
};

}  // namespace detail

/// `mean_with_epsilon(tokens) = total / (count + 1e-8)`, as verl and OpenRLHF divide: 0 where nothing is counted, and
/// elsewhere a little less than the mean.
///
/// *Use*:
///     bellman::conventions::mean_with_epsilon(bellman::batch_mean<bellman::token_mean, double>{}) == 0.0
inline constexpr detail::mean_with_epsilon_fn mean_with_epsilon{};

/// `sequence_mean_with_epsilon`: `bellman::sequence_mean` with that mean. verl's "seq-mean-token-mean", OpenRLHF's loss
/// per sample.
///
/// *Use*:
///     bellman::mean_over(
///         std::vector{std::vector{4.0}, std::vector<double>{}},
///         bellman::conventions::sequence_mean_with_epsilon{}).count == 1
struct sequence_mean_with_epsilon {
  template <class Tokens, class = typename internal::a_sum_of_numbers_of_tokens<Tokens>::type::yes>
  constexpr auto operator()(Tokens const& tokens) const {
    using mean = batch_mean<sequence_mean_with_epsilon, internal::total_of_t<Tokens>>;
    if (tokens.count == 0) return mean{};
    return mean{mean_with_epsilon(tokens), 1};
  }
};

}  // namespace bellman::conventions
