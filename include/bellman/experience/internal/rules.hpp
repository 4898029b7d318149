// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>

#include <cstddef>
#include <string>

namespace bellman::internal {

[[noreturn]] inline void a_replay_buffer_must_have_room_for_one() {
  internal::refuse("bellman: the capacity of a replay buffer is 0; it must have room for at least one");
}
[[noreturn]] inline void an_empty_replay_buffer_has_nothing_to_draw() {
  internal::refuse("bellman: a replay buffer is drawn from in which nothing was kept");
}
[[noreturn]] inline void a_minibatch_must_not_be_longer_than_what_it_is_drawn_from(std::size_t asked,
                                                                                   std::size_t kept) {
  internal::refuse("bellman: a minibatch of " + std::to_string(asked) + " is drawn from " + std::to_string(kept) +
                   "; it must not be longer");
}
[[noreturn]] inline void a_place_must_have_been_filled(std::size_t place, std::size_t size) {
  internal::refuse("bellman: place " + std::to_string(place) + " of a replay buffer in which " + std::to_string(size) +
                   " are kept");
}

/// What a minibatch asks of what it is drawn from.
constexpr void check_minibatch(std::size_t asked, std::size_t kept) {
  if (asked > kept) internal::a_minibatch_must_not_be_longer_than_what_it_is_drawn_from(asked, kept);
}

}  // namespace bellman::internal
