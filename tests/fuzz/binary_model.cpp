// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/binary_model.hpp>
#include <bellman/scalar/interval.hpp>

#include <cstddef>
#include <cstdint>
#include <sstream>

#include "fuzz/reader.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  fuzz::read(
      data, size, [](std::istream& in) { return bellman::read_binary_model<double>(in, "f"); },
      [&](auto const& model) {
        std::stringstream file;
        bellman::write_binary_model(file, model);
        fuzz::must_hold(file.str() == std::string(reinterpret_cast<char const*>(data), size), "one model, one file");
      });
  fuzz::read(
      data, size, [](std::istream& in) { return bellman::read_binary_model<float, bellman::interval<float>>(in, "f"); },
      [](auto const&) {});
  return 0;
}
