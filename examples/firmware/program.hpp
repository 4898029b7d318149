// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/arguments.hpp"
#include "../support/program.hpp"
#include "findings.hpp"
#include "report.hpp"

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace firmware {

inline constexpr std::string_view usage =
    "usage: firmware\n"
    "\n"
    "  --help  show this\n";

/// The program. Returns 0, or 1 where something that it says does not hold, or 2 after it said to `err` what is wrong
/// with what it was given.
inline int run(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err) {
  return support::answered("firmware", err, [&] {
    support::argument_reader read(arguments);
    while (read.next()) {
      if (!read.asks_for_help()) read.refuse();
      out << usage;
      return 0;
    }
    findings const f = find_out();
    print(out, f);
    return f.claims.all_hold() ? 0 : 1;
  });
}

}  // namespace firmware
