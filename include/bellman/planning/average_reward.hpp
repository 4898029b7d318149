// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/bounded_number.hpp>
#include <bellman/planning/internal/followed_table.hpp>
#include <bellman/planning/internal/long_run.hpp>
#include <bellman/planning/internal/policy_chain.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/tabular_function.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <type_traits>
#include <utility>

namespace bellman {

/// Gain and bias of a policy: `auto [gain, bias] = average_reward(env, policy)`.
template <class V, class Bias>
struct gain_and_bias {
  bounded_number<V> gain;
  Bias bias;
};

namespace detail {

struct average_reward_fn {
  template <class E, class Policy, class... Start, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                             internal::rewards_with_an_order<Env>,
                                             internal::a_policy_of_means_for<Policy, Env>,
                                             internal::where_to_begin<Env, Start...>>::type::yes>
  constexpr auto operator()(E&& env, Policy const& policy, Start const&... start) const {
    return internal::with_followed_table<Env>(std::forward<E>(env), policy, over<Policy>{policy}, start...);
  }

 private:
  template <class Policy>
  struct over {
    Policy const& policy;

    template <class E, class Table>
    constexpr auto operator()(std::type_identity<E>, Table const& t) const {
      auto const op = bellman_expectation(t.numbers(), tabulate(t, policy), 1);
      internal::policy_chain chain(op);
      using V = typename decltype(chain)::value_type;
      auto const classes = chain.recurrent_classes();
      if (classes.size() != 1) internal::there_must_be_one_recurrent_class(t, classes);
      auto found = internal::long_run_of(chain, classes.states);
      auto const gain = internal::bounds_of_gain(chain.part(), chain.part(), classes.states, found);
      using bias = tabular_function<E, V, Table>;
      return gain_and_bias<V, bias>{gain, bias(t, std::move(found.bias))};
    }
  };
};

}  // namespace detail

/// `average_reward(env, policy)`: what a step of a policy pays in the long run, its gain `g`, and how much more is paid
/// in all for beginning in a state, its bias `h`: `h(s) = E_pi[R - g + h(S') | S = s]`, of which the mean over the
/// stationary distribution is 0. `auto [gain, bias] = average_reward(env, policy)`.
///
/// `gain.lower <= g <= gain.upper`, always, for the table's own numbers: the least and the largest of `T h - h` enclose
/// it for any `h`. Of intervals the gain's own bounds; of numbers with derivatives there are none.
///
/// *Arguments*: an environment whose rewards have an order, a policy for it; `average_reward(env, policy, start)` looks
/// at what the policy comes to from `start`, a state, a distribution over states or a range of them. A state that is
/// terminal is stayed in for ever and pays nothing: the bias is then the state value without a discount.
/// *Errors*: `invalid_value` where there are several sets of states that the policy never leaves, which are named;
/// those of `tabulate`.
/// *Cost*: O(transitions), and up to O(m^3) for m states that lead to each other.
/// *Laws*: `g = <mu, r>` for the stationary distribution `mu`; `T_pi h - h = g` in every state; `g` is the limit of
/// `(1 - gamma) v(s)`: tests/planning.
/// *Source*: Puterman, sections 8.2 and 8.5; the bounds: Odoni, Operations Research 17 (1969).
/// *Use*:
///     bellman::average_reward(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 + t; }),
///         [](bellman::context const&) { return 0; }, bellman::context{}).bias(bellman::context{}) == 1.0
inline constexpr detail::average_reward_fn average_reward{};

}  // namespace bellman
