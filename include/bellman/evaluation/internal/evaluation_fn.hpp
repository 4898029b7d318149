// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/fold.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/evaluation/effective_sample_size.hpp>
#include <bellman/evaluation/internal/episode_numbers.hpp>
#include <bellman/evaluation/internal/rules.hpp>
#include <bellman/evaluation/off_policy_estimate.hpp>
#include <bellman/probability/statistics.hpp>

#include <cstddef>
#include <ranges>
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

template <class Estimate, class X>
concept read_by = Estimate::template reads<X>;
template <class Estimate, class X>
concept batch_read_by = std::ranges::forward_range<X const> && read_by<Estimate, std::ranges::range_value_t<X const>>;

// An estimate of one episode; its mean over a range of them.
template <class Estimate>
struct evaluation_fn {
  template <class X, class... G>
  constexpr auto operator()(X const& x, G const&... gamma) const {
    if constexpr (read_by<Estimate, X>) {
      if constexpr (checked_numbers<X>) return Estimate::template of<evaluated_t<X, G...>>(x, gamma...);
    } else if constexpr (batch_read_by<Estimate, X>) {
      using E = std::ranges::range_value_t<X const>;
      if constexpr (checked_numbers<E>) return mean<evaluated_t<E, G...>>(x, gamma...);
    } else {
      [[maybe_unused]] constexpr bool is_read = Estimate::template accepts<X>();
    }
  }

 private:
  template <class V, class X, class... G>
  static constexpr off_policy_estimate<V> mean(X const& episodes, G const&... gamma) {
    statistics<V> estimates;
    std::vector<V> weights;
    for (auto const& e : episodes) {
      estimates = merged(estimates, statistics<V>{1, Estimate::template of<V>(e, gamma...), V(0)});
      weights.push_back(Estimate::template weight_of<V>(e));
    }
    if (weights.empty()) off_policy_evaluation_needs_an_episode();
    return {estimates.mean, estimates.squares, effective_sample_size(weights), weights.size()};
  }
};

// An estimate of a batch only.
template <class Estimate>
struct batch_evaluation_fn {
  template <class X, class G>
  constexpr auto operator()(X const& episodes, G const& gamma) const {
    if constexpr (batch_read_by<Estimate, X>) {
      using E = std::ranges::range_value_t<X const>;
      if constexpr (checked_numbers<E>) return Estimate::template of<evaluated_t<E, G>>(episodes, gamma);
    } else {
      [[maybe_unused]] constexpr bool is_read = Estimate::template accepts<X>();
    }
  }
};

struct of_logged_episodes {
  template <class E>
  static constexpr bool reads = logged<E>;

  template <class V, class E>
  static constexpr V weight_of(E const& e) {
    return internal::product_of<V>(e.ratios);
  }
};
struct of_modelled_episodes : of_logged_episodes {
  template <class E>
  static constexpr bool reads = modelled<E>;
};

}  // namespace bellman::internal
