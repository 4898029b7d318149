// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <istream>
#include <stdexcept>
#include <streambuf>
#include <string>

namespace fuzz {

/// The bytes of an input as a stream, without a copy.
class bytes : public std::streambuf {
 public:
  bytes(std::uint8_t const* data, std::size_t size) {
    char* const first = const_cast<char*>(reinterpret_cast<char const*>(data));
    setg(first, first, first + size);
  }
};

/// Reads the bytes: a model, a refusal that says where, or an overflow of exact numbers; all else ends the program.
/// `use` is given what was read.
template <class Read, class Use>
void read(std::uint8_t const* data, std::size_t size, Read const& read_it, Use const& use) {
  bytes buffer(data, size);
  std::istream in(&buffer);
  try {
    use(read_it(in));
  } catch (bellman::invalid_value const& error) {
    if (std::string(error.what()).rfind("bellman: ", 0) == 0) return;
    std::fprintf(stderr, "a refusal that says nothing: %s\n", error.what());
    std::abort();
  } catch (std::overflow_error const&) {  // a sum that exact numbers, or finite bounds, cannot hold
  }
}

/// That something holds of every model that is read.
inline void must_hold(bool condition, char const* what) {
  if (condition) return;
  std::fprintf(stderr, "does not hold: %s\n", what);
  std::abort();
}

}  // namespace fuzz
