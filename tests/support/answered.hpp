// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

namespace bellman::test {

/// What a program answers: its exit code, and what it writes to either stream.
struct answer {
  int status;
  std::string out;
  std::string err;
};

/// Calls `program(arguments, out, err)`, which returns the exit code.
template <class Program>
answer answered(Program const& program, std::vector<std::string> const& arguments) {
  std::ostringstream out;
  std::ostringstream err;
  int const status = program(arguments, out, err);
  return {status, out.str(), err.str()};
}

inline std::size_t longest_line(std::string const& text) {
  std::size_t longest = 0;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) longest = std::max(longest, line.size());
  return longest;
}

}  // namespace bellman::test
