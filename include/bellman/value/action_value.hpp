// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/probability/with_checked_weights.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/internal/known_parts.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

// `E[R]` of an outcome; a row of a table knows it.
template <class D>
constexpr auto mean_reward(D const& outcomes) {
  if constexpr (internal::knows_its_mean_reward<D>) {
    return outcomes.mean_reward();
  } else {
    return expectation(outcomes, [](auto const& o) { return o.reward; });
  }
}

template <class R, class W>
struct reward_and_value {
  R reward;
  W value;
};

// Both means of what was given in a state. Weights that were not checked when they were built are checked in the same
// pass: each is read once.
template <class D, class S, class ValueOf>
constexpr auto mean_reward_and_value(D const& outcomes, S const& s, ValueOf const& value_of) {
  auto const reward_of = [](auto const& o) { return o.reward; };
  using R = decltype(detail::mean_reward(outcomes));
  using W = decltype(expectation(outcomes, value_of));
  if constexpr (weights_were_checked<D>) {
    return reward_and_value<R, W>{detail::mean_reward(outcomes), expectation(outcomes, value_of)};
  } else {
    using P = probability_t<D>;
    P total{};
    reward_and_value<R, W> means{scalar_traits<R>::zero(), scalar_traits<W>::zero()};
    bool sound = true;
    std::size_t n = 0;
    for (auto&& e : outcomes) {
      total = sum(total, e.probability);
      ++n;
      if (!(P(0) < e.probability)) [[unlikely]] {
        // Zero, and then it is not looked at; or below, or a NaN.
        sound = sound && internal::is_not_negative(e.probability);
        if (internal::is_nothing(e.probability)) continue;
      }
      means.reward = sum(means.reward, weigh(e.probability, reward_of(e.value)));
      means.value = sum(means.value, weigh(e.probability, value_of(e.value)));
    }
    if (!sound || !internal::is_near_one(total, n)) internal::check_unchecked_weights(outcomes, s);
    return means;
  }
}

}  // namespace detail

/// The action value over a value function: what `action_value` returns.
template <environment E, class F, class V, class Equivalent = expected_outcome>
class action_value_function {
 public:
  // Parameters are not called `env` or `v`: g++ 12 would warn that they shadow a global object of a user of that name.
  constexpr action_value_function(E its_env, discount<F> its_gamma, V its_v, Equivalent its_equivalent = {})
      : env_(std::move(its_env)),
        gamma_(std::move(its_gamma)),
        v_(std::move(its_v)),
        equivalent_(std::move(its_equivalent)) {}

  template <class S = state_t<E>, class A = action_t<E>,
            class = typename internal::every<internal::a_state_of<S, E>, internal::an_action_of<A, E>>::type::yes>
  constexpr auto operator()(S const& s, A const& a) const {
    auto const& outcomes = env_.transition(internal::named<state_t<E>>(s), internal::named<action_t<E>>(a));
    if constexpr (std::same_as<Equivalent, expected_outcome>) {
      auto const means =
          detail::mean_reward_and_value(outcomes, s, [this](auto const& o) { return value_of(o.next); });
      return affine{means.reward, gamma_.value()}(means.value);
    } else {
      internal::check_unchecked_weights(outcomes, s);
      return internal::equivalent_of(equivalent_, outcomes, [this](auto const& o) {
        return affine{o.reward, gamma_.value()}(value_of(o.next));
      });
    }
  }

 private:
  constexpr auto value_of(state_t<E> const& next) const {
    using W = std::remove_cvref_t<decltype(v_(next))>;
    if constexpr (internal::is_zero_in_terminal_states<V>) {
      return v_(next);
    } else {
      if (env_.terminal(next)) return scalar_traits<W>::zero();
      return W(v_(next));
    }
  }

  E env_;
  discount<F> gamma_;
  V v_;
  [[no_unique_address]] Equivalent equivalent_;
};

namespace detail {

struct action_value_fn {
  template <class E, class G, class V, class Equivalent = expected_outcome,
            class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                             internal::a_discount_of<G, Env>, internal::a_value_function_of<V, Env>,
                                             internal::a_certainty_equivalent_in<Equivalent, Env>>::type::yes>
  constexpr auto operator()(E&& env, G const& gamma, V v, Equivalent equivalent = {}) const {
    auto held = internal::held_environment(std::forward<E>(env));
    auto const checked = discount_for<reward_t<Env>>(gamma);
    using F = std::remove_cvref_t<decltype(checked.value())>;
    return action_value_function<decltype(held), F, V, Equivalent>(std::move(held), checked, std::move(v),
                                                                   std::move(equivalent));
  }
};

}  // namespace detail

/// `action_value(env, gamma, v)`: the function `(s, a) -> E[R_t + gamma v(S_{t+1}) | S_t = s, A_t = a]`.
///
/// With `v` the state value of a policy this is `Q_pi`, with the optimal value `Q*`.
///
/// *Arguments*: `v`: any callable of a state; in a terminal state it counts as 0, whatever it says, and is not called.
/// Environment and `v` are copied, the environment once; `std::ref(env)` is not copied and must outlive the function.
/// *Errors*: `invalid_value` for a discount outside [0, 1], and, when it is called, for a transition whose weights are
/// no distribution.
/// *Cost*: a call costs one `v` an outcome.
/// *Source*: foundation text, 2.3; Sutton and Barto, section 3.5.
/// *Use*:
///     bellman::action_value(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         0.5, [](bellman::context const&) { return 10.0; })(bellman::context{}, 1) == 1.0 + 0.5 * 10.0
inline constexpr detail::action_value_fn action_value{};

}  // namespace bellman
