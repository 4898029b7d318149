// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/table.hpp"
#include "findings.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <ostream>
#include <string>
#include <vector>

// What the program prints, in lines of 100 columns or less.
namespace sepsis {

/// What becomes of the patients of a group under a policy, and how they are treated.
struct group_course {
  double survival = 0;
  double blocks = 0;
  double fluids = 0;        ///< doses, over the stay
  double vasopressors = 0;  ///< blocks in which some are given

  void add(double patients, course const& c, std::size_t state) {
    survival += patients * c.survival[state];
    for (std::size_t a = 0; a < treatments; ++a) {
      double const n = patients * c.given[state][a];
      blocks += n;
      fluids += n * fluids_of(static_cast<int>(a));
      if (vasopressors_of(static_cast<int>(a)) != 0) vasopressors += n;
    }
  }
};

/// The patients who come with a severity in a range.
struct severity_group {
  std::string name;
  double patients = 0;
  double severity = 0;  ///< their mean, a SOFA score
  group_course random{}, clinicians{}, best{};
};

/// By two points of severity; the few with 14 and more together.
inline std::vector<severity_group> by_severity(findings const& f) {
  std::vector<severity_group> all;
  for (int from = 0; from < 14; from += 2) all.push_back({std::to_string(from) + " to " + std::to_string(from + 2)});
  all.push_back({"14 and more"});
  for (std::size_t s = 0; s < f.of.start.size(); ++s) {
    severity_group& g = all[std::min(static_cast<std::size_t>(f.of.severity[s] / 2), all.size() - 1)];
    double const p = f.of.start[s];
    g.patients += p;
    g.severity += p * f.of.severity[s];
    g.random.add(p, f.random, s);
    g.clinicians.add(p, f.clinicians, s);
    g.best.add(p, f.best, s);
  }
  std::erase_if(all, [](severity_group const& g) { return g.patients == 0; });
  for (severity_group& g : all) {
    g.severity /= g.patients;
    for (group_course* const c : {&g.random, &g.clinicians, &g.best}) c->survival /= g.patients;
  }
  return all;
}

/// The states in which most patients come, most first.
inline std::vector<std::size_t> most_frequent(findings const& f, std::size_t count) {
  std::vector<std::size_t> states(f.of.start.size());
  std::iota(states.begin(), states.end(), std::size_t{0});
  std::sort(states.begin(), states.end(), [&](std::size_t s, std::size_t t) {
    return f.of.start[s] != f.of.start[t] ? f.of.start[s] > f.of.start[t] : s < t;
  });
  states.resize(std::min(count, states.size()));
  return states;
}

inline int most_given(findings const& f, std::size_t state) {
  auto const& row = f.of.clinicians[state];
  return static_cast<int>(std::max_element(row.begin(), row.end()) - row.begin());
}

namespace detail {

// `fluids 2, vasopressors -`
inline std::string named(int treatment) {
  auto const dose = [](int d) { return d == 0 ? std::string("-") : std::to_string(d); };
  return "fluids " + dose(fluids_of(treatment)) + ", vasopressors " + dose(vasopressors_of(treatment));
}

inline void print_doses(std::ostream& out, findings const& f) {
  support::table t("lrrrrrlrrrrr");
  t.row({"", "", "", "", "", "", "", "", "", "", "", ""});
  t.row({"fluids", "-", "1", "2", "3", "4", "", "-", "1", "2", "3", "4"});
  for (int fluids = 0; fluids < static_cast<int>(doses); ++fluids) {
    std::vector<std::string> cells{fluids == 0 ? "  -" : "  " + std::to_string(fluids)};
    for (course const* c : {&f.clinicians, &f.best}) {
      if (c == &f.best) cells.emplace_back("  ");
      for (int vasopressors = 0; vasopressors < static_cast<int>(doses); ++vasopressors) {
        cells.push_back(support::fixed(100 * c->share(fluids, vasopressors), 1));
      }
    }
    t.row(cells);
  }
  out << "          the clinicians                     the best policy\n"
         "          vasopressors                       vasopressors\n";
  t.print(out);
}

}  // namespace detail

inline void print(std::ostream& out, findings const& f) {
  using support::fixed;
  std::size_t known = 0, patients = 0;
  for (std::size_t s = 0; s < f.of.ended.size(); ++s) {
    if (f.of.ended[s]) continue;
    known += f.of.admissible[s].size();
    ++patients;
  }
  out << "Who survives sepsis? "
      << (f.recorded ? "ICU-Sepsis, made of 17,000 stays in intensive care." : "A unit made up by rules.")
      << " A patient's state is one\nof " << patients
      << "; every four hours fluids and vasopressors are given, each in one of five doses. Of these " << treatments
      << "\ntreatments " << fixed(static_cast<double>(known) / static_cast<double>(patients), 1)
      << " are admissible in a state, on the mean. With a discount of 1 a value is a\nprobability of survival.\n\n";
  support::table t("lrlr");
  t.row({"treated by", "survive", "between", "stay, in blocks of 4 hours"});
  for (course const* c : {&f.random, &f.clinicians, &f.best}) {
    t.row({c->name, support::percents(c->expected.middle(), 6),
           fixed(c->expected.lower, 12) + " and " + fixed(c->expected.upper, 12), fixed(c->blocks(), 2)});
  }
  t.print(out);
  auto const groups = by_severity(f);
  out << "\nWho survives, by severity on arrival, the SOFA score:\n\n";
  support::table survive("lrrrr");
  survive.row({"SOFA", "of patients", "at random", "the clinicians", "the best policy"});
  for (severity_group const& g : groups) {
    survive.row({g.name, support::percents(g.patients), support::percents(g.random.survival),
                 support::percents(g.clinicians.survival), support::percents(g.best.survival)});
  }
  survive.print(out);
  out << "\nHow they are treated: the mean dose of fluids, and in how many blocks vasopressors are given:\n\n";
  support::table treat("lrrrr");
  treat.row({"", "fluids", "", "vasopressors", ""});
  treat.row({"SOFA", "the clinicians", "the best policy", "the clinicians", "the best policy"});
  for (severity_group const& g : groups) {
    treat.row({g.name, fixed(g.clinicians.fluids / g.clinicians.blocks, 2), fixed(g.best.fluids / g.best.blocks, 2),
               support::percents(g.clinicians.vasopressors / g.clinicians.blocks),
               support::percents(g.best.vasopressors / g.best.blocks)});
  }
  treat.print(out);
  out << "\nHow often each treatment is given, in percent of all blocks; doses from 1, the least, to 4:\n\n";
  detail::print_doses(out, f);
  out << "\nThe states in which most patients come:\n\n";
  support::table states("rrrlrlr");
  states.row({"state", "SOFA", "patients", "the clinicians most often", "survive", "the best policy", "survive"});
  for (std::size_t const s : most_frequent(f, 8)) {
    states.row({std::to_string(s), fixed(f.of.severity[s], 1), support::percents(f.of.start[s]),
                detail::named(most_given(f, s)), support::percents(f.clinicians.survival[s]),
                detail::named(f.best_treatment[s]), support::percents(f.best.survival[s])});
  }
  states.print(out);
  if (f.undecided != 0) out << "\n  In " << f.undecided << " states two treatments are both the best.\n";
  out << "\nThis is what is best in a model, which knows of a patient the state alone, and of a treatment what\n"
         "followed it in the records, perhaps for other reasons. It is no advice.\n";
  f.claims.print(out);
}

}  // namespace sepsis
