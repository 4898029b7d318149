// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/backward_pass.hpp>
#include <bellman/estimation/corrected_return.hpp>
#include <bellman/estimation/estimate.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/pack.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>

namespace bellman {

namespace detail {

// The terms of a return off the policy that acted; `Trace` says how much of a correction is believed.
template <class Rewards, class StateValues, class ActionValues, class Traces, class Gamma, class Lambda, class Trace>
struct off_policy_terms {
  Rewards rewards;
  StateValues state_values;
  ActionValues action_values;
  Traces traces;
  Gamma gamma;
  Lambda lambda;
  [[no_unique_address]] Trace trace;

  template <class At, class Step>
  [[gnu::always_inline]] constexpr auto operator()(At const& at, Step const& s) const {
    auto const v = at.read_unless(s.skipped, state_values);
    auto const q = at.read_unless(s.skipped, action_values);
    auto const l = at.read_scalar(lambda);
    auto const c = trace(at.read_scalar_unless(s.skipped, traces), v, q);
    return correction{at.read_unless(s.skipped, rewards), at.read_scalar(gamma), v,
                      std::remove_const_t<decltype(l)>(product(l, c)), q};
  }
};

struct as_given {
  template <class C, class X>
  constexpr C operator()(C const& c, X const&, X const&) const {
    return c;
  }
};
struct at_most_one {
  template <class C, class X>
  constexpr C operator()(C const& c, X const&, X const&) const {
    return at_most(C(1), c);
  }
};
struct where_greedy {
  template <class C, class X>
  constexpr C operator()(C const& c, X const& v, X const& q) const {
    static_assert(
        !requires {
          v.lower();
          v.upper();
        },
        "bellman: Watkins' Q(lambda) must know which actions are greedy; of intervals it is not known");
    return select(less(q, v), C(0), c);
  }
};

template <class Trace, class Value, class Order>
struct off_policy_returns_fn {
  template <std::ranges::range Rewards, std::ranges::range StateValues, std::ranges::range ActionValues,
            std::ranges::range Traces, class Steps, std::random_access_iterator... Out>
    requires(sizeof...(Out) <= 1)
  constexpr auto operator()(Rewards&& rewards, StateValues&& state_values, ActionValues&& action_values,
                            Traces&& traces, Steps const& steps, braced_parameters<Rewards> p, Out... out) const {
    using V = widened_t<Value, estimate_t<Value, Steps, Rewards, StateValues, ActionValues>, Traces>;
    return estimates<V, Order>(rewards, steps, body<V>(rewards, state_values, action_values, traces, p), out...);
  }
  template <std::ranges::range Rewards, std::ranges::range StateValues, std::ranges::range ActionValues,
            std::ranges::range Traces, class Steps, class G, class L, std::random_access_iterator... Out>
    requires(sizeof...(Out) <= 1 && !std::same_as<trace_parameters<G, L>, braced_parameters<Rewards>>)
  constexpr auto operator()(Rewards&& rewards, StateValues&& state_values, ActionValues&& action_values,
                            Traces&& traces, Steps const& steps, trace_parameters<G, L> const& p, Out... out) const {
    using V = widened_t<Value, estimate_t<Value, Steps, Rewards, StateValues, ActionValues>, Traces, G, L>;
    return estimates<V, Order>(rewards, steps, body<V>(rewards, state_values, action_values, traces, p), out...);
  }

  template <class V, class Rewards, class StateValues, class ActionValues, class Traces, class Parameters>
  static constexpr auto body(Rewards const& rewards, StateValues const& state_values, ActionValues const& action_values,
                             Traces const& traces, Parameters const& p) {
    std::size_t const n = length_of(rewards);
    return [terms = off_policy_terms{column_of<V>(rewards, "rewards", n), column_of<V>(state_values, "values", n),
                                     column_of<V>(action_values, "action values", n),
                                     column_of<scalar_t<V>>(traces, "traces", n), gamma_column<V>(p.gamma, n),
                                     lambda_column<V>(p.lambda, n), Trace{}}](V const& after_last, auto const& out) {
      return corrected_return(after_last, terms, write_return{out});
    };
  }
};

template <class Value, class Order>
struct watkins_q_lambda_returns_fn {
  template <std::ranges::range Rewards, std::ranges::range StateValues, std::ranges::range ActionValues, class Steps,
            std::random_access_iterator... Out>
    requires(sizeof...(Out) <= 1)
  constexpr auto operator()(Rewards&& rewards, StateValues&& greatest, ActionValues&& action_values, Steps const& steps,
                            braced_parameters<Rewards> p, Out... out) const {
    using V = estimate_t<Value, Steps, Rewards, StateValues, ActionValues>;
    return estimates<V, Order>(rewards, steps, body<V>(rewards, greatest, action_values, p), out...);
  }
  template <std::ranges::range Rewards, std::ranges::range StateValues, std::ranges::range ActionValues, class Steps,
            class G, class L, std::random_access_iterator... Out>
    requires(sizeof...(Out) <= 1 && !std::same_as<trace_parameters<G, L>, braced_parameters<Rewards>>)
  constexpr auto operator()(Rewards&& rewards, StateValues&& greatest, ActionValues&& action_values, Steps const& steps,
                            trace_parameters<G, L> const& p, Out... out) const {
    using V = widened_t<Value, estimate_t<Value, Steps, Rewards, StateValues, ActionValues>, G, L>;
    return estimates<V, Order>(rewards, steps, body<V>(rewards, greatest, action_values, p), out...);
  }

  template <class V, class Rewards, class StateValues, class ActionValues, class Parameters>
  static constexpr auto body(Rewards const& rewards, StateValues const& greatest, ActionValues const& action_values,
                             Parameters const& p) {
    return off_policy_returns_fn<where_greedy, Value, Order>::template body<V>(rewards, greatest, action_values,
                                                                               scalar_t<V>(1), p);
  }
};

template <class Value, class Order>
struct importance_corrected_td_errors_fn {
  // The importance ratio of the step's own action counts as well.
  template <class Out, class Ratios>
  struct write_weighted_error {
    Out out;
    Ratios ratios;

    template <class At, class Step, class Terms, class X>
    [[gnu::always_inline]] constexpr void operator()(At const& at, Step const& s, Terms const& c, X const& G) const {
      auto const rho = at.read_scalar_unless(s.skipped, ratios);
      write_own(at, s, out,
                applied(affine<X, std::remove_const_t<decltype(rho)>>{X{}, rho}, X(difference(G, c.action_value))));
    }
  };

  template <std::ranges::range Rewards, std::ranges::range Values, std::ranges::range Ratios, class Steps,
            std::random_access_iterator... Out>
    requires(sizeof...(Out) <= 1)
  constexpr auto operator()(Rewards&& rewards, Values&& values, Ratios&& ratios, Steps const& steps,
                            braced_parameters<Rewards> p, Out... out) const {
    return errors(rewards, values, ratios, steps, p, out...);
  }
  template <std::ranges::range Rewards, std::ranges::range Values, std::ranges::range Ratios, class Steps, class G,
            class L, std::random_access_iterator... Out>
    requires(sizeof...(Out) <= 1 && !std::same_as<trace_parameters<G, L>, braced_parameters<Rewards>>)
  constexpr auto operator()(Rewards&& rewards, Values&& values, Ratios&& ratios, Steps const& steps,
                            trace_parameters<G, L> const& p, Out... out) const {
    return errors(rewards, values, ratios, steps, p, out...);
  }

 private:
  template <class Rewards, class Values, class Ratios, class Steps, class Parameters, class... Out>
  static constexpr auto errors(Rewards const& rewards, Values const& values, Ratios const& ratios, Steps const& steps,
                               Parameters const& p, Out... out) {
    using V =
        widened_t<Value, estimate_t<Value, Steps, Rewards, Values>, Ratios, decltype(p.gamma), decltype(p.lambda)>;
    std::size_t const n = length_of(rewards);
    auto const v = column_of<V>(values, "values", n);
    auto const rho = column_of<scalar_t<V>>(ratios, "ratios", n);
    off_policy_terms const terms{column_of<V>(rewards, "rewards", n), v,         v, rho, gamma_column<V>(p.gamma, n),
                                 lambda_column<V>(p.lambda, n),       as_given{}};
    return estimates<V, Order>(
        rewards, steps,
        [&](V const& after_last, auto const& to) {
          return corrected_return(after_last, terms,
                                  write_weighted_error<std::remove_cvref_t<decltype(to)>, decltype(rho)>{to, rho});
        },
        out...);
  }
};

}  // namespace detail

/// `off_policy_returns(rewards, state_values, action_values, traces, steps, {.gamma = g, .lambda = l})`: the general
/// return off the policy that acted,
/// `G_t = R_t + gamma_t (v_{t+1} + lambda_{t+1} c_{t+1} (G_{t+1} - q_{t+1}))`.
///
/// For each reward `state_values` has what the state in which it was earned is worth to the policy in question (`E_pi
/// Q(S_t, .)`, or the greatest), `action_values` the `Q(S_t, A_t)` of the action taken, and `traces` the `c_t`, how
/// much of the difference is believed: `pi / mu` for importance sampling, `pi` for tree backup, ... Traces may be any
/// number and are not checked (`importance_ratios` makes ratios that are); the return has the fixed point Q_pi when
/// they lie between 0 and `pi / mu`. Arguments, forms and errors as `gae`. Munos et al. 2016, (3); Sutton and Barto
/// 2018, section 12.9.
inline constexpr detail::off_policy_returns_fn<detail::as_given, deduced, deduced> off_policy_returns{};

/// `retrace(rewards, state_values, action_values, ratios, steps, p)`: the off-policy returns with the traces
/// `lambda min(1, pi(A_t | S_t) / mu(A_t | S_t))`, where `ratios` are the `pi / mu`. Munos et al. 2016, section 3.
inline constexpr detail::off_policy_returns_fn<detail::at_most_one, deduced, deduced> retrace{};

/// `tree_backup(rewards, state_values, action_values, probabilities, steps, p)`: the off-policy returns with the traces
/// `lambda pi(A_t | S_t)`, which need not know what policy acted. Precup et al. 2000; Munos et al. 2016, section 2.
inline constexpr detail::off_policy_returns_fn<detail::as_given, deduced, deduced> tree_backup{};

/// `watkins_q_lambda_returns(rewards, greatest, action_values, steps, p)`: Q(lambda) that looks ahead until the first
/// action that was not greedy: the off-policy returns with `v = max_a Q(S_t, a)` and the traces lambda where
/// `Q(S_t, A_t)` is the greatest, else 0. Peng's Q(lambda) is `lambda_returns(rewards, greatest, steps, p)`.
/// Sutton and Barto 2018, section 12.10.
inline constexpr detail::watkins_q_lambda_returns_fn<deduced, deduced> watkins_q_lambda_returns{};

/// `importance_corrected_td_errors(rewards, values, ratios, steps, p)`: the sums of TD errors to come, each weighted by
/// the ratios `pi / mu` of the actions up to its own: `rho_t (G_t - V(S_t))`, where G are the off-policy returns with
/// `v = q = V(S_t)` and the traces `lambda rho_t`. Sutton et al. 2014, "A new Q(lambda) with interim forward view".
inline constexpr detail::importance_corrected_td_errors_fn<deduced, deduced> importance_corrected_td_errors{};

/// The same, each computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr detail::off_policy_returns_fn<detail::as_given, V, Order> off_policy_returns_in{};
template <class V = deduced, class Order = deduced>
inline constexpr detail::off_policy_returns_fn<detail::at_most_one, V, Order> retrace_in{};
template <class V = deduced, class Order = deduced>
inline constexpr detail::off_policy_returns_fn<detail::as_given, V, Order> tree_backup_in{};
template <class V = deduced, class Order = deduced>
inline constexpr detail::watkins_q_lambda_returns_fn<V, Order> watkins_q_lambda_returns_in{};
template <class V = deduced, class Order = deduced>
inline constexpr detail::importance_corrected_td_errors_fn<V, Order> importance_corrected_td_errors_in{};

}  // namespace bellman
