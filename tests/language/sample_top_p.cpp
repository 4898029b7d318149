// SPDX-License-Identifier: BSL-1.0
#include <bellman/language/sample_top_p.hpp>

#include <bellman/error.hpp>
#include <bellman/language/top_p.hpp>
#include <bellman/language/vocabulary.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/softmax.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <numeric>
#include <random>
#include <ranges>
#include <set>
#include <string>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/infinity.hpp"
#include "support/message_of.hpp"

namespace sample_top_p_of_language {

namespace {

using bellman::sample_top_p;
using bellman::token;
using bellman::test::infinity;
using bellman::test::message_of;
using bellman::test::true_at_both_times;

/// Gives one number for ever.
struct always {
  using result_type = std::uint64_t;
  std::uint64_t number;

  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return ~std::uint64_t{0}; }
  constexpr result_type operator()() { return number; }
};

/// The tokens that sorting keeps, with the ties of lower numbers first.
std::set<token> kept_by_sorting(std::vector<double> const& z, double p) {
  std::vector<token> order(z.size());
  std::iota(order.begin(), order.end(), 0);
  auto const at = [&](token t) { return z[static_cast<std::size_t>(t)]; };
  std::sort(order.begin(), order.end(), [&](token a, token b) { return at(a) > at(b) || (at(a) == at(b) && a < b); });
  long double total = 0;
  for (token const t : order) total += std::exp(static_cast<long double>(at(t)) - at(order[0]));
  std::set<token> kept;
  long double mass = 0;
  for (token const t : order) {
    if (mass >= p * total) break;
    mass += std::exp(static_cast<long double>(at(t)) - at(order[0]));
    kept.insert(t);
  }
  return kept;
}

std::vector<double> drawn_logits(std::size_t n, int kind, std::mt19937& urbg) {
  std::vector<double> z(n);
  for (double& x : z) {
    double const u = static_cast<double>(urbg()) / 4294967296.0;
    x = kind == 0 ? u / 10 : kind == 1 ? 12 * u * u * u * u : std::floor(5 * u);
  }
  return z;
}

}  // namespace

TEST_CASE("a token of the nucleus is drawn as often as its share says") {
  CHECK(true_at_both_times([] {
    std::array const z{0.0, -infinity, 2.0, 2.0};
    // Two tokens of one half each: the lower and the upper half of all numbers.
    return sample_top_p(z, 0.9, always{0}) == 2 && sample_top_p(z, 0.9, always{std::uint64_t{1} << 62}) == 2 &&
           sample_top_p(z, 0.9, always{std::uint64_t{1} << 63}) == 3 &&
           sample_top_p(z, 0.9, always{~std::uint64_t{0}}) == 3 && sample_top_p(z, 0.4, always{~std::uint64_t{0}}) == 2;
  }));
  // 4, 3, 2, 1: of 0.65 two are left, with 4/7 and 3/7: of 100,000 draws 57,143 with a deviation of 156.
  std::vector<double> const z{std::log(1.0), std::log(4.0), std::log(2.0), std::log(3.0)};
  std::mt19937_64 urbg(17);
  std::array<int, 4> count{};
  for (int i = 0; i < 100'000; ++i) ++count[static_cast<std::size_t>(sample_top_p(z, 0.65, urbg))];
  CHECK(count[0] == 0);
  CHECK(count[2] == 0);
  CHECK(std::abs(count[1] - 57'143) < 5 * 156);
}

TEST_CASE("of many tokens each is drawn as often as its share says, by the chi-squared of the counts") {
  // Weights from 1 to 9, of which few are kept, some, or all; 100 tokens are dealt by their digits.
  for (std::size_t const n : {20u, 100u}) {
    std::vector<double> weight(n), z(n);
    for (std::size_t t = 0; t < n; ++t) {
      weight[t] = 1.0 + static_cast<double>(t * 7 % 9);
      z[t] = std::log(weight[t]) - 700;
    }
    for (double const p : {0.2, 0.7, 1.0}) {
      auto const kept = p < 1 ? kept_by_sorting(z, p) : kept_by_sorting(z, 2);
      double mass = 0;
      for (token const t : kept) mass += weight[static_cast<std::size_t>(t)];
      int const draws = 100 * static_cast<int>(kept.size());
      std::vector<int> count(n);
      std::mt19937_64 urbg(n);
      for (int i = 0; i < draws; ++i) ++count[static_cast<std::size_t>(sample_top_p(z, p, urbg))];
      double chi_squared = 0;
      int drawn = 0;
      for (token const t : kept) {
        double const expected = draws * weight[static_cast<std::size_t>(t)] / mass;
        int const c = count[static_cast<std::size_t>(t)];
        chi_squared += (c - expected) * (c - expected) / expected;
        drawn += c;
      }
      CHECK(drawn == draws);
      // It has the mean k and the variance 2 k.
      auto const k = static_cast<double>(kept.size() - 1);
      CHECK(chi_squared < k + 4 * std::sqrt(2 * k) + 4);
    }
  }
}

TEST_CASE("exactly what sorting keeps is drawn") {
  std::mt19937 urbg(5);
  for (int kind = 0; kind < 3; ++kind) {
    for (std::size_t const n : {1u, 2u, 7u, 40u, 300u}) {
      auto const z = drawn_logits(n, kind, urbg);
      for (double const p : {0.05, 0.5, 0.95}) {
        std::set<token> drawn;
        // Of few tokens so many draws that each comes, of many some.
        for (int i = 0; i < (n < 10 ? 5'000 : 500); ++i) drawn.insert(sample_top_p(z, p, urbg));
        auto const expected = kept_by_sorting(z, p);
        CHECK(std::ranges::includes(expected, drawn));
        if (n < 10 && kind != 1) CHECK(drawn == expected);
      }
    }
  }
}

TEST_CASE("it draws the token that sampling from the softmax of the kept logits draws") {
  std::mt19937 urbg(7);
  for (int kind = 0; kind < 3; ++kind) {
    for (std::size_t const n : {3u, 33u, 2000u, 9000u}) {
      auto const z = drawn_logits(n, kind, urbg);
      std::vector<float> const single(z.begin(), z.end());
      for (double const p : {0.3, 0.9, 1.0}) {
        std::mt19937_64 ours(n), theirs(n);
        auto const d = bellman::softmax(bellman::top_p{p}(z));
        int different = 0;
        int const draws = n < 100 ? 200 : 30;
        for (int i = 0; i < draws; ++i) {
          different += static_cast<std::size_t>(sample_top_p(z, p, ours)) != bellman::sample(d, theirs);
        }
        CHECK(different == 0);
        // The probabilities of floats are rounded to floats before `sample` adds them up.
        auto const e = bellman::softmax(bellman::top_p{p}(single));
        for (int i = 0; i < draws; ++i) {
          different += static_cast<std::size_t>(sample_top_p(single, p, ours)) != bellman::sample(e, theirs);
        }
        CHECK(different <= 1);
      }
    }
  }
}

TEST_CASE("logits lie in any range with random access, and have any size") {
  std::deque<float> const z{1000.0F, -1000.0F, 999.0F};
  std::mt19937 urbg(1);
  for (int i = 0; i < 100; ++i) CHECK(sample_top_p(z, 1.0, urbg) != 1);
  CHECK(sample_top_p(z, 0.7, urbg) == 0);
  CHECK(sample_top_p(std::vector{-infinity, -5.0, -infinity}, 1.0, urbg) == 1);
}

namespace {

// Elements of which none is asked for by `[]`.
struct without_a_subscript {
  std::array<double, 3> z;
  constexpr auto begin() const { return z.begin(); }
  constexpr auto end() const { return z.end(); }
};

}  // namespace

TEST_CASE("a range needs neither a subscript nor to be walked where it is constant") {
  std::mt19937 urbg(1);
  CHECK(sample_top_p(without_a_subscript{{-5.0, 2.0, 0.0}}, 0.5, urbg) == 1);
  std::vector<int> const halves{-10, 4, 0};
  CHECK(sample_top_p(halves | std::views::transform([half = 0.5](int x) mutable { return half * x; }), 0.5, urbg) == 1);
}

TEST_CASE("draws tell logits of more digits than a double apart, and take those larger than any double") {
  if constexpr (std::numeric_limits<long double>::digits > std::numeric_limits<double>::digits) {
    std::mt19937 urbg(1);
    CHECK(sample_top_p(std::array{1.0L, std::nextafter(1.0L, 2.0L)}, 0.4, urbg) == 1);
    long double const huge = std::numeric_limits<long double>::max() / 2;
    CHECK(sample_top_p(std::array{-huge, huge}, 0.9, urbg) == 1);
    CHECK(sample_top_p(std::array{-huge, huge}, 1.0, urbg) == 1);
  }
}

TEST_CASE("what cannot be sampled is refused before anything is drawn") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::mt19937 urbg(1), untouched(1);
  for (double const p : {0.0, -1.0, 1.5, nan}) {
    CHECK_THROWS_AS(sample_top_p(std::array{0.0, 1.0}, p, urbg), bellman::invalid_value);
  }
  for (std::vector<double> const& z : {std::vector{0.0, nan}, std::vector{infinity}, std::vector{-infinity}, {}}) {
    CHECK_THROWS_AS(sample_top_p(z, 0.5, urbg), bellman::invalid_value);
    CHECK_THROWS_AS(sample_top_p(z, 1.0, urbg), bellman::invalid_value);
  }
  CHECK(urbg == untouched);
  CHECK(message_of([&] { sample_top_p(std::array{0.0}, 2.0, urbg); }) ==
        "bellman: the share of sample_top_p is 2; it must lie in (0, 1]");
}

}  // namespace sample_top_p_of_language
