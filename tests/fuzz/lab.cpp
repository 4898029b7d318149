// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/lab.hpp>

#include <cstddef>
#include <cstdint>
#include <sstream>

#include "fuzz/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  fuzz::read(
      data, size, [](std::istream& in) { return bellman::read_lab(in, "f", 1000); },
      [](auto const& labels) {
        std::stringstream file;
        bellman::write_lab(file, labels);
        fuzz::must_hold(bellman::read_lab(file, "again", 1000) == labels, "what is written is read again");
      });
  return 0;
}
