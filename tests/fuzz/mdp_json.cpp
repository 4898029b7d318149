// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/boost_rational.hpp>
#include <bellman/interop/mdp_json.hpp>

#include <cstddef>
#include <cstdint>
#include <sstream>

#include "fuzz/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  fuzz::read(
      data, size, [](std::istream& in) { return bellman::read_mdp_json<double>(in, "f"); },
      [](auto const& m) {
        std::stringstream file;
        bellman::write_mdp_json(file, m.model, m.start);
        auto const again = bellman::read_mdp_json<double>(file, "again");
        fuzz::must_hold(again.model == m.model && again.start == m.start, "what is written is read again");
      });
  fuzz::read(
      data, size, [](std::istream& in) { return bellman::read_mdp_json<bellman::rational>(in, "f"); },
      [](auto const&) {});
  return 0;
}
