// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/evaluation/importance_ratios.hpp>
#include <bellman/evaluation/off_policy_evaluation.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/value/return.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <vector>

// RLlib's off-policy estimators: two numbers for each episode, the return that was seen and an estimate of what the
// target policy would have had. What is RLlib's own is how its weighted form is normalised.
namespace bellman::conventions::rllib {

/// `episode`: one episode of a batch: rewards, the behaviour policy's probabilities of its actions and the target
/// policy's.
template <ordered_field F>
struct episode {
  std::vector<F> rewards;
  std::vector<F> action_prob;
  std::vector<F> new_prob;
};

/// `estimates`: what RLlib answers for an episode: the return that was seen and what the target policy would have had.
template <class F>
struct estimates {
  F v_behavior;
  F v_target;

  friend bool operator==(estimates const&, estimates const&) = default;
};

}  // namespace bellman::conventions::rllib

namespace bellman {

namespace refused {

struct this_is_no_episode_of_rllib {};

}  // namespace refused

namespace internal {

template <class E>
inline constexpr bool is_episode_of_rllib = false;
template <class F>
inline constexpr bool is_episode_of_rllib<conventions::rllib::episode<F>> = true;

template <class E>
using number_of_an_episode_t = typename decltype(E::rewards)::value_type;

template <class E, class G>
struct a_discount_of_an_episode : numbers_that_make<number_of_an_episode_t<E>, G> {};
template <class E, class G>
using an_episode_of_rllib = every<rule<is_episode_of_rllib<E>, refused::this_is_no_episode_of_rllib>,
                                  a_number_with_an_order<G>, a_discount_of_an_episode<E, G>>;
template <class E, class Q, class V>
struct numbers_of_an_episode : rule<(std::same_as<elements_of_t<Q>, number_of_an_episode_t<E>> &&
                                     std::same_as<elements_of_t<V>, number_of_an_episode_t<E>>),
                                    refused::these_numbers_have_no_common_type> {};
template <class E, class Q, class V, class G>
using a_modelled_episode_of_rllib =
    every<an_episode_of_rllib<E, G>, a_column_of_numbers<Q>, a_column_of_numbers<V>, numbers_of_an_episode<E, Q, V>>;

}  // namespace internal

}  // namespace bellman

namespace bellman::conventions::rllib {

namespace detail::off_policy_evaluation {

[[noreturn]] inline void every_reward_must_have_a_probability(std::size_t rewards, std::size_t probabilities) {
  internal::refuse("bellman::conventions::rllib: " + std::to_string(rewards) + " rewards and " +
                   std::to_string(probabilities) + " probabilities; there must be one for each");
}

template <class F>
constexpr auto logged(episode<F> const& e) {
  return logged_episode{e.rewards, importance_ratios(e.new_prob, e.action_prob)};
}

struct importance_sampling_fn {
  template <class E, class G, class = typename internal::an_episode_of_rllib<E, G>::type::yes>
  constexpr auto operator()(E const& e, G const& gamma) const {
    using F = internal::number_of_an_episode_t<E>;
    F const discount = static_cast<F>(gamma);
    return estimates<F>{discounted_return(e.rewards, discount),
                        per_decision_importance_sampling(off_policy_evaluation::logged(e), discount)};
  }
};

struct weighted_importance_sampling_fn {
  template <class Episodes, class G,
            class = typename internal::every<
                internal::a_random_access_range<Episodes const>,
                internal::an_episode_of_rllib<internal::elements_of_t<Episodes const>, G>>::type::yes>
  constexpr auto operator()(Episodes const& episodes, G const& gamma) const {
    using F = internal::number_of_an_episode_t<std::ranges::range_value_t<Episodes>>;
    F const discount = static_cast<F>(gamma);
    std::vector<std::vector<F>> p;
    std::vector<accumulator<F>> total;
    std::vector<F> count;
    for (auto const& e : episodes) {
      p.push_back(cumulative_ratios(importance_ratios(e.new_prob, e.action_prob)));
      if (p.back().size() != e.rewards.size()) {
        detail::off_policy_evaluation::every_reward_must_have_a_probability(e.rewards.size(), p.back().size());
      }
      if (total.size() < p.back().size()) {
        total.resize(p.back().size());
        count.resize(p.back().size(), F(0));
      }
      for (std::size_t t = 0; t < p.back().size(); ++t) {
        total[t].add(p.back()[t]);
        count[t] = sum(count[t], F(1));
      }
    }
    std::vector<estimates<F>> all;
    for (std::size_t i = 0; i < p.size(); ++i) {
      auto const& rewards = internal::element_at(episodes, i).rewards;
      auto weighed = rewards;
      for (std::size_t t = 0; t < weighed.size(); ++t) {
        F const mean = quotient(total[t].value(), count[t]);
        weighed[t] = product(quotient(p[i][t], mean), weighed[t]);
      }
      all.push_back({discounted_return(rewards, discount), discounted_return(weighed, discount)});
    }
    return all;
  }
};

struct doubly_robust_fn {
  template <class E, class Q, class V, class G,
            class = typename internal::a_modelled_episode_of_rllib<E, Q, V, G>::type::yes>
  constexpr auto operator()(E const& e, Q const& q, V const& v, G const& gamma) const {
    using F = internal::number_of_an_episode_t<E>;
    F const discount = static_cast<F>(gamma);
    auto const ratios = importance_ratios(e.new_prob, e.action_prob);
    return estimates<F>{discounted_return(e.rewards, discount),
                        bellman::doubly_robust(modelled_episode{e.rewards, ratios, q, v}, discount)};
  }
};

struct direct_method_fn {
  template <class E, class Q, class V, class G,
            class = typename internal::a_modelled_episode_of_rllib<E, Q, V, G>::type::yes>
  constexpr auto operator()(E const& e, Q const& q, V const& v, G const& gamma) const {
    using F = internal::number_of_an_episode_t<E>;
    auto const ratios = importance_ratios(e.new_prob, e.action_prob);
    return estimates<F>{discounted_return(e.rewards, static_cast<F>(gamma)),
                        bellman::direct_method(modelled_episode{e.rewards, ratios, q, v})};
  }
};

}  // namespace detail::off_policy_evaluation

/// `importance_sampling(episode, gamma)`: RLlib's ImportanceSampling, which is the per-decision form:
/// `sum_t gamma^t p_t r_t`, `p_t` the product of the ratios up to `t` (its docstring says sum).
///
/// *Arguments*: an `episode` and a discount.
/// *Errors*: `invalid_value` for a probability of the behaviour policy that is 0, and where there is not one for each
/// reward.
/// *Source*: RLlib, `ImportanceSampling`.
/// *Use*:
///     bellman::conventions::rllib::importance_sampling(
///         bellman::conventions::rllib::episode<double>{{1.0, 2.0}, {0.5, 0.5}, {1.0, 0.25}}, 0.5) ==
///         bellman::conventions::rllib::estimates<double>{2.0, 3.0}
inline constexpr detail::off_policy_evaluation::importance_sampling_fn importance_sampling{};

/// `weighted_importance_sampling(episodes, gamma)`: RLlib's WeightedImportanceSampling, for every episode of a batch:
/// `sum_t gamma^t p_t / w_t r_t`, where `w_t` is the mean of `p_t` over the episodes that have a step `t`.
///
/// Episodes that ended earlier count neither in `w_t` nor in how many there are, so that the mean of the answers is no
/// consistent estimate where episodes differ in length: it weighs step `t` by how often the behaviour policy gets
/// there. `weighted_per_decision_importance_sampling` is one. Where every `p_t` is 0 the answer is a NaN, as RLlib's.
///
/// *Arguments*: a vector of `episode`s and a discount.
/// *Errors*: `invalid_value` for a probability of the behaviour policy that is 0, and where there is not one for each
/// reward.
/// *Source*: RLlib, `WeightedImportanceSampling`.
/// *Use*:
///     bellman::conventions::rllib::weighted_importance_sampling(
///         std::vector{bellman::conventions::rllib::episode<double>{{1.0}, {0.5}, {0.75}},
///                     bellman::conventions::rllib::episode<double>{{3.0}, {0.5}, {0.25}}},
///         0.5)[0].v_target == 1.5
inline constexpr detail::off_policy_evaluation::weighted_importance_sampling_fn weighted_importance_sampling{};

/// `doubly_robust(episode, q, v, gamma)`: RLlib's DoublyRobust: `v_t + rho_t (r_t + gamma V_{t+1} - q_t)` with the
/// ratio of the step (its docstring says the product).
///
/// *Arguments*: an `episode`; the model's values of the actions taken and of the states; a discount.
/// *Errors*: `invalid_value` for a probability of the behaviour policy that is 0, and where there is not one for each
/// reward.
/// *Source*: RLlib, `DoublyRobust`.
/// *Use*:
///     bellman::conventions::rllib::doubly_robust(
///         bellman::conventions::rllib::episode<double>{{3.0}, {0.5}, {1.0}}, std::vector{1.0}, std::vector{0.5},
///         0.5) ==
///         bellman::conventions::rllib::estimates<double>{3.0, 4.5}
inline constexpr detail::off_policy_evaluation::doubly_robust_fn doubly_robust{};

/// `direct_method(episode, q, v, gamma)`: RLlib's DirectMethod: the model's value of the first state.
///
/// *Arguments*: as those of `doubly_robust`.
/// *Errors*: `invalid_value` for a probability of the behaviour policy that is 0, and where there is not one for each
/// reward.
/// *Source*: RLlib, `DirectMethod`.
/// *Use*:
///     bellman::conventions::rllib::direct_method(
///         bellman::conventions::rllib::episode<double>{{3.0}, {0.5}, {1.0}}, std::vector{1.0}, std::vector{0.5},
///         0.5) ==
///         bellman::conventions::rllib::estimates<double>{3.0, 0.5}
inline constexpr detail::off_policy_evaluation::direct_method_fn direct_method{};

}  // namespace bellman::conventions::rllib
