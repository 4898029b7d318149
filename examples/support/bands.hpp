// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/probability/running_statistics.hpp>
#include <bellman/probability/spread.hpp>

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

// What is said of something that is measured in several runs.
namespace support {

/// The distribution function of Student's t with `n` degrees of freedom, of `t >= 0`.
///
/// Source: Abramowitz and Stegun, 26.7.3 and 26.7.4.
inline double student_t(double t, std::size_t n) {
  double const x = std::atan(t / std::sqrt(static_cast<double>(n)));
  double const square = std::cos(x) * std::cos(x);
  bool const odd = n % 2 == 1;
  double term = odd ? std::cos(x) : 1;
  double total = n == 1 ? 0 : term;
  for (std::size_t k = odd ? 3 : 2; k + 2 <= n; k += 2) {
    term *= square * static_cast<double>(k - 1) / static_cast<double>(k);
    total += term;
  }
  double const inside = odd ? 2 / std::numbers::pi * (x + std::sin(x) * total) : std::sin(x) * total;
  return 0.5 + inside / 2;
}

/// What 97.5 % of that distribution lie below.
inline double student_t_975(std::size_t n) {
  double below = 0, above = 20;
  while (above - below > 1e-9) {
    double const middle = (below + above) / 2;
    (student_t(middle, n) < 0.975 ? below : above) = middle;
  }
  return above;
}

/// A mean over runs, and how far the true one may be from it: `t s / sqrt(n)`, of 95 % of such bands.
struct band {
  double mean = 0;
  double half_width = 0;

  double lower() const { return mean - half_width; }
  double upper() const { return mean + half_width; }
};

inline band band_of(bellman::running_statistics<double> const& seen) {
  auto const s = seen.value();
  if (s.count < 2) return {s.mean, 0};
  double const deviation = bellman::standard_deviation{}(s);
  return {s.mean, student_t_975(s.count - 1) * deviation / std::sqrt(static_cast<double>(s.count))};
}

/// Something that is measured at each look, in one run.
using course = std::vector<double>;

/// The same over all runs.
class courses {
 public:
  void add(course const& one) {
    all_.resize(one.size());
    for (std::size_t i = 0; i < one.size(); ++i) all_[i].add(one[i]);
  }
  bool empty() const { return all_.empty(); }
  std::size_t size() const { return all_.size(); }
  band operator[](std::size_t look) const { return band_of(all_[look]); }
  band last() const { return band_of(all_.back()); }

 private:
  std::vector<bellman::running_statistics<double>> all_;
};

}  // namespace support
