// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/claims.hpp"
#include "estimate.hpp"
#include "fixed_point.hpp"
#include "fleet.hpp"
#include "rules.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

// Everything that is found out, and what is claimed about it.
namespace bus_engine {

inline constexpr double patient = 0.9999;  ///< Rust's discount
inline constexpr double myopic = 0;        ///< that of a garage which does not look ahead

/// What Rust's Table IX says of a fleet; the errors are those by squares of gradients.
struct published {
  costs<double> patient;
  costs<double> error;
  costs<double> myopic;
  double log_likelihood;  ///< of decisions and mileage, patient
};

/// A fleet, and the costs under which its decisions are most likely for either discount.
struct judged_fleet {
  std::string name;
  std::size_t buses;
  likelihood of;  ///< patient
  estimate patient_estimate;
  estimate myopic_estimate;
  std::optional<published> rust;
};

struct findings {
  std::vector<judged_fleet> fleets;  ///< the last is the one that is looked at closely
  std::optional<costs<double>> truth;
  solved_engine solved;  ///< of the last fleet, at its most likely costs
  support::claims claims;

  judged_fleet const& chief() const { return fleets.back(); }
};

namespace detail {

inline bool near(costs<double> const& a, costs<double> const& b, double share) {
  return std::abs(a.replacement - b.replacement) <= share * b.replacement &&
         std::abs(a.running - b.running) <= share * b.running;
}

inline judged_fleet judge(std::string name, fleet const& f, std::optional<published> rust) {
  counts const n(f);
  likelihood const looks_ahead(n, patient), does_not(n, myopic);
  auto ahead = bus_engine::most_likely(looks_ahead);
  auto not_ahead = bus_engine::most_likely(does_not);
  if (!ahead || !not_ahead) throw bad_input(name + ": the decisions do not tell the costs; too few are replacements");
  return {std::move(name), f.buses, looks_ahead, std::move(*ahead), std::move(*not_ahead), rust};
}

// Of a function of the costs, by differences of its values: what the dual numbers are checked against.
template <class Function>
vector2 differences(Function const& f, costs<double> const& at) {
  costs<double> const step{1e-4 * at.replacement, 1e-4 * at.running};
  return {(f({at.replacement + step.replacement, at.running}) - f({at.replacement - step.replacement, at.running})) /
              (2 * step.replacement),
          (f({at.replacement, at.running + step.running}) - f({at.replacement, at.running - step.running})) /
              (2 * step.running)};
}

inline bool near(vector2 const& a, vector2 const& b) {
  double const size = std::max({std::abs(b[0]), std::abs(b[1]), 1.0});
  return std::abs(a[0] - b[0]) <= 1e-4 * size && std::abs(a[1] - b[1]) <= 1e-4 * size;
}

inline void claim_mathematics(findings& f) {
  judged_fleet const& chief = f.chief();
  f.claims.add("the value is the fixed point of the library's soft operator, within 1e-7",
               f.solved.residuals.back() / (1 - patient) < 1e-7);
  // Away from the top, where the gradient is not 0.
  costs<double> const away{0.9 * chief.patient_estimate.cost.replacement, 1.1 * chief.patient_estimate.cost.running};
  f.claims.add("the gradient in dual numbers is that of differences",
               near(chief.of.score_at(away).gradient, differences(chief.of, away)));
  auto const second = chief.of.curvature_at(away);
  auto const of_first = differences([&](costs<double> const& c) { return chief.of.score_at(c).gradient[0]; }, away);
  f.claims.add("and so are the second derivatives", near(second[0], of_first));
  bool flat = true;
  for (judged_fleet const& one : f.fleets) {
    for (estimate const* e : {&one.patient_estimate, &one.myopic_estimate}) {
      flat = flat && std::abs(e->gradient[0]) * e->error.replacement < 1e-4 &&
             std::abs(e->gradient[1]) * e->error.running < 1e-4;
    }
  }
  f.claims.add("at the most likely costs the gradient vanishes", flat);
}

}  // namespace detail

/// Rust's fleets. Throws `bad_input`.
inline findings find_out(std::filesystem::path const& data) {
  findings f{};
  published const one_to_three{{11.7270, 4.8259}, {2.602, 1.792}, {8.2985, 109.9031}, -2708.366};
  published const all{{9.7558, 2.6275}, {1.227, 0.618}, {7.3055, 70.2769}, -6055.250};
  published const four{{10.0750, 2.2930}, {1.582, 0.639}, {7.6358, 71.5133}, -3304.155};
  f.fleets.push_back(detail::judge("groups 1 to 3", bus_engine::read_fleet(data, {1, 2, 3}), one_to_three));
  f.fleets.push_back(detail::judge("groups 1 to 4", bus_engine::read_fleet(data, {1, 2, 3, 4}), all));
  f.fleets.push_back(detail::judge("group 4", bus_engine::read_fleet(data, {4}), four));
  f.solved = f.chief().of.solve(f.chief().patient_estimate.cost);
  detail::claim_mathematics(f);
  f.claims.add("group 4 rises by 0, 1, 2 bins in 1682, 2555, 55 months",
               f.chief().of.of().rises == std::array<std::size_t, 3>{1682, 2555, 55});
  bool costs_agree = true, errors_agree = true;
  for (judged_fleet const& one : f.fleets) {
    costs_agree = costs_agree && detail::near(one.patient_estimate.cost, one.rust->patient, 6e-5) &&
                  detail::near(one.myopic_estimate.cost, one.rust->myopic, 6e-5);
    errors_agree = errors_agree && detail::near(one.patient_estimate.error_by_squares, one.rust->error, 1.5e-3);
  }
  f.claims.add("all costs are Rust's, within 6 units in 100,000", costs_agree);
  f.claims.add("and all errors by squares, as far as he prints them", errors_agree);
  estimate const& e = f.chief().patient_estimate;
  f.claims.add("the log-likelihood of group 4 is Rust's -3304.155, its decisions' -163.584",
               std::abs(e.decisions + 163.584) < 5e-4 && std::abs(e.decisions + e.rises + 3304.155) < 5e-4);
  return f;
}

/// A fleet by rules.
inline findings find_out(std::size_t buses, unsigned seed) {
  std::mt19937_64 generator(seed);
  findings f{};
  f.truth = costs_by_rules;
  f.fleets.push_back(detail::judge("by rules", bus_engine::fleet_by_rules(buses, 120, generator), std::nullopt));
  f.solved = f.chief().of.solve(f.chief().patient_estimate.cost);
  detail::claim_mathematics(f);
  estimate const& e = f.chief().patient_estimate;
  f.claims.add("the true costs are within 3 errors",
               std::abs(e.cost.replacement - f.truth->replacement) < 3 * e.error.replacement &&
                   std::abs(e.cost.running - f.truth->running) < 3 * e.error.running);
  return f;
}

}  // namespace bus_engine
