// SPDX-License-Identifier: BSL-1.0
#pragma once

// [block]
#include <bellman/loss/policy_loss.hpp>
#include <bellman/loss/token_sum.hpp>

namespace extensions {

// A ratio: the product of the ratios of all tokens of a sequence, for each of them.
struct product_ratio {
  constexpr auto term(auto const& now, auto const& old) const { return now - old; }
  constexpr auto of_sum(auto const& log_ratios) const { return bellman::exp(log_ratios.total); }
  constexpr auto operator()(auto const& tokens) const {
    auto const log_ratio = [this](auto const& now, auto const& old) { return this->term(now, old); };
    return bellman::common_ratio{of_sum(bellman::token_sum(log_ratio, tokens.log_probs, tokens.old_log_probs))};
  }
};

// A surrogate: r A, less the square of how far the ratio has gone.
struct squared_distance {
  double weight;

  template <class R>
  constexpr R operator()(R const& ratio, double advantage) const {
    return ratio * advantage - weight * (ratio - 1.0) * (ratio - 1.0);
  }
};

// A scope: the sum over a sequence, by the square of its length.
struct by_squared_length {
  template <class V>
  constexpr auto operator()(bellman::batch_mean<bellman::token_mean, V> const& tokens) const {
    auto const n = static_cast<double>(tokens.count);
    using part = bellman::batch_mean<by_squared_length, V>;
    return tokens.count == 0 ? part{} : part{tokens.total / (n * n), 1};
  }
};

}  // namespace extensions
// [block]
