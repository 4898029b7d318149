// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/dual.hpp>

#include "engine.hpp"
#include "fixed_point.hpp"
#include "fleet.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

// The costs under which what was decided is most likely.
namespace bus_engine {

/// A number with its derivatives by the two costs, and with the second derivatives too.
using first_order = bellman::dual<double, 2>;
using second_order = bellman::dual<first_order, 2>;

using vector2 = std::array<double, 2>;
using matrix2 = std::array<vector2, 2>;

namespace detail {

inline std::optional<matrix2> inverse(matrix2 const& m) {
  double const determinant = m[0][0] * m[1][1] - m[0][1] * m[1][0];
  if (!(determinant > 0)) return std::nullopt;
  return matrix2{vector2{m[1][1] / determinant, -m[0][1] / determinant},
                 vector2{-m[1][0] / determinant, m[0][0] / determinant}};
}

inline vector2 times(matrix2 const& m, vector2 const& x) {
  return {m[0][0] * x[0] + m[0][1] * x[1], m[1][0] * x[0] + m[1][1] * x[1]};
}

inline void add_square(matrix2& m, double weight, vector2 const& x) {
  for (std::size_t i = 0; i < 2; ++i) {
    for (std::size_t j = 0; j < 2; ++j) m[i][j] += weight * x[i] * x[j];
  }
}

// The standard errors of the costs, where the curvature of the likelihood is less this.
inline std::optional<costs<double>> standard_errors(matrix2 const& sharpness) {
  auto const variance = detail::inverse(sharpness);
  if (!variance || !((*variance)[0][0] > 0)) return std::nullopt;
  return costs<double>{std::sqrt((*variance)[0][0]), std::sqrt((*variance)[1][1])};
}

}  // namespace detail

/// The likelihood of a fleet's decisions, of which the costs are the unknowns.
class likelihood {
 public:
  likelihood(counts its_counts, double its_gamma) : n_(std::move(its_counts)), grows_(n_.grows()), gamma_(its_gamma) {}

  counts const& of() const { return n_; }
  double gamma() const { return gamma_; }
  engine<double> engine_at(costs<double> const& c) const { return {c, grows_}; }

  solved_engine solve(costs<double> const& c) const { return bus_engine::solve_engine(engine_at(c), gamma_); }
  garage<double> decisions_at(costs<double> const& c) const {
    return garage<double>(engine_at(c), gamma_, solve(c).value);
  }

  double operator()(costs<double> const& c) const { return sum_over(decisions_at(c)); }

  /// The value, the gradient, and two measures of how sharp the likelihood is, which come close to less its second
  /// derivatives as a fleet grows: their mean under the model, and the squares of the gradients of single decisions.
  struct score {
    double value;
    vector2 gradient;
    matrix2 information;
    matrix2 squares;
  };
  score score_at(costs<double> const& c) const {
    auto const policy = garage_at<first_order>(
        {first_order::variable(c.replacement, 0), first_order::variable(c.running, 1)}, solve(c).value, 1);
    auto const sum = sum_over(policy);
    score s{sum.value, sum.derivative, {}, {}};
    for (int x = 0; x < bins; ++x) {
      auto const& n = n_.decided[static_cast<std::size_t>(x)];
      for (decision const d : decisions) {
        auto const p = policy.log_probability(x, d);
        double const expected = static_cast<double>(n[0] + n[1]) * std::exp(p.value);
        detail::add_square(s.information, expected, p.derivative);
        detail::add_square(s.squares, static_cast<double>(n[static_cast<std::size_t>(d)]), p.derivative);
      }
    }
    return s;
  }

  /// The second derivatives.
  matrix2 curvature_at(costs<double> const& c) const {
    auto const variable = [](double x, std::size_t k) {
      return second_order(first_order::variable(x, k), {first_order(k == 0 ? 1 : 0), first_order(k == 1 ? 1 : 0)});
    };
    auto const policy =
        garage_at<second_order>({variable(c.replacement, 0), variable(c.running, 1)}, solve(c).value, 2);
    auto const sum = sum_over(policy);
    return {sum.derivative[0].derivative, sum.derivative[1].derivative};
  }

 private:
  template <class N>
  garage<N> garage_at(costs<N> const& c, values<double> const& v, int steps) const {
    engine<N> const env{c, grows_};
    return garage<N>(env, gamma_, bus_engine::with_derivatives(env, gamma_, v, steps));
  }

  template <class N>
  N sum_over(garage<N> const& policy) const {
    N all(0);
    for (int x = 0; x < bins; ++x) {
      for (decision const d : decisions) {
        std::size_t const n = n_.decided[static_cast<std::size_t>(x)][static_cast<std::size_t>(d)];
        if (n != 0) all += policy.log_probability(x, d) * static_cast<double>(n);
      }
    }
    return all;
  }

  counts n_;
  growth grows_;
  double gamma_;
};

/// The most likely costs.
struct estimate {
  costs<double> cost;
  costs<double> error;              ///< standard errors from the second derivatives
  costs<double> error_by_squares;   ///< and from the squares of gradients (Berndt, Hall, Hall and Hausman 1974)
  double decisions;                 ///< the log-likelihood of the decisions
  double rises;                     ///< and that of the mileage
  vector2 gradient;                 ///< left at the end
  std::vector<costs<double>> path;  ///< from the start on
};

/// Fisher's scoring: Newton's method with the information for the curvature, and half a step where a whole one makes
/// things less likely. `none` where the decisions do not tell the costs.
inline std::optional<estimate> most_likely(likelihood const& of, costs<double> start = {5, 1}) {
  costs<double> at = start;
  auto s = of.score_at(at);
  std::vector<costs<double>> path{at};
  for (int step = 0; step < 100; ++step) {
    auto const inverse = detail::inverse(s.information);
    if (!inverse) return std::nullopt;
    vector2 const move = detail::times(*inverse, s.gradient);
    // The gain that is still to be had, twice over.
    if (move[0] * s.gradient[0] + move[1] * s.gradient[1] < 1e-16) break;
    bool better = false;
    for (double length = 1; length > 1e-6 && !better; length /= 2) {
      costs<double> const to{at.replacement + length * move[0], at.running + length * move[1]};
      auto const there = of.score_at(to);
      better = there.value > s.value;
      if (!better) continue;
      at = to;
      s = there;
      path.push_back(at);
    }
    if (!better) break;  // within rounding of the top
  }
  auto const curvature = of.curvature_at(at);
  auto const error = detail::standard_errors(
      {vector2{-curvature[0][0], -curvature[0][1]}, vector2{-curvature[1][0], -curvature[1][1]}});
  auto const by_squares = detail::standard_errors(s.squares);
  if (!error || !by_squares) return std::nullopt;
  return estimate{at, *error, *by_squares, s.value, of.of().log_likelihood_of_rises(), s.gradient, std::move(path)};
}

}  // namespace bus_engine
