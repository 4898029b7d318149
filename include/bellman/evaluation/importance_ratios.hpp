// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/internal/check_output.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman {

namespace rules {

// The rule that more than one header checks, under its name.
template <class W>
[[noreturn]] void a_ratio_must_not_be_negative(std::size_t step, W const& ratio) {
  throw invalid_value("bellman: ratio " + std::to_string(step) + " is " + internal::describe(ratio) +
                      "; it must be 0 or above, and finite");
}

}  // namespace rules

/// Whether a number can be an importance ratio: neither below zero, nor a NaN, nor infinite; of an interval, whether
/// all of it can.
template <class P>
constexpr bool is_ratio(P const& p) {
  if constexpr (requires {
                  p.lower();
                  p.upper();
                }) {
    return is_ratio(p.lower()) && is_ratio(p.upper());
  } else {
    return !(p < P(0)) && is_finite(p);
  }
}

namespace detail::importance {

[[noreturn]] inline void every_step_must_have_two_probabilities(std::size_t target, std::size_t behaviour) {
  throw invalid_value("bellman: " + std::to_string(target) + " probabilities of the target policy and " +
                      std::to_string(behaviour) + " of the behaviour policy; there must be one of each for each step");
}
template <class P>
[[noreturn]] void a_logged_action_must_have_had_a_probability(std::size_t step, P const& p) {
  throw invalid_value("bellman: step " + std::to_string(step) +
                      ": the behaviour policy took its action with probability " + internal::describe(p) +
                      "; it must be above 0 and finite");
}
template <class P>
[[noreturn]] void a_target_probability_must_not_be_negative(std::size_t step, P const& p) {
  throw invalid_value("bellman: step " + std::to_string(step) +
                      ": the target policy takes its action with probability " + internal::describe(p) +
                      "; it must be 0 or above, and finite");
}
template <class P>
[[noreturn]] void a_logged_action_must_have_had_a_log_probability(std::size_t step, P const& p) {
  throw invalid_value("bellman: step " + std::to_string(step) +
                      ": the behaviour policy's log-probability of its action is " + internal::describe(p) +
                      "; it must be finite");
}
template <class P>
[[noreturn]] void a_target_log_probability_must_be_a_number_below_infinity(std::size_t step, P const& p) {
  throw invalid_value("bellman: step " + std::to_string(step) +
                      ": the target policy's log-probability of its action is " + internal::describe(p) +
                      "; it must be a number or -infinity");
}
template <class W>
[[noreturn]] void a_weight_must_not_be_negative(std::size_t index, W const& w) {
  throw invalid_value("bellman: weight " + std::to_string(index) + " is " + internal::describe(w) +
                      "; it must be 0 or above, and finite");
}
template <class P>
[[noreturn]] void an_importance_ratio_must_be_finite(std::size_t step, P const& target, P const& behaviour) {
  throw invalid_value("bellman: step " + std::to_string(step) + ": the ratio of " + internal::describe(target) + " to " +
                      internal::describe(behaviour) + " is too large to be a number");
}
[[noreturn]] inline void a_product_of_ratios_must_be_finite(std::size_t step) {
  throw invalid_value("bellman: the product of the ratios up to step " + std::to_string(step) +
                      " is too large to be a number");
}
[[noreturn]] inline void an_effective_sample_size_needs_weights() {
  throw invalid_value("bellman: the effective sample size of no weights; there must be one at least");
}

template <class Target, class Behaviour>
using ratio_t =
    std::common_type_t<number_t<std::ranges::range_value_t<Target>>, number_t<std::ranges::range_value_t<Behaviour>>>;

// target[t], behaviour[t] -> a ratio, for every step.
template <class Ratio>
struct ratios_fn {
  template <std::ranges::forward_range Target, std::ranges::forward_range Behaviour>
  constexpr auto operator()(Target&& target, Behaviour&& behaviour) const {
    auto ratios = internal::one_for_each<ratio_t<Target, Behaviour>>(target);
    (*this)(target, behaviour, ratios.begin());
    return ratios;
  }

  template <std::ranges::forward_range Target, std::ranges::forward_range Behaviour, std::weakly_incrementable Out>
  constexpr Out operator()(Target&& target, Behaviour&& behaviour, Out out) const {
    using P = ratio_t<Target, Behaviour>;
    internal::check_output<Out, P>();
    auto const n = static_cast<std::size_t>(std::ranges::distance(target));
    auto const m = static_cast<std::size_t>(std::ranges::distance(behaviour));
    if (n != m) every_step_must_have_two_probabilities(n, m);
    auto b = std::ranges::begin(behaviour);
    std::size_t step = 0;
    for (auto&& p : target) {
      *out = Ratio{}(static_cast<P>(p), static_cast<P>(*b), step);
      ++out;
      ++b;
      ++step;
    }
    return out;
  }
};

struct ratio_of_probabilities {
  template <class P>
  constexpr P operator()(P const& target, P const& behaviour, std::size_t step) const {
    if (!(P(0) < behaviour) || !is_finite(behaviour)) {
      a_logged_action_must_have_had_a_probability(step, behaviour);
    }
    if (!is_ratio(target)) a_target_probability_must_not_be_negative(step, target);
    P const ratio = quotient(target, behaviour);
    if (!is_finite(ratio)) an_importance_ratio_must_be_finite(step, target, behaviour);
    return ratio;
  }
};

struct ratio_of_log_probabilities {
  template <class P>
  constexpr P operator()(P const& target, P const& behaviour, std::size_t step) const {
    if (!is_finite(behaviour)) a_logged_action_must_have_had_a_log_probability(step, behaviour);
    P const power = difference(target, behaviour);
    if (!(power < P(0)) && !is_finite(power)) {
      a_target_log_probability_must_be_a_number_below_infinity(step, target);
    }
    P const ratio = bellman::exp(power);
    if (!is_finite(ratio)) an_importance_ratio_must_be_finite(step, target, behaviour);
    return ratio;
  }
};

struct cumulative_ratios_fn {
  template <std::ranges::forward_range Ratios>
  constexpr auto operator()(Ratios&& ratios) const {
    auto weights = internal::one_for_each<number_t<std::ranges::range_value_t<Ratios>>>(ratios);
    (*this)(ratios, weights.begin());
    return weights;
  }

  template <std::ranges::input_range Ratios, std::weakly_incrementable Out>
  constexpr Out operator()(Ratios&& ratios, Out out) const {
    using P = number_t<std::ranges::range_value_t<Ratios>>;
    internal::check_output<Out, P>();
    P weight(1);
    std::size_t step = 0;
    for (auto&& each : ratios) {
      P const ratio = static_cast<P>(each);
      if (!is_ratio(ratio)) rules::a_ratio_must_not_be_negative(step, ratio);
      weight = product(weight, ratio);
      if (!is_finite(weight)) a_product_of_ratios_must_be_finite(step);
      *out = weight;
      ++out;
      ++step;
    }
    return out;
  }
};

struct effective_sample_size_fn {
  template <std::ranges::forward_range Weights>
  constexpr auto operator()(Weights&& weights) const {
    using P = number_t<std::ranges::range_value_t<Weights>>;
    P largest(0);
    std::size_t n = 0;
    for (auto&& each : weights) {
      P const w = static_cast<P>(each);
      if (!is_ratio(w)) a_weight_must_not_be_negative(n, w);
      if (largest < w) largest = w;
      ++n;
    }
    if (n == 0) an_effective_sample_size_needs_weights();
    if (largest == P(0)) return P(0);
    // In units of the largest, so that no square is too large or too small for a number.
    P total(0);
    P squares(0);
    for (auto&& each : weights) {
      P const share = quotient(static_cast<P>(each), largest);
      total = sum(total, share);
      squares = sum(squares, product(share, share));
    }
    return quotient(product(total, total), squares);
  }
};

}  // namespace detail::importance

/// `importance_ratios(target, behaviour)`: `rho_t = pi(a_t | s_t) / b(a_t | s_t)`, how much more often the target
/// policy takes the action of step `t` than the behaviour policy that was followed.
///
/// Both are ranges of the probabilities (or densities) of the actions taken, one for each step. A `std::array` of the
/// target's gives a `std::array`, other ranges a `std::vector`; a last argument `out` writes into the caller's memory
/// and returns its end. Throws `invalid_value`, which names the step, for a behaviour probability that is not above 0
/// (what was never done cannot stand in a log), for a target probability below 0, for what is not finite, the ratio
/// included, and for lengths that differ. A target probability of 0 gives the ratio 0. O(n). Law: weighed by `b`,
/// ratios have the mean 1 where `b` is above 0 wherever `pi` is. Precup, Sutton and Singh 2000, section 2.
inline constexpr detail::importance::ratios_fn<detail::importance::ratio_of_probabilities> importance_ratios{};

/// `importance_ratios_of_logs(log_target, log_behaviour)`: `rho_t = exp(log pi(a_t | s_t) - log b(a_t | s_t))`.
///
/// Forms and errors as `importance_ratios`; `log_behaviour[t]` must be finite, `log_target[t]` may be `-infinity`.
inline constexpr detail::importance::ratios_fn<detail::importance::ratio_of_log_probabilities>
    importance_ratios_of_logs{};

/// `cumulative_ratios(ratios)`: `W_t = rho_0 rho_1 ... rho_t`, how much more often the target policy takes the first
/// `t + 1` actions of an episode.
///
/// Forms as `importance_ratios`. Throws `invalid_value` for a ratio below 0 or not finite, and for a product that is
/// too large to be a number. O(n).
inline constexpr detail::importance::cumulative_ratios_fn cumulative_ratios{};

/// `effective_sample_size(weights)`: `(sum_i w_i)^2 / sum_i w_i^2`, the number of equal weights whose mean would vary
/// as much: `n` for equal weights, 1 when one weight outweighs all, 0 when every weight is 0.
///
/// The weights may be of any size, as products of many ratios are. Throws `invalid_value` for a weight below 0 or not
/// finite, and for no weights. O(n), two passes and a division a weight. Kish 1965.
inline constexpr detail::importance::effective_sample_size_fn effective_sample_size{};

}  // namespace bellman
