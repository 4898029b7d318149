// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/interop/deadlock.hpp>
#include <bellman/interop/internal/text_file.hpp>
#include <bellman/planning/explicit_model.hpp>
#include <bellman/planning/model_builder.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace bellman::internal {

// A file of a few bytes can name state 4294967293. The states of a model cost memory, so there may be no more of them
// than its transitions can have named, and some.
inline constexpr std::size_t states_for_nothing = 65536;

inline void check_count_of_states(std::string_view name, std::size_t states, std::size_t transitions) {
  if (states > 2 * transitions + states_for_nothing) {
    a_file_must_say_what_can_be(name, "there are " + std::to_string(states) + " states and only " +
                                          std::to_string(transitions) + " transitions: most states are named nowhere");
  }
}

[[noreturn]] inline void a_state_must_have_a_transition(std::string_view name, index_t s) {
  a_file_must_say_what_can_be(name, "state " + std::to_string(s) +
                                        " has no transition; to read it as one that stays or ends, say deadlock::stays "
                                        "or deadlock::ends");
}

/// The model of a file with what was asked for done to the states without transitions. `builder` is the one that it was
/// built of.
template <class R, class P>
explicit_model<R, P> with_deadlocks_resolved(explicit_model<R, P> const& model, model_builder<R, P>& builder,
                                             deadlock choice, std::string_view name) {
  if (choice == deadlock::ends) return model;
  bool any = false;
  for (index_t s : model.states()) {
    if (!model.terminal(s)) continue;
    if (choice == deadlock::refused) a_state_must_have_a_transition(name, s);
    builder.add(s, 0, s, P(1), scalar_traits<R>::zero());
    any = true;
  }
  return any ? builder.build(name) : model;
}

}  // namespace bellman::internal
