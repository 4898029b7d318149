// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/scalar/field.hpp>

#include <cstddef>
#include <type_traits>
#include <vector>

namespace laws {

// A number for each state, to make value functions of.
template <class S>
constexpr long long number_of(S const& s) {
  if constexpr (requires { s.hash(); }) {
    return static_cast<long long>(s.hash() % 1009);
  } else {
    return static_cast<long long>(s);
  }
}

/// What a law is checked on: an environment, all its states, those in which the law is looked at, those to start
/// episodes from, a policy, a discount; and three functions of a state without any meaning, `v`, `w` and `potential`,
/// that differ from state to state and take both signs. `v` and `w` are not 0 in terminal states, where the algebra
/// must not look at them.
template <bellman::environment E, class Policy>
struct sample {
  using state = bellman::state_t<E>;
  using scalar = bellman::scalar_t<bellman::reward_t<E>>;

  E env;
  Policy policy;
  std::vector<state> states;
  std::vector<state> looked_at;
  std::vector<state> starts;
  scalar gamma;
  std::size_t horizon;  // how many steps of an episode are listed

  constexpr scalar v(state const& s) const { return arbitrary(s, 7, 2); }
  constexpr scalar w(state const& s) const { return arbitrary(s, 11, 3); }
  /// 0 where the state is terminal.
  constexpr scalar potential(state const& s) const { return env.terminal(s) ? scalar(0) : arbitrary(s, 5, 4); }

 private:
  static constexpr scalar arbitrary(state const& s, int factor, int divisor) {
    int const n = static_cast<int>((number_of(s) * number_of(s) + factor * number_of(s) + factor) % 13);
    return scalar(n - 6) / scalar(divisor);
  }
};

}  // namespace laws
