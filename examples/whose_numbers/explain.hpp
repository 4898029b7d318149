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
  std::vector<std::string> some, everywhere;
  for (library const& l : libraries()) {
    // Without a lambda of its own it is the case of lambda 1, and of V-trace the only one.
    if (uses_lambda(best.what) && !l.uses_lambda && best.at.lambda != 1) continue;
    auto const xs = computed_by(l, f.of, best.at);
    if (!xs) continue;
    for (rows const* numbers : {&xs->first, &xs->second}) {
      if (!nearly_same(f.of, *out.explained, *numbers, out.within.tight)) continue;
      bool const raw = best.finish == 0;
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
  for (bool const keep : {true, false}) {
    for (library const& l : libraries()) {
      std::optional<std::pair<setting, double>> best;
      for (setting const& at :
           settings_of(l.uses_lambda ? quantity::gae : quantity::returns_to_go, f.of.given, keep, 1)) {
        auto const xs = computed_by(l, f.of, at);
        if (!xs) break;
        for (rows const* numbers : {&xs->first, &xs->second}) {
          if (numbers->empty() || (*numbers)[0].empty()) continue;
          double const error = compared(out.column, f.of, *numbers, out.within.loose).error;
          if (error <= out.within.loose && (!best || error < best->second)) best = {at, error};
        }
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
    double const error = compared(out.column, f.of, on_tokens(f.of, v.numbers), out.within.loose).error;
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
    std::size_t which = f.readings[e->reading].is_right() ? e->reading : 0;
    out.right_raw = estimated<double>(f.readings[which], e->what, e->at, f.of.given);
    if (!out.right_raw && f.readings.size() > 1 && f.readings[1].is_right()) {
      which = 1;
      out.right_raw = estimated<double>(f.readings[which], e->what, e->at, f.of.given);
    }
    reading const& right = f.readings[which];
    if (!out.right_raw) {
      out.missing = missing_values(right);
      return;
    }
    // Under a whitening that is wrong, the right one is that of the tokens.
    std::size_t const how = f.finishes[e->finish].mistake.empty() ? e->finish : 1;
    out.right = how == 0 ? out.right_raw : f.finishes[how].apply(f.of, *out.right_raw);
    std::size_t numbers = 0;
    for (sequence const& s : f.of.sequences) numbers += s.size();
    if (how == 0 && numbers <= 10000) out.right_exact = estimated<exact>(right, e->what, e->at, f.of.given);
  } catch (std::overflow_error const&) {  // too long to be exact
  } catch (bellman::invalid_value const&) {
    out.right_raw = out.right = std::nullopt;
  }
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
  for (printed const& p : f.of.columns) {
    finding out;
    out.column = p;
    out.within = tolerance_of(p);
    if (!f.of.groups.empty()) {
      detail::find_of_answers(f, out);
    } else {
      detail::searcher search(f, p, out.within);
      search.search(out);
      if (out.found.empty()) {
        detail::ask_libraries(f, out);
        if (out.only_libraries.size() > 0 && out.nearest) out.nearest->at = out.only_libraries.front().second;
      } else {
        out.explained = search.raw(out.found.front());
        detail::name_libraries(f, out);
      }
      detail::find_right(f, out);
    }
    f.columns.push_back(std::move(out));
  }
  return f;
}

}  // namespace whose_numbers
