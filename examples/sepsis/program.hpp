// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/arguments.hpp"
#include "../support/text_file.hpp"
#include "findings.hpp"
#include "picture.hpp"
#include "reader.hpp"
#include "report.hpp"
#include "rules.hpp"

#include <cstddef>
#include <exception>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace sepsis {

inline constexpr std::string_view usage =
    "usage: sepsis [--data DIR] [--svg FILE]\n"
    "\n"
    "  --data DIR  ICU-Sepsis: DIR holds the files of icu-sepsis-csv-tables.tar.gz, which is found in\n"
    "              github.com/icu-sepsis/icu-sepsis; icu_sepsis_compact.bin may stand for its\n"
    "              transitionFunction.csv; without it a unit made up by rules\n"
    "  --svg FILE  draw who survives, and which doses are given\n"
    "  --help      show this\n";

/// What was asked for.
struct options {
  std::optional<std::filesystem::path> data, svg;
  bool help = false;
};

/// Throws `bad_input`.
inline options read_options(std::vector<std::string> const& arguments) {
  options o;
  support::argument_reader read(arguments);
  while (read.next()) {
    std::string const& name = read.name();
    if (name == "--help" || name == "-h") {
      o.help = true;
    } else if (name == "--data") {
      o.data = read.value();
    } else if (name == "--svg") {
      o.svg = read.value();
    } else {
      read.refuse();
    }
  }
  return o;
}

/// The program. Returns 0, or 1 where something that it says does not hold, or 2 after it said to `err` what is wrong
/// with what it was given.
inline int run(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err) {
  try {
    options const o = read_options(arguments);
    if (o.help) {
      out << usage;
      return 0;
    }
    findings const f = o.data ? find_out(read_records(*o.data), true) : find_out(unit_by_rules(), false);
    print(out, f);
    if (o.svg) support::write_file(*o.svg, [&](std::ostream& file) { draw(file, f); });
    return f.claims.all_hold() ? 0 : 1;
  } catch (std::exception const& e) {
    err << "sepsis: " << e.what() << '\n';
    return 2;
  }
}

}  // namespace sepsis
