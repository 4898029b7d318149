// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/planning/state_index.hpp>

#include <cstddef>
#include <string>

namespace bellman::internal {

/// The number of a state and its text, for a message.
template <class S>
std::string in_state(index_t i, S const& s) {
  return "in state " + internal::numbered(i, internal::describe(s));
}

template <class S, class A>
[[noreturn]] void an_action_must_be_one_of_its_state(index_t i, S const& s, A const& a) {
  internal::refuse("bellman: " + internal::in_state(i, s) + " there is no action " + internal::describe(a));
}

template <class S>
[[noreturn]] void a_state_must_be_in_the_table(S const& s, std::size_t n) {
  std::string const text = internal::describe(s);
  internal::refuse("bellman: the state " + text + (text.empty() ? "" : " ") + "is not among the " + std::to_string(n) +
                   " states of the table");
}

}  // namespace bellman::internal
