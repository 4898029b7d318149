// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

namespace bellman::internal {

// What a surrogate makes of a token, whether or not it asks for the log-probability.
template <class Surrogate, class R, class A, class P>
constexpr auto objective_of(Surrogate const& surrogate, R const& ratio, A const& its_advantage, P const& log_prob)
  requires std::invocable<Surrogate const&, R const&, A const&> ||
           std::invocable<Surrogate const&, R const&, A const&, P const&>
{
  if constexpr (std::invocable<Surrogate const&, R const&, A const&>) {
    return surrogate(ratio, its_advantage);
  } else {
    return surrogate(ratio, its_advantage, log_prob);
  }
}

}  // namespace bellman::internal
