// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "whose_numbers/program.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <sstream>
#include <string>

#include "by_hand.hpp"
#include "support/catch.hpp"

namespace whose_numbers_tests {

inline whose_numbers::findings of(nlohmann::json const& file) {
  std::istringstream in(file.dump());
  return whose_numbers::explained(whose_numbers::read_recording(in, "f"));
}

inline std::string said(whose_numbers::findings const& f) {
  std::ostringstream out;
  whose_numbers::report(f, 100, out);
  return out.str();
}
inline std::string said(nlohmann::json const& file) { return said(of(file)); }

/// That the first column is explained by this mistake, none if it is empty, with these parameters, and that the right
/// numbers are these.
inline void check_found(nlohmann::json const& file, std::string const& mistake, double gamma, double lambda,
                        by_hand::table const& right) {
  auto const f = of(file);
  REQUIRE(f.columns.size() == 1);
  auto const& c = f.columns[0];
  REQUIRE(!c.found.empty());
  auto const& e = c.found[0];
  CHECK(whose_numbers::detail::mistake_of(f, c, e) == mistake);
  CHECK(e.is_tight);
  CHECK(std::fabs(e.at.gamma - gamma) < 1e-9);
  CHECK(std::fabs(e.at.lambda - lambda) < 1e-9);
  CHECK((whose_numbers::verdict_of(f, c) == whose_numbers::verdict::right) == mistake.empty());
  REQUIRE(c.right);
  REQUIRE(c.right->size() == right.size());
  for (std::size_t i = 0; i < right.size(); ++i) {
    for (std::size_t t = 0; t < right[i].size(); ++t) {
      if (f.of.sequences[i].own[t]) CHECK(std::fabs((*c.right)[i][t] - right[i][t]) < 1e-12);
    }
  }
  std::string const text = said(f);
  CHECK(text.find(mistake.empty() ? "RIGHT" : "A MISTAKE: " + mistake) != std::string::npos);
}

}  // namespace whose_numbers_tests
