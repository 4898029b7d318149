// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/solving_method.hpp>

#include <cstddef>
#include <string>

namespace bellman::internal {

[[noreturn]] inline void a_method_must_give_one_value_for_each_state(std::size_t values, std::size_t states) {
  internal::refuse("bellman: the solving method gave " + std::to_string(values) + " values for a table of " +
                   std::to_string(states) + " states; there must be one for each");
}

/// What a method finds for a problem: one value for each state.
template <class M, class Problem, class = typename a_method_for<M, Problem>::type::yes>
constexpr bounded_values<typename Problem::value_type> solved(M const& method, Problem const& problem) {
  bounded_values<typename Problem::value_type> found = method(problem);
  if (found.values.size() != problem.table().size()) {
    internal::a_method_must_give_one_value_for_each_state(found.values.size(), problem.table().size());
  }
  return found;
}

}  // namespace bellman::internal
