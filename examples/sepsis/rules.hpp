// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "unit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <vector>

// A unit made up by rules: patients are more or less ill, each degree needs its own doses, and the clinicians give
// about these.
namespace sepsis {

inline constexpr int degrees_of_rules = 20;

/// The doses that help most.
inline int needed_by_rules(int degree) { return treatment(std::min(degree / 4, 4), std::max(degree / 4 - 1, 0)); }

inline records unit_by_rules() {
  constexpr int survived = degrees_of_rules, died = survived + 1, gone = died + 1;
  records r;
  r.ended.assign(gone + 1, false);
  r.ended[survived] = r.ended[died] = r.ended[gone] = true;
  r.reward.assign(r.ended.size(), 0.0);
  r.reward[survived] = 1;
  for (int s = 0; s < degrees_of_rules; ++s) {
    int const needed = needed_by_rules(s);
    std::array<double, treatments> given{};
    std::vector<int> known;
    double total = 0;
    for (int a = 0; a < static_cast<int>(treatments); ++a) {
      int const off =
          std::abs(fluids_of(a) - fluids_of(needed)) + std::abs(vasopressors_of(a) - vasopressors_of(needed));
      given[static_cast<std::size_t>(a)] = std::exp(-0.9 * off);
      total += given[static_cast<std::size_t>(a)];
      if (off <= 3) known.push_back(a);
      double const better = 0.40 - 0.05 * std::min(off, 4);
      double const worse = 0.30 + 0.03 * std::min(off, 4);
      r.row_of.push_back(r.rows.size());
      r.rows.push_back({{s == 0 ? survived : s - 1, better},
                        {s, 1 - better - worse},
                        {s + 1 == degrees_of_rules ? died : s + 1, worse}});
    }
    for (double& p : given) p /= total;
    r.clinicians.push_back(given);
    // A treatment that is hardly known is taken to do what the known ones do on the mean, as in the recorded unit.
    records::row mean = r.rows[r.row_of[static_cast<std::size_t>(s) * treatments]];
    for (auto& e : mean) e.probability = 0;
    for (int const a : known) {
      for (std::size_t i = 0; i < mean.size(); ++i) {
        mean[i].probability += r.after(s, a)[i].probability / static_cast<double>(known.size());
      }
    }
    for (int a = 0; a < static_cast<int>(treatments); ++a) {
      if (std::find(known.begin(), known.end(), a) == known.end()) {
        r.rows[r.row_of[static_cast<std::size_t>(s) * treatments + static_cast<std::size_t>(a)]] = mean;
      }
    }
    r.admissible.push_back(std::move(known));
    r.severity.push_back(s);
    r.start.push_back(std::exp(-0.05 * (s - 7) * (s - 7)));
  }
  double patients = 0;
  for (double const p : r.start) patients += p;
  for (double& p : r.start) p /= patients;
  for (int s = survived; s <= gone; ++s) {
    for (std::size_t a = 0; a < treatments; ++a) r.row_of.push_back(r.rows.size());
    r.rows.push_back({{gone, 1.0}});
    r.clinicians.push_back({});
    r.admissible.push_back({});
    r.severity.push_back(0);
    r.start.push_back(0);
  }
  return r;
}

}  // namespace sepsis
