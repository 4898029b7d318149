// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/program.hpp"
#include "../support/text_file.hpp"
#include "findings.hpp"
#include "picture.hpp"
#include "reader.hpp"
#include "report.hpp"
#include "rules.hpp"

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

/// The program. Returns 0, or 1 where something that it says does not hold, or 2 after it said to `err` what is wrong
/// with what it was given.
inline int run(std::vector<std::string> const& arguments, std::ostream& out, std::ostream& err) {
  return support::answered("sepsis", err, [&] {
    auto const o = support::read_data_and_svg(arguments);
    if (o.help) {
      out << usage;
      return 0;
    }
    findings const f = o.data ? find_out(read_records(*o.data), true) : find_out(unit_by_rules(), false);
    print(out, f);
    if (o.svg) support::write_file(*o.svg, [&](std::ostream& file) { draw(file, f); });
    return f.claims.all_hold() ? 0 : 1;
  });
}

}  // namespace sepsis
