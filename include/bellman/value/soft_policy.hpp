// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/choice.hpp>
#include <bellman/value/internal/a_reference_for.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

/// The policy of a soft operator at a value function: what `soft_policy` returns.
template <class Op, class V>
class soft_policy_of {
  using E = typename Op::environment_type;

 public:
  constexpr soft_policy_of(Op its_op, V its_v) : op_(std::move(its_op)), q_(op_.action_values(std::move(its_v))) {}

  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr auto operator()(S const& named) const {
    state_t<E> const& s = internal::named<state_t<E>>(named);
    auto const& choice = op_.choice();
    auto const q_of = [&](auto const& a) { return q_(s, static_cast<action_t<E>>(a)); };
    auto const drawn = choice.reference(op_.environment(), s);
    auto const top = choice.largest(drawn, q_of);
    using F = std::remove_cvref_t<decltype(choice.exponential(top, top))>;
    std::vector<weighted<action_t<E>, F>> chosen;
    F total(0);
    for (auto const& e : drawn) {
      F p(0);
      if (!internal::is_nothing(e.probability)) p = weigh(e.probability, F(choice.exponential(q_of(e.value), top)));
      chosen.push_back({static_cast<action_t<E>>(e.value), p});
      total = sum(total, p);
    }
    for (auto& e : chosen) e.probability = quotient(e.probability, total);
    return chosen;
  }

 private:
  Op op_;
  decltype(std::declval<Op const&>().action_values(std::declval<V>())) q_;
};

namespace detail {

struct soft_policy_fn {
  template <class E, class G, class F, class V, class Policy = uniform_over_actions,
            class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                             internal::rewards_with_an_order<Env>, internal::a_discount_of<G, Env>,
                                             internal::a_temperature_of<F, Env>, internal::a_value_function_of<V, Env>,
                                             internal::a_reference_for<Policy, Env>>::type::yes>
  constexpr auto operator()(E&& env, G const& gamma, F const& temperature, V v, Policy reference = {}) const {
    auto op = bellman_soft(std::forward<E>(env), gamma, temperature, std::move(reference));
    return soft_policy_of<decltype(op), V>(std::move(op), std::move(v));
  }
};

}  // namespace detail

/// `soft_policy(env, gamma, tau, v)`: the policy of the soft operator at v,
/// `pi(a | s) = mu(a | s) exp((q(s, a) - (T v)(s)) / tau)`, a softmax of the action values; mu is uniform over the
/// actions, or the reference policy given last.
///
/// Among all policies it attains `(T v)(s) = E_pi[q] - tau KL(pi, mu)`, and it is the derivative of `T v` by the action
/// values. Of the fixed point of `bellman_soft` it is the best policy of a task in which entropy is paid for.
///
/// *Arguments*: those of `bellman_soft`, and any callable of a state.
/// *Errors*: those of `bellman_soft`. An action that the reference never draws is not taken, whatever it is worth.
/// *Cost*: a call costs two action values for each action.
/// *Laws*: no policy has more `E_pi[q] - tau KL(pi, mu)`: tests/value/soft_policy.cpp.
/// *Source*: Ziebart 2010; Haarnoja and others 2017.
/// *Use*:
///     bellman::soft_policy(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token) { return 3.0; }),
///         0.5, 2.0, [](bellman::context const&) { return 0.0; })(bellman::context{}).front().probability == 0.5
inline constexpr detail::soft_policy_fn soft_policy{};

}  // namespace bellman
