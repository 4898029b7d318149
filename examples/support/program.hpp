// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments.hpp"

#include <exception>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

// What the programs have in common: how they are called, and what they answer.
namespace support {

/// The arguments of `main`, without the program's own name.
inline std::vector<std::string> given(int count, char const* const* arguments) {
  std::vector<std::string> all(arguments, arguments + count);
  if (!all.empty()) all.erase(all.begin());
  return all;
}

/// The exit code of a program: what `program()` returns, or 2 after it was said to `err` what it threw.
template <class Program>
int answered(std::string_view name, std::ostream& err, Program const& program) {
  try {
    return program();
  } catch (std::exception const& e) {
    err << name << ": " << e.what() << '\n';
    return 2;
  }
}

/// What is asked of a program that reads a folder, if it is given one, and draws what it finds.
struct data_and_svg {
  std::optional<std::filesystem::path> data, svg;
  bool help = false;
};

/// Reads `--data DIR`, `--svg FILE` and `--help`. Throws `bad_input`.
inline data_and_svg read_data_and_svg(std::vector<std::string> const& arguments) {
  data_and_svg o;
  argument_reader read(arguments);
  while (read.next()) {
    if (read.asks_for_help()) {
      o.help = true;
    } else if (read.name() == "--data") {
      o.data = read.value();
    } else if (read.name() == "--svg") {
      o.svg = read.value();
    } else {
      read.refuse();
    }
  }
  return o;
}

}  // namespace support
