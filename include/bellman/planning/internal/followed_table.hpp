// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/internal/followed_environment.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/value/certainty_equivalent.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman::internal {

/// Where to begin in an environment, or nothing if it is known what to tabulate.
template <class E, class... Start>
struct perhaps_where_to_begin {
  using type = refused::to_begin_in_takes_a_state_a_distribution_over_states_or_a_range_of_states;
};
template <class E>
struct perhaps_where_to_begin<E> : a_listing<E> {};
template <class E, class Start>
struct perhaps_where_to_begin<E, Start>
    : rule<says_where_to_begin<Start, E>,
           refused::to_begin_in_takes_a_state_a_distribution_over_states_or_a_range_of_states> {};

/// `f(type, table)` of the environment that a policy is followed in, and its table: of all states, or, with a start, of
/// what the policy comes to from there; where states cannot be listed, from where episodes begin.
template <class Env, class E, class Policy, class F, class... Start>
constexpr auto with_followed_table(E&& env, Policy const& policy, F const& f, Start const&... start) {
  auto const& dynamics = internal::environment_itself(env);
  if constexpr (sizeof...(Start) == 0 && finite_environment<Env>) {
    return f(std::type_identity<Env>{}, internal::table_from<expected_outcome>(dynamics));
  } else if constexpr (sizeof...(Start) == 0) {
    return internal::with_followed_table<Env>(std::forward<E>(env), policy, f, dynamics.start());
  } else {
    auto held = internal::held_environment(std::forward<E>(env));
    using followed = followed_environment<decltype(held), Policy>;
    return f(std::type_identity<followed>{}, tabulate(followed(std::move(held), policy), start...));
  }
}

}  // namespace bellman::internal
