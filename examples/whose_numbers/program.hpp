// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/arguments.hpp"
#include "../support/numbers.hpp"
#include "../support/program.hpp"
#include "explain.hpp"
#include "recording.hpp"
#include "report.hpp"
#include "retellings.hpp"

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace whose_numbers {

inline constexpr std::string_view usage =
    "usage: whose_numbers [FILE.json] [--steps N]\n"
    "\n"
    "  FILE.json   what a trainer wrote down: rewards, values, flags or masks, and the advantages or returns that it\n"
    "              computed; README.md beside the program's source has every field. Without it, an example\n"
    "  --steps N   show N numbers, 20\n"
    "  --help      show this\n"
    "\n"
    "Says which estimator, convention and parameters give these numbers, where they are wrong, and the right ones.\n"
    "Exit code: 0 if all are right, 1 if not, 2 if the file cannot be read.\n";

/// What is shown without a file.
inline constexpr std::string_view example = R"({
  "rewards":     [1, 2, 3, 4],
  "values":      [0.5, 1, 1.5, 2],
  "next_values": [1, 10, 2, 0],
  "terminated":  [0, 0, 0, 1],
  "truncated":   [0, 1, 0, 0],
  "advantages":  [2.12, 1, 4.74, 2]
}
)";

struct options {
  std::optional<std::filesystem::path> file;
  std::size_t steps = 20;
  bool help = false;
};

/// Throws `bad_input`.
inline options read_options(std::vector<std::string> const& arguments) {
  options o;
  support::argument_reader read(arguments);
  while (read.next()) {
    std::string const& name = read.name();
    if (read.asks_for_help()) {
      o.help = true;
    } else if (name == "--steps") {
      std::string const& text = read.value();
      auto const n = support::as_number<std::size_t>(text);
      if (!n || *n == 0) throw bad_input(name + ": expected a whole number from 1 on, found \"" + text + "\"");
      o.steps = *n;
    } else if (name.starts_with("-")) {
      read.refuse();
    } else if (o.file) {
      throw bad_input(name + ": a file was given already");
    } else {
      o.file = name;
    }
  }
  return o;
}

/// The program. Returns 0, 1 where numbers are not right, or 2 after it said to `err` what is wrong.
inline int run(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err) {
  return support::answered("whose_numbers", err, [&] {
    options const o = read_options(arguments);
    if (o.help) {
      out << usage;
      return 0;
    }
    if (!o.file) {
      out << "Without a file, an example; --help says more.\n\n" << example << '\n';
      std::istringstream in{std::string(example)};
      report(explained(read_recording(in, "the example")), o.steps, out);
      return 0;
    }
    understood const file = understand(read_json(*o.file), o.file->filename().string());
    findings const& f = file.found;
    if (!file.with.empty()) {
      detail::paragraph(out, "As it is the file explains nothing. It does with " + file.with + ".");
      out << '\n';
    }
    report(f, o.steps, out);
    return std::all_of(f.columns.begin(), f.columns.end(),
                       [&](finding const& c) { return verdict_of(f, c) == verdict::right; })
               ? 0
               : 1;
  });
}

}  // namespace whose_numbers
