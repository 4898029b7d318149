// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>

#include <utility>

namespace bellman::internal {

/// An environment that answers as another one does. What is derived from it hides what it answers otherwise.
template <environment E>
class environment_over {
 public:
  using state_type = state_t<E>;
  using action_type = action_t<E>;
  using reward_type = reward_t<E>;

  constexpr explicit environment_over(E its_env) : env_(std::move(its_env)) {}

  constexpr auto actions(state_type const& s) const { return env_.actions(s); }
  constexpr bool terminal(state_type const& s) const { return env_.terminal(s); }
  constexpr auto transition(state_type const& s, action_type const& a) const { return env_.transition(s, a); }
  constexpr auto states() const
    requires finite_environment<E>
  {
    return env_.states();
  }
  constexpr auto start() const
    requires episodic_environment<E>
  {
    return env_.start();
  }

 protected:
  constexpr E const& inner() const { return env_; }

 private:
  E env_;
};

}  // namespace bellman::internal
