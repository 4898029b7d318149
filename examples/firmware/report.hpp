// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/table.hpp"
#include "controller.hpp"
#include "findings.hpp"

#include <cstdint>
#include <ostream>
#include <string>
#include <vector>

// What the program prints, in lines of 100 columns or less.
namespace firmware {

namespace detail {

/// What the controller orders on each day, for some stocks.
inline void print_orders(std::ostream& out) {
  struct shown {
    char const* name;
    std::uint8_t coming, fresh, day_old, last_day;
  };
  constexpr shown stocks[]{{"nothing", 0, 0, 0, 0},           {"2 coming", 2, 0, 0, 0},
                           {"2 fresh", 0, 2, 0, 0},           {"2 on their last day", 0, 0, 0, 2},
                           {"2 coming, 2 fresh", 2, 2, 0, 0}, {"2 coming, 2 on their last day", 2, 0, 0, 2}};
  support::table rows("lrrrrrrr");
  rows.row({"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"});
  for (shown const& x : stocks) {
    std::vector<std::string> row{x.name};
    for (std::uint8_t day = 0; day < 7; ++day) {
      row.push_back(std::to_string(crates_to_order(day, x.coming, x.fresh, x.day_old, x.last_day)));
    }
    rows.row(row);
  }
  rows.print(out);
}

}  // namespace detail

inline void print(std::ostream& out, findings const& f) {
  out << "A vending machine of fresh food orders for itself. The compiler solved its " << f.states
      << " states; what the\ncontroller has is a byte for each. The crates it orders, by the day and what there "
         "is:\n\n";
  detail::print_orders(out);
  out << "\nWhat is earned from an empty machine on a Monday, with a discount of " << support::fixed(discount, 2)
      << " a day: what is\nexpected, how far apart its bounds are, and the mean of " << support::with_commas(runs)
      << " simulated years, with the\ncrates of a week:\n\n";
  support::table rows("lrrrrrr");
  rows.row({"", "expected", "within", "simulated", "sold", "spoiled", "missed"});
  for (record const& r : f.records) {
    rows.row({r.rule, support::fixed(r.value, 6), support::scientific(r.upper - r.lower),
              support::fixed(r.mean, 2) + " +- " + support::fixed(r.error, 2), support::fixed(r.sold, 2),
              support::fixed(r.spoiled, 2), support::fixed(r.missed, 2)});
  }
  rows.print(out);
  f.claims.print(out);
}

}  // namespace firmware
