// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "estimates.hpp"
#include "findings.hpp"
#include "finishes.hpp"
#include "readings.hpp"
#include "recording.hpp"

#include <bellman/error.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

// Which estimator, under which reading, with which parameters, gives the numbers that were printed.
namespace whose_numbers {

namespace detail {

/// Sorts by a key; what has the same stays in its order.
template <class T, class Key>
void sort_by(std::vector<T>& xs, Key const& key) {
  std::vector<std::pair<decltype(key(xs[0])), std::size_t>> order;
  for (std::size_t i = 0; i < xs.size(); ++i) order.emplace_back(key(xs[i]), i);
  std::sort(order.begin(), order.end());
  std::vector<T> sorted;
  for (auto const& [ignored, i] : order) sorted.push_back(std::move(xs[i]));
  xs = std::move(sorted);
}

inline constexpr std::array usual_gammas{0.99, 1.0, 0.95, 0.9, 0.999, 0.995, 0.98, 0.97, 0.8, 0.7, 0.5, 0.0};
inline constexpr std::array usual_lambdas{0.95, 1.0, 0.9, 0.99, 0.98, 0.97, 0.8, 0.7, 0.5, 0.0};

inline std::vector<quantity> quantities_of(recording const& r, std::string const& column) {
  using enum quantity;
  std::vector<quantity> all = column == "advantages"
                                  ? std::vector{gae,           vtrace_advantages, n_step_advantages,
                                                returns_to_go, lambda_returns,    n_step_returns,
                                                vtrace_targets}
                                  : std::vector{returns_to_go, lambda_returns,    n_step_returns,   vtrace_targets,
                                                gae,           vtrace_advantages, n_step_advantages};
  std::erase_if(all, [&](quantity q) {
    if (q == vtrace_advantages || q == vtrace_targets) return !r.has_ratios || !r.has_values;
    return q != returns_to_go && !r.has_values;
  });
  return all;
}

inline std::vector<setting> settings_of(quantity q, parameters const& given, bool keep_given, std::size_t longest) {
  std::vector<setting> all;
  std::vector<double> gammas(usual_gammas.begin(), usual_gammas.end());
  std::vector<double> lambdas(usual_lambdas.begin(), usual_lambdas.end());
  if (keep_given && given.gamma) gammas = {*given.gamma};
  if (keep_given && given.lambda) lambdas = {*given.lambda};
  if (!uses_lambda(q)) lambdas = {1.0};
  std::vector<std::size_t> ns{1};
  if (uses_n(q)) {
    if (keep_given && given.n) {
      ns = {*given.n};
    } else {
      for (std::size_t n = 2; n <= (std::min)(longest, std::size_t(20)); ++n) ns.push_back(n);
    }
  }
  for (double const g : gammas) {
    for (double const l : lambdas) {
      for (std::size_t const n : ns) all.push_back({g, l, n});
    }
  }
  return all;
}

/// Part of a recording, and what was printed of it. All recursions run from the end, so that the last steps of a row
/// are computed from themselves alone; what does not explain these explains nothing.
struct sample {
  recording of;
  printed column;
};

inline constexpr std::size_t enough_numbers = 1000;
/// How many of the nearest are fitted.
inline constexpr std::size_t most_fits = 300;

inline sample sample_of(recording const& r, printed const& p) {
  std::size_t total = 0;
  for (sequence const& s : r.sequences) total += s.size();
  sample all{r, p};
  if (total <= 4 * enough_numbers) return all;
  std::size_t const n = (std::min)(r.sequences.size(), std::size_t(40));
  std::size_t const longest = enough_numbers / n;
  all.of.sequences.clear();
  all.column.numbers.clear();
  all.column.is_nan.clear();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t const i = k * r.sequences.size() / n;
    sequence s = r.sequences[i];
    row numbers = p.numbers[i];
    flags is_nan = p.is_nan[i];
    std::size_t const end = (std::min)(s.last_own() + 1, s.size());
    std::size_t const from = end > longest ? end - longest : 0;
    auto const shorten = [&](auto& xs) {
      if (!xs.empty()) xs.erase(xs.begin(), xs.begin() + static_cast<std::ptrdiff_t>(from));
    };
    shorten(s.rewards);
    shorten(s.values);
    shorten(s.next_values);
    shorten(s.ratios);
    shorten(s.own);
    shorten(s.ends);
    shorten(numbers);
    shorten(is_nan);
    if (from != 0) {  // What is read one step early or late is not known of the first.
      numbers.front() = unknown;
      is_nan.front() = 0;
    }
    all.of.sequences.push_back(std::move(s));
    all.column.numbers.push_back(std::move(numbers));
    all.column.is_nan.push_back(std::move(is_nan));
  }
  return all;
}

/// The best straight line from some numbers to those that were printed, or a line for each row.
struct line_fit {
  double squares = 0, largest = 0;  ///< of what is left
  straight_line line;               ///< the last
  double size = 0;                  ///< of what was computed, as it is in the printed numbers
};

/// A search over everything, of one column.
class searcher {
 public:
  searcher(findings const& f, printed const& p)
      : f_(f), p_(p), sample_(sample_of(f.of, p)), quantities_(quantities_of(f.of, p.name)) {
    for (sequence const& s : f.of.sequences) longest_ = (std::max)(longest_, s.size());
    inputs_ = largest_input_of(f.of);
    double sum = 0, squares = 0;
    for_compared([&](std::size_t i, std::size_t t) {
      double const x = sample_.column.numbers[i][t];
      sum += x;
      squares += x * x;
      ++compared_;
    });
    auto const n = static_cast<double>(compared_);
    spread_ = compared_ == 0 ? 0 : (std::max)(squares - sum * sum / n, 1e-12 * squares);
    is_constant_ = spread_ <= 1e-12 * squares;
  }

  /// Under some of the readings: with the parameters that were given, then with others; what is usual first, then, if
  /// that is asked for, what fits best.
  void search(std::size_t first_reading, std::size_t last_reading, bool fits, finding& out) {
    parameters const& given = f_.of.given;
    bool const some_given = given.gamma || given.lambda || given.n;
    for (bool const keep : {true, false}) {
      if (!keep && !some_given) continue;
      if (first_reading == 0) nearest_.clear();
      grid(first_reading, last_reading, keep, out);
      if (out.found.empty() && fits) {
        refine(keep, out);
        out.refined = !out.found.empty();
        for (candidate const& c : nearest_) {
          if (c.makes == shape::line) lines_.emplace_back(c, !keep);
        }
      }
      if (out.found.empty()) continue;
      out.with_other_parameters = !keep;
      sort(out.found);
      return;
    }
  }

  /// Where nothing else is found: rewards that were scaled, and straight lines of what is known.
  void search_scaled(finding& out) {
    bool const some_given = f_.of.given.gamma || f_.of.given.lambda || f_.of.given.n;
    for (bool const keep : {true, false}) {
      if (!keep && !some_given) continue;
      scaled_rewards(keep, out);
      if (out.found.empty()) continue;
      out.with_other_parameters = !keep;
      sort(out.found);
      return;
    }
    for (auto const& [c, with_other_parameters] : lines_) {
      if (!out.found.empty() && with_other_parameters != out.with_other_parameters) break;
      consider_line(c, out);
      out.with_other_parameters = with_other_parameters;
    }
    out.with_other_parameters = out.with_other_parameters && !out.found.empty();
    sort(out.found);
  }

  /// What is left over least by what was searched last.
  std::optional<explanation> nearest() const {
    double least = std::numeric_limits<double>::infinity();
    std::optional<explanation> best;
    for (candidate const& c : nearest_) {
      // A line has two numbers more to choose, and is said only if it says much more; so is a mistake.
      double const squares = c.squares * (c.makes == shape::same ? 1.0 : 10.0) *
                             (1 + static_cast<double>(f_.readings[c.e.reading].mistakes.size()));
      if (c.makes != shape::same && (is_constant_ || compared_ < 6)) continue;
      if (!(squares < least) || c.makes == shape::line_of_row || c.makes == shape::line_plus_values) continue;
      least = squares;
      best = c.e;
      if (c.makes == shape::line) best->over = c.line;
    }
    return best;
  }
  /// The root of the mean square of what is left over, in units of the deviation of the printed numbers.
  double share_left(explanation const& e) const {
    auto const xs = of_sample(e.reading, e.what, e.at);
    if (!xs || !(spread_ > 0)) return std::numeric_limits<double>::infinity();
    return std::sqrt(fit_to(*xs, e.over ? shape::line : shape::same).squares / spread_);
  }

  /// The numbers of an explanation before they are whitened.
  std::optional<rows> raw(explanation const& e) const { return estimates(f_.of, e.reading, e.what, e.at); }

 private:
  /// The best of a reading and a quantity, as they are or on a line.
  struct candidate {
    explanation e;
    shape makes = shape::same;
    double squares = std::numeric_limits<double>::infinity();
    straight_line line{};
  };

  static constexpr std::array shapes{shape::same, shape::line, shape::line_of_row, shape::line_plus_values};

  std::optional<rows> estimates(recording const& r, std::size_t reading, quantity q, setting const& at) const {
    return estimates(f_.readings[reading].of(r), q, at);
  }
  std::optional<rows> estimates(std::vector<read_sequence> const& read, quantity q, setting const& at) const {
    try {
      return estimated<double>(read, q, at, f_.of.given);
    } catch (bellman::invalid_value const&) {
      return std::nullopt;  // such as an infinite number
    }
  }
  std::optional<rows> of_sample(std::size_t reading, quantity q, setting const& at) const {
    return estimates(sample_.of, reading, q, at);
  }

  template <class F>
  void for_compared(F const& f) const {
    for (std::size_t i = 0; i < sample_.column.numbers.size(); ++i) for_compared(i, i + 1, f);
  }
  template <class F>
  void for_compared(std::size_t from, std::size_t to, F const& f) const {
    for (std::size_t i = from; i < to; ++i) {
      for (std::size_t t = 0; t < sample_.column.numbers[i].size(); ++t) {
        if (sample_.of.sequences[i].own[t] && !std::isnan(sample_.column.numbers[i][t])) f(i, t);
      }
    }
  }

  bool has_shape(shape makes) const {
    return std::any_of(f_.finishes.begin(), f_.finishes.end(), [&](finish const& x) { return x.makes == makes; });
  }

  /// `each` is given what is left of every number.
  template <class Each>
  line_fit fit_to(rows const& xs, shape makes, Each const& each) const {
    line_fit fit;
    std::size_t const n = xs.size();
    bool const by_row = makes == shape::line_of_row;
    auto const target = [&](std::size_t i, std::size_t t) {
      double const y = sample_.column.numbers[i][t];
      return makes == shape::line_plus_values ? y - sample_.of.sequences[i].values[t] : y;
    };
    for (std::size_t from = 0; from < n; from = by_row ? from + 1 : n) {
      std::size_t const to = by_row ? from + 1 : n;
      double count = 0, x = 0, y = 0, xx = 0, xy = 0, largest = inputs_;
      for_compared(from, to, [&](std::size_t i, std::size_t t) {
        ++count;
        x += xs[i][t];
        y += target(i, t);
        largest = (std::max)(largest, std::fabs(xs[i][t]));
      });
      if (count == 0) continue;
      x /= count;
      y /= count;
      for_compared(from, to, [&](std::size_t i, std::size_t t) {
        xx += (xs[i][t] - x) * (xs[i][t] - x);
        xy += (xs[i][t] - x) * (target(i, t) - y);
      });
      if (makes != shape::same) {
        fit.line.times = xx > 0 ? xy / xx : 0;
        fit.line.plus = y - fit.line.times * x;
      }
      for_compared(from, to, [&](std::size_t i, std::size_t t) {
        double const d = target(i, t) - fit.line.times * xs[i][t] - fit.line.plus;
        fit.squares += d * d;
        fit.largest = (std::max)(fit.largest, std::fabs(d));
        each(d);
      });
      fit.size = (std::max)(fit.size, std::fabs(fit.line.times) * largest);
    }
    if (!std::isfinite(fit.squares)) fit.squares = fit.largest = std::numeric_limits<double>::infinity();
    return fit;
  }
  line_fit fit_to(rows const& xs, shape makes) const {
    return fit_to(xs, makes, [](double) {});
  }

  void consider(explanation e, rows const& xs, tolerance const& within, std::vector<explanation>& found) const {
    closeness const c = compared(p_, f_.of, xs, within.loose);
    if (!(c.error <= within.loose) || (c.nans != 0 && compared_ == 0)) return;
    e.error = c.error;
    e.nans = c.nans;
    e.within = within;
    e.is_tight = e.error <= within.tight;
    found.push_back(e);
  }

  /// Whether all of the numbers are what an explanation of the sample gives, by any of the finishes of a shape.
  void consider_all(explanation e, shape makes, line_fit const& fit, std::vector<read_sequence> const& read,
                    std::vector<explanation>& found) const {
    tolerance const within = tolerance_of(p_, f_.of, fit.size);
    if (!(fit.largest <= 2 * within.loose)) return;
    auto const xs = estimates(read, e.what, e.at);
    if (!xs) return;
    for (std::size_t k = 0; k < f_.finishes.size(); ++k) {
      if (f_.finishes[k].makes != makes) continue;
      e.finish = k;
      if (auto const ys = f_.finishes[k].apply(f_.of, *xs)) consider(e, *ys, within, found);
    }
  }

  void grid(std::size_t first_reading, std::size_t last_reading, bool keep_given, finding& out) {
    for (std::size_t r = first_reading; r < last_reading; ++r) {
      auto const read = f_.readings[r].of(sample_.of);
      std::optional<std::vector<read_sequence>> whole;
      for (quantity const q : quantities_) {
        // Who says a lambda, and no n, does not ask for n steps; nor are these tried with two mistakes.
        bool const says_n = f_.of.given.n && keep_given;
        bool const says_lambda = f_.of.given.lambda && keep_given;
        if (uses_n(q) && !says_n && (says_lambda || f_.readings[r].mistakes.size() > 1)) continue;
        std::array<candidate, shapes.size()> best;
        for (setting const& at : settings_of(q, f_.of.given, keep_given, longest_)) {
          auto const xs = estimates(read, q, at);
          if (!xs) continue;
          for (std::size_t k = 0; k < shapes.size(); ++k) {
            if (!has_shape(shapes[k])) continue;
            // However numbers are whitened, a straight line leads back. Where there is none, nothing need be tried.
            line_fit const fit = fit_to(*xs, shapes[k]);
            explanation const e{.what = q, .reading = r, .at = at};
            if (fit.largest <= 2 * tolerance_of(p_, f_.of, fit.size).loose) {
              if (!whole) whole = f_.readings[r].of(f_.of);
              consider_all(e, shapes[k], fit, *whole, out.found);
            }
            if (fit.squares < best[k].squares) best[k] = {e, shapes[k], fit.squares, fit.line};
          }
        }
        for (candidate const& b : best) {
          if (std::isfinite(b.squares)) nearest_.push_back(b);
        }
      }
      if (f_.readings[r].is_right() && settles(out.found)) return;
    }
  }

  bool is_mistaken(explanation const& e) const {
    return !f_.readings[e.reading].is_right() || !f_.finishes[e.finish].mistake.empty() || e.at.rewards_times != 1 ||
           e.nans != 0 || meant_by(p_.name, e.what, f_.of.has_values) != e.what;
  }
  /// Nobody trains without looking ahead: a mistake is likelier.
  bool is_odd(explanation const& e) const { return e.at.gamma == 0 && f_.of.given.gamma != 0.0; }

  /// Whether numbers are right, and that closely, that no mistake need be looked for.
  bool settles(std::vector<explanation> const& found) const {
    return std::any_of(found.begin(), found.end(), [&](explanation const& e) {
      return !is_mistaken(e) && !is_odd(e) && (e.is_tight || 1.001 * p_.precision < e.within.loose);
    });
  }

  /// From the best of the usual parameters to the best of all, by the method of Gauss and Newton.
  void refine(bool keep_given, finding& out) {
    parameters const& given = f_.of.given;
    bool const moves_gamma = !(keep_given && given.gamma);
    sort_by(nearest_, [](candidate const& x) { return x.squares; });
    double enough = std::numeric_limits<double>::infinity();
    std::size_t tried = 0;
    for (candidate& c : nearest_) {
      if (c.squares > enough || tried == most_fits) break;
      double const before = c.squares;
      bool const moves_lambda = uses_lambda(c.e.what) && !(keep_given && given.lambda);
      std::size_t const free = std::size_t(moves_gamma) + std::size_t(moves_lambda) +
                               (c.makes == shape::same ? 0 : 2 * sample_rows(c.makes));
      // A fit of as many numbers as it has parameters says nothing.
      if ((!moves_gamma && !moves_lambda) || compared_ <= free || !(c.squares < 0.3 * spread_)) continue;
      ++tried;
      auto const read = f_.readings[c.e.reading].of(sample_.of);
      setting at = c.e.at;
      for (int round = 0; round < 40 && c.squares > 0; ++round) {
        double const before_it = c.squares;
        auto const next = improved(read, c, at, moves_gamma, moves_lambda);
        if (!next) break;
        at = *next;
        if (c.squares > 0.999 * before_it) break;
      }
      c.e.at = at;
      std::size_t const found_before = out.found.size();
      rounded(read, c, moves_gamma, moves_lambda, out.found);
      if (out.found.size() == found_before) shorten(read, c, moves_gamma, moves_lambda);
      // What began much farther away is another explanation of nothing that this one does not explain.
      bool const is_enough = !out.found.empty() && out.found.back().is_tight;
      if (is_enough && std::isinf(enough)) enough = 10 * before;
    }
  }

  static setting rounded_to(int digits, setting at, bool moves_gamma, bool moves_lambda) {
    double const unit = std::pow(10.0, digits);
    if (moves_gamma) at.gamma = std::round(at.gamma * unit) / unit;
    if (moves_lambda) at.lambda = std::round(at.lambda * unit) / unit;
    return at;
  }

  /// What explains nothing is said in the fewest digits that are about as near.
  void shorten(std::vector<read_sequence> const& read, candidate& c, bool moves_gamma, bool moves_lambda) const {
    for (int digits = 1; digits <= 4; ++digits) {
      setting const at = rounded_to(digits, c.e.at, moves_gamma, moves_lambda);
      auto const there = fit_at(read, c, at);
      if (!there || there->squares > 4 * c.squares) continue;
      c.e.at = at;
      c.squares = there->squares;
      c.line = there->line;
      return;
    }
  }

  std::size_t sample_rows(shape makes) const { return makes == shape::line_of_row ? sample_.of.sequences.size() : 1; }

  std::optional<line_fit> fit_at(std::vector<read_sequence> const& read, candidate const& c, setting const& at) const {
    auto const xs = estimates(read, c.e.what, at);
    if (!xs) return std::nullopt;
    line_fit const fit = fit_to(*xs, c.makes);
    return std::isfinite(fit.squares) ? std::optional(fit) : std::nullopt;
  }

  std::optional<setting> improved(std::vector<read_sequence> const& read, candidate& c, setting const& at,
                                  bool moves_gamma, bool moves_lambda) const {
    auto const left = [&](setting const& there) -> std::optional<row> {
      auto const xs = estimates(read, c.e.what, there);
      if (!xs) return std::nullopt;
      row all;
      fit_to(*xs, c.makes, [&](double d) { all.push_back(d); });
      return all;
    };
    auto const now = left(at);
    if (!now) return std::nullopt;
    auto const slope = [&](bool moves, double setting::*x) -> std::optional<row> {
      if (!moves) return row(now->size(), 0.0);
      setting up = at, down = at;
      up.*x = (std::min)(1.0, at.*x + 1e-6);
      down.*x = (std::max)(0.0, at.*x - 1e-6);
      auto slopes = left(up);
      auto const below = left(down);
      if (!slopes || !below) return std::nullopt;
      for (std::size_t k = 0; k < slopes->size(); ++k) {
        (*slopes)[k] = ((*below)[k] - (*slopes)[k]) / (up.*x - down.*x);
      }
      return slopes;
    };
    auto const by_gamma = slope(moves_gamma, &setting::gamma);
    auto const by_lambda = slope(moves_lambda, &setting::lambda);
    if (!by_gamma || !by_lambda) return std::nullopt;
    double gg = 0, gl = 0, ll = 0, g = 0, l = 0;
    for (std::size_t k = 0; k < now->size(); ++k) {
      double const dg = (*by_gamma)[k];
      double const dl = (*by_lambda)[k];
      gg += dg * dg;
      gl += dg * dl;
      ll += dl * dl;
      g += dg * (*now)[k];
      l += dl * (*now)[k];
    }
    for (double damping = 1e-12; damping < 1e6; damping = damping < 1e-6 ? 1e-6 : damping * 10) {
      double const a = gg * (1 + damping) + 1e-300;
      double const b = ll * (1 + damping) + 1e-300;
      double const det = a * b - gl * gl;
      setting next = at;
      if (moves_gamma && moves_lambda && det > 0) {
        next.gamma += (b * g - gl * l) / det;
        next.lambda += (a * l - gl * g) / det;
      } else if (moves_gamma) {
        next.gamma += g / a;
      } else {
        next.lambda += l / b;
      }
      next.gamma = (std::clamp)(next.gamma, 0.0, 1.0);
      next.lambda = (std::clamp)(next.lambda, 0.0, 1.0);
      auto const there = fit_at(read, c, next);
      if (there && there->squares < c.squares) {
        c.squares = there->squares;
        c.line = there->line;
        return next;
      }
    }
    return std::nullopt;
  }

  /// The fewest digits that explain the numbers.
  void rounded(std::vector<read_sequence> const& read, candidate const& c, bool moves_gamma, bool moves_lambda,
               std::vector<explanation>& found) const {
    std::vector<explanation> all;
    std::optional<std::vector<read_sequence>> whole;
    auto const try_at = [&](setting const& at) {
      auto const there = fit_at(read, c, at);
      if (!there || there->largest > 2 * tolerance_of(p_, f_.of, there->size).loose) return;
      explanation e = c.e;
      e.at = at;
      if (!whole) whole = f_.readings[e.reading].of(f_.of);
      consider_all(e, c.makes, *there, *whole, all);
    };
    auto const has_tight = [&] {
      return std::find_if(all.begin(), all.end(), [](explanation const& x) { return x.is_tight; });
    };
    for (int digits = 1; digits <= 9; ++digits) {
      try_at(rounded_to(digits, c.e.at, moves_gamma, moves_lambda));
      if (!all.empty() && (has_tight() != all.end() || digits >= 6)) break;
    }
    if (all.empty()) try_at(c.e.at);
    if (all.empty()) return;
    auto const tight = has_tight();
    found.push_back(tight == all.end() ? all.front() : *tight);
  }

  /// Every estimate is linear in the rewards: what they were multiplied by is that of the nearest.
  void scaled_rewards(bool keep_given, finding& out) const {
    if (compared_ < 4) return;
    for (std::size_t r = 0; r < f_.readings.size() && f_.readings[r].mistakes.size() < 2; ++r) {
      auto const read = f_.readings[r].of(sample_.of);
      for (quantity const q : quantities_) {
        if (q == quantity::returns_to_go) continue;  // It is all rewards, and a line of these.
        for (setting at : settings_of(q, f_.of.given, keep_given, longest_)) {
          auto const of_all = estimates(read, q, at);
          at.rewards_times = 0;
          auto const of_none = estimates(read, q, at);
          if (!of_all || !of_none) continue;
          double xx = 0, xy = 0;
          for_compared([&](std::size_t i, std::size_t t) {
            double const x = (*of_all)[i][t] - (*of_none)[i][t];
            xx += x * x;
            xy += x * (sample_.column.numbers[i][t] - (*of_none)[i][t]);
          });
          if (!(xx > 0) || !std::isfinite(xy / xx) || xy == 0) continue;
          for (double const unit : {1e2, 1e4, 1e6, 1e9}) {
            at.rewards_times = std::round(xy / xx * unit) / unit;
            if (at.rewards_times == 0) continue;
            auto const xs = estimates(read, q, at);
            if (!xs) break;
            line_fit const fit = fit_to(*xs, shape::same);
            if (fit.largest > 2 * tolerance_of(p_, f_.of, fit.size).loose) continue;
            std::size_t const before = out.found.size();
            consider_all({.what = q, .reading = r, .at = at}, shape::same, fit, f_.readings[r].of(f_.of), out.found);
            if (out.found.size() != before) break;
          }
        }
      }
    }
  }

  /// What lies on a line and is whitened in no way that is known: perhaps over other numbers than these.
  void consider_line(candidate const& c, finding& out) const {
    if (compared_ < 6 || is_constant_ || !(c.squares < 1e-3 * spread_)) return;
    auto const xs = raw(c.e);
    if (!xs) return;
    rows ys = *xs;
    for (row& some : ys) {
      for (double& y : some) y = c.line.times * y + c.line.plus;
    }
    explanation e = c.e;
    e.over = c.line;
    double const size = std::fabs(c.line.times) * (std::max)(inputs_, largest_of(f_.of, *xs));
    consider(e, ys, tolerance_of(p_, f_.of, size), out.found);
  }

  void sort(std::vector<explanation>& found) const {
    auto const place_of = [&](quantity q) {
      return std::find(quantities_.begin(), quantities_.end(), q) - quantities_.begin();
    };
    auto const worse = [&](explanation const& e) {
      return std::tuple(!e.is_tight, is_odd(e), is_mistaken(e), e.finish, place_of(e.what), e.reading,
                        e.is_tight ? 0.0 : e.error / e.within.loose, e.at.n);
    };
    sort_by(found, worse);
    // What is the same but for its parameters is said once.
    std::vector<explanation> once;
    for (explanation const& e : found) {
      auto const same = std::find_if(once.begin(), once.end(), [&](explanation const& x) {
        return x.reading == e.reading && x.finish == e.finish && x.what == e.what;
      });
      if (same == once.end()) {
        once.push_back(e);
        continue;
      }
      same->gamma_is_free = same->gamma_is_free || std::fabs(e.at.gamma - same->at.gamma) > 0.3;
      same->lambda_is_free = same->lambda_is_free || std::fabs(e.at.lambda - same->at.lambda) > 0.3;
    }
    found = std::move(once);
  }

  findings const& f_;
  printed const& p_;
  sample sample_;
  std::vector<quantity> quantities_;
  std::size_t longest_ = 0, compared_ = 0;
  double spread_ = 0, inputs_ = 0;
  bool is_constant_ = false;
  std::vector<candidate> nearest_;
  std::vector<std::pair<candidate, bool>> lines_;  ///< and whether their parameters are others than those given
};

}  // namespace detail

}  // namespace whose_numbers
