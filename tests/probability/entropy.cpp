// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/entropy.hpp>

#include <bellman/error.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <list>
#include <type_traits>
#include <vector>

#include "probability/three_logits.hpp"
#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/infinity.hpp"
#include "support/sixteen_bits.hpp"

namespace {

using bellman::entropy;
using bellman::test::absolutely_close;
using bellman::test::approx_equal;
using bellman::test::infinity;
using bellman::test::three_logits;
using bellman::test::true_at_both_times;

using dual = bellman::dual<double>;

// 1/2 log 2 + 1/3 log 3 + 1/6 log 6.
constexpr double uncertainty = 1.0114042647073517;

}  // namespace

TEST_CASE("the entropy lies between that of certainty and that of chance") {
  CHECK(true_at_both_times([] {
    return approx_equal(entropy(three_logits(0)), uncertainty, 1e-14) &&
           approx_equal(entropy(three_logits(1000)), uncertainty, 1e-12) &&
           approx_equal(entropy(std::array{7.0, 7.0, 7.0, 7.0}), bellman::log(4.0), 1e-15) &&
           entropy(std::array{3.0}) == 0.0 && entropy(std::array{3.0, -infinity}) == 0.0 &&
           approx_equal(entropy(std::array{3.0, -infinity, 3.0}), bellman::log(2.0), 1e-15);
  }));
  CHECK(entropy(std::array{0.0, -800.0}) == 0.0);
  CHECK(approx_equal(entropy(std::list<float>{1.0f, 1.0f}), 0.6931472f, 1e-6f));
}

TEST_CASE("the gradient of an entropy") {
  // dH/dz_i = -p_i (log p_i + H)
  CHECK(true_at_both_times([] {
    std::array const p{1.0 / 2, 1.0 / 3, 1.0 / 6};
    for (std::size_t i = 0; i < 3; ++i) {
      auto const z = three_logits(0);
      auto const at = [&](std::size_t j) { return i == j ? dual::variable(z[j]) : dual(z[j]); };
      double const slope = entropy(std::array{at(0), at(1), at(2)}).derivative[0];
      if (!absolutely_close(slope, -p[i] * (bellman::log(p[i]) + uncertainty), 1e-15)) return false;
    }
    return true;
  }));
}

TEST_CASE("logits that are no numbers, and none at all, are refused") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<double> const none;
  for (auto const& bad : {std::vector{0.0, nan}, std::vector{infinity, 0.0}, std::vector{-infinity, -infinity}, none}) {
    CHECK_THROWS_AS(entropy(bad), bellman::invalid_value);
  }
}

TEST_CASE("the entropy of as many equal logits as a vocabulary has is log n, in float too") {
  for (std::size_t const n : {1000u, 50257u, 151936u}) {
    auto const exact = static_cast<float>(std::log(static_cast<double>(n)));
    float const unit = std::nextafter(exact, 100.0f) - exact;
    CHECK(std::abs(bellman::entropy(std::vector<float>(n, 1.5f)) - exact) <= unit);
  }
}

TEST_CASE("logits of 16 bits have the entropy that these numbers have as floats") {
  auto const of = [](auto... z) { return bellman::entropy(std::array{z...}); };
  using bellman::test::brain_float;
  using bellman::test::half_float;
  float const expected = of(1.0f, -0.5f, 2.0f);
  CHECK(of(brain_float(1.0f), brain_float(-0.5f), brain_float(2.0f)) == expected);
  CHECK(of(half_float(1.0f), half_float(-0.5f), half_float(2.0f)) == expected);
}

TEST_CASE("the gradient of an entropy with respect to every logit is written") {
  CHECK(true_at_both_times([] {
    std::array<double, 3> gradients{7, 7, 7};
    auto const z = three_logits(0);
    double const value = entropy(z, gradients);
    std::array const p{1.0 / 2, 1.0 / 3, 1.0 / 6};
    for (std::size_t i = 0; i < 3; ++i) {
      auto const at = [&](std::size_t j) { return i == j ? dual::variable(z[j]) : dual(z[j]); };
      double const slope = entropy(std::array{at(0), at(1), at(2)}).derivative[0];
      if (!absolutely_close(gradients[i], slope, 1e-15)) return false;
      if (!absolutely_close(gradients[i], -p[i] * (bellman::log(p[i]) + uncertainty), 1e-15)) return false;
    }
    return value == entropy(z);
  }));
  CHECK(true_at_both_times([] {
    // What cannot occur has none, and certainty is a corner.
    std::array<double, 2> gradients{7, 7};
    entropy(std::array{3.0, -infinity}, gradients);
    return gradients == std::array{0.0, 0.0};
  }));
  std::vector<float> const logits{0.5f, -1.0f, 2.0f, 0.25f};
  std::vector<float> narrow(4, 7.0f);
  std::vector<double> wide(4, 7.0);
  CHECK(entropy(logits, narrow) == entropy(logits));
  entropy(std::vector<double>(logits.begin(), logits.end()), wide);
  float total = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    CHECK(approx_equal(narrow[i], static_cast<float>(wide[i]), 1e-6f));
    total += narrow[i];
  }
  CHECK(absolutely_close(total, 0.0f, 1e-7f));
  CHECK_THROWS_AS(entropy(logits, std::vector<float>(3)), bellman::invalid_value);
  CHECK_THROWS_AS(entropy(logits, std::vector<float>(5)), bellman::invalid_value);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(entropy), std::vector<float>, std::vector<int>&>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(entropy), std::vector<float>, std::vector<float> const&>);
}

TEST_CASE("the gradient of an entropy has derivatives, which are symmetric") {
  CHECK(true_at_both_times([] {
    auto const z = three_logits(0);
    std::array<std::array<double, 3>, 3> second{};
    for (std::size_t i = 0; i < 3; ++i) {
      auto const at = [&](std::size_t j) { return i == j ? dual::variable(z[j]) : dual(z[j]); };
      std::array<dual, 3> gradients{dual(7.0), dual(7.0), dual(7.0)};
      entropy(std::array{at(0), at(1), at(2)}, gradients);
      for (std::size_t j = 0; j < 3; ++j) second[i][j] = gradients[j].derivative[0];
    }
    return absolutely_close(second[0][1], second[1][0], 1e-15) && absolutely_close(second[0][2], second[2][0], 1e-15) &&
           absolutely_close(second[1][2], second[2][1], 1e-15) && second[0][1] != 0.0;
  }));
}

TEST_CASE("the entropy of what is nearly certain has all its digits, and so has its gradient") {
  // With a probability q = e^-d / (1 + e^-d): q d + log(1 + e^-d) = e^-d (1 + d), and the next terms below e^-2d (1 + d).
  CHECK(true_at_both_times([] {
    for (int d = 40; d < 700; d += 20) {
      double const e = bellman::exp(static_cast<double>(-d));
      std::array<double, 2> gradients{7, 7};
      double const H = bellman::entropy(std::array{3.0, 3.0 - d}, gradients);
      // dH/dz = q (1 - q) d, of the rarer with the other sign.
      if (!approx_equal(H, e * (1 + d), 1e-14) || !approx_equal(gradients[0], -e * d, 1e-14) ||
          !approx_equal(gradients[1], e * d, 1e-14)) {
        return false;
      }
    }
    return true;
  }));
}
