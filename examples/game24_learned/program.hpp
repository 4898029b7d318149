// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/arguments.hpp"
#include "../support/numbers.hpp"
#include "../support/program.hpp"
#include "../support/text_file.hpp"
#include "findings.hpp"
#include "picture.hpp"
#include "report.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace game24_learned {

inline constexpr std::string_view usage =
    "usage: game24_learned [--data DIR] [--seeds N] [--quick] [--svg FILE]\n"
    "\n"
    "  --data DIR  compare with GPT-4: DIR holds 24.csv (the puzzles) and cot.jsonl (its answers)\n"
    "  --seeds N   how often each method learns, with other numbers by chance: 2 to 1000, 16 unless it is said\n"
    "  --quick     2 seeds, unless it is said, and few puzzles: seconds in place of minutes\n"
    "  --svg FILE  draw how they learn\n"
    "  --help      show this\n";

/// What was asked for.
struct options {
  asked by;
  std::optional<std::filesystem::path> svg;
  bool help = false;
};

/// Throws `bad_input`.
inline options read_options(std::vector<std::string> const& arguments) {
  options o;
  std::optional<std::size_t> seeds;
  support::argument_reader read(arguments);
  while (read.next()) {
    std::string const& name = read.name();
    if (read.asks_for_help()) {
      o.help = true;
    } else if (name == "--data") {
      o.by.data = read.value();
    } else if (name == "--seeds") {
      std::string const& text = read.value();
      seeds = support::as_number<std::size_t>(text);
      if (!seeds || *seeds < 2 || *seeds > 1000) {
        throw support::bad_input(name + ": expected a number from 2 to 1000, found \"" + text + '"');
      }
    } else if (name == "--quick") {
      o.by.quick = true;
    } else if (name == "--svg") {
      o.svg = read.value();
    } else {
      read.refuse();
    }
  }
  if (o.by.data && o.by.quick) throw support::bad_input("--data: not with --quick, which has other puzzles");
  o.by.seeds = seeds.value_or(o.by.quick ? 2 : o.by.seeds);
  return o;
}

/// The program. Returns 0, or 1 where something that it says does not hold, or 2 after it said to `err` what is wrong
/// with what it was given.
inline int run(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err) {
  return support::answered("game24_learned", err, [&] {
    options const o = read_options(arguments);
    if (o.help) {
      out << usage;
      return 0;
    }
    findings const f = find_out(o.by);
    print(out, f);
    if (o.svg) support::write_file(*o.svg, [&](std::ostream& file) { draw(file, f); });
    return f.claims.all_hold() ? 0 : 1;
  });
}

}  // namespace game24_learned
