// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/evaluation/internal/numbers.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman {

namespace refused {

struct these_probabilities_have_no_number_type_in_common {};
struct these_log_probabilities_have_no_exponential {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void every_step_must_have_two_probabilities(std::size_t target, std::size_t behaviour) {
  internal::refuse("bellman: " + std::to_string(target) + " probabilities of the target policy and " +
                   std::to_string(behaviour) + " of the behaviour policy; there must be one of each for each step");
}
template <class P>
[[noreturn]] void a_logged_action_must_have_had_a_probability(std::size_t step, P const& p) {
  internal::refuse("bellman: step " + std::to_string(step) +
                   ": the behaviour policy took its action with probability " + internal::describe(p) +
                   "; it must be above 0 and finite");
}
template <class P>
[[noreturn]] void a_target_probability_must_not_be_negative(std::size_t step, P const& p) {
  internal::refuse("bellman: step " + std::to_string(step) + ": the target policy takes its action with probability " +
                   internal::describe(p) + "; it must be 0 or above, and finite");
}
template <class P>
[[noreturn]] void a_logged_action_must_have_had_a_log_probability(std::size_t step, P const& p) {
  internal::refuse("bellman: step " + std::to_string(step) +
                   ": the behaviour policy's log-probability of its action is " + internal::describe(p) +
                   "; it must be finite");
}
template <class P>
[[noreturn]] void a_target_log_probability_must_be_a_number_below_infinity(std::size_t step, P const& p) {
  internal::refuse("bellman: step " + std::to_string(step) + ": the target policy's log-probability of its action is " +
                   internal::describe(p) + "; it must be a number or -infinity");
}
template <class P>
[[noreturn]] void an_importance_ratio_must_be_finite(std::size_t step, P const& target, P const& behaviour) {
  internal::refuse("bellman: step " + std::to_string(step) + ": the ratio of " + internal::describe(target) + " to " +
                   internal::describe(behaviour) + " is too large to be a number");
}
template <class Target, class Behaviour>
using ratio_t =
    std::common_type_t<number_t<std::ranges::range_value_t<Target>>, number_t<std::ranges::range_value_t<Behaviour>>>;

template <class Target, class Behaviour>
concept of_one_type = requires {
  typename ratio_t<Target, Behaviour>;
};
template <class Target, class Behaviour>
struct probabilities_of_one_type
    : internal::rule<of_one_type<Target, Behaviour>, refused::these_probabilities_have_no_number_type_in_common> {};
template <class Ratio, class Target, class Behaviour>
struct numbers_of_ratio : internal::rule<Ratio::template is_of<ratio_t<Target, Behaviour>>,
                                         refused::these_log_probabilities_have_no_exponential> {};
template <class Target, class Behaviour, class... Out>
struct outputs_of_ratios : internal::at_most_one_output<ratio_t<Target, Behaviour>, Out...> {};

// target[t], behaviour[t] -> a ratio, for every step.
template <class Ratio>
struct ratios_fn {
  template <class Target, class Behaviour, class... Out,
            class = typename internal::every<
                internal::a_forward_range_of_numbers<Target>, internal::a_forward_range_of_numbers<Behaviour>,
                internal::ordered_numbers_of<Target>, internal::ordered_numbers_of<Behaviour>,
                probabilities_of_one_type<Target, Behaviour>, numbers_of_ratio<Ratio, Target, Behaviour>,
                outputs_of_ratios<Target, Behaviour, Out...>>::type::yes>
  constexpr auto operator()(Target&& target, Behaviour&& behaviour, Out... out) const {
    if constexpr (sizeof...(Out) == 0) {
      auto ratios = internal::one_for_each<ratio_t<Target, Behaviour>>(target);
      write(target, behaviour, ratios.begin());
      return ratios;
    } else {
      return write(target, behaviour, out...);
    }
  }

 private:
  template <class Target, class Behaviour, class Out>
  static constexpr Out write(Target& target, Behaviour& behaviour, Out out) {
    using P = ratio_t<Target, Behaviour>;
    auto const n = static_cast<std::size_t>(std::ranges::distance(target));
    auto const m = static_cast<std::size_t>(std::ranges::distance(behaviour));
    if (n != m) every_step_must_have_two_probabilities(n, m);
    auto b = std::ranges::begin(behaviour);
    std::size_t step = 0;
    for (auto&& p : target) {
      *out = internal::as_stored<Out>(Ratio{}(static_cast<P>(p), static_cast<P>(*b), step));
      ++out;
      ++b;
      ++step;
    }
    return out;
  }
};

struct ratio_of_probabilities {
  template <class P>
  static constexpr bool is_of = true;

  template <class P>
  constexpr P operator()(P const& target, P const& behaviour, std::size_t step) const {
    if (!internal::is_finite_and_positive(behaviour)) {
      detail::a_logged_action_must_have_had_a_probability(step, behaviour);
    }
    if (!internal::is_finite_and_not_negative(target)) detail::a_target_probability_must_not_be_negative(step, target);
    P const ratio = quotient(target, behaviour);
    if (!is_finite(ratio)) detail::an_importance_ratio_must_be_finite(step, target, behaviour);
    return ratio;
  }
};

struct ratio_of_log_probabilities {
  template <class P>
  static constexpr bool is_of = std::invocable<decltype((bellman::exp)), P const&>;

  template <class P>
  constexpr P operator()(P const& target, P const& behaviour, std::size_t step) const {
    if (!is_finite(behaviour)) detail::a_logged_action_must_have_had_a_log_probability(step, behaviour);
    P const power = difference(target, behaviour);
    if (!(power < P(0)) && !is_finite(power)) {
      detail::a_target_log_probability_must_be_a_number_below_infinity(step, target);
    }
    P const ratio = bellman::exp(power);
    if (!is_finite(ratio)) detail::an_importance_ratio_must_be_finite(step, target, behaviour);
    return ratio;
  }
};

}  // namespace detail

/// `importance_ratios(target, behaviour)`: `rho_t = pi(a_t | s_t) / b(a_t | s_t)`, how much more often the target
/// policy takes the action of step `t` than the behaviour policy that was followed.
///
/// A target probability of 0 gives the ratio 0.
///
/// *Arguments*: two ranges of the probabilities (or densities) of the actions taken, one for each step. A `std::array`
/// of the target's gives a `std::array`, other ranges a `std::vector`; a last argument `out` writes into the caller's
/// memory and returns its end.
/// *Errors*: `invalid_value`, which names the step, for a behaviour probability that is not above 0 (what was never
/// done cannot stand in a log), for a target probability below 0, for what is not finite, the ratio included, and for
/// lengths that differ.
/// *Cost*: O(n).
/// *Laws*: weighed by `b`, ratios have the mean 1 where `b` is above 0 wherever `pi` is
/// (tests/laws/off_policy_laws.cpp).
/// *Source*: Precup, Sutton and Singh 2000, section 2.
/// *Use*:
///     bellman::importance_ratios(std::array{0.5, 0.0}, std::array{0.25, 0.5}) == std::array{2.0, 0.0}
inline constexpr detail::ratios_fn<detail::ratio_of_probabilities> importance_ratios{};

/// `importance_ratios_of_logs(log_target, log_behaviour)`: `rho_t = exp(log pi(a_t | s_t) - log b(a_t | s_t))`.
///
/// *Arguments*: log-probabilities of the actions taken; forms as `importance_ratios`.
/// *Errors*: as `importance_ratios`; `log_behaviour[t]` must be finite, `log_target[t]` may be `-infinity`.
/// *Cost*: O(n).
/// *Use*:
///     bellman::importance_ratios_of_logs(std::array{-1.0}, std::array{-1.0}) == std::array{1.0}
inline constexpr detail::ratios_fn<detail::ratio_of_log_probabilities> importance_ratios_of_logs{};

}  // namespace bellman
