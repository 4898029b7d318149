// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "estimates.hpp"
#include "findings.hpp"
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

/// A search over everything, of one column.
class searcher {
 public:
  searcher(findings const& f, printed const& p, tolerance within)
      : f_(f), p_(p), within_(within), quantities_(quantities_of(f.of, p.name)) {
    for (finish const& x : f.finishes) has_by_row_ = has_by_row_ || x.by_row;
    for (sequence const& s : f.of.sequences) longest_ = (std::max)(longest_, s.size());
    double sum = 0, squares = 0;
    std::size_t n = 0;
    for_own([&](std::size_t i, std::size_t t) {
      double const x = p.numbers[i][t];
      if (std::isnan(x)) return;
      sum += x;
      squares += x * x;
      ++n;
    });
    compared_ = n;
    spread_ = n == 0 ? 0 : (std::max)(squares - sum * sum / static_cast<double>(n), 1e-12 * squares);
  }

  void search(finding& out) {
    parameters const& given = f_.of.given;
    bool const some_given = given.gamma || given.lambda || given.n;
    for (bool const keep : {true, false}) {
      if (!keep && !some_given) continue;
      nearest_.clear();
      grid(keep, out);
      if (out.found.empty()) {
        refine(keep, out);
        out.refined = !out.found.empty();
      }
      if (!out.found.empty()) {
        out.with_other_parameters = !keep;
        break;
      }
    }
    if (!out.found.empty()) {
      sort(out.found);
      return;
    }
    double least = std::numeric_limits<double>::infinity();
    for (auto const& [e, squares] : nearest_) {
      if (squares < least) {
        least = squares;
        out.nearest = e;
      }
    }
  }

  /// The numbers of an explanation, before and after they are whitened.
  std::optional<rows> raw(explanation const& e) const { return raw(e.reading, e.what, e.at); }
  std::optional<rows> raw(std::size_t reading, quantity q, setting const& at) const {
    try {
      return estimated<double>(f_.readings[reading], q, at, f_.of.given);
    } catch (bellman::invalid_value const&) {
      return std::nullopt;  // such as an infinite number
    }
  }

 private:
  template <class F>
  void for_own(F const& f) const {
    for (std::size_t i = 0; i < p_.numbers.size(); ++i) {
      for (std::size_t t = 0; t < p_.numbers[i].size(); ++t) {
        if (f_.of.sequences[i].own[t]) f(i, t);
      }
    }
  }

  double squared_error(rows const& xs) const {
    double sum = 0;
    for_own([&](std::size_t i, std::size_t t) {
      if (p_.is_nan[i][t] || std::isnan(p_.numbers[i][t])) return;
      double const d = p_.numbers[i][t] - xs[i][t];
      sum += d * d;
    });
    return std::isfinite(sum) ? sum : std::numeric_limits<double>::infinity();
  }

  struct line_fit {
    double squares = 0, largest = 0;
  };

  /// How far the printed numbers are from the best straight line over these, or of each row.
  line_fit straight(rows const& xs, bool by_row) const {
    line_fit fit;
    std::size_t const n = xs.size();
    for (std::size_t from = 0; from < n; from = by_row ? from + 1 : n) {
      std::size_t const to = by_row ? from + 1 : n;
      double count = 0, x = 0, y = 0, xx = 0, xy = 0;
      auto const each = [&](auto const& f) {
        for (std::size_t i = from; i < to; ++i) {
          for (std::size_t t = 0; t < xs[i].size(); ++t) {
            if (f_.of.sequences[i].own[t] && !std::isnan(p_.numbers[i][t])) f(xs[i][t], p_.numbers[i][t]);
          }
        }
      };
      each([&](double a, double b) {
        ++count;
        x += a;
        y += b;
      });
      if (count == 0) continue;
      x /= count;
      y /= count;
      each([&](double a, double b) {
        xx += (a - x) * (a - x);
        xy += (a - x) * (b - y);
      });
      double const slope = xx > 0 ? xy / xx : 0;
      each([&](double a, double b) {
        double const d = b - y - slope * (a - x);
        fit.squares += d * d;
        fit.largest = (std::max)(fit.largest, std::fabs(d));
      });
    }
    return fit;
  }

  std::optional<rows> finished(std::size_t finish, rows const& xs) const {
    return finish == 0 ? std::optional<rows>(xs) : f_.finishes[finish].apply(f_.of, xs);
  }

  void consider(explanation e, rows const& xs, std::vector<explanation>& found) const {
    e.error = compared(p_, f_.of, xs, within_.loose).error;
    if (!(e.error <= within_.loose)) return;
    e.is_tight = e.error <= within_.tight;
    found.push_back(e);
  }

  void grid(bool keep_given, finding& out) {
    for (quantity const q : quantities_) {
      for (std::size_t r = 0; r < f_.readings.size(); ++r) {
        std::vector<std::pair<explanation, double>> best(f_.finishes.size(),
                                                         {explanation{}, std::numeric_limits<double>::infinity()});
        for (setting const& at : settings_of(q, f_.of.given, keep_given, longest_)) {
          auto const xs = raw(r, q, at);
          if (!xs) continue;
          // However numbers are whitened, a straight line leads back. Where there is none, nothing need be tried.
          line_fit const of_all = straight(*xs, false);
          line_fit const of_rows = has_by_row_ ? straight(*xs, true) : of_all;
          for (std::size_t k = 0; k < f_.finishes.size(); ++k) {
            explanation const e{q, r, k, at, 0, false, false, false};
            line_fit const& fit = f_.finishes[k].by_row ? of_rows : of_all;
            double const squares = k == 0 ? squared_error(*xs) : fit.squares;
            if (k == 0) {
              consider(e, *xs, out.found);
            } else if (fit.largest <= 2 * within_.loose) {
              if (auto const ys = finished(k, *xs)) consider(e, *ys, out.found);
            }
            if (squares < best[k].second) best[k] = {e, squares};
          }
        }
        for (auto const& b : best) {
          if (std::isfinite(b.second)) nearest_.push_back(b);
        }
      }
    }
  }

  /// From the best of the usual parameters to the best of all, by the method of Gauss and Newton.
  void refine(bool keep_given, finding& out) {
    parameters const& given = f_.of.given;
    bool const moves_gamma = !(keep_given && given.gamma);
    sort_by(nearest_, [](auto const& x) { return x.second; });
    double enough = std::numeric_limits<double>::infinity();
    for (auto& [e, squares] : nearest_) {
      if (squares > enough) break;
      double const before = squares;
      bool const moves_lambda = uses_lambda(e.what) && !(keep_given && given.lambda);
      std::size_t const free = std::size_t(moves_gamma) + std::size_t(moves_lambda);
      // A fit of as many numbers as it has parameters says nothing.
      if (free == 0 || compared_ <= free || !(squares < 0.3 * spread_)) continue;
      auto const start = of(e, e.at);
      if (!start) continue;
      squares = squared_error(*start);
      setting at = e.at;
      double now = squares;
      for (int round = 0; round < 40 && now > 0; ++round) {
        auto const next = improved(e, at, moves_gamma, moves_lambda, now);
        if (!next) break;
        at = *next;
      }
      if (now < squares) {
        squares = now;
        e.at = at;
      }
      rounded(e, moves_gamma, moves_lambda, out.found);
      // What began much farther away is another explanation of nothing that this one does not explain.
      bool const is_enough = !out.found.empty() && out.found.back().is_tight;
      if (is_enough && std::isinf(enough)) enough = 10 * before;
    }
  }

  std::optional<rows> of(explanation const& e, setting const& at) const {
    auto const xs = raw(e.reading, e.what, at);
    return xs ? finished(e.finish, *xs) : std::nullopt;
  }

  std::optional<setting> improved(explanation const& e, setting const& at, bool moves_gamma, bool moves_lambda,
                                  double& now) const {
    auto const here = of(e, at);
    if (!here) return std::nullopt;
    auto const slope = [&](double setting::*x) -> std::optional<rows> {
      setting up = at, down = at;
      up.*x = (std::min)(1.0, at.*x + 1e-6);
      down.*x = (std::max)(0.0, at.*x - 1e-6);
      auto a = of(e, up);
      auto const b = of(e, down);
      if (!a || !b) return std::nullopt;
      for (std::size_t i = 0; i < a->size(); ++i) {
        for (std::size_t t = 0; t < (*a)[i].size(); ++t) {
          (*a)[i][t] = ((*a)[i][t] - (*b)[i][t]) / (up.*x - down.*x);
        }
      }
      return a;
    };
    auto const by_gamma = moves_gamma ? slope(&setting::gamma) : std::nullopt;
    auto const by_lambda = moves_lambda ? slope(&setting::lambda) : std::nullopt;
    if ((moves_gamma && !by_gamma) || (moves_lambda && !by_lambda)) return std::nullopt;
    double gg = 0, gl = 0, ll = 0, g = 0, l = 0;
    for_own([&](std::size_t i, std::size_t t) {
      if (p_.is_nan[i][t] || std::isnan(p_.numbers[i][t])) return;
      double const d = p_.numbers[i][t] - (*here)[i][t];
      double const dg = by_gamma ? (*by_gamma)[i][t] : 0;
      double const dl = by_lambda ? (*by_lambda)[i][t] : 0;
      gg += dg * dg;
      gl += dg * dl;
      ll += dl * dl;
      g += dg * d;
      l += dl * d;
    });
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
      auto const there = of(e, next);
      double const then = there ? squared_error(*there) : now;
      if (then < now) {
        now = then;
        return next;
      }
    }
    return std::nullopt;
  }

  /// The fewest digits that explain the numbers.
  void rounded(explanation e, bool moves_gamma, bool moves_lambda, std::vector<explanation>& found) const {
    setting const exactly = e.at;
    std::vector<explanation> all;
    for (int digits = 1; digits <= 9; ++digits) {
      double const unit = std::pow(10.0, digits);
      if (moves_gamma) e.at.gamma = std::round(exactly.gamma * unit) / unit;
      if (moves_lambda) e.at.lambda = std::round(exactly.lambda * unit) / unit;
      if (auto const xs = of(e, e.at)) consider(e, *xs, all);
      if (!all.empty() && (all.back().is_tight || digits >= 6)) break;
    }
    if (all.empty()) {
      e.at = exactly;
      if (auto const xs = of(e, e.at)) consider(e, *xs, all);
    }
    if (all.empty()) return;
    auto const tight = std::find_if(all.begin(), all.end(), [](explanation const& x) { return x.is_tight; });
    found.push_back(tight == all.end() ? all.front() : *tight);
  }

  void sort(std::vector<explanation>& found) const {
    auto const place_of = [&](quantity q) {
      return std::find(quantities_.begin(), quantities_.end(), q) - quantities_.begin();
    };
    auto const worse = [&](explanation const& e) {
      bool const is_wrong = !f_.readings[e.reading].is_right() || !f_.finishes[e.finish].mistake.empty();
      // Nobody trains without looking ahead: a mistake is likelier.
      bool const is_odd = e.at.gamma == 0 && f_.of.given.gamma != 0.0;
      return std::tuple(!e.is_tight, is_odd, is_wrong, e.finish, place_of(e.what), e.reading,
                        e.is_tight ? 0.0 : e.error, e.at.n);
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
  tolerance within_;
  std::vector<quantity> quantities_;
  std::size_t longest_ = 0, compared_ = 0;
  double spread_ = 0;
  bool has_by_row_ = false;
  std::vector<std::pair<explanation, double>> nearest_;
};

}  // namespace detail

}  // namespace whose_numbers
