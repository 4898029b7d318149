// SPDX-License-Identifier: BSL-1.0
#include <bellman/evaluation/effective_sample_size.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <list>
#include <ranges>
#include <span>
#include <string>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::effective_sample_size;
using bellman::invalid_value;
using bellman::rational;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("the effective sample size counts equal weights, and does not see their scale") {
  CHECK(true_at_both_times([] {
    auto const half = rational(1, 2);
    return effective_sample_size(std::array{half, half, half}) == rational(3) &&
           effective_sample_size(std::array{rational(5), rational(0), rational(0)}) == rational(1) &&
           effective_sample_size(std::array{rational(1), rational(2)}) == rational(9, 5) &&
           effective_sample_size(std::array{rational(7), rational(14)}) == rational(9, 5) &&
           effective_sample_size(std::array{rational(0), rational(0)}) == rational(0);
  }));
  CHECK_THROWS_AS(effective_sample_size(std::vector<double>{}), invalid_value);
}

TEST_CASE("the effective sample size is that of the shares, however small or large the weights are") {
  CHECK(true_at_both_times([] {
    return effective_sample_size(std::array{1e-200, 1e-200}) == 2.0 &&
           effective_sample_size(std::array{1e200, 1e200}) == 2.0 &&
           effective_sample_size(std::array{1e-25f, 1e-25f}) == 2.0f &&
           effective_sample_size(std::array{0.0, 1e300, 1e-300}) == 1.0 &&
           approx_equal(effective_sample_size(std::array{1e-310, 2e-310}), 1.8, 1e-12);
  }));
  // The derivative of (w + 1)^2 / (w^2 + 1), at 0 and at 2.
  using number = bellman::dual<rational>;
  auto const at = [](rational const& w) {
    return effective_sample_size(std::array<number, 2>{number::variable(w), number(rational(1))});
  };
  CHECK(at(0).value == 1);
  CHECK(at(0).derivative[0] == 2);
  CHECK(at(2).value == rational(9, 5));
  CHECK(at(2).derivative[0] == rational(-6, 25));
}

TEST_CASE("millions of equal weights count one each, in float too") {
  std::size_t const n = std::size_t{1} << 22;
  CHECK(bellman::effective_sample_size(std::vector<float>(n, 0.3f)) == 4194304.0f);
  std::size_t const more = std::size_t{1} << 25;
  CHECK(bellman::effective_sample_size(std::views::iota(std::size_t{0}, more) |
                                       std::views::transform([](std::size_t) { return 1.0f; })) == 33554432.0f);
}
