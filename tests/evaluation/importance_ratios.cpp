// SPDX-License-Identifier: BSL-1.0
#include <bellman/evaluation/importance_ratios.hpp>

#include <bellman/error.hpp>
#include <bellman/evaluation/cumulative_ratios.hpp>
#include <bellman/evaluation/effective_sample_size.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>

#include <array>
#include <concepts>
#include <limits>
#include <list>
#include <span>
#include <string>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::cumulative_ratios;
using bellman::effective_sample_size;
using bellman::importance_ratios;
using bellman::importance_ratios_of_logs;
using bellman::invalid_value;
using bellman::rational;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double nan_ = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("a ratio is the target's probability over the behaviour's") {
  CHECK(true_at_both_times([] {
    std::array const target{rational(1, 2), rational(0), rational(1)};
    std::array const behaviour{rational(1, 4), rational(1, 3), rational(1)};
    return importance_ratios(target, behaviour) == std::array{rational(2), rational(0), rational(1)};
  }));
}

TEST_CASE("ratios of log-probabilities are those of the probabilities") {
  CHECK(true_at_both_times([] {
    std::array const log_target{bellman::log(0.5), -infinity, 0.0};
    std::array const log_behaviour{bellman::log(0.25), bellman::log(0.3), -1.0};
    auto const ratios = importance_ratios_of_logs(log_target, log_behaviour);
    return approx_equal(ratios[0], 2.0, 1e-15) && ratios[1] == 0.0 && ratios[2] == bellman::exp(1.0);
  }));
}

TEST_CASE("an array gives an array, other ranges a vector, of the wider type") {
  STATIC_REQUIRE(std::same_as<decltype(importance_ratios(std::array{1.0f}, std::array{1.0f})), std::array<float, 1>>);
  STATIC_REQUIRE(std::same_as<decltype(importance_ratios(std::array{1.0f}, std::array{1.0})), std::array<double, 1>>);
  STATIC_REQUIRE(std::same_as<decltype(importance_ratios(std::vector{1}, std::vector{1})), std::vector<double>>);
  STATIC_REQUIRE(std::same_as<decltype(cumulative_ratios(std::list{1.0f})), std::vector<float>>);
  std::list<double> const target{0.5, 0.5};
  std::array<double, 2> const behaviour{0.25, 0.5};
  CHECK(importance_ratios(target, std::span(behaviour)) == std::vector{2.0, 1.0});
}

TEST_CASE("ratios may be written into the caller's memory") {
  CHECK(true_at_both_times([] {
    std::array<double, 4> out{9, 9, 9, 9};
    auto const end = importance_ratios(std::array{0.5, 0.25}, std::array{0.5, 0.5}, out.begin() + 1);
    bool const good = end == out.begin() + 3 && out == std::array{9.0, 1.0, 0.5, 9.0};
    auto const last = cumulative_ratios(std::array{2.0, 3.0}, out.begin());
    return good && last == out.begin() + 2 && out == std::array{2.0, 6.0, 0.5, 9.0};
  }));
}

TEST_CASE("a probability of zero where a ratio needs it is refused with its step") {
  auto const zero = [] { importance_ratios(std::array{0.5, 0.5}, std::array{0.5, 0.0}); };
  CHECK(bellman::test::message_of(zero) ==
        "bellman: step 1: the behaviour policy took its action with probability 0; it must be above 0 and finite");
  for (double b : {-0.5, 0.0, nan_, infinity}) {
    CHECK_THROWS_AS(importance_ratios(std::array{0.5}, std::array{b}), invalid_value);
  }
  for (double p : {-0.5, nan_, infinity}) {
    CHECK_THROWS_AS(importance_ratios(std::array{p}, std::array{0.5}), invalid_value);
    CHECK_THROWS_AS(cumulative_ratios(std::array{p}), invalid_value);
    CHECK_THROWS_AS(effective_sample_size(std::array{p}), invalid_value);
  }
  CHECK_THROWS_AS(importance_ratios(std::array{rational(1)}, std::array{rational(0)}), invalid_value);
  for (double b : {-infinity, infinity, nan_}) {
    CHECK_THROWS_AS(importance_ratios_of_logs(std::array{-1.0}, std::array{b}), invalid_value);
  }
  for (double p : {infinity, nan_}) {
    CHECK_THROWS_AS(importance_ratios_of_logs(std::array{p}, std::array{-1.0}), invalid_value);
  }
}

TEST_CASE("an interval is a ratio where all of it is") {
  using number = bellman::interval<double>;
  CHECK(importance_ratios(std::array{number(0.0, 2.0)}, std::array{number(1.0)})[0] == number(0.0, 2.0));
  CHECK_THROWS_AS(importance_ratios(std::array{number(-1.0, 1.0)}, std::array{number(1.0)}), invalid_value);
}

TEST_CASE("probabilities of two lengths are refused") {
  CHECK(
      bellman::test::message_of([] {
        importance_ratios(std::array{0.5}, std::array{0.5, 0.5});
      }) ==
      "bellman: 1 probabilities of the target policy and 2 of the behaviour policy; there must be one of each for each "
      "step");
}

TEST_CASE("ratios of dual probabilities have derivatives") {
  CHECK(true_at_both_times([] {
    using number = bellman::dual<rational>;
    auto const ratios = importance_ratios(std::array{number::variable(rational(1, 3))}, std::array{rational(1, 2)});
    return ratios[0].value == rational(2, 3) && ratios[0].derivative[0] == rational(2);
  }));
}
