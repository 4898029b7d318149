// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/table.hpp"
#include "evaluation.hpp"
#include "log.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <vector>

// What the program prints, in lines of 100 columns or less.
namespace open_bandit {

/// Everything that was found out.
struct findings {
  two_logs logs;
  answer adaptive;              ///< the adaptive policy's clicks in its own log
  answer uniform;               ///< the uniform policy's clicks in its own log
  std::vector<answer> answers;  ///< the uniform policy's clicks from the adaptive log
  std::size_t resamples = 0;
  std::size_t repeats = 0;  ///< how many logs were made by rules
  std::vector<spread> repeated;
};

/// By how many standard errors two independent answers differ.
inline double standard_errors_apart(answer const& a, answer const& b) {
  return (a.value - b.value) / std::hypot(a.error(), b.error());
}

namespace detail {

inline std::string as_percent(answer const& a) {
  return support::percents(a.value, 3) + " +- " + support::fixed(100 * a.error(), 3);
}

}  // namespace detail

inline void print(std::ostream& out, findings const& f) {
  using support::fixed;
  using support::with_commas;
  double largest = 0, total = 0;
  for (impression const& i : f.logs.adaptive) {
    double const ratio = 1 / (static_cast<double>(f.logs.items) * i.propensity);
    largest = std::max(largest, ratio);
    total += ratio;
  }
  auto const rows = f.logs.adaptive.size();
  out << "How often would a page that shows every item equally often be clicked? Asked of the log of another\n"
         "policy, which shows what it has learnt to be liked.\n\n";
  support::table t("ll");
  t.row({"adaptive log", with_commas(rows) + " impressions of " + std::to_string(f.logs.items) + " items, clicked " +
                             detail::as_percent(f.adaptive)});
  t.row({"uniform log", with_commas(f.logs.uniform.size()) + " impressions, clicked " + detail::as_percent(f.uniform)});
  if (f.logs.truth) t.row({"the truth", "clicked " + support::percents(*f.logs.truth, 3) + ", by the rules"});
  t.row({"ratios", "mean " + fixed(total / static_cast<double>(rows), 3) +
                       " (1 if all propensities are right), largest " + fixed(largest, 1)});
  t.print(out);

  out << "\nThe uniform policy's click rate, from the adaptive log:\n\n";
  support::table estimates("lrrrrr");
  estimates.row({"method", "click rate", "error", "resampled", "sample size", "from uniform log"});
  for (answer const& a : f.answers) {
    estimates.row({a.method, support::percents(a.value, 3), fixed(100 * a.standard_error, 3),
                   std::isnan(a.resampled_error) ? "-" : fixed(100 * a.resampled_error, 3),
                   with_commas(static_cast<std::size_t>(std::lround(a.effective_sample_size))),
                   fixed(standard_errors_apart(a, f.uniform), 1, true) + " errors"});
  }
  estimates.row({"uniform log itself", support::percents(f.uniform.value, 3), fixed(100 * f.uniform.standard_error, 3),
                 "-", with_commas(f.logs.uniform.size()), ""});
  estimates.print(out);
  out << "\n  error        by formula: of a mean, or of the delta method; that of the direct method knows of the\n"
         "               pages that were asked for, but nothing of how wrong the model is\n";
  if (f.resamples != 0) {
    out << "  resampled    deviation over " << f.resamples << " logs drawn from this one, models fitted anew\n";
  }
  out << "  sample size  how many equally weighed impressions would be as good (Kish)\n";
  if (f.repeated.empty()) return;

  out << "\nThe same for " << f.repeats << " logs by the same rules:\n\n";
  support::table many("lrrrr");
  many.row({"method", "off by", "deviation", "claimed error", "truth within 1.96 errors"});
  for (std::size_t k = 0; k < f.repeated.size(); ++k) {
    spread const& s = f.repeated[k];
    many.row({f.answers[k].method, fixed(100 * (s.mean - *f.logs.truth), 3, true), fixed(100 * s.deviation, 3),
              fixed(100 * s.claimed_error, 3), fixed(100 * s.covered, 0) + " %"});
  }
  many.print(out);
}

inline nlohmann::ordered_json as_json(findings const& f) {
  auto const one = [](answer const& a) {
    nlohmann::ordered_json j{{"method", a.method},
                             {"click_rate", a.value},
                             {"standard_error", a.standard_error},
                             {"effective_sample_size", a.effective_sample_size}};
    if (!std::isnan(a.resampled_error)) j["resampled_error"] = a.resampled_error;
    return j;
  };
  nlohmann::ordered_json j;
  j["items"] = f.logs.items;
  j["impressions"] = {{"adaptive", f.logs.adaptive.size()}, {"uniform", f.logs.uniform.size()}};
  if (f.logs.truth) j["truth"] = *f.logs.truth;
  j["adaptive_log"] = one(f.adaptive);
  j["uniform_log"] = one(f.uniform);
  j["resamples"] = f.resamples;
  for (answer const& a : f.answers) {
    auto entry = one(a);
    entry["standard_errors_from_uniform_log"] = standard_errors_apart(a, f.uniform);
    j["estimates"].push_back(entry);
  }
  for (std::size_t k = 0; k < f.repeated.size(); ++k) {
    spread const& s = f.repeated[k];
    j["repeated"].push_back({{"method", f.answers[k].method},
                             {"logs", f.repeats},
                             {"mean", s.mean},
                             {"deviation", s.deviation},
                             {"claimed_error", s.claimed_error},
                             {"covered", s.covered}});
  }
  return j;
}

}  // namespace open_bandit
