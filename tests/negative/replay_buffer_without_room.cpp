// SPDX-License-Identifier: BSL-1.0
// rule: a_replay_buffer_must_have_room_for_one

#include <bellman/experience/replay_buffer.hpp>

#ifdef CONTROL
constexpr std::size_t capacity = 1;
#else
constexpr std::size_t capacity = 0;
#endif

constexpr std::size_t kept = bellman::replay_buffer<int>(capacity).size();
