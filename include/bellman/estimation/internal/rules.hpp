// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/layout/steps_of_sequences.hpp>

#include <cstddef>
#include <string>

namespace bellman::internal {

/// Which step, of one sequence or of several.
inline std::string place_of_step(std::size_t t) { return "step " + std::to_string(t); }
inline std::string place_of_step(std::size_t t, std::size_t sequence) {
  return "step " + std::to_string(t) + " of sequence " + std::to_string(sequence);
}
template <class... Sequence>
[[noreturn]] void the_last_step_must_end(std::size_t t, Sequence... sequence) {
  internal::refuse("bellman: " + internal::place_of_step(t, sequence...) +
                   " continues and nothing comes after it; it must be terminated or truncated with a value");
}
[[noreturn]] inline void there_must_be_one_for_each_reward(char const* what, std::size_t found, std::size_t rewards) {
  internal::refuse("bellman: " + std::to_string(found) + " " + what + " and " + std::to_string(rewards) +
                   " rewards; there must be one for each reward");
}
inline std::string described(steps_of_sequences const& n) {
  return std::to_string(n.steps) + " steps of " + std::to_string(n.sequences) + " sequences";
}
[[noreturn]] inline void there_must_be_one_for_each_reward(char const* what, steps_of_sequences const& found,
                                                           steps_of_sequences const& rewards) {
  internal::refuse("bellman: " + std::string(what) + " of " + internal::described(found) + " and rewards of " +
                   internal::described(rewards) + "; there must be one for each reward");
}
[[noreturn]] inline void there_must_be_one_for_each_reward(char const* what, std::size_t found, std::size_t rewards,
                                                           std::size_t sequence) {
  internal::refuse("bellman: " + std::to_string(found) + " " + what + " and " + std::to_string(rewards) +
                   " rewards of sequence " + std::to_string(sequence) + "; there must be one for each reward");
}
[[noreturn]] inline void there_must_be_as_many_sequences(char const* what, std::size_t found, std::size_t sequences) {
  internal::refuse("bellman: " + std::string(what) + " of " + std::to_string(found) + " sequences and rewards of " +
                   std::to_string(sequences) + "; they must be of the same sequences");
}
[[noreturn]] inline void there_must_be_one_for_each_sequence(std::size_t found, std::size_t sequences) {
  internal::refuse("bellman: " + std::to_string(found) + " values after the last step and " +
                   std::to_string(sequences) + " sequences; there must be one for each sequence, or one for all");
}
template <class N>
[[noreturn]] void a_return_must_have_at_least_one_step(N n) {
  internal::refuse("bellman: the returns have " + std::to_string(n) + " steps; they must have at least 1");
}

}  // namespace bellman::internal
