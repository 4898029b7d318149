// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/token_sum.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/loss/clipped.hpp>
#include <bellman/loss/kl_estimate.hpp>
#include <bellman/loss/mean_over.hpp>
#include <bellman/loss/policy_loss.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/sampled_tokens.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/loss/sequence_ratio.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <concepts>
#include <limits>
#include <list>
#include <type_traits>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/sixteen_bits.hpp"

namespace {

using bellman::batch_mean;
using bellman::rational;
using bellman::token_mean;
using bellman::token_sum;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("a token mean may be split inside of a sequence") {
  CHECK(true_at_both_times([] {
    auto const first = token_sum(std::array{rational(1), rational(2)});
    auto const rest = token_sum(std::array{rational(6)});
    return (first + rest).value() == rational(3) && first + rest == rest + first &&
           first + batch_mean<token_mean, rational>{} == first;
  }));
}

TEST_CASE("a sum over tokens reads its rows in step") {
  CHECK(true_at_both_times([] {
    auto const all =
        token_sum([](rational const& x, rational const& y, int z) { return x * y + z; },
                  std::array{rational(1), rational(2)}, std::array{rational(1, 2), rational(3)}, std::array{10, 20});
    return all.total == rational(73, 2) && all.count == 2;
  }));
  std::list<double> const list{1, 2, 3};
  CHECK(token_sum([](double x, double y) { return x * y; }, list, std::vector{1.0, 1.0, 2.0}).total == 9);
}

TEST_CASE("rows of different lengths are refused, whichever is the longest") {
  auto const add = [](double x, double y, double z) { return x + y + z; };
  std::vector<double> const two(2, 1.0);
  std::vector<double> const three(3, 1.0);
  CHECK_THROWS_AS(token_sum(add, three, two, two), bellman::invalid_value);
  CHECK_THROWS_AS(token_sum(add, two, three, two), bellman::invalid_value);
  CHECK_THROWS_AS(token_sum(add, two, two, three), bellman::invalid_value);
  CHECK_THROWS_AS(token_sum(add, three, three, two), bellman::invalid_value);
}

TEST_CASE("integers are summed as double, and duals keep their derivatives") {
  STATIC_REQUIRE(std::same_as<decltype(token_sum(std::array{1, 2}).value()), double>);
  STATIC_REQUIRE(token_sum(std::array{1, 2}).value() == 1.5);
  CHECK(true_at_both_times([] {
    using dual = bellman::dual<rational>;
    auto const mean = token_sum(std::array{dual::variable(rational(3)), dual(rational(1))}).value();
    return mean.value == rational(2) && mean.derivative[0] == rational(1, 2);
  }));
}

TEST_CASE("a NaN makes the mean a NaN") {
  double const mean = token_sum(std::array{1.0, std::numeric_limits<double>::quiet_NaN()}).value();
  CHECK(mean != mean);
}

TEST_CASE("a sum over many tokens is right to its last digits, in float too") {
  std::vector<float> const tenths(1000000, 0.1f);
  CHECK(bellman::token_sum(tenths).value() == 0.1f);
  STATIC_REQUIRE(std::is_same_v<decltype(bellman::token_sum(tenths).value()), float>);
  // As many sequences of one token, put together one by one and at once.
  using part = decltype(bellman::token_sum(tenths));
  part all{};
  for (int i = 0; i < 1000000; ++i) all += bellman::token_sum(std::array{0.1f});
  CHECK(all.value() == 0.1f);
  CHECK(bellman::mean_over(std::vector(100000, std::array{0.1f}), bellman::sequence_sum{}).value() == 0.1f);
  CHECK(bellman::mean_over(std::vector(100000, std::array{0.1}), bellman::sequence_sum{}).value() == 0.1);
}

TEST_CASE("rows of 16 bits are computed with as floats") {
  using bellman::test::brain_float;
  using bellman::test::half_float;
  auto const check = [](auto number) {
    using number_type = decltype(number);
    std::array const p{number_type(-1.0f), number_type(-2.0f)};
    std::array const q{number_type(-1.5f), number_type(-1.75f)};
    std::array const p_float{-1.0f, -2.0f};
    std::array const q_float{-1.5f, -1.75f};
    CHECK(bellman::token_sum(std::vector(4096, number_type(1.0f))).value() == 1.0f);
    CHECK(bellman::token_sum(bellman::k1, p, q) == bellman::token_sum(bellman::k1, p_float, q_float));
    CHECK(bellman::token_sum(bellman::k2, p, q) == bellman::token_sum(bellman::k2, p_float, q_float));
    CHECK(bellman::token_sum(bellman::k3, p, q) == bellman::token_sum(bellman::k3, p_float, q_float));
    std::array const batch{bellman::sampled_tokens{p, q, p}};
    std::array const batch_float{bellman::sampled_tokens{p_float, q_float, p_float}};
    CHECK(bellman::policy_loss(batch, bellman::token_ratio{}, bellman::clipped{0.2}, bellman::token_mean{}) ==
          bellman::policy_loss(batch_float, bellman::token_ratio{}, bellman::clipped{0.2}, bellman::token_mean{}));
    CHECK(bellman::policy_loss(batch, bellman::sequence_ratio{}, bellman::clipped{0.2}, bellman::sequence_mean{}) ==
          bellman::policy_loss(batch_float, bellman::sequence_ratio{}, bellman::clipped{0.2}, bellman::sequence_mean{}));
  };
  check(brain_float{});
  check(half_float{});
}
