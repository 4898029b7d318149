// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/binary_model.hpp>
#include <bellman/scalar/interval.hpp>

#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>

#include "fuzz/reader.hpp"

namespace {

// Whatever comes before it is right, the checksum is.
std::string with_checksum(std::uint8_t const* data, std::size_t size) {
  std::uint64_t sum = 0xcbf29ce484222325ULL;
  for (std::size_t i = 0; i < size; ++i) sum = (sum ^ data[i]) * 0x100000001b3ULL;
  std::string bytes(data, data + size);
  for (int i = 0; i < 8; ++i) bytes += static_cast<char>((sum >> (8 * i)) & 0xFF);
  return bytes;
}

template <class R, class P>
void read_and_write(std::string const& bytes) {
  fuzz::read(
      reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size(),
      [](std::istream& in) { return bellman::read_binary_model<R, P>(in, "f"); },
      [&](auto const& model) {
        std::stringstream file;
        bellman::write_binary_model(file, model);
        fuzz::must_hold(file.str() == bytes, "one model, one file");
      });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string const bytes = with_checksum(data, size);
  read_and_write<double, double>(bytes);
  read_and_write<float, bellman::interval<float>>(bytes);
  return 0;
}
