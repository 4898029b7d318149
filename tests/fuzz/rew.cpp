// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/rew.hpp>
#include <bellman/interop/tra.hpp>

#include <cstddef>
#include <cstdint>
#include <sstream>

#include "fuzz/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::istringstream chain("dtmc\n0 0 0.5\n0 1 0.25\n0 2 0.25\n1 2 1\n");
  std::istringstream process("mdp\n0 0 0 0.5\n0 0 1 0.5\n0 4 2 1\n1 0 2 1\n");
  for (auto const& model : {bellman::read_tra<double>(chain, "chain", bellman::deadlock::ends),
                            bellman::read_tra<double>(process, "process", bellman::deadlock::ends)}) {
    fuzz::read(
        data, size, [&](std::istream& in) { return bellman::read_state_rewards(in, "f", model); },
        [&](auto const& paid) {
          fuzz::must_hold(paid.transitions() == model.transitions(), "rewards add no transition");
        });
    fuzz::read(
        data, size, [&](std::istream& in) { return bellman::read_transition_rewards(in, "f", model); },
        [&](auto const& paid) {
          std::stringstream file;
          bellman::write_transition_rewards(file, paid);
          fuzz::must_hold(bellman::read_transition_rewards(file, "again", model) == paid,
                          "what is written is read again");
        });
  }
  return 0;
}
