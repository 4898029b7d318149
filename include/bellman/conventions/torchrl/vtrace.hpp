// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/internal/check_apart.hpp>
#include <bellman/conventions/internal/elementwise.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/discounted_errors.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/layout/internal/overlap.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/register_width.hpp>

#include <utility>

namespace bellman::conventions::torchrl {

namespace detail {

template <class V>
struct clipped_ratio_of_logs {
  V bound{};

  template <class P, class Q>
  constexpr V operator()(P const& log_pi, Q const& log_mu) const {
    V const rho = bellman::exp(V(difference(log_pi, log_mu)));
    return at_most(bound, rho);
  }
};
// The TD error with the next state's value given, times the ratio.
template <class V>
struct weighted_error {
  V gamma{};
  clipped_ratio_of_logs<V> ratio{};

  template <class P, class Q, class X, class Next, class R, class Flag>
  constexpr V operator()(P const& log_pi, Q const& log_mu, X const& value, Next const& next, R const& reward,
                         Flag const& is_terminated) const {
    V after(0);
    if (is_terminated == Flag(0)) after = product(gamma, V(next));
    V const target = sum(V(reward), after);
    return V(product(ratio(log_pi, log_mu), difference(target, V(value))));
  }
};
template <class V>
struct error_and_value {
  template <class X>
  constexpr V operator()(V const& error, X const& value) const {
    return sum(error, V(value));
  }
};
// What the next state is worth: the target of the next step, at an end the value that is recorded.
template <class V>
struct next_target_or_value {
  template <class X, class Flag>
  constexpr V operator()(internal::number_of_next_step<V> const& target, X const& next_value, Flag const& done) const {
    if (!target.is_there || done != Flag(0)) return V(next_value);
    return target.number;
  }
};

template <class Rewards, class Values, class NextValues, class... Out>
struct estimates_laid_out_as
    : internal::outputs_laid_out_as<2, internal::estimate_t<deduced, terminated, Rewards, Values, NextValues>, Rewards,
                                    Out...> {};

template <class Machine>
struct vtrace_fn {
  template <
      class G, class LogPi, class LogMu, class Values, class NextValues, class Rewards, class Done, class Terminated,
      class R, class C, class... Out,
      class = typename internal::every<
          internal::a_column_of_numbers<internal::of_one_t<LogPi>>,
          internal::a_column_of_numbers<internal::of_one_t<LogMu>>,
          internal::columns_of_one_type<internal::of_one_t<LogPi>, internal::of_one_t<LogMu>>,
          internal::a_column_of_numbers<internal::of_one_t<Rewards>>,
          internal::transitions_with_flags<Rewards, Values, NextValues, Done, Terminated>,
          internal::in_one_layout<Rewards, LogPi, LogMu>, internal::of_steps_in_common<Rewards>,
          internal::a_number_with_an_exponential<internal::number_of_one_t<Values>>,
          internal::a_discount_of_columns<G, Rewards, Values, NextValues>, internal::constants_of_one_type<G, R, C>,
          estimates_laid_out_as<Rewards, Values, NextValues, Out...>>::type::yes>
  constexpr auto operator()(G const& gamma, LogPi const& log_pi, LogMu const& log_mu, Values const& state_value,
                            NextValues const& next_state_value, Rewards const& reward, Done const& done,
                            Terminated const& is_terminated, R const& rho_thresh, C const& c_thresh, Out... out) const {
    using V = internal::estimate_t<deduced, terminated, Rewards, Values, NextValues>;
    common_length(log_pi, log_mu, state_value, next_state_value, reward, done, is_terminated);
    if constexpr (sizeof...(Out) == 0) {
      auto targets = internal::room_for<V>(reward);
      auto advantages = internal::room_for<V>(reward);
      (*this)(gamma, log_pi, log_mu, state_value, next_state_value, reward, done, is_terminated, rho_thresh, c_thresh,
              internal::place_for(reward, targets), internal::place_for(reward, advantages));
      return vtrace_estimates<decltype(targets)>{std::move(targets), std::move(advantages)};
    } else {
      (internal::check_apart("the columns", out, log_pi, log_mu, state_value, next_state_value, reward, done,
                             is_terminated),
       ...);
      internal::check_overlap_of_outputs(out...);
      weighted_error<V> const error{V(gamma), {V(rho_thresh)}};
      auto const errors =
          internal::elementwise(error, log_pi, log_mu, state_value, next_state_value, reward, is_terminated);
      auto const traces = internal::elementwise(clipped_ratio_of_logs<V>{V(c_thresh)}, log_pi, log_mu);
      auto const steps = internal::recorded(in_place(done), internal::nowhere{}, internal::nowhere{},
                                            internal::nowhere{}, terminated{});
      auto estimates = vtrace_estimates{internal::behind(out, reward)...};
      auto const targets = internal::written(reward, estimates.targets);
      auto const advantages = internal::written(reward, estimates.advantages);
      discounted_errors(errors, traces, steps, gamma, internal::place_of_written(targets));
      internal::assign(targets, internal::elementwise(error_and_value<V>{}, targets, state_value));
      auto const next =
          internal::elementwise(next_target_or_value<V>{}, internal::of_next_steps(targets), next_state_value, done);
      internal::assign(advantages,
                       internal::elementwise(error, log_pi, log_mu, state_value, next, reward, is_terminated));
      return estimates;
    }
  }
};

}  // namespace detail

/// `vtrace(gamma, log_pi, log_mu, state_value, next_state_value, reward, done, terminated, rho_thresh, c_thresh)`: the
/// targets and advantages of one row of time, or of a batch of rows, `batch_major(reward, T)`. There is no lambda, and
/// the advantages' ratio is clipped as that of the targets.
///
/// The advantage of a step at which a time limit ended the episode is taken against the value of the state after it, as
/// in torchrl from its pull request 4210 on; before, the next episode's first target stood there (its issue 4209).
///
/// *Arguments*: random-access ranges, one element for each step, or `time_major` or `batch_major` arrays of several
/// sequences; the logarithms of the probabilities of the actions taken, under the policy that learns and under that
/// which acted. Two iterators or arrays as last arguments, `targets` and `advantages`, say where to write, apart from
/// what is read.
/// *Errors*: `invalid_value` for two lengths that differ, and where an output of several overlaps what is read.
/// *Source*: torchrl, `vtrace_advantage_estimate`.
/// *Use*:
///     bellman::conventions::torchrl::vtrace(0.5, std::array{0.0, 0.0}, std::array{0.0, 0.0}, std::array{0.5, 1.0},
///                                           std::array{1.0, 10.0}, std::array{1.0, 2.0}, std::array{false, true},
///                                           std::array{false, false}, 1.0, 1.0).targets == std::array{4.5, 7.0}
inline constexpr detail::vtrace_fn<internal::this_machine> vtrace{};

}  // namespace bellman::conventions::torchrl
