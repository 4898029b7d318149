// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/fold.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/evaluation/effective_sample_size.hpp>
#include <bellman/evaluation/internal/episode_numbers.hpp>
#include <bellman/evaluation/internal/requirements.hpp>
#include <bellman/evaluation/internal/rules.hpp>
#include <bellman/evaluation/off_policy_estimate.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace bellman::internal {

/// rho_0 rho_1 ... rho_{T-1}
template <class V, class Ratios>
constexpr V product_of(Ratios const& ratios) {
  return fold(internal::of_steps(internal::length_of(ratios),
                                 [&](std::size_t t) {
                                   return affine<V, V>{V(0), internal::ratio_at<V>(ratios, t)};
                                 }),
              V(1));
}

[[noreturn]] inline void an_episode_must_have_one_for_each_reward(std::size_t episode, char const* what,
                                                                  std::size_t found, std::size_t rewards) {
  internal::refuse("bellman: episode " + std::to_string(episode) + ": " + std::to_string(found) + " " + what + " and " +
                   std::to_string(rewards) + " rewards; there must be one for each reward");
}
template <class W>
[[noreturn]] void a_ratio_of_an_episode_must_not_be_negative(std::size_t episode, std::size_t step, W const& ratio) {
  internal::refuse("bellman: episode " + std::to_string(episode) + ": ratio " + std::to_string(step) + " is " +
                   internal::describe(ratio) + "; it must be 0 or above, and finite");
}
[[noreturn]] inline void a_product_of_ratios_of_an_episode_must_be_finite(std::size_t episode, std::size_t step) {
  internal::refuse("bellman: episode " + std::to_string(episode) + ": the product of the ratios up to step " +
                   std::to_string(step) + " is too large to be a number");
}

/// What an estimate of one episode refuses is refused of a batch's here before, where it is known which it is.
template <class Estimate, class V, class E>
constexpr void check_episode_of_batch(E const& e, std::size_t episode) {
  std::size_t const n = internal::length_of(e.rewards);
  auto const check = [&](char const* what, std::size_t found) {
    if (found != n) internal::an_episode_must_have_one_for_each_reward(episode, what, found, n);
  };
  if constexpr (Estimate::reads_a_model) check("state values", internal::length_of(e.state_values));
  if constexpr (Estimate::discounts != 0) {
    if constexpr (Estimate::reads_a_model) check("action values", internal::length_of(e.action_values));
    check("ratios", internal::length_of(e.ratios));
    for (std::size_t t = 0; t < n; ++t) {
      V const ratio = internal::number_at_step<V>(e.ratios, t);
      if (!internal::is_finite_and_not_negative(ratio)) {
        internal::a_ratio_of_an_episode_must_not_be_negative(episode, t, ratio);
      }
    }
  }
}

// Estimates are computed in what sums are computed in, and rounded once.
template <class V, class W>
constexpr off_policy_estimate<V> estimate_in(off_policy_estimate<W> const& x) {
  return {internal::converted_to<V>(x.value), internal::converted_to<V>(x.squared_deviations),
          internal::converted_to<V>(x.effective_sample_size), x.episodes};
}

// An estimate of one episode; its mean over a range of them.
template <class Estimate>
struct evaluation_fn {
  template <class X, class... G, class = typename episodes_for<Estimate, X, G...>::type::yes>
  [[nodiscard]] constexpr auto operator()(X const& x, G const&... gamma) const {
    using V = evaluated_t<episode_in_t<X>, G...>;
    if constexpr (batch<X>) {
      return internal::estimate_in<V>(mean<sum_t<V>>(x, gamma...));
    } else {
      return internal::converted_to<V>(Estimate::template of<sum_t<V>>(x, gamma...));
    }
  }

 private:
  template <class V, class X, class... G>
  static constexpr off_policy_estimate<V> mean(X const& episodes, G const&... gamma) {
    merging_statistics<V> estimates;
    std::vector<V> weights;
    for (auto const& e : episodes) {
      internal::check_episode_of_batch<Estimate, V>(e, weights.size());
      estimates.add(Estimate::template of<V>(e, gamma...));
      weights.push_back(Estimate::template weight_of<V>(e));
    }
    if (weights.empty()) off_policy_evaluation_needs_an_episode();
    statistics<V> const all = estimates.value();
    return {all.mean, all.squares, effective_sample_size(weights), weights.size()};
  }
};

// An estimate of a batch only.
template <class Estimate>
struct batch_evaluation_fn {
  template <class X, class G, class = typename a_batch_for<Estimate, X, G>::type::yes>
  [[nodiscard]] constexpr auto operator()(X const& episodes, G const& gamma) const {
    using V = evaluated_t<episode_in_t<X>, G>;
    return internal::estimate_in<V>(Estimate::template of<sum_t<V>>(episodes, gamma));
  }
};

struct of_logged_episodes {
  static constexpr bool reads_a_model = false;
  static constexpr std::size_t discounts = 1;

  template <class V, class E>
  static constexpr V weight_of(E const& e) {
    return internal::product_of<V>(e.ratios);
  }
};
struct of_modelled_episodes : of_logged_episodes {
  static constexpr bool reads_a_model = true;
};

}  // namespace bellman::internal
