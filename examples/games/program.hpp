// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/arguments.hpp"
#include "../support/program.hpp"
#include "../support/text_file.hpp"
#include "findings.hpp"
#include "report.hpp"

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace games {

using support::bad_input;

inline constexpr std::string_view usage =
    "usage: games [--board CELLS]\n"
    "\n"
    "  --board CELLS  the Tic-tac-toe board of which the moves are judged, row by row from above: X.O.X....\n"
    "  --help         show this\n";

/// What was asked for.
struct options {
  board shown;
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
    } else if (name == "--board") {
      std::string const& text = read.value();
      auto const s = board_in(text);
      if (!s) throw bad_input(name + ": expected nine of X, O and ., X's turn or O's, found \"" + text + '"');
      o.shown = *s;
    } else {
      read.refuse();
    }
  }
  return o;
}

/// The program. Returns 0, or 1 where something that it says does not hold, or 2 after it said to `err` what is wrong
/// with what it was given.
inline int run(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err) {
  return support::answered("games", err, [&] {
    options const o = read_options(arguments);
    if (o.help) {
      out << usage;
      return 0;
    }
    findings const f = find_out(o.shown);
    print(out, f);
    return f.claims.all_hold() ? 0 : 1;
  });
}

}  // namespace games
