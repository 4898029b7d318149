// SPDX-License-Identifier: BSL-1.0

// What every estimator refuses, and what it says then.
#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <concepts>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "estimation/every_estimator.hpp"
#include "support/catch.hpp"

namespace {

using bellman::deduced;
using bellman::terminated;
using bellman::trace_parameters;

std::vector<double> const of_three{1.0, 2.0, 3.0};
std::vector<double> const of_four{1.0, 2.0, 3.0, 4.0};
double const no_number = std::numeric_limits<double>::quiet_NaN();

template <class Estimator>
constexpr bool has_lambda =
    !std::same_as<Estimator, estimators::returns_to_go> && !std::same_as<Estimator, estimators::td_errors>;

template <class Estimator, class C, class Steps, class P>
std::string refusal(Estimator, C const& c, Steps const& steps, P const& p) {
  try {
    Estimator::template call<deduced, deduced>(c, steps, p);
  } catch (bellman::invalid_value const& refused) {
    return refused.what();
  }
  return "nothing is refused by " + std::string(Estimator::name);
}
template <class Estimator, class P>
std::string refusal_of(Estimator estimator, P const& p) {
  return refusal(estimator, estimators::columns{of_three, of_three, of_three, of_three}, terminated{}, p);
}

}  // namespace

TEST_CASE("a discount or a lambda that is not between 0 and 1 is refused by its name and value") {
  estimators::for_each([]<class Estimator>(Estimator estimator) {
    auto const with = [&](double gamma, double lambda) {
      return refusal_of(estimator, trace_parameters<double>{.gamma = gamma, .lambda = lambda});
    };
    CHECK(with(1.5, 0.5) == "bellman: the discount is 1.5; it must lie in [0, 1]");
    CHECK(with(-0.25, 0.5) == "bellman: the discount is -0.25; it must lie in [0, 1]");
    CHECK(with(no_number, 0.5) == "bellman: the discount is nan; it must lie in [0, 1]");
    if (has_lambda<Estimator>) {
      CHECK(with(0.5, 1.5) == "bellman: lambda is 1.5; it must lie in [0, 1]");
      CHECK(with(0.5, -0.25) == "bellman: lambda is -0.25; it must lie in [0, 1]");
      CHECK(with(0.5, no_number) == "bellman: lambda is nan; it must lie in [0, 1]");
    }
  });
}

TEST_CASE("exact parameters are refused by their exact values") {
  using bellman::rational;
  std::array const x{rational(1), rational(2)};
  estimators::columns const c{x, x, x, x};
  estimators::for_each([&](auto estimator) {
    CHECK(refusal(estimator, c, terminated{}, trace_parameters<rational>{rational(7, 5), rational(1)}) ==
          "bellman: the discount is 7/5; it must lie in [0, 1]");
  });
  CHECK(refusal(estimators::gae{}, c, terminated{}, trace_parameters<rational>{rational(1), rational(-1, 3)}) ==
        "bellman: lambda is -1/3; it must lie in [0, 1]");
}

TEST_CASE("one of many discounts or lambdas that is not between 0 and 1 is refused by its place") {
  estimators::for_each([]<class Estimator>(Estimator estimator) {
    auto const gammas = [&](std::vector<double> const& all) {
      return refusal_of(estimator, trace_parameters{.gamma = std::span(all), .lambda = 0.5});
    };
    CHECK(gammas({0.5, 0.5, 1.25}) == "bellman: discount 2 is 1.25; it must lie in [0, 1]");
    CHECK(gammas({no_number, 0.5, 0.5}) == "bellman: discount 0 is nan; it must lie in [0, 1]");
    CHECK(gammas({0.5, 0.5}) == "bellman: 2 discounts and 3 rewards; there must be one for each reward");
    if (has_lambda<Estimator>) {
      auto const lambdas = [&](std::vector<double> const& all) {
        return refusal_of(estimator, trace_parameters{.gamma = 0.5, .lambda = std::span(all)});
      };
      CHECK(lambdas({0.5, -1.0, 0.5}) == "bellman: lambda 1 is -1; it must lie in [0, 1]");
      CHECK(lambdas({0.5, 0.5, no_number}) == "bellman: lambda 2 is nan; it must lie in [0, 1]");
      CHECK(lambdas({0.5, 0.5, 0.5, 0.5}) == "bellman: 4 lambdas and 3 rewards; there must be one for each reward");
    }
  });
}

TEST_CASE("columns and steps that are not as many as the rewards are refused by their names") {
  trace_parameters<double> const p{.gamma = 0.5, .lambda = 0.5};
  estimators::for_each([&]<class Estimator>(Estimator estimator) {
    estimators::columns const fitting{of_three, of_three, of_three, of_three};
    CHECK(refusal(estimator, fitting, std::vector<bellman::step<>>{{}, terminated{}}, p) ==
          "bellman: 2 steps and 3 rewards; there must be one for each reward");
    CHECK(refusal(estimator, fitting, std::vector<bellman::step<>>(3), p) ==
          "bellman: step 2 continues and nothing comes after it; it must be terminated or truncated with a value");
    if (!std::same_as<Estimator, estimators::returns_to_go>) {
      CHECK(refusal(estimator, estimators::columns{of_three, of_four, of_three, of_three}, terminated{}, p) ==
            "bellman: 4 values and 3 rewards; there must be one for each reward");
    }
  });
}

TEST_CASE("nothing is written when something is refused") {
  std::vector<double> first(3, 7.0);
  std::vector<double> second(3, 7.0);
  std::vector<double> const untouched(3, 7.0);
  estimators::columns const c{of_three, of_three, of_three, of_three};
  trace_parameters<double> const p{.gamma = 0.5, .lambda = 0.5};
  std::vector<bellman::step<>> const unended(3);
  CHECK_THROWS_AS((estimators::gae::call<deduced, deduced>(c, unended, p, first.begin(), second.begin())),
                  bellman::invalid_value);
  CHECK_THROWS_AS((estimators::vtrace::call<deduced, deduced>(c, unended, p, first.begin(), second.begin())),
                  bellman::invalid_value);
  CHECK(first == untouched);
  CHECK(second == untouched);
}

TEST_CASE("an empty batch has no estimates") {
  std::vector<double> const none;
  trace_parameters<double> const p{.gamma = 0.5, .lambda = 0.5};
  estimators::columns const c{none, none, none, none};
  estimators::for_each([&]<class Estimator>(Estimator) {
    for (auto const& out : estimators::outputs(Estimator::template call<deduced, deduced>(c, terminated{}, p))) {
      CHECK(out.empty());
    }
    std::vector<bellman::step<>> const no_steps;
    for (auto const& out : estimators::outputs(Estimator::template call<deduced, deduced>(c, no_steps, p))) {
      CHECK(out.empty());
    }
  });
}

TEST_CASE("an exact estimate that overflows is refused") {
  using bellman::rational;
  std::vector<rational> const x(80, rational(1, 7));
  estimators::columns const c{x, x, x, x};
  CHECK_THROWS_AS((estimators::gae::call<deduced, deduced>(c, terminated{},
                                                           trace_parameters<rational>{rational(2, 3), rational(3, 5)})),
                  std::overflow_error);
}
