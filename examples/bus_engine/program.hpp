// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/program.hpp"
#include "../support/text_file.hpp"
#include "findings.hpp"
#include "picture.hpp"
#include "report.hpp"

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace bus_engine {

inline constexpr std::string_view usage =
    "usage: bus_engine [--data DIR] [--svg FILE]\n"
    "\n"
    "  --data DIR  Rust's buses, from github.com/OpenSourceEconomics/zurcher-data: DIR holds g870.asc,\n"
    "              rt50.asc, t8h203.asc and a530875.asc; without it a garage that decides by rules\n"
    "  --svg FILE  draw the hazard and the value of an engine over its mileage\n"
    "  --help      show this\n";

/// The program. Returns 0, or 1 where something that it says does not hold, or 2 after it said to `err` what is wrong
/// with what it was given.
inline int run(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err) {
  return support::answered("bus_engine", err, [&] {
    auto const o = support::read_data_and_svg(arguments);
    if (o.help) {
      out << usage;
      return 0;
    }
    findings const f = o.data ? find_out(*o.data) : find_out(500, 1987);
    print(out, f);
    if (o.svg) support::write_file(*o.svg, [&](std::ostream& file) { draw(file, f); });
    return f.claims.all_hold() ? 0 : 1;
  });
}

}  // namespace bus_engine
