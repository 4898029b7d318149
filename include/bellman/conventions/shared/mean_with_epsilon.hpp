// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/scalar/arithmetic.hpp>

namespace bellman::conventions {

namespace detail {

struct mean_with_epsilon_fn {
  template <class V>
  constexpr V operator()(batch_mean<token_mean, V> const& tokens) const {
    return quotient(tokens.total, static_cast<V>(sum(static_cast<double>(tokens.count), 1e-8)));
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
  template <class V>
  constexpr batch_mean<sequence_mean_with_epsilon, V> operator()(batch_mean<token_mean, V> const& tokens) const {
    if (tokens.count == 0) return {};
    return {mean_with_epsilon(tokens), 1};
  }
};

}  // namespace bellman::conventions
