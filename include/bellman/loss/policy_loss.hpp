// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/clipped.hpp>
#include <bellman/loss/clipped_weight.hpp>
#include <bellman/loss/dual_clipped.hpp>
#include <bellman/loss/geometric_mean_ratio.hpp>
#include <bellman/loss/internal/gradients.hpp>
#include <bellman/loss/internal/mean_in_scope.hpp>
#include <bellman/loss/internal/mean_of_tokens.hpp>
#include <bellman/loss/internal/objective_of.hpp>
#include <bellman/loss/internal/policy_gradients.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/sampled_tokens.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/loss/sequence_ratio.hpp>
#include <bellman/loss/soft_clipped.hpp>
#include <bellman/loss/surrogate.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/register_width.hpp>

#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct a_surrogate_must_give_a_number_for_a_ratio_and_an_advantage {};
struct there_is_one_range_of_gradients_or_none {};

}  // namespace refused

namespace detail {

template <class Batch, class Ratio, class Surrogate>
struct a_surrogate : internal::rule<surrogate<Surrogate, internal::ratio_of_t<Batch, Ratio>,
                                              internal::advantage_of_t<Batch>, internal::log_prob_of_t<Batch>>,
                                    refused::a_surrogate_must_give_a_number_for_a_ratio_and_an_advantage> {};

template <class Batch, class Ratio, class Surrogate, class Scope>
struct a_scope_of_losses
    : internal::a_scope<Scope,
                        number_t<std::remove_cvref_t<decltype(-internal::objective_of(
                            std::declval<Surrogate const&>(), std::declval<internal::ratio_of_t<Batch, Ratio> const&>(),
                            std::declval<internal::advantage_of_t<Batch> const&>(),
                            std::declval<internal::log_prob_of_t<Batch> const&>()))>>> {};

// Nothing, or what the derivatives with respect to the log-probabilities are written to.
template <class Batch, class Ratio, class Surrogate, class Scope, class... Gradients>
struct at_most_one_range_of_gradients {
  using type = refused::there_is_one_range_of_gradients_or_none;
};
template <class Batch, class Ratio, class Surrogate, class Scope>
struct at_most_one_range_of_gradients<Batch, Ratio, Surrogate, Scope> {
  using type = internal::accepted;
};
template <class Batch, class Scope, class Gradients>
struct gradients_of_a_batch
    : internal::every<internal::a_scope<Scope, internal::gradient_number_t<Batch>>,
                      internal::rows_for_gradients<Gradients, internal::gradient_number_t<Batch>>> {};
template <class Batch, class Ratio, class Surrogate, class Scope, class Gradients>
struct at_most_one_range_of_gradients<Batch, Ratio, Surrogate, Scope, Gradients>
    : internal::every<internal::a_policy_gradient<Batch, Ratio, Surrogate>,
                      gradients_of_a_batch<Batch, Scope, Gradients>> {};

struct policy_loss_fn {
  // The machine, since gradients are computed in its registers: one that is compiled for another is another function.
  template <class Batch, class Ratio, class Surrogate, class Scope, class... Gradients, class = internal::this_machine,
            class = typename internal::every<
                internal::a_batch_and_its_ratio<Batch, Ratio>, a_surrogate<Batch, Ratio, Surrogate>,
                a_scope_of_losses<Batch, Ratio, Surrogate, Scope>,
                at_most_one_range_of_gradients<Batch, Ratio, Surrogate, Scope, Gradients...>>::type::yes>
  constexpr auto operator()(Batch&& batch, Ratio const& ratio, Surrogate const& surrogate, Scope const& scope,
                            Gradients&&... gradients) const {
    if constexpr (sizeof...(Gradients) == 1) {
      return internal::policy_loss_and_gradients(batch, ratio, surrogate, scope, gradients...);
    } else {
      auto const loss = [&](auto const& r, auto const& its_advantage, auto const& log_prob, auto const&... weight) {
        return -internal::weighed_by(internal::objective_of(surrogate, r, its_advantage, log_prob), weight...);
      };
      return internal::mean_of_tokens(batch, ratio, loss, scope);
    }
  }
};

}  // namespace detail

/// `policy_loss(batch, ratio, surrogate, scope)`: the mean of `-surrogate(ratio(token), A)`, as a `batch_mean` of that
/// scope, whose `value()` is the loss; `policy_loss(batch, ratio, surrogate, scope, gradients)`: the same, and writes
/// the derivative of that value with respect to every log-probability.
///
/// A method is a ratio, a surrogate and a scope: PPO is `token_ratio`, `clipped`, `token_mean`; the table of methods is
/// in the README.md beside this file. A penalty for leaving a reference policy is a mean of the same scope beside it,
/// `loss.value() + beta kl.value()`.
///
/// *Arguments*: a range of `sampled_tokens`, one for each sequence; a `ratio`, a `surrogate` and a `scope_for` its
/// numbers. Log-probabilities that are dual numbers give the derivative in their common direction; one of -infinity
/// is a ratio of 0. A NaN makes the loss a NaN, but an advantage of 0 hides whatever its ratio is. `gradients`: a
/// range of rows in the caller's memory, one for each sequence, with an element for each token, apart from what is
/// read or in the place of the log-probabilities; the batch is walked twice then, and the ratio is a `shared_ratio`
/// or one of the token alone. Of several parts of a batch, a part's gradient counts by its share of the terms. At a
/// corner, where a ratio lies on a bound of a clip, the derivative is that of the ratio within the clip.
/// *Errors*: rows of a sequence that differ in length, an old log-probability that is not finite, and gradients of
/// another shape throw `invalid_value`, which names the sequence and the token, before a gradient is written. What
/// is no batch, ratio, surrogate or scope does not compile.
/// *Cost*: O(tokens), allocates nothing. Gradients take no pass over the tokens more, of a shared ratio one; before,
/// a look at the lengths of rows and at the old log-probabilities. The surrogate is computed with a dual number in
/// one direction, twice where a shared ratio meets a surrogate of the log-probability.
/// *Laws*: splitting the batch and adding the parts changes nothing; every loss starts with the policy gradient
/// (tests/loss/policy_loss.cpp); gradients are the derivatives by dual numbers, one pass for each token
/// (tests/loss/policy_gradients.cpp).
/// *Use*:
///     bellman::policy_loss(
///         std::array{bellman::sampled_tokens{std::array{-1.0}, std::array{-1.0}, std::array{0.5}}},
///         bellman::token_ratio{}, bellman::clipped{0.2}, bellman::token_mean{}).value() == -0.5
inline constexpr detail::policy_loss_fn policy_loss{};

}  // namespace bellman
