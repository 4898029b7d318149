// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/svg.hpp"
#include "../support/table.hpp"
#include "values_findings.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

// For each estimator the means of its estimates over the exact advantages; below, bias against deviation.
namespace story_model {

namespace detail {

namespace colour = support::colour;
inline constexpr char const* blue = "#5567c9";

inline char const* colour_of(estimator const& e) {
  return e.is_unbiased() ? colour::green : e.has_known_mean() ? colour::orange : blue;
}

// A scale of numbers along an axis: `at(low)` is `from`, `at(high)` is `to`.
struct scale {
  double low, high, from, to;

  double operator()(double x) const {
    return from + (to - from) * (std::clamp(x, low, high) - low) / (high - low);
  }
};

// The ends of an axis, a little behind the least and the greatest.
inline std::pair<double, double> ends_of(std::vector<double> const& all) {
  auto const [least, most] = std::ranges::minmax(all);
  double const room = (std::max)((most - least) / 12, 1e-3);
  return {least - room, most + room};
}

// Marks of an axis, at round numbers.
inline std::vector<double> marks(double low, double high) {
  double const raw = (high - low) / 4, unit = std::pow(10.0, std::floor(std::log10(raw)));
  double const by = unit * (raw < 1.5 * unit ? 1 : raw < 3.5 * unit ? 2 : raw < 7.5 * unit ? 5 : 10);
  std::vector<double> all;
  for (double k = std::ceil(low / by); k * by <= high; k += 1) all.push_back(k * by);
  return all;
}
inline std::string mark_text(double x) {
  std::string const text = support::fixed(x, std::abs(x - std::round(x)) < 1e-9 ? 0 : 2);
  return text == "-0" ? "0" : text;
}

inline void draw_means(support::canvas& c, values_findings const& f, std::size_t e, double left, double top,
                       double size) {
  // The same axes for all estimators: those of the one that spreads most.
  std::vector<double> right, up;
  for (state_estimates const& s : f.states) {
    right.push_back(s.advantage);
    for (estimated const& m : s.of) up.insert(up.end(), {m.mean - m.deviation, m.mean + m.deviation});
  }
  auto const [low, high] = detail::ends_of(right);
  auto const [lowest, highest] = detail::ends_of(up);
  scale const x{low, high, left, left + size}, y{lowest, highest, top + size, top};
  c.text(left, top - 10, f.estimators[e].name(), {.size = 14, .bold = true});
  c.line(left, top + size, left + size, top + size, colour::grey);
  c.line(left, top, left, top + size, colour::grey);
  for (double const m : detail::marks(low, high)) {
    c.text(x(m), top + size + 15, detail::mark_text(m), {.size = 11, .fill = colour::faint, .anchor = "middle"});
  }
  for (double const m : detail::marks(lowest, highest)) {
    c.text(left - 6, y(m) + 4, detail::mark_text(m), {.size = 11, .fill = colour::faint, .anchor = "end"});
  }
  c.line(x(low), y(low), x(high), y(high), colour::grey, 1);
  char const* const of = detail::colour_of(f.estimators[e]);
  for (state_estimates const& s : f.states) {
    estimated const& m = s.of[e];
    double const foot = y(m.mean - m.deviation), head = y(m.mean + m.deviation);
    c.rectangle(x(s.advantage) - 1, head, 2, foot - head, of, 0.2);
    c.line(x(s.advantage), y(m.mean - 3 * m.error), x(s.advantage), y(m.mean + 3 * m.error), of, 1);
    c.circle(x(s.advantage), y(m.mean), 2, of);
  }
  figures const all = f.of(e);
  c.text(left + 6, top + 8, "bias " + support::fixed(all.bias, 3), {.size = 12, .fill = of});
  c.text(left + 6, top + 24, std::to_string(all.at_exact) + " of " + std::to_string(f.states.size()) + " at the exact",
         {.size = 12, .fill = of});
}

// Of the next tokens that come first the one with most to see: an advantage, and continuations that differ.
inline state_estimates const& to_show(values_findings const& f) {
  auto const most = f.estimators.size();
  std::size_t last = 0;
  for (std::size_t e = 0; e < most; ++e) last = f.estimators[e].is == estimator::kind::gae ? e : last;
  auto const first = f.states.begin();
  auto const end = first + static_cast<std::ptrdiff_t>((std::min)(f.states.size(), std::size_t{12}));
  return *std::ranges::max_element(first, end, {}, [&](state_estimates const& s) {
    return (std::min)(std::abs(s.advantage), s.of[last].deviation);
  });
}

// One next token: the estimates over lambda.
inline void draw_lambdas(support::canvas& c, values_findings const& f, double left, double top, double width,
                         double height) {
  state_estimates const& s = detail::to_show(f);
  std::vector<estimated> all;
  for (std::size_t e = 0; e < f.estimators.size(); ++e) {
    if (f.estimators[e].is == estimator::kind::gae) all.push_back(s.of[e]);
  }
  std::vector<double> shown{s.advantage, 0};
  for (estimated const& m : all) shown.insert(shown.end(), {m.mean - m.deviation, m.mean + m.deviation});
  auto const [low, high] = detail::ends_of(shown);
  scale const x{0, 1, left, left + width}, y{low, high, top + height, top};
  c.text(left, top - 34, "GAE with the rough critic, next token " + detail::quoted(f.text_of(s.next)),
         {.size = 15, .bold = true});
  c.text(left, top - 14, "mean, 3 standard errors, and one estimate's deviation; line: bellman_lambda",
         {.size = 12, .fill = colour::faint});
  auto const band = [&](auto const& half, double opacity) {
    std::vector<support::place> points;
    for (std::size_t k = 0; k < all.size(); ++k) points.push_back({x(lambda_at(k)), y(all[k].mean + half(all[k]))});
    for (std::size_t k = all.size(); k-- > 0;) points.push_back({x(lambda_at(k)), y(all[k].mean - half(all[k]))});
    c.polygon(points, colour::orange, opacity);
  };
  for (double const m : detail::marks(low, high)) {
    c.line(left, y(m), left + width, y(m), colour::grey, 0.4);
    c.text(left - 8, y(m) + 4, detail::mark_text(m), {.size = 12, .fill = colour::faint, .anchor = "end"});
  }
  band([](estimated const& m) { return m.deviation; }, 0.15);
  band([](estimated const& m) { return 3 * m.error; }, 0.5);
  std::vector<support::place> known;
  for (std::size_t k = 0; k < all.size(); ++k) known.push_back({x(lambda_at(k)), y(all[k].known)});
  c.polyline(known, colour::ink, 1.2);
  for (std::size_t k = 0; k < all.size(); ++k) c.circle(x(lambda_at(k)), y(all[k].mean), 3, colour::orange);
  c.line(left, y(s.advantage), left + width, y(s.advantage), colour::green, 2);
  c.text(left + 8, y(s.advantage) - 6, "exact advantage", {.size = 12, .fill = colour::green});
  for (double const m : {0.0, 0.5, 1.0}) {
    c.text(x(m), top + height + 18, support::fixed(m, 1), {.size = 12, .fill = colour::faint, .anchor = "middle"});
  }
  c.text(left + width / 2, top + height + 36, "lambda", {.size = 13, .fill = colour::faint, .anchor = "middle"});
}

// All estimators: bias over deviation.
inline void draw_trade(support::canvas& c, values_findings const& f, double left, double top, double width,
                       double height) {
  double widest = 1e-6, most = 1e-6;
  for (std::size_t e = 0; e < f.estimators.size(); ++e) {
    widest = (std::max)(widest, f.of(e).deviation);
    most = (std::max)(most, f.of(e).bias);
  }
  scale const x{0, 1.3 * widest, left, left + width}, y{0, 1.08 * most, top + height, top};
  c.text(left, top - 34, "Bias and deviation", {.size = 15, .bold = true});
  c.text(left, top - 14, "root mean squares over all next tokens", {.size = 12, .fill = colour::faint});
  for (double const m : detail::marks(0, 1.08 * most)) {
    c.line(left, y(m), left + width, y(m), colour::grey, 0.4);
    c.text(left - 8, y(m) + 4, support::fixed(m, 2), {.size = 12, .fill = colour::faint, .anchor = "end"});
  }
  for (double const m : detail::marks(0, 1.3 * widest)) {
    c.text(x(m), top + height + 18, support::fixed(m, 2), {.size = 12, .fill = colour::faint, .anchor = "middle"});
  }
  c.text(left + width / 2, top + height + 36, "deviation of one estimate; upwards: bias",
         {.size = 13, .fill = colour::faint, .anchor = "middle"});
  std::vector<support::place> along;
  for (std::size_t e = 0; e < f.estimators.size(); ++e) {
    if (f.estimators[e].is == estimator::kind::gae) along.push_back({x(f.of(e).deviation), y(f.of(e).bias)});
  }
  c.polyline(along, colour::orange, 1.2);
  for (std::size_t e = 0; e < f.estimators.size(); ++e) {
    estimator const& of = f.estimators[e];
    figures const m = f.of(e);
    c.circle(x(m.deviation), y(m.bias), of.is == estimator::kind::gae ? 3 : 5, detail::colour_of(of));
  }
  using kind = estimator::kind;
  for (std::size_t e = 0; e < f.estimators.size(); ++e) {
    estimator const& of = f.estimators[e];
    figures const m = f.of(e);
    if (of.is == kind::gae && of.lambda != 0 && of.lambda != 0.5) continue;
    if (of.is == kind::gae_of_values && of.lambda != 0.5) continue;
    // Those without bias stand side by side: their names one above the other.
    bool const to_left = of.is == kind::clipped_vtrace;
    double const up = of.is == kind::monte_carlo ? 40
                      : of.is == kind::rloo      ? 25
                      : of.is == kind::vtrace    ? 10
                      : of.is == kind::dr_grpo   ? 8
                                                 : -4;
    if (up > 10) c.line(x(m.deviation), y(m.bias), x(m.deviation), y(m.bias) - up, detail::colour_of(of), 0.7);
    c.text(x(m.deviation) + (to_left ? -8 : up > 10 ? 3 : 8), y(m.bias) - up, of.name(),
           {.size = 12, .fill = detail::colour_of(of), .anchor = to_left ? "end" : "start"});
  }
}

}  // namespace detail

inline void draw(std::ostream& out, values_findings const& f) {
  namespace colour = support::colour;
  support::canvas c(1180);
  c.text(40, 46, "Estimates on a language model, held against its exact values", {.size = 25, .bold = true});
  c.text(40, 72,
         "\"" + f.asked.prompt + "\" and " + std::to_string(f.asked.tokens) + " tokens; what is paid is " + f.paid_for +
             ". Each dot is one of " + std::to_string(f.states.size()) + " next tokens:",
         {.size = 14, .fill = colour::faint});
  c.text(40, 92,
         "to the right its exact advantage, upwards the mean of " + support::with_commas(f.asked.how.rollouts) +
             " estimates with three standard errors; pale: one estimate's deviation. On the line there is no bias.",
         {.size = 14, .fill = colour::faint});
  double at = 40;
  for (auto const& [of, words] : {std::pair{colour::green, "without bias"},
                                  std::pair{colour::orange, "with a bias that is known exactly"},
                                  std::pair{detail::blue, "divided by a deviation that is drawn too"}}) {
    c.circle(at + 6, 112, 5, of);
    c.text(at + 18, 117, words, {.size = 13});
    at += 42 + 7.2 * static_cast<double>(std::string(words).size());
  }
  using kind = estimator::kind;
  constexpr std::array<std::pair<kind, double>, 10> panels{{{kind::monte_carlo, 1},
                                                            {kind::gae_of_values, 0.5},
                                                            {kind::gae, 0},
                                                            {kind::gae, 0.5},
                                                            {kind::gae, 0.9},
                                                            {kind::rloo, 1},
                                                            {kind::dr_grpo, 1},
                                                            {kind::grpo, 1},
                                                            {kind::vtrace, 1},
                                                            {kind::clipped_vtrace, 1}}};
  for (std::size_t k = 0; k < panels.size(); ++k) {
    for (std::size_t e = 0; e < f.estimators.size(); ++e) {
      if (f.estimators[e].is != panels[k].first || f.estimators[e].lambda != panels[k].second) continue;
      detail::draw_means(c, f, e, 60 + 228 * static_cast<double>(k % 5), k < 5 ? 160 : 400, 180);
    }
  }
  detail::draw_lambdas(c, f, 70, 690, 460, 260);
  detail::draw_trade(c, f, 660, 690, 460, 260);
  c.write(out, 1010);
}

}  // namespace story_model
