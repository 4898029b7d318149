// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/surrogate.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/stop_gradient.hpp>

#include <cstddef>

namespace bellman::conventions::trl {

// TRL's GRPO trainer: `policy_loss` with `bellman::token_ratio` or, at "sequence" level, `bellman::sequence_ratio`; no
// log-ratio is clamped, and the penalty is `beta` times the mean of `bellman::k3` in the same scope. The loss is the
// `share_of_batch`, divided by the steps of gradient accumulation, except for dapo and cispo:
//
// | loss type | surrogate | scope | count |
// |---|---|---|---|
// | grpo | `clipped` | `every_row{sequence_mean{}}` | rows |
// | bnpo | `clipped` | `token_mean` | tokens, at least 1 |
// | dr_grpo | `clipped` | `every_row{fixed_length{longest}}` | rows |
// | dapo | `clipped` | `token_mean` | tokens of all devices |
// | cispo | `capped_weight` | `token_mean` | tokens of all devices |
// | sapo | `soft_clipped` | `every_row{sequence_mean{}}` | rows |
// | luspo | `clipped` | `length_times_mean` | rows |
//
// With "delta", `clipped` is `two_sided_clipped`.

/// `min(min(r, delta) A, clamp(r, 1 - low, 1 + high) A)`. For `delta >= 1 + high`, as it is meant, this is
/// `dual_clipped{clipped{low, high}, delta}`.
template <class F>
class two_sided_clipped {
 public:
  constexpr two_sided_clipped(clipped<F> its_clip, F its_delta) : clip_(its_clip), delta_(its_delta) {}

  template <class R, class A>
  constexpr auto operator()(R const& ratio, A const& advantage) const {
    R const capped = static_cast<R>(delta_) < ratio ? static_cast<R>(delta_) : ratio;
    auto const own = product(capped, advantage);
    auto const within = product(clip_.clip(ratio), advantage);
    return within < own ? within : own;
  }

 private:
  clipped<F> clip_;
  F delta_;
};

/// `sg(min(r, most)) A log pi(a)`: `clipped_weight` with the largest ratio itself, and no least one.
template <class F>
struct capped_weight {
  F most;

  template <class R, class A, class P>
  constexpr auto operator()(R const& ratio, A const& advantage, P const& log_prob) const {
    R const weight = static_cast<R>(most) < ratio ? static_cast<R>(most) : ratio;
    return product(product(stop_gradient(weight), advantage), log_prob);
  }
};

/// luspo's scope: a term is the mean over the columns of a padded row, times the number of its tokens. The padding is
/// averaged over as well, which makes no difference where a loss is one number a sequence, as it is meant.
struct length_times_mean {
  std::size_t tokens;

  template <class V>
  constexpr batch_mean<length_times_mean, V> operator()(batch_mean<token_mean, V> const& row) const {
    if (row.count == 0) return {V{}, 1};
    return {product(row.value(), static_cast<V>(static_cast<double>(tokens))), 1};
  }
};

}  // namespace bellman::conventions::trl
