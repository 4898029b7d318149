// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/probability/distribution.hpp>

#include <utility>

namespace bellman {

/// An environment together with the distribution over states in which its episodes begin.
template <environment E, distribution_over<state_t<E>> Start>
class started_environment {
 public:
  using state_type = state_t<E>;
  using action_type = action_t<E>;
  using reward_type = reward_t<E>;

  constexpr started_environment(E its_env, Start its_start) : env_(std::move(its_env)), start_(std::move(its_start)) {
    check_weights(start_);
  }

  constexpr auto actions(state_type const& s) const { return env_.actions(s); }
  constexpr bool terminal(state_type const& s) const { return env_.terminal(s); }
  constexpr auto transition(state_type const& s, action_type const& a) const { return env_.transition(s, a); }
  constexpr Start const& start() const { return start_; }
  constexpr auto states() const
    requires finite_environment<E>
  {
    return env_.states();
  }

 private:
  E env_;
  Start start_;
};

namespace detail {

struct with_start_fn {
  template <class E, class Start>
  constexpr auto operator()(E env, Start start) const {
    if constexpr (checked_environment<E>) {
      if constexpr (distribution_over<Start, state_t<E>>) {
        return started_environment<E, Start>(std::move(env), std::move(start));
      } else {
        static_assert(internal::refused<E, Start>,
                      "bellman: with_start(env, start) needs a distribution over the environment's states, such as "
                      "dirac{s} or uniform(states)");
      }
    }
  }
};

}  // namespace detail

/// `with_start(env, start)`: `env` as an `episodic_environment` whose episodes begin in a state drawn from `start`. For
/// a language model these are the prompts. Throws `invalid_value` unless the weights of `start` are at least zero and
/// sum to one.
inline constexpr detail::with_start_fn with_start{};

}  // namespace bellman
