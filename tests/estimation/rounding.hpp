// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/step.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include <rapidcheck.h>

#include "estimation/every_estimator.hpp"
#include "estimation/random_recording.hpp"

namespace estimators {

/// How far an estimate may be from the exact one, relative to the size of what was added up.
///
/// In whatever order n maps are composed, what a step contributes is multiplied by each slope in between once, and each
/// slope was made with two roundings, `lambda c` and `lambda c gamma`: three roundings a step. It goes through one
/// addition for each map that is put before it and one for each level of the tree at which something is put behind it,
/// at most n + log2(16). Making the offsets and reading off the estimate take not more than 20 further ones. So it was
/// rounded at most k = 4 n + 24 times, which makes a relative error of `k u / (1 - k u)` with u half an epsilon (Higham
/// 2002, lemma 3.1).
template <class T>
long double rounding_of(std::size_t n) {
  long double const k = 4 * static_cast<long double>(n) + 24;
  long double const u = static_cast<long double>(std::numeric_limits<T>::epsilon()) / 2;
  return k * u / (1 - k * u);
}

inline long double magnitude(long double x) { return x < 0 ? -x : x; }

/// The recording in numbers of N, or what they measure.
template <class N, class T, class F>
recording<N> each_of(recording<T> const& r, F const& f) {
  auto const all = [&](std::vector<T> const& xs) {
    std::vector<N> out;
    for (T x : xs) out.push_back(f(static_cast<N>(x)));
    return out;
  };
  recording<N> out{{all(r.of.rewards), all(r.of.values), all(r.of.action_values), all(r.of.ratios)}, {}};
  for (auto const& s : r.steps) {
    if (s.is_skipped()) {
      out.steps.push_back(bellman::skipped{});
    } else if (s.is_ended()) {
      out.steps.push_back(bellman::truncated{f(static_cast<N>(s.after()))});
    } else {
      out.steps.push_back(bellman::continues{});
    }
  }
  return out;
}

/// What the estimators of a recording should say, computed in long double by plain loops, and how far off they may be.
template <class Estimator, class T>
struct exact_estimates {
  std::array<std::vector<long double>, Estimator::count> values;
  std::array<std::vector<long double>, Estimator::count> sizes;

  exact_estimates(recording<T> const& r, T gamma, T lambda) {
    auto const as_it_is = each_of<long double>(r, [](long double x) { return x; });
    auto const in_size = each_of<long double>(r, magnitude);
    long double const g = gamma;
    long double const l = lambda;
    values = plain_estimates(Estimator{}, as_written{}, as_it_is.of, as_it_is.steps, g, l);
    sizes = plain_estimates(Estimator{}, of_sizes{}, in_size.of, in_size.steps, g, l);
  }

  /// Near enough where the exact estimate is finite, else the same infinity, or a NaN as well.
  template <class Found>
  bool agree_with(Found const& found) const {
    for (std::size_t i = 0; i < Estimator::count; ++i) {
      std::size_t const n = values[i].size();
      if (found[i].size() != n) return false;
      for (std::size_t t = 0; t < n; ++t) {
        long double const x = found[i][t];
        long double const y = values[i][t];
        if (std::isnan(y)   ? !std::isnan(x)
            : std::isinf(y) ? x != y
                            : !(magnitude(x - y) <= rounding_of<T>(n) * sizes[i][t])) {
          return false;
        }
      }
    }
    return true;
  }
};

/// Numbers that no float has exactly.
template <class T>
recording<T> random_real_recording(std::size_t n) {
  auto r = random_recording<T>(n);
  for (auto* column : {&r.of.rewards, &r.of.values, &r.of.action_values, &r.of.ratios}) {
    for (T& x : *column) x = x * T(8) / T(11);
  }
  return r;
}

}  // namespace estimators
