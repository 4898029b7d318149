// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/refused.hpp>
#include <bellman/planning/solving_method.hpp>

#include <concepts>
#include <cstddef>
#include <string>

namespace bellman::internal {

[[noreturn]] inline void a_method_must_give_one_value_for_each_state(std::size_t values, std::size_t states) {
  internal::refuse("bellman: the solving method gave " + std::to_string(values) + " values for a table of " +
                   std::to_string(states) + " states; there must be one for each");
}

// One static_assert for each thing that can be missing, as for an environment.
template <class M, class Problem>
consteval bool check_method() {
  if constexpr (!solving_method<M>) {
    static_assert(refused<M>,
                  "bellman: the last argument must be a solving_method: automatic{}, elimination{}, "
                  "iteration{tolerance}, or of a copyable type M for which is_solving_method_v<M> is true");
    return false;
  } else if constexpr (!requires(M const& m, Problem const& problem) { m(problem); }) {
    static_assert(refused<M>, "bellman: the solving method has no operator()(problem) const");
    return false;
  } else {
    using found = bounded_values<typename Problem::value_type>;
    constexpr bool answers = requires(M const& m, Problem const& problem) {
      { m(problem) } -> std::convertible_to<found>;
    };
    if constexpr (!answers) {
      static_assert(refused<M>,
                    "bellman: the solving method's operator()(problem) must return "
                    "bounded_values<typename Problem::value_type>");
    }
    return answers;
  }
}

/// Whether `M` solves `Problem`; where it does not, a `static_assert` says what is missing.
template <class M, class Problem>
inline constexpr bool checked_method = internal::check_method<M, Problem>();

/// The fixed point of a problem as a method finds it.
template <class M, class Problem>
constexpr bounded_values<typename Problem::value_type> solved(M const& method, Problem const& problem) {
  bounded_values<typename Problem::value_type> found = method(problem);
  if (found.values.size() != problem.table().size()) {
    internal::a_method_must_give_one_value_for_each_state(found.values.size(), problem.table().size());
  }
  return found;
}

}  // namespace bellman::internal
