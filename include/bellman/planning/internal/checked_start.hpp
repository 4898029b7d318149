// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/probability/distribution.hpp>

#include <concepts>
#include <ranges>

namespace bellman::internal {

/// What says where to begin in `E`. It is asked of a table, to tell a start from a policy; whether it is a policy must
/// not be asked first, since one that takes anything (a generic lambda) may not compile for a number.
template <class Start, class E>
concept says_where_to_begin = std::convertible_to<Start const&, state_t<E>> || distribution_over<Start, state_t<E>> ||
                              std::ranges::input_range<Start const>;

template <class E>
consteval bool check_listing() {
  if constexpr (!finite_environment<E> && !episodic_environment<E>) {
    static_assert(refused<E>,
                  "bellman: the environment lists no states() and has no start(): say where to begin, "
                  "tabulate(env, start)");
  }
  return finite_environment<E> || episodic_environment<E>;
}

/// Whether the states of an environment can be found without being told where to begin; where they cannot, a
/// `static_assert` says so.
template <class E>
inline constexpr bool checked_listing = internal::check_listing<E>();

template <class Start, class E>
consteval bool check_start() {
  constexpr bool says = table<E> || says_where_to_begin<Start, E>;
  if constexpr (!says) {
    static_assert(refused<Start, E>,
                  "bellman: the argument after the discount must be a state, a distribution over states or a range of "
                  "them, to begin in, or a solving_method, of which is_solving_method_v is true");
  }
  return says;
}

/// Whether `Start` says where to begin in `E`, which a table need not be told; where it does not, a `static_assert`
/// says so.
template <class Start, class E>
inline constexpr bool checked_start = internal::check_start<Start, E>();

}  // namespace bellman::internal
