// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/mean_loss.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/loss/value_loss.hpp>
#include <bellman/scalar/dual.hpp>

#include <cstddef>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace mean_losses {

using bellman::clipped_value_loss;
using bellman::dual;
using bellman::fixed_length;
using bellman::mean_loss;
using bellman::rational;
using bellman::sequence_mean;
using bellman::squared_error;
using bellman::token_mean;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

template <class T>
using rows = std::vector<std::vector<T>>;

// The derivative in each x, in one pass for each.
template <class T, class Loss, class Scope, class... Rest>
rows<T> by_duals(Loss const& loss, Scope const& scope, rows<T> const& xs, Rest const&... rest) {
  rows<T> gradients = xs;
  rows<dual<T>> point;
  for (auto const& row : xs) point.emplace_back(row.begin(), row.end());
  auto const mean = [&] {
    auto all = scope(bellman::token_sum(loss, point[0], rest[0]...));
    for (std::size_t i = 1; i < point.size(); ++i) all += scope(bellman::token_sum(loss, point[i], rest[i]...));
    return all.value();
  };
  for (std::size_t i = 0; i < point.size(); ++i) {
    for (std::size_t t = 0; t < point[i].size(); ++t) {
      point[i][t] = dual<T>::variable(xs[i][t]);
      gradients[i][t] = mean().derivative[0];
      point[i][t] = dual<T>(xs[i][t]);
    }
  }
  return gradients;
}

template <class T, class Loss, class Scope, class... Rest>
bool agree(T tolerance, Loss const& loss, Scope const& scope, rows<T> const& xs, Rest const&... rest) {
  rows<T> gradients = xs;
  mean_loss(loss, scope, gradients, xs, rest...);
  auto const expected = by_duals(loss, scope, xs, rest...);
  for (std::size_t i = 0; i < xs.size(); ++i) {
    for (std::size_t t = 0; t < xs[i].size(); ++t) {
      if (!approx_equal(gradients[i][t], expected[i][t], tolerance)) return false;
    }
  }
  return true;
}

template <class T>
bool all_agree(T tolerance, rows<T> const& xs, rows<T> const& ys, rows<T> const& zs) {
  auto const in_scopes = [&](auto const& loss, auto const&... rest) {
    return agree(tolerance, loss, token_mean{}, xs, rest...) && agree(tolerance, loss, sequence_mean{}, xs, rest...) &&
           agree(tolerance, loss, fixed_length{3}, xs, rest...);
  };
  return in_scopes(squared_error, ys) && in_scopes(clipped_value_loss(T(0.25)), ys, zs) && in_scopes(bellman::k1, ys) &&
         in_scopes(bellman::k2, ys) && in_scopes(bellman::k3, ys) &&
         in_scopes(bellman::straight_through{bellman::k3, bellman::k2}, ys);
}

TEST_CASE("the gradient of a critic's loss, in fractions") {
  CHECK(true_at_both_times([] {
    rows<rational> gradients{{7, 7}, {7}};
    rows<rational> const values{{1, 2}, {4}}, returns{{3, 2}, {1}};
    auto const loss = mean_loss(squared_error, token_mean{}, gradients, values, returns);
    return loss.value() == rational(13, 6) && gradients == rows<rational>{{rational(-2, 3), 0}, {1}};
  }));
  CHECK(true_at_both_times([] {
    // The value has left its range towards the return, and away from it, and lies on its bound.
    rows<rational> gradients{{7, 7, 7}};
    rows<rational> const values{{2, 0, rational(6, 5)}}, old{{1, 1, 1}}, returns{{3, 3, 3}};
    auto const loss =
        mean_loss(clipped_value_loss{rational(1, 5)}, bellman::sequence_sum{}, gradients, values, old, returns);
    return loss.value() == rational(81, 50) + rational(9, 2) + rational(81, 50) &&
           gradients == rows<rational>{{0, -3, rational(-9, 5)}};
  }));
}

TEST_CASE("the gradients of estimates of a divergence") {
  CHECK(true_at_both_times([] {
    rows<double> const log_probs{{-1.0, -2.0}}, reference{{-1.5, -1.0}};
    auto const of = [&](auto const& estimate) {
      rows<double> gradients{{7.0, 7.0}};
      mean_loss(estimate, token_mean{}, gradients, log_probs, reference);
      return gradients[0];
    };
    auto const k3 = of(bellman::k3);
    // k1: 1; k2: l; k3: 1 - exp(-l); each of two tokens.
    return of(bellman::k1) == std::vector{0.5, 0.5} && of(bellman::k2) == std::vector{0.25, -0.5} &&
           of(bellman::straight_through{bellman::k1, bellman::k2}) == of(bellman::k2) &&
           approx_equal(k3[0], (1 - bellman::exp(-0.5)) / 2, 1e-15) &&
           approx_equal(k3[1], (1 - bellman::exp(1.0)) / 2, 1e-15);
  }));
}

TEST_CASE("the gradients of mean losses are their derivatives by dual numbers") {
  std::mt19937_64 urbg(21);
  std::uniform_real_distribution<double> draw(-1.0, 1.0);
  for (int k = 0; k < 20; ++k) {
    rows<double> xs{{draw(urbg)}}, ys{{draw(urbg)}}, zs{{draw(urbg)}};
    for (std::size_t i = 0; i < 3; ++i) {
      std::size_t const n = urbg() % 5;
      for (auto* batch : {&xs, &ys, &zs}) {
        batch->emplace_back(n);
        for (double& x : batch->back()) x = draw(urbg);
      }
    }
    CHECK(all_agree(1e-12, xs, ys, zs));
    auto const narrow = [](rows<double> const& wide) {
      rows<float> all;
      for (auto const& row : wide) all.emplace_back(row.begin(), row.end());
      return all;
    };
    CHECK(all_agree(1e-5f, narrow(xs), narrow(ys), narrow(zs)));
  }
}

TEST_CASE("a gradient of dual numbers has a derivative, that of a critic's loss 1") {
  CHECK(true_at_both_times([] {
    using number = dual<double>;
    rows<number> gradients{{number(7), number(7)}};
    rows<number> const values{{number::variable(3.0), number(1.0)}};
    rows<double> const targets{{1.0, 1.0}};
    mean_loss(squared_error, bellman::sequence_sum{}, gradients, values, targets);
    return gradients[0][0].value == 2.0 && gradients[0][0].derivative[0] == 1.0 && gradients[0][1].derivative[0] == 0.0;
  }));
}

TEST_CASE("targets may be integers, and gradients of more digits") {
  rows<float> const values{{1.0f, 3.0f}};
  rows<int> const targets{{2, 1}};
  rows<double> gradients{{7, 7}};
  CHECK(mean_loss(squared_error, token_mean{}, gradients, values, targets).value() == 1.25);
  CHECK(gradients == rows<double>{{-0.5, 1.0}});
}

TEST_CASE("a NaN stays in its token") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  rows<double> gradients{{7, 7}};
  rows<double> const values{{1, nan}}, old{{1, 1}}, returns{{2, 2}};
  mean_loss(clipped_value_loss(0.5), token_mean{}, gradients, values, old, returns);
  CHECK(gradients[0][0] == -0.5);
  CHECK(gradients[0][1] != gradients[0][1]);
}

TEST_CASE("batches and gradients of different shapes are refused, before one is written") {
  rows<double> const xs{{1, 2}, {3}};
  auto const message = [&](rows<double> gradients, rows<double> const& ys) -> std::string {
    rows<double> const before = gradients;
    try {
      mean_loss(squared_error, token_mean{}, gradients, xs, ys);
    } catch (bellman::invalid_value const& error) {
      return gradients == before ? error.what() : "written";
    }
    return "";
  };
  CHECK(message({{7, 7}, {7}}, xs) == "");
  CHECK(message({{7, 7}, {7}}, {{1, 2}, {3, 4}}) ==
        "bellman: sequence 1 has rows of 1 and 2 numbers; there must be one number for each token");
  CHECK(message({{7, 7}, {7}}, {{1, 2}}) ==
        "bellman: a batch ends after 1 rows, another goes on; there must be one row for each sequence");
  CHECK(message({{7, 7}, {}}, xs) ==
        "bellman: sequence 1 has 1 tokens and a row of 0 gradients; there must be a gradient for each token");
  CHECK(message({{7, 7}}, xs) != "");
}

TEST_CASE("one number may be the target of all tokens of a sequence") {
  std::vector<std::vector<double>> const values{{1, 3}, {5}};
  std::vector const returns{bellman::one_advantage{1.0}, bellman::one_advantage{2.0}};
  std::vector<std::vector<double>> gradients{{7, 7}, {7}};
  mean_loss(bellman::squared_error, bellman::sequence_sum{}, gradients, values, returns);
  CHECK(gradients == std::vector<std::vector<double>>{{0, 1}, {1.5}});
}

}  // namespace mean_losses
