// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/evaluation/effective_sample_size.hpp>
#include <bellman/evaluation/internal/episode_numbers.hpp>
#include <bellman/evaluation/internal/evaluation_fn.hpp>
#include <bellman/evaluation/internal/rules.hpp>
#include <bellman/evaluation/off_policy_estimate.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/value/return.hpp>

#include <cstddef>
#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void some_trajectory_must_have_a_weight() {
  internal::refuse(
      "bellman: the target policy would have played no episode of the batch: every product of ratios is 0, and a "
      "weighted form divides by their sum");
}

struct by_trajectory : internal::of_logged_episodes {
  template <class V, class E, class G>
  static constexpr V of(E const& e, G const& gamma) {
    internal::check_length("ratios", e.ratios, internal::length_of(e.rewards));
    return product(weight_of<V>(e), return_of<V>(e, gamma));
  }
  template <class V, class E, class G>
  static constexpr V return_of(E const& e, G const& gamma) {
    auto const reward = [&](std::size_t t) { return internal::number_at_step<V>(e.rewards, t); };
    return V(discounted_return(internal::of_steps(internal::length_of(e.rewards), reward), e.ending, gamma));
  }
};

struct by_weighted_trajectory : internal::of_logged_episodes {
  template <class V, class X, class G>
  static constexpr off_policy_estimate<V> of(X const& episodes, G const& gamma) {
    std::vector<V> weights;
    std::vector<V> returns;
    // A mean with weights, which is exactly the return where all are equal.
    internal::merging_statistics<V, V, V> all;
    accumulator<V> of_nothing;
    for (auto const& e : episodes) {
      internal::check_episode_of_batch<by_weighted_trajectory, V>(e, weights.size());
      weights.push_back(weight_of<V>(e));
      returns.push_back(by_trajectory::return_of<V>(e, gamma));
      all.add(returns.back(), weights.back());
      // 0, but of a return that is no number.
      if (weights.back() == V(0)) of_nothing.add(product(weights.back(), returns.back()));
    }
    auto const n = weights.size();
    if (n == 0) internal::off_policy_evaluation_needs_an_episode();
    if (all.count() == V(0)) some_trajectory_must_have_a_weight();
    V const value = sum(all.mean(), of_nothing.value());
    V const mean_weight = quotient(all.count(), as_number<V>(n));
    accumulator<V> squares;
    for (std::size_t i = 0; i < n; ++i) {
      V const moves = quotient(product(weights[i], difference(returns[i], value)), mean_weight);
      squares.add(product(moves, moves));
    }
    return {value, squares.value(), effective_sample_size(weights), n};
  }
};

}  // namespace detail

/// `importance_sampling(episode, gamma)`: `(rho_0 rho_1 ... rho_{T-1}) G_0`; of a range of episodes the mean, as an
/// `off_policy_estimate`.
///
/// *Arguments*: an episode is a `logged_episode` or anything with its members; an ending `truncated{v}` adds `gamma^T
/// v` to the return. Estimates are of the wider of the rewards' and the ratios' type, integers counting as `double`;
/// floats are computed with as `double`, and an estimate is rounded once. Ratios may be dual numbers.
/// *Errors*: `invalid_value` for a ratio below 0 or not finite (naming its step), for lengths that differ, for a
/// discount outside [0, 1] and for an empty range; of a range the episode is named too. A NaN among the rewards makes
/// the estimate a NaN.
/// *Cost*: O(n) in the steps.
/// *Laws* (tests/laws/off_policy_laws.cpp): its expectation is `V_pi` where the behaviour policy does all that the
/// target policy may do; with every ratio 1 it is the return.
/// *Source*: Precup, Sutton and Singh 2000, section 3.
/// *Use*:
///     bellman::importance_sampling(bellman::logged_episode{std::array{1.0, 2.0}, std::array{0.5, 2.0}}, 1.0) == 3.0
inline constexpr internal::evaluation_fn<detail::by_trajectory> importance_sampling{};

/// `weighted_importance_sampling(episodes, gamma)`: `sum_i w_i G_i / sum_i w_i`, where `w_i` is the product of the
/// ratios of episode `i`.
///
/// Between the least and the largest return of the batch; not unbiased, and consistent. The error is that of the delta
/// method, with `psi_i = w_i (G_i - value) / mean(w)`.
///
/// *Arguments*: a range of episodes as those of `importance_sampling`.
/// *Errors*: as `importance_sampling`; `invalid_value` too when every weight is 0.
/// *Cost*: O(steps of all episodes); two numbers an episode are allocated.
/// *Laws*: with equal weights it is the mean return with its standard error; a factor common to all weights changes
/// nothing.
/// *Source*: Precup, Sutton and Singh 2000, section 3.
/// *Use*:
///     bellman::weighted_importance_sampling(
///         std::array{bellman::logged_episode{std::array{1.0}, std::array{3.0}},
///                    bellman::logged_episode{std::array{5.0}, std::array{1.0}}}, 1.0).value == 2.0
inline constexpr internal::batch_evaluation_fn<detail::by_weighted_trajectory> weighted_importance_sampling{};

}  // namespace bellman
