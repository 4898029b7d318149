// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/choice.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/internal/a_reference_for.hpp>
#include <bellman/value/internal/requirements.hpp>
#include <bellman/value/internal/rules.hpp>

#include <concepts>
#include <type_traits>
#include <utility>

namespace bellman {

/// The Bellman operator: `(T v)(s) = choice over a of E[R_t + gamma v(S_{t+1}) | S_t = s, A_t = a]`, and 0 where `s` is
/// terminal. A value function goes in, a value function comes out.
///
/// There is one; the choice of how a state's action values become its value makes it `T_pi`, `T*` or the soft one.
///
/// *Laws*: for each choice: monotone, `v <= w` implies `T v <= T w`; `T(v + c) = T v + gamma c` where nothing ends; a
/// contraction, `|T v - T w| <= gamma |v - w|` in the largest difference: tests/laws.
template <environment E, class Choice, class F, class Equivalent = expected_outcome>
class bellman_operator {
 public:
  using environment_type = E;
  using choice_type = Choice;
  using equivalent_type = Equivalent;

  constexpr bellman_operator(E its_env, Choice its_choice, discount<F> its_gamma, Equivalent its_equivalent = {})
      : env_(std::move(its_env)),
        choice_(std::move(its_choice)),
        gamma_(std::move(its_gamma)),
        equivalent_(std::move(its_equivalent)) {}

  /// The value function `T v`; `v` is any callable of a state.
  template <class V, class = typename internal::a_value_function_of<V, E>::type::yes>
  constexpr auto operator()(V v) const {
    return backed_up<V>(*this, action_values(std::move(v)));
  }

  /// What it was made of.
  constexpr E const& environment() const& { return env_; }
  void environment() const&& = delete;
  constexpr Choice const& choice() const& { return choice_; }
  void choice() const&& = delete;
  constexpr F gamma() const { return gamma_.value(); }
  constexpr Equivalent const& equivalent() const& { return equivalent_; }
  void equivalent() const&& = delete;

  /// The action values that it chooses from: `(s, a) -> ` the equivalent of `R + gamma v(S')`.
  template <class V, class = typename internal::a_value_function_of<V, E>::type::yes>
  constexpr auto action_values(V v) const {
    return action_value_function<E, F, V, Equivalent>(env_, gamma_, std::move(v), equivalent_);
  }

 private:
  template <class V>
  class backed_up {
   public:
    constexpr backed_up(bellman_operator const& op, action_value_function<E, F, V, Equivalent> its_q)
        : env_(op.env_), choice_(op.choice_), q_(std::move(its_q)) {}

    template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
    constexpr auto operator()(S const& named) const {
      state_t<E> const& s = internal::named<state_t<E>>(named);
      auto q_of = [&](action_t<E> const& a) { return q_(s, a); };
      using W = std::remove_cvref_t<decltype(choice_(env_, s, q_of))>;
      if (env_.terminal(s)) return scalar_traits<W>::zero();
      return W(choice_(env_, s, q_of));
    }

   private:
    E env_;
    Choice choice_;
    action_value_function<E, F, V, Equivalent> q_;
  };

  E env_;
  Choice choice_;
  discount<F> gamma_;
  [[no_unique_address]] Equivalent equivalent_;
};

namespace internal {

/// Whether a type is a Bellman operator.
template <class T>
inline constexpr bool is_bellman_operator = false;
template <class E, class Choice, class F, class Equivalent>
inline constexpr bool is_bellman_operator<bellman_operator<E, Choice, F, Equivalent>> = true;

}  // namespace internal

namespace detail {

struct make_operator_fn {
  template <class E, class Choice, class G, class Equivalent = expected_outcome>
  constexpr auto operator()(E&& env, Choice choice, G const& gamma, Equivalent equivalent = {}) const {
    auto held = internal::held_environment(std::forward<E>(env));
    auto const checked = discount_for<reward_t<decltype(held)>>(gamma);
    using F = std::remove_cvref_t<decltype(checked.value())>;
    return bellman_operator<decltype(held), Choice, F, Equivalent>(std::move(held), std::move(choice), checked,
                                                                   std::move(equivalent));
  }
};

struct bellman_expectation_fn {
  template <
      class E, class Policy, class G, class Equivalent = expected_outcome,
      class Env = internal::environment_argument_t<E>,
      class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                       internal::a_policy_of_means_for<Policy, Env>, internal::a_discount_of<G, Env>,
                                       internal::a_certainty_equivalent_in<Equivalent, Env>>::type::yes>
  constexpr auto operator()(E&& env, Policy policy, G const& gamma, Equivalent equivalent = {}) const {
    return make_operator_fn{}(std::forward<E>(env), expected_choice<Policy>{std::move(policy)}, gamma,
                              std::move(equivalent));
  }
};

struct bellman_optimality_fn {
  template <class E, class G, class Equivalent = expected_outcome, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                             internal::rewards_with_an_order<Env>, internal::a_discount_of<G, Env>,
                                             internal::a_certainty_equivalent_in<Equivalent, Env>>::type::yes>
  constexpr auto operator()(E&& env, G const& gamma, Equivalent equivalent = {}) const {
    return make_operator_fn{}(std::forward<E>(env), greedy_choice{}, gamma, std::move(equivalent));
  }
};

// Where no reference policy is given: all actions alike.
struct bellman_soft_fn {
  template <
      class E, class G, class F, class Policy = uniform_over_actions, class Env = internal::environment_argument_t<E>,
      class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                       internal::rewards_with_an_order<Env>, internal::a_discount_of<G, Env>,
                                       internal::a_temperature_of<F, Env>,
                                       internal::a_reference_for<Policy, Env>>::type::yes>
  constexpr auto operator()(E&& env, G const& gamma, F const& temperature, Policy reference = {}) const {
    using T = discount_scalar_t<scalar_t<reward_t<Env>>, F>;
    T const t = static_cast<T>(temperature);
    if (!internal::is_finite_and_positive(t)) internal::a_temperature_must_be_above_zero(t);
    if constexpr (std::same_as<Policy, uniform_over_actions>) {
      return make_operator_fn{}(std::forward<E>(env), soft_choice<T, Policy>{t, reference}, gamma);
    } else {
      using reference_t = reference_policy<Policy>;
      return make_operator_fn{}(std::forward<E>(env), soft_choice<T, reference_t>{t, {std::move(reference)}}, gamma);
    }
  }
};

}  // namespace detail

/// `bellman_expectation(env, policy, gamma)`: the operator `T_pi`,
/// `(T_pi v)(s) = E_pi[R_t + gamma v(S_{t+1}) | S_t = s]`, whose fixed point is the policy's state value.
///
/// *Arguments*: an environment, a policy for it, a discount; all are copied, the environment once, and `std::ref(env)`,
/// which must outlive the operator, not at all. The operator takes any callable of a state and gives one.
/// *Errors*: `invalid_value` for a discount outside [0, 1].
/// *Cost*: none until a value is asked for; that of a state costs one value of each state that may follow.
/// *Laws*: those of `bellman_operator`.
/// *Source*: foundation text, 2.2; Sutton and Barto, (3.14).
/// *Use*:
///     bellman::bellman_expectation(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         [](bellman::context const&) { return bellman::uniform(std::array<bellman::token, 2>{0, 1}); },
///         0.5)([](bellman::context const&) { return 0.0; })(bellman::context{}) == 0.5
inline constexpr detail::bellman_expectation_fn bellman_expectation{};

/// `bellman_optimality(env, gamma)`: the operator `T*`,
/// `(T* v)(s) = max_a E[R_t + gamma v(S_{t+1}) | S_t = s, A_t = a]`, whose fixed point is the optimal value.
///
/// *Arguments*: as for `bellman_expectation`; values must have an order.
/// *Errors*: `invalid_value` for a discount outside [0, 1], and, when a value is asked for, for a state that is not
/// terminal and has no actions; does not compile for vectors of rewards.
/// *Cost*: as for `bellman_expectation`.
/// *Laws*: those of `bellman_operator`.
/// *Source*: Sutton and Barto, (3.19).
/// *Use*:
///     bellman::bellman_optimality(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         0.5)([](bellman::context const&) { return 0.0; })(bellman::context{}) == 1.0
inline constexpr detail::bellman_optimality_fn bellman_optimality{};

/// `bellman_soft(env, gamma, tau)`: `tau log E_a[exp(Q(s, a) / tau)]`, `a` uniform over the actions, or drawn from a
/// reference policy given last. Between `T_pi` of the reference and `T*`.
///
/// *Arguments*: as for `bellman_optimality`; `tau`: a temperature, `tau > 0`. Floating-point scalars only.
/// *Errors*: those of `bellman_optimality`, and `invalid_value` for a temperature that is not a finite number above 0;
/// does not compile for exact scalars.
/// *Cost*: as for `bellman_expectation`.
/// *Laws*: those of `bellman_operator`; `T*` as tau tends to 0, `T_pi` of the reference as it grows:
/// tests/value/bellman_operator.cpp.
/// *Use*:
///     bellman::bellman_soft(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token) { return 3.0; }),
///         0.5, 2.0)([](bellman::context const&) { return 0.0; })(bellman::context{}) == 3.0
inline constexpr detail::bellman_soft_fn bellman_soft{};

}  // namespace bellman
