// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/fold.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/evaluation/importance_ratios.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/square_root.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/return.hpp>
#include <bellman/value/value_after.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// The value of one policy from episodes that another one played.
//
// A step of an episode is two affine maps: `x -> R + gamma x` pays the reward, `x -> rho x` says how much more often
// the target policy would have been here. The estimates differ in what they compose:
//
//   importance sampling   every rho, and only then every reward: (rho_0 ... rho_{T-1}) G_0
//   per decision          rho and reward step by step: a reward is weighed by the decisions before it only
//   doubly robust         the same for what a model of the value leaves over: V + rho (R - Q + gamma x)
//
// The weighted forms divide by what the ratios sum to in the batch, instead of by how many episodes there are. What
// each is on average: tests/laws/off_policy_laws.cpp.
namespace bellman {

/// One episode as it was logged: `rewards[t]`, the ratio `ratios[t]` of its action, how it ended.
///
/// Both are random-access ranges of one length, by value or as spans. In a batch every ending is of one type; there
/// `truncated{0.0}` stands for an end.
template <class Rewards, class Ratios, class Ending = terminated>
struct logged_episode {
  Rewards rewards;
  Ratios ratios;
  Ending ending{};
};
template <class Rewards, class Ratios>
logged_episode(Rewards, Ratios) -> logged_episode<Rewards, Ratios>;
template <class Rewards, class Ratios, class Ending>
logged_episode(Rewards, Ratios, Ending) -> logged_episode<Rewards, Ratios, Ending>;

/// A logged episode beside a model of the target policy's value: `action_values[t]` is `Q(S_t, A_t)`, `state_values[t]`
/// is `V(S_t) = sum_a pi(a | S_t) Q(S_t, a)`.
template <class Rewards, class Ratios, class ActionValues, class StateValues, class Ending = terminated>
struct modelled_episode {
  Rewards rewards;
  Ratios ratios;
  ActionValues action_values;
  StateValues state_values;
  Ending ending{};
};
template <class R, class P, class Q, class V>
modelled_episode(R, P, Q, V) -> modelled_episode<R, P, Q, V>;
template <class R, class P, class Q, class V, class Ending>
modelled_episode(R, P, Q, V, Ending) -> modelled_episode<R, P, Q, V, Ending>;

namespace detail::evaluation {

[[noreturn]] inline void the_error_of_one_episode_is_unknown() {
  throw invalid_value("bellman: the error of an estimate from one episode is unknown; it needs two episodes at least");
}
[[noreturn]] inline void off_policy_evaluation_needs_an_episode() {
  throw invalid_value("bellman: off-policy evaluation of no episodes; there must be one at least");
}
[[noreturn]] inline void every_step_must_have_one_of_each(char const* what, std::size_t n, std::size_t rewards) {
  throw invalid_value("bellman: an episode has " + std::to_string(rewards) + " rewards and " + std::to_string(n) + " " +
                      what + "; there must be one for each reward");
}
[[noreturn]] inline void some_episode_must_have_a_weight(std::size_t step) {
  throw invalid_value(
      "bellman: up to step " + std::to_string(step) +
      " the target policy would have done what no episode of the batch shows: every product of ratios is "
      "0, and a weighted form divides by their sum");
}
[[noreturn]] inline void some_trajectory_must_have_a_weight() {
  throw invalid_value(
      "bellman: the target policy would have played no episode of the batch: every product of ratios is 0, and a "
      "weighted form divides by their sum");
}

template <class E>
concept logged = requires(E const& e) {
  requires std::ranges::random_access_range<decltype((e.rewards))>;
  requires std::ranges::random_access_range<decltype((e.ratios))>;
  e.ending;
};
template <class E>
concept modelled = logged<E> && requires(E const& e) {
  requires std::ranges::random_access_range<decltype((e.action_values))>;
  requires std::ranges::random_access_range<decltype((e.state_values))>;
};
template <class Range>
using number_of_t = number_t<std::ranges::range_value_t<Range>>;
template <class... Numbers>
concept of_one_type = requires {
  typename std::common_type_t<Numbers...>;
};

// The numbers of an episode, as the arguments of a template.
template <class... Numbers>
struct numbers {};
template <class E>
constexpr auto numbers_of(E const& e) {
  if constexpr (modelled<E>) {
    return numbers<number_of_t<decltype((e.rewards))>, number_of_t<decltype((e.ratios))>,
                   number_of_t<decltype((e.action_values))>, number_of_t<decltype((e.state_values))>>{};
  } else {
    return numbers<number_of_t<decltype((e.rewards))>, number_of_t<decltype((e.ratios))>>{};
  }
}
template <class... Numbers>
consteval bool are_of_one_type(numbers<Numbers...>) {
  if constexpr (!of_one_type<Numbers...>) {
    static_assert(internal::refused<Numbers...>,
                  "bellman: off-policy evaluation needs rewards, ratios and values of one number type: exact rewards "
                  "need exact ratios");
  }
  return of_one_type<Numbers...>;
}
template <class E>
inline constexpr bool checked_numbers = are_of_one_type(decltype(numbers_of(std::declval<E const&>())){});

template <class... Numbers>
std::common_type<Numbers...> widest(numbers<Numbers...>);
template <class V, class... G>
struct discounted {
  using type = V;
};
template <class V, class G>
struct discounted<V, G> {
  using type = discount_scalar_t<V, G>;
};
// What is estimated from episodes E with discount G, or without one.
template <class E, class... G>
using evaluated_t =
    typename discounted<typename decltype(widest(numbers_of(std::declval<E const&>())))::type, G...>::type;

template <class V, class Range>
constexpr V at(Range const& range, std::size_t t) {
  return static_cast<V>(std::ranges::begin(range)[static_cast<std::ranges::range_difference_t<Range const>>(t)]);
}
template <class Range>
constexpr std::size_t length(Range const& range) {
  return static_cast<std::size_t>(std::ranges::distance(range));
}
template <class V, class Ratios>
constexpr V ratio_at(Ratios const& ratios, std::size_t t) {
  V const ratio = at<V>(ratios, t);
  if (!is_ratio(ratio)) rules::a_ratio_must_not_be_negative(t, ratio);
  return ratio;
}
template <class Range>
constexpr void check_length(char const* what, Range const& range, std::size_t n) {
  if (length(range) != n) every_step_must_have_one_of_each(what, length(range), n);
}

// f(0), f(1), ..., f(n - 1)
template <class F>
constexpr auto of_steps(std::size_t n, F const& f) {
  return std::views::iota(std::size_t{0}, n) | std::views::transform(f);
}

// rho_0 rho_1 ... rho_{T-1}
template <class V, class Ratios>
constexpr V product_of(Ratios const& ratios) {
  return fold(of_steps(length(ratios), [&](std::size_t t) { return affine<V, V>{V(0), ratio_at<V>(ratios, t)}; }),
              V(1));
}

// The doubly robust recursion with a model given as `q(t)` and `v(t)`.
template <class V, class E, class G, class Q, class W>
constexpr V doubly_robust_value(E const& e, G const& gamma, Q const& q, W const& v) {
  auto const n = length(e.rewards);
  check_length("ratios", e.ratios, n);
  V const g = static_cast<V>(discount_for<V>(gamma).value());
  return fold(of_steps(n,
                       [&](std::size_t t) {
                         V const left_over = difference(at<V>(e.rewards, t), q(t));
                         return compose(affine<V, V>{v(t), ratio_at<V>(e.ratios, t)}, affine<V, V>{left_over, g});
                       }),
              value_after<V>(e.ending));
}

}  // namespace detail::evaluation

/// What off-policy evaluation answers: the value, how far it may be off, and how much of the batch speaks of it.
///
/// `squared_deviations` is `sum_i psi_i^2`, where `psi_i` is what episode `i` moves the estimate by: its own estimate
/// less the mean for a plain mean, the first-order (delta method) term for a weighted form.
template <class V>
struct off_policy_estimate {
  V value;
  V squared_deviations;
  V effective_sample_size;  ///< of the episodes' products of ratios, see `effective_sample_size`
  std::size_t episodes;

  /// The estimated variance of `value`, `sum_i psi_i^2 / (n (n - 1))`: exact for exact scalars. Throws `invalid_value`
  /// for a single episode.
  constexpr V variance() const {
    if (episodes < 2) detail::evaluation::the_error_of_one_episode_is_unknown();
    V const n = as_number<V>(episodes);
    return quotient(squared_deviations, product(n, difference(n, V(1))));
  }
  /// Its square root, for scalars that have one.
  constexpr V standard_error() const { return bellman::sqrt(variance()); }
};

namespace detail::evaluation {

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
    return product_of<V>(e.ratios);
  }
};
struct of_modelled_episodes : of_logged_episodes {
  template <class E>
  static constexpr bool reads = modelled<E>;
};

struct by_trajectory : of_logged_episodes {
  template <class V, class E, class G>
  static constexpr V of(E const& e, G const& gamma) {
    check_length("ratios", e.ratios, length(e.rewards));
    auto const reward = [&](std::size_t t) { return at<V>(e.rewards, t); };
    return product(product_of<V>(e.ratios), V(discounted_return(of_steps(length(e.rewards), reward), gamma, e.ending)));
  }
  template <class X>
  static consteval bool accepts() {
    static_assert(
        internal::refused<X>,
        "bellman: importance_sampling(x, gamma) reads an episode, which has .rewards, .ratios and .ending, or "
        "a range of them");
    return false;
  }
};

struct by_decision : of_logged_episodes {
  template <class V, class E, class G>
  static constexpr V of(E const& e, G const& gamma) {
    auto const nothing = [](std::size_t) { return V(0); };
    return doubly_robust_value<V>(e, gamma, nothing, nothing);
  }
  template <class X>
  static consteval bool accepts() {
    static_assert(internal::refused<X>,
                  "bellman: per_decision_importance_sampling(x, gamma) reads an episode, which has .rewards, .ratios "
                  "and .ending, or a range of them");
    return false;
  }
};

struct by_model_and_decision : of_modelled_episodes {
  template <class V, class E, class G>
  static constexpr V of(E const& e, G const& gamma) {
    check_length("action values", e.action_values, length(e.rewards));
    check_length("state values", e.state_values, length(e.rewards));
    return doubly_robust_value<V>(
        e, gamma, [&](std::size_t t) { return at<V>(e.action_values, t); },
        [&](std::size_t t) { return at<V>(e.state_values, t); });
  }
  template <class X>
  static consteval bool accepts() {
    static_assert(internal::refused<X>,
                  "bellman: doubly_robust(x, gamma) reads an episode, which has .rewards, .ratios, .action_values, "
                  ".state_values and .ending, or a range of them");
    return false;
  }
};

struct by_model : of_modelled_episodes {
  template <class V, class E>
  static constexpr V of(E const& e) {
    check_length("state values", e.state_values, length(e.rewards));
    return length(e.state_values) == 0 ? value_after<V>(e.ending) : at<V>(e.state_values, 0);
  }
  // No episode is weighed.
  template <class V, class E>
  static constexpr V weight_of(E const&) {
    return V(1);
  }
  template <class X>
  static consteval bool accepts() {
    static_assert(internal::refused<X>,
                  "bellman: direct_method(x) reads an episode, which has .rewards, .ratios, .action_values, "
                  ".state_values and .ending, or a range of them");
    return false;
  }
};

struct by_weighted_trajectory : of_logged_episodes {
  template <class V, class X, class G>
  static constexpr off_policy_estimate<V> of(X const& episodes, G const& gamma) {
    std::vector<V> weights;
    std::vector<V> weighed_returns;
    V total(0);
    V weight(0);
    for (auto const& e : episodes) {
      weights.push_back(weight_of<V>(e));
      weighed_returns.push_back(by_trajectory::of<V>(e, gamma));
      weight = sum(weight, weights.back());
      total = sum(total, weighed_returns.back());
    }
    auto const n = weights.size();
    if (n == 0) off_policy_evaluation_needs_an_episode();
    if (weight == V(0)) some_trajectory_must_have_a_weight();
    V const value = quotient(total, weight);
    V const mean_weight = quotient(weight, as_number<V>(n));
    V squares(0);
    for (std::size_t i = 0; i < n; ++i) {
      V const moves = quotient(difference(weighed_returns[i], product(weights[i], value)), mean_weight);
      squares = sum(squares, product(moves, moves));
    }
    return {value, squares, effective_sample_size(weights), n};
  }
  template <class X>
  static consteval bool accepts() {
    static_assert(internal::refused<X>,
                  "bellman: weighted_importance_sampling(episodes, gamma) reads a range of episodes, which have "
                  ".rewards, .ratios and .ending");
    return false;
  }
};

struct by_weighted_decision : of_logged_episodes {
  template <class X>
  static consteval bool accepts() {
    static_assert(
        internal::refused<X>,
        "bellman: weighted_per_decision_importance_sampling(episodes, gamma) reads a range of episodes, which "
        "have .rewards, .ratios and .ending");
    return false;
  }

  // An episode that has ended goes on without rewards and with its last weight, after what its end is worth.
  template <class V, class X, class G>
  static constexpr off_policy_estimate<V> of(X const& episodes, G const& gamma) {
    using ending = std::remove_cvref_t<decltype((*std::ranges::begin(episodes)).ending)>;
    std::size_t n = 0;
    std::size_t steps = 0;
    for (auto const& e : episodes) {
      check_length("ratios", e.ratios, length(e.rewards));
      std::size_t const steps_of_it = length(e.rewards) + (std::same_as<ending, terminated> ? 0 : 1);
      steps = steps < steps_of_it ? steps_of_it : steps;
      ++n;
    }
    if (n == 0) off_policy_evaluation_needs_an_episode();

    std::vector<V> weights;
    std::vector<V> cumulative(steps, V(0));
    std::vector<V> weight_at(steps + 1, V(0));
    std::vector<V> weight_from(steps + 1, V(0));
    std::vector<V> mean_reward(steps + 1, V(0));
    for (auto const& e : episodes) {
      cumulative_ratios(e.ratios, cumulative.begin());
      std::size_t const last = length(e.rewards);
      for (std::size_t t = 0; t < last; ++t) {
        weight_at[t] = sum(weight_at[t], cumulative[t]);
        mean_reward[t] = sum(mean_reward[t], product(cumulative[t], at<V>(e.rewards, t)));
      }
      weights.push_back(last == 0 ? V(1) : cumulative[last - 1]);
      weight_from[last] = sum(weight_from[last], weights.back());
      mean_reward[last] = sum(mean_reward[last], product(weights.back(), value_after<V>(e.ending)));
    }
    V ended(0);
    std::vector<V> rest(steps, V(0));
    for (std::size_t t = 0; t < steps; ++t) {
      ended = sum(ended, weight_from[t]);
      weight_at[t] = sum(weight_at[t], ended);
      if (weight_at[t] == V(0)) some_episode_must_have_a_weight(t);
      mean_reward[t] = quotient(mean_reward[t], weight_at[t]);
      rest[t] = quotient(mean_reward[t], weight_at[t]);
    }
    mean_reward.resize(steps);
    V const value = discounted_return(mean_reward, gamma);

    discounted_returns(rest, gamma, rest.begin());
    V squares(0);
    for (auto const& e : episodes) {
      auto const end = cumulative_ratios(e.ratios, cumulative.begin());
      std::size_t const last = length(e.rewards);
      V const weight = last == 0 ? V(1) : cumulative[last - 1];
      for (std::size_t t = 0; t < last; ++t) {
        V const more = difference(at<V>(e.rewards, t), mean_reward[t]);
        cumulative[t] = quotient(product(cumulative[t], more), weight_at[t]);
      }
      V after(0);
      if (last < steps) {
        after = product(weight, difference(quotient(value_after<V>(e.ending), weight_at[last]), rest[last]));
      }
      auto const moves = std::ranges::subrange(cumulative.begin(), end);
      V const psi = product(as_number<V>(n), discounted_return(moves, gamma, truncated{after}));
      squares = sum(squares, product(psi, psi));
    }
    return {value, squares, effective_sample_size(weights), n};
  }
};

}  // namespace detail::evaluation

/// `importance_sampling(episode, gamma)`: `(rho_0 rho_1 ... rho_{T-1}) G_0`; of a range of episodes the mean, as an
/// `off_policy_estimate`.
///
/// An episode is a `logged_episode` or anything with its members; an ending `truncated{v}` adds `gamma^T v` to the
/// return. Estimates are of the wider of the rewards' and the ratios' type, integers counting as `double`; ratios may
/// be dual numbers. Throws `invalid_value` for a ratio below 0 or not finite (naming its step), for lengths that
/// differ, for a discount outside [0, 1] and for an empty range. A NaN among the rewards makes the estimate a NaN. O(n)
/// in the steps. Laws: its expectation is `V_pi` where the behaviour policy does all that the target policy may do;
/// with every ratio 1 it is the return. Precup, Sutton and Singh 2000, section 3.
inline constexpr detail::evaluation::evaluation_fn<detail::evaluation::by_trajectory> importance_sampling{};

/// `per_decision_importance_sampling(episode, gamma)`: `sum_t gamma^t rho_0 ... rho_t R_t`, from
/// `V_t = rho_t (R_t + gamma V_{t+1})`: a reward is weighed by the decisions that led to it. Of a range the mean.
///
/// Arguments, types and errors as `importance_sampling`. Laws: unbiased; `doubly_robust` with a model that says 0.
/// Precup, Sutton and Singh 2000, section 4.
inline constexpr detail::evaluation::evaluation_fn<detail::evaluation::by_decision> per_decision_importance_sampling{};

/// `doubly_robust(episode, gamma)`: `V_t = V(S_t) + rho_t (R_t + gamma V_{t+1} - Q(S_t, A_t))`, the model's value
/// corrected by what was seen. Of a range the mean.
///
/// An episode is a `modelled_episode` or anything with its members. Arguments, types and errors otherwise as
/// `importance_sampling`. Laws: unbiased whatever the model says, as long as its `V` is the mean of its `Q`; without
/// any variance when the model is right and the environment leaves nothing to chance. Jiang and Li 2016, (10).
inline constexpr detail::evaluation::evaluation_fn<detail::evaluation::by_model_and_decision> doubly_robust{};

/// `direct_method(episode)`: the model's value of the first state, `V(S_0)`. Of a range the mean, whose error is that
/// of the drawn first states alone: how wrong the model is, it does not show.
inline constexpr detail::evaluation::evaluation_fn<detail::evaluation::by_model> direct_method{};

/// `weighted_importance_sampling(episodes, gamma)`: `sum_i w_i G_i / sum_i w_i`, where `w_i` is the product of the
/// ratios of episode `i`.
///
/// Between the least and the largest return of the batch; not unbiased, and consistent. The error is that of the delta
/// method, with `psi_i = w_i (G_i - value) / mean(w)`. Errors as `importance_sampling`; `invalid_value` too when every
/// weight is 0. Laws: with equal weights it is the mean return with its standard error; a factor common to all weights
/// changes nothing. Precup, Sutton and Singh 2000, section 3.
inline constexpr detail::evaluation::batch_evaluation_fn<detail::evaluation::by_weighted_trajectory>
    weighted_importance_sampling{};

/// `weighted_per_decision_importance_sampling(episodes, gamma)`: the discounted return of the weighted mean rewards,
/// `sum_t gamma^t (sum_i W_it R_it / sum_i W_it)` with `W_it = rho_i0 ... rho_it`.
///
/// An episode that has ended keeps its weight, its rewards being 0 from then on, so that what is estimated is `V_pi`
/// also where episodes differ in length. Errors as `weighted_importance_sampling`, naming the step from which every
/// weight is 0. The error is that of the delta method. O(steps of all episodes). Thomas 2015, chapter 3 (the consistent
/// weighted per-decision estimator).
inline constexpr detail::evaluation::batch_evaluation_fn<detail::evaluation::by_weighted_decision>
    weighted_per_decision_importance_sampling{};

}  // namespace bellman
