// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "findings.hpp"

#include "../support/numbers.hpp"
#include "../support/table.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

// What is said of a recording: the verdict first, then why, then the numbers.
namespace whose_numbers {

enum class verdict { right, mistaken, unexplained };

namespace detail {

inline std::string shown(double x) {
  if (std::isnan(x)) return "NaN";
  std::ostringstream text;
  text.precision(7);
  text << (std::fabs(x) < 1e-300 ? 0.0 : x);
  return text.str();
}

/// What is wrong, in a few words; empty where nothing is.
inline std::string mistake_of(findings const& f, finding const& c, explanation const& e) {
  std::string text = f.readings[e.reading].what();
  auto const add = [&](std::string const& other) {
    if (!text.empty() && !other.empty()) text += ", and ";
    text += other;
  };
  if (e.at.rewards_times != 1) add("the rewards are multiplied by " + shown(e.at.rewards_times));
  std::string const& of_finish = f.finishes[e.finish].mistake;
  add(of_finish);
  bool const is_other = meant_by(c.column.name, e.what, f.of.has_values) != e.what;
  if (is_other && f.finishes[e.finish].makes != shape::line_plus_values) {
    add(c.column.name == "returns" ? "they are advantages: the values are subtracted"
                                   : "they are returns: the values are not subtracted");
  }
  if (e.nans != 0) add(e.nans == 1 ? "a NaN was printed" : std::to_string(e.nans) + " NaNs were printed");
  return text;
}

}  // namespace detail

inline verdict verdict_of(findings const& f, finding const& c) {
  if (!f.of.groups.empty()) {
    if (c.variants.empty()) return verdict::unexplained;
    return c.variants.front().mistake.empty() ? verdict::right : verdict::mistaken;
  }
  if (c.found.empty()) return c.only_libraries.empty() ? verdict::unexplained : verdict::mistaken;
  bool const is_right = detail::mistake_of(f, c, c.found.front()).empty() && !c.found.front().over;
  return is_right && !c.with_other_parameters ? verdict::right : verdict::mistaken;
}

namespace detail {

inline std::string listed(std::vector<std::string> const& all) {
  std::string text;
  for (std::size_t i = 0; i < all.size(); ++i) {
    text += (i == 0 ? "" : i + 1 == all.size() ? " and " : ", ") + all[i];
  }
  return text;
}

/// The text of a fraction, if it is short.
inline std::string fraction(exact const& x) {
  if (x.denominator() > 10000 || abs(x.numerator()) > 1000000000) return "";
  std::string text = x.numerator().str();
  if (x.denominator() != 1) text += "/" + x.denominator().str();
  return text;
}

/// Words in lines of at most 100 characters.
inline void paragraph(std::ostream& out, std::string const& words) {
  std::istringstream in(words);
  std::string line = " ";
  for (std::string word; in >> word;) {
    if (line.size() + 1 + word.size() > 100) {
      out << line << '\n';
      line = " ";
    }
    line += ' ' + word;
  }
  if (line.size() > 1) out << line << '\n';
}

inline std::string parameters_said(finding const& c, explanation const& e, parameters const& given) {
  std::string text;
  auto const one = [&](std::string const& name, double x, bool is_free, bool is_given) {
    text += (text.empty() ? "" : ", ") + name + " = " + shown(x);
    if (is_free) {
      text += " (any other gives the same)";
    } else if (is_given) {
      text += " (as given)";
    }
  };
  bool const keeps = !c.with_other_parameters;
  one("gamma", e.at.gamma, e.gamma_is_free, keeps && given.gamma.has_value());
  if (uses_lambda(e.what)) one("lambda", e.at.lambda, e.lambda_is_free, keeps && given.lambda.has_value());
  if (uses_n(e.what)) text += ", n = " + std::to_string(e.at.n);
  return text;
}

inline std::string described(findings const& f, finding const& c, explanation const& e) {
  std::string text =
      name_of(meant_by(c.column.name, e.what, f.of.has_values)) + " with " + parameters_said(c, e, f.of.given);
  std::string const& how = f.finishes[e.finish].what;
  if (!how.empty()) text += ", then " + how;
  if (e.over) {
    text += ", times " + shown(e.over->times);
    double const plus = e.over->plus;
    if (std::fabs(plus) > c.within.loose) text += (plus < 0 ? ", less " : ", plus ") + shown(std::fabs(plus));
  }
  return text;
}

/// Where the explained numbers are first other than the right ones, in the order of the recursion: from the end.
inline std::optional<place> departure(findings const& f, finding const& c) {
  rows const* const seen = c.explained ? &*c.explained : nullptr;
  rows const* const right = c.explained ? (c.right_raw ? &*c.right_raw : nullptr) : (c.right ? &*c.right : nullptr);
  if (right == nullptr) return std::nullopt;
  double const size = (std::max)(largest_input_of(f.of), largest_of(f.of, *right));
  double const within = c.explained ? 1e-9 * size : c.within.loose;
  for (std::size_t i = 0; i < right->size(); ++i) {
    for (std::size_t t = (*right)[i].size(); t-- > 0;) {
      if (!f.of.sequences[i].own[t]) continue;
      double const x = seen ? (*seen)[i][t] : c.column.numbers[i][t];
      if (seen ? !(std::fabs(x - (*right)[i][t]) <= within)
               : differ(x, c.column.is_nan[i][t] != 0, (*right)[i][t], within)) {
        return place{i, t};
      }
    }
  }
  return std::nullopt;
}

inline std::string at(findings const& f, place const& p) {
  if (f.of.sequences[p.row].size() == 1 && !f.of.groups.empty()) return "answer " + std::to_string(p.row);
  if (f.of.sequences.size() == 1) return "step " + std::to_string(p.step);
  return (f.of.rows_are_steps ? "environment " : "row ") + std::to_string(p.row) + ", step " + std::to_string(p.step);
}

inline std::string kind_of(sequence const& s, std::size_t t) {
  if (!s.own[t]) return "masked";
  if (s.ends[t] == end::terminated) return "end";
  if (s.ends[t] == end::cut) return "cut, then " + (std::isnan(s.next_values[t]) ? "?" : shown(s.next_values[t]));
  return "";
}

inline std::string without_quotes(std::string const& text) {
  return text.starts_with('"') && text.ends_with('"') && text.size() > 1 ? text.substr(1, text.size() - 2) : text;
}

inline void print_table(findings const& f, finding const& c, std::size_t most, std::ostream& out) {
  bool has_exact = false, has_kind = false;
  if (c.right_exact) {
    for (auto const& xs : *c.right_exact) {
      for (exact const& x : xs) {
        std::string const text = fraction(x);
        has_exact = has_exact || text.find('/') != text.npos;
      }
    }
  }
  std::size_t const columns_of_rows = f.of.sequences.size() > 1 || !f.of.groups.empty() ? 1 : 0;
  for (sequence const& s : f.of.sequences) {
    for (std::size_t t = 0; t < s.size(); ++t) has_kind = has_kind || !kind_of(s, t).empty();
  }
  bool const of_answers = !f.of.groups.empty();
  std::vector<std::string> head;
  std::string form;
  auto const column = [&](std::string name, char how) {
    head.push_back(std::move(name));
    form += how;
  };
  bool one_each = of_answers;
  for (sequence const& s : f.of.sequences) one_each = one_each && s.size() == 1;
  if (columns_of_rows != 0) column(of_answers ? "answer" : f.of.rows_are_steps ? "env" : "row", 'r');
  if (of_answers) column("group", 'r');
  if (!one_each) column("step", 'r');
  column("reward", 'r');
  if (f.of.has_values) column("value", 'r');
  if (has_kind && !one_each) column("", 'l');
  column("printed", 'r');
  column("", 'l');
  if (c.right) column("right", 'r');
  if (c.right && has_exact) column("exactly", 'r');
  support::table table(form);
  table.row(head);

  // From a little before the first departure on.
  std::size_t total = 0, before = 0;
  auto const first = departure(f, c);
  for (std::size_t i = 0; i < f.of.sequences.size(); ++i) {
    if (first && i < first->row) before += f.of.sequences[i].size();
    total += f.of.sequences[i].size();
  }
  std::size_t from = 0;
  if (first && total > most) {
    std::size_t const at_it = before + first->step + 1;
    from = at_it + 2 > most ? (std::min)(at_it + 2, total) - most : 0;
  }
  std::size_t k = 0, shown_rows = 0;
  for (std::size_t i = 0; i < f.of.sequences.size(); ++i) {
    sequence const& s = f.of.sequences[i];
    for (std::size_t t = 0; t < s.size(); ++t, ++k) {
      if (k < from || shown_rows == most) continue;
      ++shown_rows;
      std::vector<std::string> cells;
      if (columns_of_rows != 0) cells.push_back(std::to_string(i));
      if (of_answers) cells.push_back(without_quotes(f.of.groups[i]));
      if (!one_each) cells.push_back(std::to_string(t));
      cells.push_back(shown(s.rewards[t]) + (s.score && t == s.last_own() ? " + " + shown(*s.score) : ""));
      if (f.of.has_values) cells.push_back(shown(s.values[t]));
      if (has_kind && !one_each) cells.push_back(kind_of(s, t));
      double const x = c.column.numbers[i][t];
      bool const is_nan = c.column.is_nan[i][t] != 0;
      cells.push_back(std::isnan(x) && !is_nan ? "-" : shown(x));
      bool const marks = c.right && s.own[t] &&
                         differ(x, is_nan, (*c.right)[i][t],
                                !c.found.empty() && c.found.front().is_tight ? c.within.tight : c.within.loose);
      cells.push_back(marks ? "*" : "");
      if (c.right) cells.push_back(s.own[t] ? shown((*c.right)[i][t]) : "-");
      if (c.right && has_exact) cells.push_back(s.own[t] ? fraction((*c.right_exact)[i][t]) : "");
      table.row(std::move(cells));
    }
  }
  out << '\n';
  table.print(out);
  if (shown_rows < total) {
    out << "\n  " << support::with_commas(shown_rows) << " of " << support::with_commas(total)
        << " numbers; --steps N shows more.\n";
  }
}

inline void say_departure(findings const& f, finding const& c, std::ostream& out) {
  auto const first = departure(f, c);
  if (!first || !c.right) return;
  double const x = c.column.numbers[first->row][first->step];
  out << '\n';
  bool const of_answers = !f.of.groups.empty();
  paragraph(
      out, std::string(of_answers ? "First departure: " : "First departure, from the end on as the recursion runs: ") +
               at(f, *first) + ": printed " + shown(x) + ", right " + shown((*c.right)[first->row][first->step]) + ".");
}

inline void report_answers(findings const& f, finding const& c, std::ostream& out) {
  if (c.variants.empty()) {
    out << c.column.name << ": UNKNOWN. No group method that is known here gives these numbers.\n";
    if (c.nearest_variant) {
      variant const& v = *c.nearest_variant;
      paragraph(out, "The nearest: " + name_of(v.of) + (v.library.empty() ? "" : ", as " + v.library + " computes it") +
                         (v.how.empty() ? "" : ": " + v.how) + (v.mistake.empty() ? "" : "; " + v.mistake) + ".");
    }
    return;
  }
  variant const& best = c.variants.front();
  if (best.mistake.empty()) {
    out << c.column.name << ": RIGHT. " << name_of(best.of) << ".\n\n";
  } else {
    out << c.column.name << ": A MISTAKE: " << best.mistake << ".\n\n";
    paragraph(out, name_of(best.of) + ". " + best.why);
  }
  if (!best.how.empty()) paragraph(out, "In particular: " + best.how + ".");
  std::vector<std::string> names;
  for (variant const& v : c.variants) {
    if (v.of != best.of || v.mistake != best.mistake || v.library.empty()) continue;
    if (std::find(names.begin(), names.end(), v.library) == names.end()) names.push_back(v.library);
  }
  if (!names.empty()) {
    paragraph(out, best.mistake.empty() ? "So computed by " + listed(names) + "."
                                        : "But for that, so computed by " + listed(names) + ".");
  }
  std::vector<std::string> others;
  for (variant const& v : c.variants) {
    if (v.mistake != best.mistake) continue;
    std::string const name = name_of(v.of);
    if (v.of != best.of && std::find(others.begin(), others.end(), name) == others.end()) others.push_back(name);
  }
  if (!others.empty()) paragraph(out, "The same numbers come of " + listed(others) + ".");
  if (best.mistake.empty() && departure(f, c)) {
    paragraph(out, "What is marked * differs from the method as it is published by this convention alone.");
  }
}

/// What none explains.
inline void report_unknown(findings const& f, finding const& c, std::ostream& out) {
  std::string const& name = c.column.name;
  std::string const right =
      c.nearest && c.right
          ? "The right column is " + name_of(meant_by(name, c.nearest->what, f.of.has_values)) + " with these"
          : std::string();
  if (!c.only_libraries.empty()) {
    auto const& [library, at_it] = c.only_libraries.front();
    out << name << ": as " << library << " computes them, by a convention of its own.\n\n";
    paragraph(out, "gamma = " + support::as_text(at_it.gamma) + ", lambda = " + support::as_text(at_it.lambda) + ". " +
                       right + (right.empty() ? "" : "."));
    return;
  }
  out << name << ": UNKNOWN. No estimator, reading or library that is known here gives these numbers.\n\n";
  if (!c.nearest) {
    paragraph(out, "Nothing could be computed from the recording.");
    return;
  }
  std::string const wrong = mistake_of(f, c, *c.nearest);
  paragraph(out, "The nearest: " + described(f, c, *c.nearest) + (wrong.empty() ? "" : ", where " + wrong) + ". " +
                     right + (right.empty() ? "" : " parameters."));
  if (std::isfinite(c.left_of_nearest)) {
    paragraph(out, "It leaves " + support::percents(c.left_of_nearest, c.left_of_nearest < 0.1 ? 2 : 0) +
                       " of the deviation of the printed numbers unexplained" +
                       (c.left_of_nearest < 0.01 ? ": so little may be lost by rounding, such as bfloat16's." : "."));
  }
}

inline void report_steps(findings const& f, finding const& c, std::ostream& out) {
  if (c.found.empty()) {
    report_unknown(f, c, out);
    return;
  }
  std::string const& name = c.column.name;
  explanation const& e = c.found.front();
  reading const& how = f.readings[e.reading];
  std::string const wrong = mistake_of(f, c, e);
  std::string const numbers = described(f, c, e);
  parameters const& given = f.of.given;
  if (!wrong.empty()) {
    out << name << ": A MISTAKE: " << wrong << ".\n\n";
    paragraph(out, "But for that they are " + numbers + ".");
    for (mistake const& m : how.mistakes) paragraph(out, m.why);
    if (e.nans != 0) {
      for (std::size_t i = 0, said = 0; i < c.column.is_nan.size() && said == 0; ++i) {
        for (std::size_t t = 0; t < c.column.is_nan[i].size() && said == 0; ++t) {
          if (!c.column.is_nan[i][t] || !f.of.sequences[i].own[t]) continue;
          paragraph(out, "The first NaN stands at " + at(f, {i, t}) + ".");
          ++said;
        }
      }
    }
  } else if (c.with_other_parameters) {
    out << name << ": OTHER PARAMETERS than those given.\n\n";
    paragraph(out, "They are " + numbers + ".");
    if (given.gamma == e.at.lambda && given.lambda == e.at.gamma) {
      paragraph(out, "These are the two that were given, swapped.");
    }
  } else if (e.over) {
    out << name << ": RIGHT, UP TO A SCALE.\n\n";
    paragraph(out, "They are " + numbers + ".");
  } else {
    out << name << ": RIGHT. " << numbers << ".\n\n";
  }
  if (e.over) {
    paragraph(out,
              "No whitening over the numbers of this file has this scale: it may be that of the whole batch, of "
              "which these are a part.");
  }
  if (!wrong.empty() && c.with_other_parameters) paragraph(out, "The parameters given explain them under no reading.");
  if (c.refined) paragraph(out, "None of the usual parameters explains them; these were fitted.");
  if (f.of.has_ratios && e.what != quantity::vtrace_advantages && e.what != quantity::vtrace_targets) {
    paragraph(out, "The ratios do not count in them.");
  }
  if (!c.libraries.empty()) paragraph(out, "So computed by " + listed(c.libraries) + ".");
  for (mistake const& m : how.mistakes) {
    if (!m.known.empty()) paragraph(out, "Known from " + m.known + ".");
  }
  if (!wrong.empty()) {
    std::vector<std::string> others;
    for (explanation const& x : c.found) {
      std::string other = mistake_of(f, c, x);
      if (x.is_tight != e.is_tight || other == wrong) continue;
      if (other.empty()) other = "the right ones with " + parameters_said(c, x, given);
      if (std::find(others.begin(), others.end(), other) == others.end()) others.push_back(other);
    }
    if (others.size() > 3) others.resize(3);
    if (!others.empty()) paragraph(out, "Not to be told apart here from: " + listed(others) + ".");
  }
  if (!e.is_tight) {
    paragraph(out, "They agree within " + support::scientific(e.error) + ", as far as they were printed.");
  }
}

}  // namespace detail

/// Prints what was found of every column.
inline void report(findings const& f, std::size_t most, std::ostream& out) {
  bool first = true;
  for (finding const& c : f.columns) {
    if (!first) out << '\n';
    first = false;
    if (f.of.groups.empty()) {
      detail::report_steps(f, c, out);
    } else {
      detail::report_answers(f, c, out);
    }
    if (!f.of.has_cuts_named && f.of.groups.empty()) {
      detail::paragraph(out,
                        "No field says which ends are cuts by a time limit, so every end is taken for a termination.");
    }
    if (!c.missing.empty()) {
      detail::paragraph(
          out, "The right numbers need the value of the state after " + detail::at(f, c.missing.front()) +
                   (c.missing.size() > 1 ? ", and at " + std::to_string(c.missing.size() - 1) + " other places" : "") +
                   ": say it in next_values, or of the last step in last_value.");
    }
    detail::say_departure(f, c, out);
    detail::print_table(f, c, most, out);
  }
}

}  // namespace whose_numbers
