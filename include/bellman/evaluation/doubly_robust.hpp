// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/correction.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/evaluation/internal/corrected_worth.hpp>
#include <bellman/evaluation/internal/episode_numbers.hpp>
#include <bellman/evaluation/internal/evaluation_fn.hpp>
#include <bellman/internal/refused.hpp>

namespace bellman {

namespace detail {

struct doubly_robust_estimator {
  using columns =
      bellman::columns<value_column<"state values">, value_column<"action values">, scalar_column<"ratios">>;

  template <class Step, class X, class F>
  [[gnu::always_inline]] static constexpr auto terms(Step const&, X const& v, X const& q, F const& rho) {
    return correction{v, rho, q};
  }
};

struct by_model_and_decision : internal::of_modelled_episodes {
  template <class V, class E, class G>
  static constexpr V of(E const& e, G const& gamma) {
    internal::check_length("action values", e.action_values, internal::length_of(e.rewards));
    internal::check_length("state values", e.state_values, internal::length_of(e.rewards));
    return internal::corrected_worth<doubly_robust_estimator, V>(e, gamma, e.state_values, e.action_values);
  }
  template <class X>
  static consteval bool accepts() {
    static_assert(internal::refused<X>,
                  "bellman: doubly_robust(x, gamma) reads an episode, which has .rewards, .ratios, .action_values, "
                  ".state_values and .ending, or a range of them");
    return false;
  }
};

}  // namespace detail

/// `doubly_robust(episode, gamma)`: `V_t = V(S_t) + rho_t (R_t + gamma V_{t+1} - Q(S_t, A_t))`, the model's value
/// corrected by what was seen. Of a range the mean.
///
/// It is the corrected return with the model's `v` and `q` and the traces `rho`.
///
/// *Arguments*: an episode is a `modelled_episode` or anything with its members; otherwise as `importance_sampling`.
/// *Errors*: as `importance_sampling`.
/// *Cost*: O(n) in the steps.
/// *Laws* (tests/laws/off_policy_laws.cpp): unbiased whatever the model says, as long as its `V` is the mean of its
/// `Q`; without any variance when the model is right and the environment leaves nothing to chance.
/// *Source*: Jiang and Li 2016, (10).
/// *Use*:
///     bellman::doubly_robust(bellman::modelled_episode{std::array{1.0}, std::array{2.0}, std::array{3.0},
///                                                      std::array{4.0}}, 1.0) == 0.0
inline constexpr internal::evaluation_fn<detail::by_model_and_decision> doubly_robust{};

}  // namespace bellman
