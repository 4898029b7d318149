// SPDX-License-Identifier: BSL-1.0

// What every estimator refuses, and what it says then.
#include <bellman/affine/one_step.hpp>
#include <bellman/affine/order.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/action_values.hpp>
#include <bellman/estimation/corrected_return.hpp>
#include <bellman/estimation/correction.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/for_each_sequence.hpp>
#include <bellman/estimation/internal/step_source.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/td_target.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/tree_backup.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <complex>
#include <concepts>
#include <cstddef>
#include <limits>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

#include "estimation/every_estimator.hpp"
#include "support/catch.hpp"
#include "support/refusals.hpp"

namespace {

using bellman::deduced;
using bellman::terminated;
using bellman::trace_parameters;

std::vector<double> const of_three{1.0, 2.0, 3.0};
std::vector<double> const of_four{1.0, 2.0, 3.0, 4.0};
double const no_number = std::numeric_limits<double>::quiet_NaN();

using bellman::test::arguments;
using bellman::test::except;
using doubles = std::vector<double>;
using gamma_and_lambda = trace_parameters<double>;
using vtrace_bounds = bellman::vtrace_parameters<double>;

// A number with members of every name that this room knows.
struct named {
  double x = 0;
  double gamma = 7, lambda = 7, value = 7, lower = 7, upper = 7, clip_rho = 7;
  double terminated = 7, truncated = 7, value_after = 7, own = 7, last = 7;

  constexpr named() = default;
  constexpr named(double its_x) : x(its_x) {}

  friend constexpr named operator+(named a, named b) { return a.x + b.x; }
  friend constexpr named operator-(named a, named b) { return a.x - b.x; }
  friend constexpr named operator*(named a, named b) { return a.x * b.x; }
  friend constexpr named operator/(named a, named b) { return a.x / b.x; }
  friend constexpr named operator-(named a) { return -a.x; }
  friend constexpr bool operator==(named a, named b) { return a.x == b.x; }
  friend constexpr bool operator<(named a, named b) { return a.x < b.x; }
};

struct one_after_another {
  template <class Task>
  constexpr void operator()(std::size_t n, Task const& task) const {
    for (std::size_t i = 0; i < n; ++i) task(i);
  }
};

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
    CHECK(gammas({0.5, 0.5, 1.25}) == "bellman: the discount of step 2 is 1.25; it must lie in [0, 1]");
    CHECK(gammas({no_number, 0.5, 0.5}) == "bellman: the discount of step 0 is nan; it must lie in [0, 1]");
    CHECK(gammas({0.5, 0.5}) == "bellman: 2 discounts and 3 rewards; there must be one for each reward");
    if (has_lambda<Estimator>) {
      auto const lambdas = [&](std::vector<double> const& all) {
        return refusal_of(estimator, trace_parameters{.gamma = 0.5, .lambda = std::span(all)});
      };
      CHECK(lambdas({0.5, -1.0, 0.5}) == "bellman: lambda of step 1 is -1; it must lie in [0, 1]");
      CHECK(lambdas({0.5, 0.5, no_number}) == "bellman: lambda of step 2 is nan; it must lie in [0, 1]");
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

TEST_CASE("an estimator is asked whether it takes its arguments, and refuses each wrong one") {
  CHECK(bellman::test::wrong_answers<bellman::gae>(arguments<doubles&, doubles&, terminated, gamma_and_lambda>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::gae>(
            arguments<doubles&, doubles&, terminated, gamma_and_lambda, double*, double*>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::lambda_returns>(
            arguments<doubles, doubles, terminated, gamma_and_lambda, double*>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::returns_to_go>(
            arguments<doubles const&, std::vector<bellman::step<>>, double>{}, except<2, int>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::td_errors>(arguments<doubles&, doubles&, terminated, double, double*>{},
                                                   except<3, int>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::importance_corrected_td_errors>(
            arguments<doubles&, doubles&, doubles&, terminated, gamma_and_lambda>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::vtrace>(
            arguments<doubles&, doubles&, doubles&, terminated, vtrace_bounds, double*, double*>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::watkins_q_lambda_returns>(
            arguments<doubles&, doubles&, doubles&, terminated, gamma_and_lambda>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::off_policy_returns>(
            arguments<doubles&, doubles&, doubles&, doubles&, terminated, gamma_and_lambda>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::retrace>(
            arguments<doubles&, doubles&, doubles&, doubles&, terminated, gamma_and_lambda>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::tree_backup>(
            arguments<doubles&, doubles&, doubles&, doubles&, terminated, gamma_and_lambda>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::n_step_returns>(
            arguments<doubles&, doubles&, terminated, int, double, double*>{}, except<3, int>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::discounted_returns>(arguments<doubles&, double>{}, except<1, int>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::discounted_returns>(arguments<doubles&, double, double*>{}, except<1, int>{}) ==
        "");
  CHECK(bellman::test::wrong_answers<bellman::discounted_returns>(arguments<doubles&, terminated, double, double*>{},
                                                            except<2, int>{}) == "");
}

TEST_CASE("targets and action values are asked whether they take their arguments") {
  CHECK(bellman::test::wrong_answers<bellman::td_target>(arguments<double, double, double>{}, except<0, int>{},
                                                   except<1, int>{}, except<2, int>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::td_target>(arguments<double, bellman::truncated<double>, double>{},
                                                   except<0, int>{}, except<1, int>{}, except<2, int>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::value_of_action>(arguments<doubles, int>{}, except<1, int>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::greatest_action>(arguments<doubles>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::greatest_value>(arguments<doubles>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::expected_value>(arguments<doubles, doubles>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::persistent_value>(arguments<doubles, int, double>{}, except<1, int>{},
                                                          except<2, int>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::value_of_action), doubles, double>);

  auto const widened = bellman::persistent_value(of_three, 0, bellman::dual<double>::variable(0.5));
  CHECK(widened.value == 2.0);
  CHECK(widened.derivative[0] == -2.0);
}

TEST_CASE("what estimators are made of is asked whether it takes its arguments") {
  using here = bellman::one_step<double>;
  using seen = bellman::internal::step_seen<double, bool, bool>;
  using numbers = bellman::numbers_of_step<double, double, double, double>;
  using terms = bellman::correction<double, double, double>;
  CHECK(bellman::test::wrong_answers<bellman::emit>(arguments<here, seen, bool, double>{}, except<2, int>{},
                                              except<3, int>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::corrected>(arguments<here, seen, double&, numbers, terms>{}) == "");
  CHECK(bellman::test::wrong_answers<bellman::for_each_sequence>(
            arguments<bellman::in_parallel<one_after_another>, std::vector<doubles>&, void (*)(doubles&)>{}) == "");
}

TEST_CASE("steps without the value that they need are refused, not an error") {
  bellman::recorded_steps const cuts{.truncated = std::span(of_three)};
  bellman::recorded_steps const values{.value_after = std::span(of_three)};
  bellman::recorded_steps const both{.truncated = std::span(of_three), .value_after = std::span(of_three)};
  STATIC_REQUIRE(std::is_invocable_v<decltype(bellman::td_errors), doubles&, doubles&, decltype(both), double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::td_errors), doubles&, doubles&, decltype(cuts), double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::td_errors), doubles&, doubles&, decltype(values), double>);
  STATIC_REQUIRE(std::constructible_from<bellman::step<double>, bellman::truncated<double>>);
  STATIC_REQUIRE_FALSE(std::constructible_from<bellman::step<double>, bellman::truncated<>>);
  using bellman::gae;
  STATIC_REQUIRE(std::is_invocable_v<decltype(gae), doubles&, doubles&, bellman::truncated<double>, gamma_and_lambda>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(gae), doubles&, doubles&, bellman::truncated<>, gamma_and_lambda>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(gae), doubles&, doubles&, std::vector<bool>, gamma_and_lambda>);
}

TEST_CASE("flags are numbers, and rewards with a discount have an order") {
  using bellman::recorded_steps;
  using bellman::returns_to_go;
  using texts = std::vector<std::string>;
  using flags = std::vector<bool>;
  using letters = std::vector<char>;
  STATIC_REQUIRE(std::is_invocable_v<decltype(returns_to_go), doubles&, recorded_steps<flags>, double>);
  STATIC_REQUIRE(std::is_invocable_v<decltype(returns_to_go), doubles&, recorded_steps<letters>, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(returns_to_go), doubles&, recorded_steps<texts>, double>);

  using complex = std::vector<std::complex<double>>;
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(returns_to_go), complex&, terminated, double>);
}

TEST_CASE("a register has a width that is a power of two") {
  using bellman::gae_in;
  using bellman::in_register;
  using four = decltype(gae_in<deduced, in_register<4>>);
  using three = decltype(gae_in<deduced, in_register<3>>);
  STATIC_REQUIRE(std::is_invocable_v<four, doubles&, doubles&, terminated, gamma_and_lambda>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<three, doubles&, doubles&, terminated, gamma_and_lambda>);
}

TEST_CASE("a number of steps and a discount are not mistaken for one another") {
  using n_step = decltype(bellman::n_step_returns);
  STATIC_REQUIRE(std::is_invocable_v<n_step, doubles&, doubles&, terminated, int, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<n_step, doubles&, doubles&, terminated, double, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<n_step, doubles&, doubles&, terminated, int, int>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<n_step, doubles&, doubles&, terminated, double, double>);
  CHECK_THROWS_AS(bellman::n_step_returns(of_three, of_three, terminated{}, -1, 0.5), bellman::invalid_value);
}

template <class... Number>
concept makes_trace_parameters = requires(Number... number) {
  trace_parameters{number...};
};

TEST_CASE("the parameters of an estimator are known by their type") {
  STATIC_REQUIRE(makes_trace_parameters<double, double>);
  STATIC_REQUIRE_FALSE(makes_trace_parameters<double>);
  using bellman::gae;
  using bellman::td_errors;
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(gae), doubles&, doubles&, terminated, vtrace_bounds>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(gae), doubles&, doubles&, terminated, double>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(gae), doubles&, doubles&, terminated, named>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(td_errors), doubles&, doubles&, terminated, gamma_and_lambda>);

  CHECK(-named(1.0) / named(2.0) == named(-0.5));
  std::vector<named> const r{1.0, 2.0};
  std::vector<named> const v{3.0, 4.0};
  CHECK(td_errors(r, v, terminated{}, named(0.5)) == std::vector<named>{0.0, -2.0});
  CHECK(gae(r, v, terminated{}, {.gamma = 0.5, .lambda = 0.0}).advantages == std::vector<named>{0.0, -2.0});
}

TEST_CASE("numbers that have nothing in common are refused, not an error") {
  using bellman::rational;
  using bellman::td_errors;
  using rationals = std::vector<rational>;
  STATIC_REQUIRE(std::is_invocable_v<decltype(td_errors), rationals&, rationals&, terminated, rational>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(td_errors), rationals&, doubles&, terminated, rational>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(td_errors), rationals&, rationals&, terminated, double>);
  STATIC_REQUIRE_FALSE(
      std::is_invocable_v<decltype(td_errors), rationals&, rationals&, bellman::truncated<double>, rational>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(td_errors), doubles&, doubles&, terminated, double, int*>);
}
