// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/capped_weight.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/clipped.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/field.hpp>

#include <cstddef>

namespace bellman::conventions::trl {

// TRL's GRPO trainer: `policy_loss` with `bellman::token_ratio` or, at "sequence" level, `bellman::sequence_ratio`; no
// log-ratio is clamped, and the penalty is `beta` times the mean of `bellman::k3`, or with "use_bias_correction_kl" of
// `bias_corrected_k3`, in the same scope. The loss is the
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

/// `two_sided_clipped{clipped{low, high}, delta}`: `min(min(r, delta) A, clamp(r, 1 - low, 1 + high) A)`.
///
/// *Laws*: for `delta >= 1 + high`, as it is meant, this is `dual_clipped{clipped{low, high}, delta}`
/// (tests/conventions/trl/losses.cpp).
/// *Use*:
///     bellman::conventions::trl::two_sided_clipped{bellman::clipped{0.5}, 3.0}(5.0, -2.0) == -6.0
template <internal::number F>
class two_sided_clipped {
 public:
  constexpr two_sided_clipped(clipped<F> its_clip, F its_delta) : clip_(its_clip), delta_(its_delta) {}

  template <class R, class A,
            class = typename internal::every<internal::a_number_with_an_order<R>, internal::a_number_with_an_order<A>,
                                             internal::numbers_of_one_type<R, A>,
                                             internal::numbers_that_make<R, F>>::type::yes>
  constexpr auto operator()(R const& ratio, A const& advantage) const {
    R const capped = bellman::at_most(static_cast<R>(delta_), ratio);
    return bellman::at_most(product(clip_.clip(ratio), advantage), product(capped, advantage));
  }

 private:
  clipped<F> clip_;
  F delta_;
};

using conventions::capped_weight;

/// `length_times_mean{tokens}`: luspo's scope: a term is the mean over the columns of a padded row, times the number of
/// its tokens.
///
/// The padding is averaged over as well, which makes no difference where a loss is one number a sequence, as it is
/// meant.
///
/// *Arguments*: the number of the row's tokens.
/// *Use*:
///     bellman::conventions::trl::length_times_mean{2}(bellman::token_sum(std::array{3.0, 3.0, 3.0})).value() == 6.0
struct length_times_mean {
  std::size_t tokens;

  template <class Tokens, class = typename internal::a_sum_of_tokens<Tokens>::type::yes>
  constexpr auto operator()(Tokens const& row) const {
    using V = internal::total_of_t<Tokens>;
    using mean = batch_mean<length_times_mean, V>;
    if (row.count == 0) return mean{V{}, 1};
    return mean{product(as_number<scalar_t<V>>(tokens), row.value()), 1};
  }
};

}  // namespace bellman::conventions::trl
