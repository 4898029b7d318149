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
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
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
    running_statistics<V> estimates;
    std::vector<V> weights;
    for (auto const& e : episodes) {
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
