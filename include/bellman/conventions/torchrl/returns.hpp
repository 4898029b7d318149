// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/at_arrival.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/flags_at_step.hpp>
#include <bellman/conventions/arrays/from.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/elementwise.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/register_width.hpp>
#include <bellman/value/discount.hpp>

#include <concepts>
#include <cstddef>
#include <utility>

namespace bellman::conventions::torchrl {

namespace detail {

// What an estimator asks of the rewards, the columns and flags that stand at the step.
template <class Function, class Given, class NextValues, class Done, class Terminated, class Parameters, class... Out>
struct estimated_by_flags
    : internal::estimated_by<Function, Given,
                             decltype(flags_at_step(std::declval<Done const&>(), std::declval<Terminated const&>(),
                                                    std::declval<NextValues const&>())),
                             Parameters, Out...> {};

template <class Machine>
struct td_lambda_return_fn {
  template <class NextValues, class Rewards, class Done, class Terminated, class Parameters, class... Out,
            class = typename internal::every<
                internal::rewards_and_next_values_with_flags<Rewards, NextValues, Done, Terminated>,
                internal::trace_parameters_of_columns<Parameters, Rewards, NextValues>,
                estimated_by_flags<decltype(lambda_returns), internal::given<Rewards, NextValues>, NextValues, Done,
                                   Terminated, Parameters, Out...>>::type::yes>
  constexpr auto operator()(NextValues const& next_state_value, Rewards const& reward, Done const& done,
                            Terminated const& is_terminated, Parameters const& p, Out... out) const {
    auto const lambda = at_arrival(p.lambda);
    return lambda_returns(reward, at_arrival(next_state_value), flags_at_step(done, is_terminated, next_state_value),
                          trace_parameters{p.gamma, lambda}, out...);
  }
};

template <class Machine>
struct td0_return_fn {
  template <class NextValues, class Rewards, class Terminated, class G, class... Out,
            class = typename internal::every<
                internal::rewards_and_next_values_with_flags<Rewards, NextValues, Terminated, Terminated>,
                internal::a_discount_of_columns<internal::one_sequence_t<G>, Rewards, NextValues>,
                estimated_by_flags<decltype(returns_to_go), internal::given<Rewards>, NextValues, Terminated,
                                   Terminated, G, Out...>>::type::yes>
  constexpr auto operator()(NextValues const& next_state_value, Rewards const& reward, Terminated const& is_terminated,
                            G const& gamma, Out... out) const {
    auto const every = internal::elementwise(internal::everywhere<bool>{true}, reward);
    return returns_to_go(reward, flags_at_step(every, is_terminated, next_state_value), gamma, out...);
  }
};

template <class Machine>
struct td1_return_fn {
  template <class NextValues, class Rewards, class Done, class Terminated, class G, class... Out,
            class = typename internal::every<
                internal::rewards_and_next_values_with_flags<Rewards, NextValues, Done, Terminated>,
                internal::a_discount_of_columns<internal::one_sequence_t<G>, Rewards, NextValues>,
                estimated_by_flags<decltype(returns_to_go), internal::given<Rewards>, NextValues, Done, Terminated, G,
                                   Out...>>::type::yes>
  constexpr auto operator()(NextValues const& next_state_value, Rewards const& reward, Done const& done,
                            Terminated const& is_terminated, G const& gamma, Out... out) const {
    return returns_to_go(reward, flags_at_step(done, is_terminated, next_state_value), gamma, out...);
  }
};

// For each step the first of the returns from there on, all of them with that step's parameters.
template <class V, class Rewards, class ReturnsFrom>
constexpr auto each_with_its_own(Rewards const& reward, ReturnsFrom const& returns_from) {
  auto returns = internal::one_for_each<V>(reward);
  auto from_here = internal::one_for_each<V>(reward);
  for (std::size_t k = 0; k < returns.size(); ++k) {
    returns_from(k, from_here.begin());
    returns[k] = from_here[0];
  }
  return returns;
}

template <class Machine>
struct td_lambda_return_not_rolling_fn {
  template <class NextValues, class Rewards, class Done, class Terminated, class Parameters,
            class = typename internal::every<
                internal::rewards_and_next_values<Rewards, NextValues>, internal::a_column_of_flags<Done>,
                internal::a_column_of_flags<Terminated>,
                internal::trace_parameters_of_columns<Parameters, Rewards, NextValues>>::type::yes>
  constexpr auto operator()(NextValues const& next_state_value, Rewards const& reward, Done const& done,
                            Terminated const& is_terminated, Parameters const& p) const {
    using V = internal::estimate_t<deduced, terminated, Rewards, NextValues>;
    return detail::each_with_its_own<V>(reward, [&](std::size_t k, auto out) {
      auto const next = from(next_state_value, k);
      auto const steps = flags_at_step(from(done, k), from(is_terminated, k), next);
      lambda_returns_in<V>(from(reward, k), at_arrival(next), steps,
                           trace_parameters{number_at(p.gamma, k), number_at(p.lambda, k)}, out);
    });
  }
};

template <class Machine>
struct td1_return_not_rolling_fn {
  template <class NextValues, class Rewards, class Done, class Terminated, class Gammas,
            class = typename internal::every<internal::rewards_and_next_values<Rewards, NextValues>,
                                             internal::a_column_of_flags<Done>, internal::a_column_of_flags<Terminated>,
                                             internal::a_column_of_numbers<Gammas>,
                                             internal::a_discount_of_columns<Gammas, Rewards, NextValues>>::type::yes>
  constexpr auto operator()(NextValues const& next_state_value, Rewards const& reward, Done const& done,
                            Terminated const& is_terminated, Gammas const& gammas) const {
    using V = internal::estimate_t<deduced, terminated, Rewards, NextValues>;
    std::size_t const n = common_length(reward, next_state_value, done, is_terminated, gammas);
    auto const ended =
        computed(n, [&](std::size_t t) { return flag_at(is_terminated, t) || (t + 1 == n && !flag_at(done, t)); });
    return detail::each_with_its_own<V>(reward, [&](std::size_t k, auto out) {
      auto const next = from(next_state_value, k);
      returns_to_go_in<V>(from(reward, k), flags_at_step(from(done, k), from(ended, k), next), number_at(gammas, k),
                          out);
    });
  }
};

struct reward2go_fn {
  template <class Rewards, class Done, class Gamma,
            class = typename internal::every<internal::a_column_of_values<Rewards>, internal::a_column_of_flags<Done>,
                                             internal::a_discount_of_columns<Gamma, Rewards>>::type::yes>
  constexpr auto operator()(Rewards const& reward, Done const& done, Gamma const& gamma) const {
    using V = internal::estimate_t<deduced, terminated, Rewards>;
    if constexpr (std::integral<Gamma>) {  // n-step returns take no integer for a discount
      return (*this)(reward, done, discount_for<V>(gamma).value());
    } else {
      std::size_t const n = common_length(reward, done);
      auto const steps = internal::recorded(in_place(done), internal::nowhere{}, internal::nowhere{},
                                            internal::nowhere{}, terminated{});
      std::size_t const coefficients = number_of_coefficients(gamma, n);
      auto const none = computed(n, [](std::size_t) { return V{}; });
      return bellman::n_step_returns(reward, none, steps, coefficients, gamma);
    }
  }

 private:
  // Powers of gamma from 1e-7 on are dropped; how many are left is rounded down.
  template <class Gamma>
  static constexpr std::size_t number_of_coefficients(Gamma const& gamma, std::size_t n) {
    if constexpr (std::floating_point<Gamma>) {
      if (Gamma(0) < gamma && gamma < Gamma(1)) {
        double const most = quotient(bellman::log(1e-7), bellman::log(static_cast<double>(gamma)));
        if (most < static_cast<double>(n)) return most < 1 ? 1 : static_cast<std::size_t>(most);
      }
    }
    return n == 0 ? 1 : n;
  }
};

}  // namespace detail

/// `td0_return(next_state_value, reward, terminated, gamma)`: `R + gamma V(S')`, each step by itself.
///
/// *Arguments*: random-access ranges, one element for each step, or arrays of several sequences in one layout,
/// `batch_major(reward, T)`; the value of a step that terminated is not read. An output as that of `returns_to_go`.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: torchrl, `td0_return_estimate`.
/// *Use*:
///     bellman::conventions::torchrl::td0_return(std::array{4.0, 8.0}, std::array{1.0, 2.0}, std::array{false, true},
///                                               0.5) == std::array{3.0, 2.0}
inline constexpr detail::td0_return_fn<internal::this_machine> td0_return{};

/// `td1_return(next_state_value, reward, done, terminated, gamma)`: the returns to go.
///
/// *Arguments*: random-access ranges, one element for each step, or arrays of several sequences in one layout; gamma
/// may be a range with one for each step (`rolling_gamma=True`). An output as that of `returns_to_go`.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: torchrl, `td1_return_estimate`.
/// *Use*:
///     bellman::conventions::torchrl::td1_return(std::array{4.0, 8.0}, std::array{1.0, 2.0}, std::array{false, true},
///                                               std::array{false, false}, 0.5) == std::array{4.0, 6.0}
inline constexpr detail::td1_return_fn<internal::this_machine> td1_return{};

/// `td_lambda_return(next_state_value, reward, done, terminated, trace_parameters{.gamma = g, .lambda = l})`: the
/// lambda-returns.
///
/// *Arguments*: random-access ranges, one element for each step, or arrays of several sequences in one layout; gamma
/// and lambda may be ranges, lambda of the next state. An output as that of `lambda_returns`.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: torchrl, `td_lambda_return_estimate`.
/// *Use*:
///     bellman::conventions::torchrl::td_lambda_return(std::array{4.0, 8.0}, std::array{1.0, 2.0},
///                                                     std::array{false, true}, std::array{false, false},
///                                                     bellman::trace_parameters{.gamma = 0.5, .lambda = 0.5}) ==
///         std::array{3.5, 6.0}
inline constexpr detail::td_lambda_return_fn<internal::this_machine> td_lambda_return{};

/// `td1_return_not_rolling(next_state_value, reward, done, terminated, gammas)`: `td1_return` with
/// `rolling_gamma=False`: the return of step k is taken as if its gamma were that of all later steps. What comes after
/// a recording that is not done is taken to be 0, not `next_state_value`.
///
/// *Arguments*: as those of `td1_return`, with one gamma for each step.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Cost*: one pass for each step, O(n^2).
/// *Source*: torchrl, `td1_return_estimate`.
/// *Use*:
///     bellman::conventions::torchrl::td1_return_not_rolling(std::array{0.0, 16.0}, std::array{1.0, 1.0},
///                                                           std::array{false, false}, std::array{false, false},
///                                                           std::array{0.5, 0.25}) == std::array{1.5, 1.0}
inline constexpr detail::td1_return_not_rolling_fn<internal::this_machine> td1_return_not_rolling{};

/// `td_lambda_return_not_rolling(next_state_value, reward, done, terminated, trace_parameters{.gamma = g, .lambda =
/// l})`: `td_lambda_return` with `rolling_gamma=False`: the return of step k is taken as if its gamma and lambda were
/// those of all later steps.
///
/// *Arguments*: as those of `td_lambda_return`.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Cost*: one pass for each step, O(n^2).
/// *Source*: torchrl, `td_lambda_return_estimate`.
/// *Use*:
///     [gammas = std::array{0.5, 0.25}] {
///       return bellman::conventions::torchrl::td_lambda_return_not_rolling(
///                  std::array{0.0, 16.0}, std::array{1.0, 1.0}, std::array{false, false}, std::array{false, false},
///                  bellman::trace_parameters{.gamma = std::span(gammas), .lambda = 1.0}) == std::array{5.5, 5.0};
///     }()
inline constexpr detail::td_lambda_return_not_rolling_fn<internal::this_machine> td_lambda_return_not_rolling{};

/// `reward2go(reward, done, gamma)`: the returns to go, every end a termination, over as many rewards as have a
/// coefficient of 1e-7 or more: `log(1e-7) / log(gamma)`, rounded down.
///
/// *Arguments*: random-access ranges, one element for each step, and a discount.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Laws*: they differ from the returns by no more than `1e-7 / (1 - gamma)` of the largest reward, as n-step returns
/// of values 0.
/// *Source*: torchrl, `reward2go`.
/// *Use*:
///     bellman::conventions::torchrl::reward2go(std::array{1.0, 2.0, 4.0}, std::array{false, true, false}, 0.5) ==
///         std::array{2.0, 2.0, 4.0}
inline constexpr detail::reward2go_fn reward2go{};

}  // namespace bellman::conventions::torchrl
