// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "answers.hpp"
#include "estimates.hpp"
#include "findings.hpp"
#include "finishes.hpp"
#include "libraries.hpp"
#include "readings.hpp"
#include "recording.hpp"
#include "search.hpp"

#include <bellman/error.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

// All that can be said of a recording: what explains its numbers, who computes them so, and the right ones.
namespace whose_numbers {

namespace detail {

inline bool nearly_same(recording const& r, rows const& a, rows const& b, double within) {
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].size() != b[i].size()) return false;
    for (std::size_t t = 0; t < a[i].size(); ++t) {
      if (r.sequences[i].own[t] && !(std::fabs(a[i][t] - b[i][t]) <= within)) return false;
    }
  }
  return true;
}

/// Who computes the numbers of the best explanation.
inline void name_libraries(findings const& f, finding& out) {
  explanation const& best = out.found.front();
  if (best.at.rewards_times != 1) return;
  double const size = (std::max)(largest_input_of(f.of), largest_of(f.of, *out.explained));
  std::vector<std::string> some, everywhere;
  for (library const& l : libraries()) {
    // Without a lambda of its own it is the case of lambda 1, and of V-trace the only one.
    if (uses_lambda(best.what) && !l.uses_lambda && best.at.lambda != 1) continue;
    auto const xs = computed_by(l, f.of, best.at);
    if (!xs) continue;
    for (rows const* numbers : {&xs->first, &xs->second}) {
      if (!nearly_same(f.of, *out.explained, *numbers, 1e-9 * size)) continue;
      bool const raw = best.finish == 0 && !best.over;
      bool const all = raw && compared(out.column, f.of, *numbers, out.within.loose).everywhere;
      auto& into = all ? everywhere : some;
      std::string const name = l.name + " (" + l.what + ")";
      if (std::find(into.begin(), into.end(), name) == into.end()) into.push_back(name);
      break;
    }
  }
  // Where there is a mask, what a library writes at masked steps tells it from others.
  out.libraries = std::move(everywhere);
  if (!f.of.has_mask || out.libraries.empty()) {
    out.libraries.insert(out.libraries.end(), some.begin(), some.end());
  }
}

/// What none of the readings explains, a library may.
inline void ask_libraries(findings const& f, finding& out) {
  sample const some = sample_of(f.of, out.column);
  for (bool const keep : {true, false}) {
    for (library const& l : libraries()) {
      std::optional<std::pair<setting, double>> best;
      for (setting const& at :
           settings_of(l.uses_lambda ? quantity::gae : quantity::returns_to_go, f.of.given, keep, 1)) {
        auto const error_in = [&](recording const& r, printed const& p) {
          double least = std::numeric_limits<double>::infinity();
          auto const xs = computed_by(l, r, at);
          if (!xs) return least;
          for (rows const* numbers : {&xs->first, &xs->second}) {
            if (numbers->empty() || (*numbers)[0].empty()) continue;
            closeness const close = compared(p, r, *numbers, out.within.loose);
            if (close.nans == 0) least = (std::min)(least, close.error);
          }
          return least;
        };
        if (!(error_in(some.of, some.column) <= out.within.loose)) continue;
        double const error = error_in(f.of, out.column);
        if (error <= out.within.loose && (!best || error < best->second)) best = {at, error};
      }
      if (best) out.only_libraries.emplace_back(l.name + " (" + l.what + ")", best->first);
    }
    if (!out.only_libraries.empty()) {
      out.with_other_parameters = !keep;
      return;
    }
  }
}

template <class R>
table_of<R> on_tokens(recording const& r, std::vector<R> const& of_answers) {
  table_of<R> all;
  for (std::size_t i = 0; i < r.sequences.size(); ++i) {
    all.emplace_back();
    for (char const own : r.sequences[i].own) all[i].push_back(own ? of_answers[i] : R(0));
  }
  return all;
}

inline void find_of_answers(findings const& f, finding& out) {
  auto all = variants_of(f.of);
  double least = std::numeric_limits<double>::infinity();
  std::vector<std::pair<double, variant>> found;
  for (variant const& v : all) {
    closeness const close = compared(out.column, f.of, on_tokens(f.of, v.numbers), out.within.loose);
    double const error = close.nans == 0 ? close.error : std::numeric_limits<double>::infinity();
    if (error <= out.within.loose) found.emplace_back(error, v);
    if (error < least) {
      least = error;
      out.nearest_variant = v;
    }
  }
  // Methods that differ by an epsilon are told apart by what is left.
  sort_by(found, [&](auto const& x) {
    bool const is_loose = x.first > out.within.tight;
    return std::tuple(is_loose, !x.second.mistake.empty(), is_loose ? x.first : 0.0);
  });
  for (auto const& x : found) {
    if (x.first > out.within.tight && found.front().first <= out.within.tight) break;
    out.variants.push_back(x.second);
  }
  if (out.variants.empty()) return;
  variant const& best = out.variants.front();
  out.explained = on_tokens(f.of, best.numbers);
  answers const a = answers_of(f.of);
  try {
    if (auto const xs = right_of<double>(best.of, a)) {
      out.right_raw = out.right = on_tokens(f.of, *xs);
      if (auto const ys = right_of<exact>(best.of, a)) out.right_exact = on_tokens(f.of, *ys);
    }
  } catch (std::overflow_error const&) {     // too long to be exact
  } catch (bellman::invalid_value const&) {  // there are none for these groups
  }
}

inline void find_right(findings const& f, finding& out) {
  explanation const* const e = !out.found.empty() ? &out.found.front() : out.nearest ? &*out.nearest : nullptr;
  if (e == nullptr) return;
  try {
    quantity const q = meant_by(out.column.name, e->what, f.of.has_values);
    setting at = e->at;
    at.rewards_times = 1;
    if (!uses_lambda(e->what) && uses_lambda(q)) at.lambda = 1;
    auto read = f.readings[f.readings[e->reading].is_right() ? e->reading : 0].of(f.of);
    out.right_raw = estimated<double>(read, q, at, f.of.given);
    if (!out.right_raw && f.readings.size() > 1 && f.readings[1].is_right()) {
      read = f.readings[1].of(f.of);
      out.right_raw = estimated<double>(read, q, at, f.of.given);
    }
    if (!out.right_raw) {
      out.missing = missing_values(read);
      return;
    }
    finish const& how = f.finishes[f.finishes[e->finish].right];
    out.right = how.apply(f.of, *out.right_raw);
    if (e->over && out.right) {
      for (row& some : *out.right) {
        for (double& x : some) x = e->over->times * x + e->over->plus;
      }
    }
    std::size_t numbers = 0;
    for (sequence const& s : f.of.sequences) numbers += s.size();
    if (how.makes == shape::same && !e->over && numbers <= 10000) {
      out.right_exact = estimated<exact>(read, q, at, f.of.given);
    }
  } catch (std::overflow_error const&) {  // too long to be exact
  } catch (bellman::invalid_value const&) {
    out.right_raw = out.right = std::nullopt;
  }
}

/// What explains a column of steps: one mistake at most, then what rewards or numbers may be multiplied by, then two.
inline void find_of_steps(findings& f, finding& out, std::size_t with_one) {
  searcher search(f, out.column);
  out.within = tolerance_of(out.column, f.of, largest_input_of(f.of));
  search.search(0, with_one, true, out);
  if (out.found.empty()) ask_libraries(f, out);
  if (out.found.empty() && out.only_libraries.empty()) search.search_scaled(out);
  if (out.found.empty() && out.only_libraries.empty()) {
    if (f.readings.size() == with_one) {
      auto two = readings_with_two(f.readings);
      std::move(two.begin(), two.end(), std::back_inserter(f.readings));
    }
    search.search(with_one, f.readings.size(), false, out);
  }
  if (out.found.empty()) {
    out.nearest = search.nearest();
    if (out.nearest && !out.only_libraries.empty()) out.nearest->at = out.only_libraries.front().second;
    if (out.nearest) out.left_of_nearest = search.share_left(*out.nearest);
  } else {
    out.within = out.found.front().within;
    out.explained = search.raw(out.found.front());
    name_libraries(f, out);
  }
  find_right(f, out);
}

}  // namespace detail

/// Everything that can be said of the recording.
inline findings explained(recording r) {
  findings f;
  f.of = std::move(r);
  if (f.of.groups.empty()) {
    f.readings = readings_of(f.of);
    f.finishes = finishes_of(f.of);
  }
  std::size_t const with_one = f.readings.size();
  for (printed const& p : f.of.columns) {
    finding out;
    out.column = p;
    if (!f.of.groups.empty()) {
      out.within = tolerance_of(p, f.of, 0);
      detail::find_of_answers(f, out);
    } else {
      detail::find_of_steps(f, out, with_one);
    }
    f.columns.push_back(std::move(out));
  }
  return f;
}

}  // namespace whose_numbers
