// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/an_environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/internal/exploration.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/internal/softmax_of.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/value/internal/requirements.hpp>
#include <bellman/value/internal/rules.hpp>

#include <type_traits>
#include <utility>

namespace bellman {

namespace internal {

/// The logits of a Boltzmann policy.
template <class Q, class E, class F>
using boltzmann_logit_t = std::remove_cvref_t<decltype(quotient(std::declval<action_value_number_t<Q, E> const&>(),
                                                                std::declval<F const&>()))>;

template <class Q, class E, class F>
consteval auto judge_boltzmann_temperature() {
  if constexpr (!ordered_field<F>) {
    return refused::the_temperature_must_be_a_number{};
  } else if constexpr (!requires { typename boltzmann_logit_t<Q, E, F>; }) {
    return refused::the_temperature_must_be_a_number{};
  } else {
    return typename rule<logit<boltzmann_logit_t<Q, E, F>>,
                         refused::the_soft_operator_needs_exp_and_log_which_no_exact_number_has>::type{};
  }
}

/// A number by which action values can be divided, so that the quotient has an exponential.
template <class F, class Q, class E>
struct a_temperature_of_action_values {
  using type = decltype(internal::judge_boltzmann_temperature<Q, E, F>());
};

/// What a Boltzmann policy is made of.
template <class E, class Q, class F>
struct parts_of_boltzmann
    : every<an_environment<environment_argument_t<E>>, an_action_value_of<Q, environment_argument_t<E>>,
            a_temperature_of_action_values<F, Q, environment_argument_t<E>>> {};

}  // namespace internal

/// `boltzmann{env, q, t}`: the policy `pi(a | s) = exp(q(s, a) / t) / sum_b exp(q(s, b) / t)`: the better an action is
/// by an action value the more often it is taken, the lower the temperature the more so.
///
/// *Arguments*: as for `epsilon_greedy`; a temperature above 0, an integer is taken as a `double`. Values and
/// temperature have exponentials, which no exact number has.
/// *Errors*: `invalid_value` for any other temperature; when called, for a state without actions, for a value that is a
/// NaN or infinite, and where all are minus infinity.
/// *Cost*: a call costs one `q` and one exponential an action; actions in a `std::array` allocate nothing.
/// *Laws*: a constant that is added to all values changes nothing; it is the `soft_policy` of its action values:
/// tests/learning/boltzmann.cpp.
/// *Source*: Sutton and Barto, section 2.8; Luce 1959.
/// *Use*:
///     bellman::boltzmann{
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token) { return 1.0; }),
///         [](bellman::context const&, bellman::token) { return 3.0; }, 0.5}(bellman::context{}).begin()
///         ->probability == 0.5
template <class E, class Q, class F>
class boltzmann {
  using Env = internal::environment_argument_t<E>;

 public:
  constexpr boltzmann(E its_env, Q its_q,
                      F its_temperature) requires internal::accepts<internal::parts_of_boltzmann<E, Q, F>>
      : env_(internal::held_environment(std::move(its_env))),
        q_(std::move(its_q)),
        temperature_(std::move(its_temperature)) {
    if (!(F(0) < temperature_) || !is_finite(temperature_)) internal::a_temperature_must_be_above_zero(temperature_);
  }
  // Deleted for what is none, where all ways to make one would be listed.
  template <class Reason = typename internal::parts_of_boltzmann<E, Q, F>::type>
  requires(!internal::accepts<internal::parts_of_boltzmann<E, Q, F>>) constexpr boltzmann(E, Q, F) = delete;

  /// The distribution over the actions of a state.
  template <class S, class = typename internal::a_state_of<S, Env>::type::yes>
  constexpr auto operator()(S const& named) const {
    using A = action_t<Env>;
    using V = internal::action_value_number_t<Q, Env>;
    using L = internal::boltzmann_logit_t<Q, Env, F>;
    state_t<Env> const& s = internal::named<state_t<Env>>(named);
    auto points = internal::each_action(env_, s, [&](A its_action) {
      V const its_value = as_number<V>(q_(s, std::as_const(its_action)));
      return weighted<A, L>{std::move(its_action), static_cast<L>(its_value)};
    });
    // Less the largest, so that no temperature is too low for the quotient.
    auto const value_of = [](auto const& point) -> L const& { return point.probability; };
    L const top(internal::primal(value_of(*internal::largest_logit(points, value_of))));
    for (auto& e : points) e.probability = quotient(L(difference(e.probability, top)), temperature_);
    return categorical(internal::weights_checked{}, internal::softmax_of(std::move(points)));
  }

 private:
  internal::held_environment_t<E> env_;
  Q q_;
  F temperature_;
};
template <class E, class Q, class F>
boltzmann(E, Q, F) -> boltzmann<E, Q, number_t<F>>;

}  // namespace bellman
