// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/softmax.hpp>

#include <bellman/error.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <ranges>
#include <type_traits>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/infinity.hpp"
#include "support/sixteen_bits.hpp"

namespace {

using bellman::softmax;
using bellman::test::absolutely_close;
using bellman::test::approx_equal;
using bellman::test::infinity;
using bellman::test::true_at_both_times;

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

template <class D>
constexpr auto probability_at(D const& d, std::size_t i) {
  using P = bellman::probability_t<D>;
  return bellman::expectation(d, [i](std::size_t k) { return k == i ? P(1) : P(0); });
}

}  // namespace

TEST_CASE("a softmax has its known values") {
  // 1 / (1 + e + e^2), and so on.
  CHECK(true_at_both_times([] {
    auto const d = softmax(std::array{0.0, 1.0, 2.0});
    return approx_equal(probability_at(d, 0), 0.09003057317038046, 1e-15) &&
           approx_equal(probability_at(d, 1), 0.24472847105479767, 1e-15) &&
           approx_equal(probability_at(d, 2), 0.6652409557748219, 1e-15);
  }));
  CHECK(true_at_both_times([] {
    auto const d = softmax(std::array{3.0f, 3.0f, 3.0f, 3.0f});
    return probability_at(d, 0) == 0.25f && probability_at(d, 3) == 0.25f;
  }));
}

TEST_CASE("a softmax takes logits of any size") {
  CHECK(true_at_both_times([] {
    auto const high = softmax(std::array{1e4, 1e4 + 1});
    auto const low = softmax(std::array{-1e4, -1e4 + 1});
    auto const far = softmax(std::array{-1e4, 1e4});
    double const e = 0.7310585786300049;  // 1 / (1 + 1/e)
    return approx_equal(probability_at(high, 1), e, 1e-15) && approx_equal(probability_at(low, 1), e, 1e-15) &&
           probability_at(far, 0) == 0.0 && probability_at(far, 1) == 1.0;
  }));
  auto const largest = softmax(std::array{1e308, -1e308});
  CHECK(probability_at(largest, 0) == 1.0);
  CHECK(probability_at(largest, 1) == 0.0);
  CHECK(true_at_both_times([] {
    auto const d = softmax(std::array{1e4f, -1e4f, 1e4f});
    return probability_at(d, 0) == 0.5f && probability_at(d, 1) == 0.0f;
  }));
}

TEST_CASE("a logit of minus infinity has the probability zero") {
  CHECK(true_at_both_times([] {
    auto const d = softmax(std::array{0.0, -infinity, 0.0});
    return probability_at(d, 0) == 0.5 && probability_at(d, 1) == 0.0 && probability_at(d, 2) == 0.5;
  }));
  CHECK(true_at_both_times([] { return probability_at(softmax(std::array{-infinity, -1e4}), 1) == 1.0; }));
}

TEST_CASE("a softmax is unchanged by a shift and sums to one") {
  CHECK(true_at_both_times([] {
    auto const d = softmax(std::array{0.25, -1.5, 4.0});
    auto const shifted = softmax(std::array{1000.25, 998.5, 1004.0});
    double total = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      if (!absolutely_close(probability_at(d, i), probability_at(shifted, i), 1e-14)) return false;
      total += probability_at(d, i);
    }
    return absolutely_close(total, 1.0, 1e-15);
  }));
}

TEST_CASE("a softmax over given values names them") {
  CHECK(true_at_both_times([] {
    auto const d = softmax(std::array{'a', 'b'}, std::array{0.0, 0.0});
    return bellman::expectation(d, [](char c) { return c == 'b' ? 1.0 : 0.0; }) == 0.5;
  }));
}

TEST_CASE("an array of logits gives an array of weights, which a constant can hold") {
  constexpr auto d = softmax(std::array{0.0, 0.0});
  STATIC_REQUIRE(d.begin()->probability == 0.5);
  constexpr std::array logits{0.0, 0.0};
  constexpr auto same = softmax(logits);
  STATIC_REQUIRE(same == d);
}

TEST_CASE("a view of logits is enough") {
  auto const logits = std::views::iota(0, 3) | std::views::transform([](int i) { return double(i); });
  CHECK(approx_equal(probability_at(softmax(logits), 2), 0.6652409557748219, 1e-15));
  std::vector<double> const none{};
  CHECK_THROWS_AS(softmax(none), bellman::invalid_value);
}

TEST_CASE("a softmax of dual logits has the softmax's derivative") {
  // dp_i / dz_j = p_i (1[i = j] - p_j)
  CHECK(true_at_both_times([] {
    using dual = bellman::dual<double, 2>;
    auto const d = softmax(std::array{dual::variable(0.5, 0), dual::variable(-1.0, 1)});
    auto const p = probability_at(d, 0);
    double const x = p.value;
    return approx_equal(x, 0.8175744761936437, 1e-15) && approx_equal(p.derivative[0], x * (1 - x), 1e-14) &&
           approx_equal(p.derivative[1], -x * (1 - x), 1e-14);
  }));
}

TEST_CASE("logits that are no numbers are refused") {
  CHECK_THROWS_AS(softmax(std::array{0.0, not_a_number}), bellman::invalid_value);
  CHECK_THROWS_AS(softmax(std::array{not_a_number, not_a_number}), bellman::invalid_value);
  CHECK_THROWS_AS(softmax(std::array{0.0, infinity}), bellman::invalid_value);
  CHECK_THROWS_AS(softmax(std::array{-infinity, -infinity}), bellman::invalid_value);
  CHECK_THROWS_AS(softmax(std::array{1, 2, 3}, std::array{0.0, 1.0}), bellman::invalid_value);
  CHECK_THROWS_AS(softmax(std::array{1, 2}, std::array{0.0, 1.0, 2.0}), bellman::invalid_value);
}

TEST_CASE("the probabilities of many floats sum to one, and each is right to its last digits") {
  std::size_t const n = 150000;
  auto const d = bellman::softmax(std::vector<float>(n, 3.0f));
  double total = 0;
  for (auto const& e : d) total += static_cast<double>(e.probability);
  CHECK(std::abs(total - 1) <= 1e-7);
  CHECK(d.begin()->probability == static_cast<float>(1.0 / static_cast<double>(n)));
}

TEST_CASE("logits of 16 bits give probabilities that are floats") {
  using bellman::test::brain_float;
  auto const d = bellman::softmax(std::array{brain_float(1.0f), brain_float(2.0f)});
  auto const f = bellman::softmax(std::array{1.0f, 2.0f});
  STATIC_REQUIRE(std::is_same_v<decltype(d), decltype(f)>);
  CHECK(d.begin()->probability == f.begin()->probability);
}
