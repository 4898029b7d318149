// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/planning/internal/followed_environment.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/value/certainty_equivalent.hpp>

#include <type_traits>
#include <utility>

namespace bellman::internal {

/// `f(type, table)` of the environment that a policy is followed in, and its table: of all states, or, with a start, of
/// what the policy comes to from there; where states cannot be listed, from where episodes begin.
template <class Env, class E, class Policy, class F, class... Start>
constexpr auto with_followed_table(E&& env, Policy const& policy, F const& f, Start const&... start) {
  if constexpr (sizeof...(Start) == 0 && finite_environment<Env>) {
    return f(std::type_identity<Env>{}, internal::table_from<expected_outcome>(internal::environment_itself(env)));
  } else {
    // Where episodes begin is asked of the environment that is held: of the argument it may have been moved away.
    auto held = internal::held_environment(std::forward<E>(env));
    using followed = followed_environment<decltype(held), Policy>;
    return f(std::type_identity<followed>{}, tabulate(followed(std::move(held), policy), start...));
  }
}

}  // namespace bellman::internal
