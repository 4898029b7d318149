// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/correction.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/evaluation/cumulative_ratios.hpp>
#include <bellman/evaluation/effective_sample_size.hpp>
#include <bellman/evaluation/internal/corrected_worth.hpp>
#include <bellman/evaluation/internal/episode_numbers.hpp>
#include <bellman/evaluation/internal/evaluation_fn.hpp>
#include <bellman/evaluation/internal/rules.hpp>
#include <bellman/evaluation/off_policy_estimate.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/known.hpp>
#include <bellman/value/return.hpp>
#include <bellman/value/value_after.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

namespace bellman {

namespace detail {

[[noreturn]] inline void some_episode_must_have_a_weight(std::size_t step) {
  internal::refuse("bellman: up to step " + std::to_string(step) +
                   " the target policy would have done what no episode of the batch shows: every product of ratios is "
                   "0, and a weighted form divides by their sum");
}

struct per_decision_estimator {
  using columns = bellman::columns<scalar_column<"ratios">>;

  template <class Step, class F>
  [[gnu::always_inline]] static constexpr auto terms(Step const&, F const& rho) {
    return correction{known_zero{}, rho, known_zero{}};
  }
};

struct by_decision : internal::of_logged_episodes {
  template <class V, class E, class G>
  static constexpr V of(E const& e, G const& gamma) {
    return internal::corrected_worth<per_decision_estimator, V>(e, gamma);
  }
};

struct by_weighted_decision : internal::of_logged_episodes {
  // As `cumulative_ratios` does, which does not know of episodes.
  template <class Ratios>
  static constexpr void check_products(Ratios const& ratios, std::size_t episode) {
    using P = number_t<std::ranges::range_value_t<Ratios const>>;
    P weight(1);
    std::size_t step = 0;
    for (auto&& ratio : ratios) {
      weight = product(weight, static_cast<P>(ratio));
      if (!is_finite(weight)) internal::a_product_of_ratios_of_an_episode_must_be_finite(episode, step);
      ++step;
    }
  }

  // An episode that has ended goes on without rewards and with its last weight, after what its end is worth.
  template <class V, class X, class G>
  static constexpr off_policy_estimate<V> of(X const& episodes, G const& gamma) {
    using ending = std::remove_cvref_t<decltype((*std::ranges::begin(episodes)).ending)>;
    std::size_t n = 0;
    std::size_t steps = 0;
    for (auto const& e : episodes) {
      internal::check_episode_of_batch<by_weighted_decision, V>(e, n);
      check_products(e.ratios, n);
      std::size_t const steps_of_it = internal::length_of(e.rewards) + (std::same_as<ending, terminated> ? 0 : 1);
      steps = steps < steps_of_it ? steps_of_it : steps;
      ++n;
    }
    if (n == 0) internal::off_policy_evaluation_needs_an_episode();

    std::vector<V> weights;
    std::vector<V> cumulative(steps, V(0));
    std::vector<accumulator<V>> weights_at(steps + 1);
    std::vector<accumulator<V>> weights_from(steps + 1);
    std::vector<accumulator<V>> rewards_at(steps + 1);
    for (auto const& e : episodes) {
      cumulative_ratios(e.ratios, cumulative.begin());
      std::size_t const last = internal::length_of(e.rewards);
      for (std::size_t t = 0; t < last; ++t) {
        weights_at[t].add(cumulative[t]);
        rewards_at[t].add(product(cumulative[t], internal::number_at_step<V>(e.rewards, t)));
      }
      weights.push_back(last == 0 ? V(1) : cumulative[last - 1]);
      weights_from[last].add(weights.back());
      rewards_at[last].add(product(weights.back(), value_after<V>(e.ending)));
    }
    accumulator<V> ended;
    std::vector<V> weight_at(steps, V(0));
    std::vector<V> mean_reward(steps, V(0));
    std::vector<V> rest(steps, V(0));
    for (std::size_t t = 0; t < steps; ++t) {
      ended = ended + weights_from[t];
      weight_at[t] = (weights_at[t] + ended).value();
      if (weight_at[t] == V(0)) some_episode_must_have_a_weight(t);
      mean_reward[t] = quotient(rewards_at[t].value(), weight_at[t]);
      rest[t] = quotient(mean_reward[t], weight_at[t]);
    }
    V const value = discounted_return(mean_reward, gamma);

    discounted_returns(rest, gamma, rest.begin());
    accumulator<V> squares;
    for (auto const& e : episodes) {
      auto const end = cumulative_ratios(e.ratios, cumulative.begin());
      std::size_t const last = internal::length_of(e.rewards);
      V const weight = last == 0 ? V(1) : cumulative[last - 1];
      for (std::size_t t = 0; t < last; ++t) {
        V const more = difference(internal::number_at_step<V>(e.rewards, t), mean_reward[t]);
        cumulative[t] = quotient(product(cumulative[t], more), weight_at[t]);
      }
      V after(0);
      if (last < steps) {
        after = product(weight, difference(quotient(value_after<V>(e.ending), weight_at[last]), rest[last]));
      }
      auto const moves = std::ranges::subrange(cumulative.begin(), end);
      V const psi = product(as_number<V>(n), discounted_return(moves, truncated{after}, gamma));
      squares.add(product(psi, psi));
    }
    return {value, squares.value(), effective_sample_size(weights), n};
  }
};

}  // namespace detail

/// `per_decision_importance_sampling(episode, gamma)`: `sum_t gamma^t rho_0 ... rho_t R_t`, from
/// `V_t = rho_t (R_t + gamma V_{t+1})`: a reward is weighed by the decisions that led to it. Of a range the mean.
///
/// It is the corrected return with `v = q = 0` and the traces `rho`.
///
/// *Arguments*: as `importance_sampling`.
/// *Errors*: as `importance_sampling`.
/// *Cost*: O(n) in the steps.
/// *Laws* (tests/laws/off_policy_laws.cpp): unbiased; `doubly_robust` with a model that says 0.
/// *Source*: Precup, Sutton and Singh 2000, section 4.
/// *Use*:
///     bellman::per_decision_importance_sampling(bellman::logged_episode{std::array{1.0, 2.0}, std::array{0.5, 2.0}},
///                                               1.0) == 2.5
inline constexpr internal::evaluation_fn<detail::by_decision> per_decision_importance_sampling{};

/// `weighted_per_decision_importance_sampling(episodes, gamma)`: the discounted return of the weighted mean rewards,
/// `sum_t gamma^t (sum_i W_it R_it / sum_i W_it)` with `W_it = rho_i0 ... rho_it`.
///
/// An episode that has ended keeps its weight, its rewards being 0 from then on, so that what is estimated is `V_pi`
/// also where episodes differ in length. The error is that of the delta method.
///
/// *Arguments*: a range of episodes as those of `importance_sampling`.
/// *Errors*: as `weighted_importance_sampling`, naming the step from which every weight is 0.
/// *Cost*: O(steps of all episodes); a few numbers for each step of the longest are allocated.
/// *Source*: Thomas 2015, chapter 3 (the consistent weighted per-decision estimator).
/// *Use*:
///     bellman::weighted_per_decision_importance_sampling(
///         std::array{bellman::logged_episode{std::array{1.0}, std::array{3.0}},
///                    bellman::logged_episode{std::array{5.0}, std::array{1.0}}}, 1.0).value == 2.0
inline constexpr internal::batch_evaluation_fn<detail::by_weighted_decision>
    weighted_per_decision_importance_sampling{};

}  // namespace bellman
