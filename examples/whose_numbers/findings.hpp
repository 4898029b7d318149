// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "answers.hpp"
#include "estimates.hpp"
#include "finishes.hpp"
#include "readings.hpp"
#include "recording.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// What can be found out about a column, and what counts as equal.
namespace whose_numbers {

/// How near computed numbers are to those that were printed.
struct closeness {
  double error = std::numeric_limits<double>::infinity();  ///< the largest difference, at own steps
  bool everywhere = false;                                 ///< at masked steps too
  std::size_t nans = 0;                                    ///< printed at own steps where there is a number
};

/// What counts as equal: to rounding, or within what was printed.
struct tolerance {
  double tight = 0, loose = 0;
};

namespace detail {

/// The largest of the numbers of own steps, without its sign.
inline double largest_of(recording const& r, rows const& xs) {
  double most = 0;
  for (std::size_t i = 0; i < xs.size(); ++i) {
    for (std::size_t t = 0; t < xs[i].size(); ++t) {
      if (r.sequences[i].own[t] && !std::isnan(xs[i][t])) most = (std::max)(most, std::fabs(xs[i][t]));
    }
  }
  return most;
}

/// The largest reward or value: single precision loses so much of it that is not seen in a small difference of two.
inline double largest_input_of(recording const& r) {
  double most = 0;
  for (sequence const& s : r.sequences) {
    for (std::size_t t = 0; t < s.size(); ++t) {
      if (!s.own[t]) continue;
      most = (std::max)(most, std::fabs(s.rewards[t]));
      if (!s.values.empty()) most = (std::max)(most, std::fabs(s.values[t]));
    }
  }
  return most;
}

inline bool differ(double printed_number, bool printed_nan, double x, double within) {
  if (printed_nan) return !std::isnan(x);
  if (std::isnan(printed_number)) return false;
  return !(std::fabs(printed_number - x) <= within);
}

}  // namespace detail

/// What counts as equal to numbers that were printed, where what they were computed from is as large as `size`.
inline tolerance tolerance_of(printed const& p, recording const& r, double size) {
  double const scale = (std::max)(size, detail::largest_of(r, p.numbers));
  return {1e-9 * scale, (std::max)(1.001 * p.precision, 3e-6 * scale)};
}

inline closeness compared(printed const& p, recording const& r, rows const& xs, double within) {
  closeness c{0, true};
  for (std::size_t i = 0; i < xs.size(); ++i) {
    for (std::size_t t = 0; t < xs[i].size(); ++t) {
      double const x = xs[i][t];
      bool const is_other = detail::differ(p.numbers[i][t], p.is_nan[i][t] != 0, x, within);
      if (!r.sequences[i].own[t]) {
        c.everywhere = c.everywhere && !is_other;
      } else if (p.is_nan[i][t] || std::isnan(x)) {
        if (is_other && p.is_nan[i][t]) ++c.nans;
        if (is_other && !p.is_nan[i][t]) c.error = std::numeric_limits<double>::infinity();
      } else if (!std::isnan(p.numbers[i][t])) {
        c.error = (std::max)(c.error, std::fabs(p.numbers[i][t] - x));
      }
    }
  }
  c.everywhere = c.everywhere && c.nans == 0 && c.error <= within;
  return c;
}

/// `times x + plus`.
struct straight_line {
  double times = 1, plus = 0;
};

/// One explanation of the numbers.
struct explanation {
  quantity what = quantity::gae;
  std::size_t reading = 0, finish = 0;  ///< their numbers
  setting at{};
  std::optional<straight_line> over{};  ///< where they are such a line of what is known, and no finish that is known
  double error = 0;
  std::size_t nans = 0;  ///< that were printed where there is a number
  tolerance within{};
  bool is_tight = false;
  bool gamma_is_free = false, lambda_is_free = false;  ///< whether every value of it gives the same
};

/// What is known of a column.
struct finding {
  printed column;

  std::vector<explanation> found;                               ///< the best first
  std::optional<explanation> nearest;                           ///< where none was found
  double left_of_nearest = 0;                                   ///< as a part of the deviation of what was printed
  bool with_other_parameters = false;                           ///< than those that were given
  bool refined = false;                                         ///< the parameters are none of the usual ones
  std::vector<std::string> libraries;                           ///< who computes the best
  std::vector<std::pair<std::string, setting>> only_libraries;  ///< where no reading explains them, but these do

  std::vector<variant> variants;  ///< of answers: those that explain them, the best first
  std::optional<variant> nearest_variant;

  std::optional<rows> explained;         ///< the numbers of the best explanation, before they are whitened
  std::optional<rows> right_raw, right;  ///< the right numbers, before and after
  std::optional<table_of<exact>> right_exact;
  tolerance within;            ///< that of the best
  std::vector<place> missing;  ///< the values that the right numbers need
};

/// The readings, the ways to whiten, and what was found of each column.
struct findings {
  recording of;
  std::vector<reading> readings;
  std::vector<finish> finishes;
  std::vector<finding> columns;
};

}  // namespace whose_numbers
