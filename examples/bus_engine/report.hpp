// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/table.hpp"
#include "findings.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

// What the program prints, in lines of 100 columns or less.
namespace bus_engine {

/// Months of a range of mileage, and in how many of them the engine was replaced: recorded, and as the model has it.
struct hazard_class {
  int first, last;  ///< bins, the last excluded
  std::size_t months = 0;
  std::size_t replaced = 0;
  double expected = 0;

  double rate() const { return static_cast<double>(replaced) / static_cast<double>(months); }
};

inline constexpr int bins_of_a_class = 5;

inline std::vector<hazard_class> hazard_classes(counts const& n, garage<double> const& decides) {
  std::vector<hazard_class> all;
  for (int first = 0; first < bins; first += bins_of_a_class) {
    hazard_class c{first, first + bins_of_a_class};
    for (int x = c.first; x < c.last; ++x) {
      auto const& here = n.decided[static_cast<std::size_t>(x)];
      c.months += here[0] + here[1];
      c.replaced += here[1];
      c.expected += static_cast<double>(here[0] + here[1]) * decides.probability(x, decision::replace);
    }
    if (c.months != 0) all.push_back(c);
  }
  return all;
}

namespace detail {

inline std::string with_error(double x, double error, int digits) {
  return support::fixed(x, digits) + " (" + support::fixed(error, 3) + ")";
}

// The sweeps of the operator that would bring what it changes from one residual to another.
inline std::size_t sweeps_from_to(double from, double to, double gamma) {
  return static_cast<std::size_t>(std::ceil(std::log(to / from) / std::log(gamma)));
}

inline void print_costs(std::ostream& out, findings const& f) {
  using support::fixed;
  support::table t("llllr");
  t.row({"fleet", "discount", "RC", "theta_11", "log-likelihood of the decisions"});
  for (judged_fleet const& one : f.fleets) {
    estimate const& ahead = one.patient_estimate;
    estimate const& not_ahead = one.myopic_estimate;
    t.row({one.name, "0.9999", with_error(ahead.cost.replacement, ahead.error_by_squares.replacement, 4),
           with_error(ahead.cost.running, ahead.error_by_squares.running, 4), fixed(ahead.decisions, 3)});
    if (one.rust) {
      t.row({"", "  Rust", with_error(one.rust->patient.replacement, one.rust->error.replacement, 4),
             with_error(one.rust->patient.running, one.rust->error.running, 4), ""});
    }
    t.row({"", "0", with_error(not_ahead.cost.replacement, not_ahead.error_by_squares.replacement, 4),
           with_error(not_ahead.cost.running, not_ahead.error_by_squares.running, 4), fixed(not_ahead.decisions, 3)});
    if (one.rust) {
      t.row({"", "  Rust", fixed(one.rust->myopic.replacement, 4), fixed(one.rust->myopic.running, 4), ""});
    }
    if (f.truth) {
      t.row({"", "  truth", fixed(f.truth->replacement, 4), fixed(f.truth->running, 4), ""});
    }
  }
  t.print(out);
}

}  // namespace detail

inline void print(std::ostream& out, findings const& f) {
  using support::fixed;
  using support::with_commas;
  judged_fleet const& chief = f.chief();
  estimate const& e = chief.patient_estimate;
  counts const& n = chief.of.of();
  auto const grows = n.grows();
  out << "When does it pay to put a new engine into an old bus? What the decisions of a garage say about its\n"
         "costs (Rust, Econometrica 1987).\n\n";
  support::table about("ll");
  about.row({"fleet", chief.name + ": " + std::to_string(chief.buses) + " buses, " + with_commas(n.months) +
                          " months, " + std::to_string(n.replaced) + " engines replaced"});
  about.row({"mileage", "in bins of 5,000 miles; rises by 0, 1, 2 of them in " + with_commas(n.rises[0]) + ", " +
                            with_commas(n.rises[1]) + ", " + with_commas(n.rises[2]) + " months:"});
  about.row({"", "probabilities " + fixed(grows[0], 4) + ", " + fixed(grows[1], 4) + ", " + fixed(grows[2], 4) +
                     ", log-likelihood " + fixed(e.rises, 3)});
  about.print(out);

  out << "\nThe costs under which the decisions are most likely: RC of a new engine, theta_11 / 1000 a month for\n"
         "each bin. In brackets the errors, from the squares of gradients:\n\n";
  detail::print_costs(out, f);
  out << "\n  From the second derivatives, which the dual numbers have too, the errors are " +
             fixed(e.error.replacement, 3) + " and " + fixed(e.error.running, 3) + ".\n";
  if (chief.rust) {
    out << "  With its mileage " << chief.name << " has a log-likelihood of " << fixed(e.decisions + e.rises, 3)
        << "; Rust " << fixed(chief.rust->log_likelihood, 3) << ".\n";
  }
  double const ratio = 2 * (e.decisions - chief.myopic_estimate.decisions);
  out << "  Does the garage look ahead? Twice the difference of the log-likelihoods is " << fixed(ratio, 2)
      << "; if it did not,\n  that would be above 3.84 in 1 of 20 such fleets.\n";

  out << "\nThe value of an engine at these costs, by Newton's method; each step is the value of a policy:\n\n";
  support::table newton("rrr");
  newton.row({"step", "off its equation by", "so off the value by at most"});
  for (std::size_t i = 0; i < f.solved.residuals.size(); ++i) {
    newton.row({std::to_string(i), support::scientific(f.solved.residuals[i]),
                support::scientific(f.solved.residuals[i] / (1 - chief.of.gamma()))});
  }
  newton.print(out);
  out << "\n  A sweep takes a ten-thousandth off that. To come as far would take about "
      << with_commas(detail::sweeps_from_to(f.solved.residuals.front(), f.solved.residuals.back(), chief.of.gamma()) /
                     1000)
      << " thousand of them.\n";

  out << "\nHow many engines are replaced:\n\n";
  support::table hazard("rrrrr");
  hazard.row({"thousand miles", "months", "replaced", "by the model", "value, less that of a new engine"});
  for (hazard_class const& c : hazard_classes(n, chief.of.decisions_at(e.cost))) {
    auto const middle = static_cast<std::size_t>(c.first + bins_of_a_class / 2);
    hazard.row({std::to_string(5 * c.first) + " to " + std::to_string(5 * c.last), with_commas(c.months),
                std::to_string(c.replaced), fixed(c.expected, 1),
                fixed(f.solved.value[middle] - f.solved.value[0], 2)});
  }
  hazard.print(out);

  f.claims.print(out);
}

}  // namespace bus_engine
