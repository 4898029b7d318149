// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/discounted_errors.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>
#include <utility>

namespace bellman::conventions::torchrl {

namespace detail {

template <class Machine>
struct vtrace_fn {
  template <
      class G, class LogPi, class LogMu, class Values, class NextValues, class Rewards, class Done, class Terminated,
      class R, class C,
      class = typename internal::every<
          internal::a_column_of_numbers<LogPi>, internal::a_column_of_numbers<LogMu>,
          internal::columns_of_one_type<LogPi, LogMu>, internal::transitions<Rewards, Values, NextValues>,
          internal::a_column_of_numbers<Rewards>,
          internal::a_number_with_an_exponential<internal::elements_of_t<Values>>, internal::a_column_of_flags<Done>,
          internal::a_column_of_flags<Terminated>, internal::a_discount_of_columns<G, Rewards, Values, NextValues>,
          internal::constants_of_one_type<G, R, C>>::type::yes>
  constexpr auto operator()(G const& gamma, LogPi const& log_pi, LogMu const& log_mu, Values const& state_value,
                            NextValues const& next_state_value, Rewards const& reward, Done const& done,
                            Terminated const& is_terminated, R const& rho_thresh, C const& c_thresh) const {
    using V = internal::estimate_t<deduced, terminated, Rewards, Values, NextValues>;
    std::size_t const n =
        common_length(log_pi, log_mu, state_value, next_state_value, reward, done, is_terminated);
    auto const ratio = [&](std::size_t t, V const& bound) {
      V const rho = bellman::exp(V(difference(number_at(log_pi, t), number_at(log_mu, t))));
      return at_most(bound, rho);
    };
    auto const error = [&](std::size_t t, V const& next) {
      V const after = flag_at(is_terminated, t) ? V(0) : V(product(V(gamma), next));
      V const target = sum(V(number_at(reward, t)), after);
      return V(product(ratio(t, V(rho_thresh)), difference(target, V(number_at(state_value, t)))));
    };
    auto const errors = computed(n, [&](std::size_t t) { return error(t, V(number_at(next_state_value, t))); });
    auto const traces = computed(n, [&](std::size_t t) { return ratio(t, V(c_thresh)); });
    auto const steps =
        internal::recorded(in_place(done), internal::nowhere{}, internal::nowhere{}, internal::nowhere{}, terminated{});
    auto const sums = discounted_errors(errors, traces, steps, gamma);

    auto targets = internal::one_for_each<V>(reward);
    auto advantages = internal::one_for_each<V>(reward);
    for (std::size_t t = 0; t < n; ++t) targets[t] = sum(sums[t], V(number_at(state_value, t)));
    for (std::size_t t = 0; t < n; ++t) {
      bool const is_last = t + 1 == n || flag_at(done, t);
      advantages[t] = error(t, is_last ? V(number_at(next_state_value, t)) : targets[t + 1]);
    }
    return vtrace_estimates<decltype(targets)>{std::move(targets), std::move(advantages)};
  }
};

}  // namespace detail

/// `vtrace(gamma, log_pi, log_mu, state_value, next_state_value, reward, done, terminated, rho_thresh, c_thresh)`: the
/// targets and advantages of one row of time. There is no lambda, and the advantages' ratio is clipped as that of the
/// targets.
///
/// The advantage of a step at which a time limit ended the episode is taken against the value of the state after it, as
/// in torchrl from its pull request 4210 on; before, the next episode's first target stood there (its issue 4209).
///
/// *Arguments*: random-access ranges, one element for each step; the logarithms of the probabilities of the actions
/// taken, under the policy that learns and under that which acted.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: torchrl, `vtrace_advantage_estimate`.
/// *Use*:
///     bellman::conventions::torchrl::vtrace(0.5, std::array{0.0, 0.0}, std::array{0.0, 0.0}, std::array{0.5, 1.0},
///                                           std::array{1.0, 10.0}, std::array{1.0, 2.0}, std::array{false, true},
///                                           std::array{false, false}, 1.0, 1.0).targets == std::array{4.5, 7.0}
inline constexpr detail::vtrace_fn<internal::this_machine> vtrace{};

}  // namespace bellman::conventions::torchrl
