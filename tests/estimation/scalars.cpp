// SPDX-License-Identifier: BSL-1.0

// The same estimators over numbers of every kind.
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/interval.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

#include "estimation/every_estimator.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::deduced;
using bellman::rational;
using bellman::terminated;
using bellman::truncated;
using bellman::test::true_at_both_times;

// A recording of two episodes with a skipped step, in numbers of N; `with` makes them of an index and a rational.
template <class N, class With>
constexpr auto columns_of(With const& with) {
  constexpr std::array<std::array<int, 6>, 4> numbers{
      {{1, -2, 0, 3, 2, -1}, {2, 1, 5, -1, 0, 4}, {2, 3, 5, -2, 0, 4}, {2, 1, 5, 0, 1, 3}}};
  auto const column = [&](std::size_t k) {
    std::vector<N> all;
    for (int x : numbers[k]) all.push_back(with(rational(x, 2)));
    return all;
  };
  return estimators::columns{column(0), column(1), column(2), column(3)};
}
template <class N, class With>
constexpr auto steps_of(With const& with) {
  using step = bellman::step<N>;
  return std::vector<step>{step(bellman::continues{}), step(bellman::continues{}),
                           step(bellman::skipped{}),   step(truncated{with(rational(3, 2))}),
                           step(bellman::continues{}), step(terminated{})};
}
template <class Estimator, class N, class With>
constexpr auto estimates_in(With const& with) {
  bellman::trace_parameters<N> const p{.gamma = with(rational(1, 2)), .lambda = with(rational(3, 4))};
  return estimators::outputs(Estimator::template call<deduced, deduced>(columns_of<N>(with), steps_of<N>(with), p));
}
template <class Estimator>
constexpr auto exact_estimates() {
  return estimates_in<Estimator, rational>([](rational const& x) { return x; });
}

// Whether `holds(estimate, exact)` for every estimate by every estimator.
template <class N, class With, class Holds>
constexpr bool everywhere(With const& with, Holds const& holds) {
  bool everywhere = true;
  estimators::for_each([&]<class Estimator>(Estimator) {
    // Of intervals it is not known which action is greedy.
    if constexpr (!bellman::internal::has_bounds<N> || !std::same_as<Estimator, estimators::watkins_q_lambda_returns>) {
      auto const exact = exact_estimates<Estimator>();
      auto const found = estimates_in<Estimator, N>(with);
      for (std::size_t i = 0; i < exact.size(); ++i) {
        for (std::size_t t = 0; t < exact[i].size(); ++t) everywhere = everywhere && holds(found[i][t], exact[i][t]);
      }
    }
  });
  return everywhere;
}

template <class T>
constexpr T as(rational const& x) {
  return T(x.numerator()) / T(x.denominator());
}

}  // namespace

TEST_CASE("dyadic numbers are estimated without any rounding in float, double and long double") {
  CHECK(true_at_both_times([] {
    return everywhere<double>(as<double>, [](double x, rational const& exact) { return x == as<double>(exact); });
  }));
  CHECK(true_at_both_times([] {
    return everywhere<float>(as<float>, [](float x, rational const& exact) { return x == as<float>(exact); });
  }));
  CHECK(everywhere<long double>(as<long double>,
                                [](long double x, rational const& exact) { return x == as<long double>(exact); }));
}

TEST_CASE("estimates of dual numbers have the values of their values, and no derivative where nothing varies") {
  CHECK(true_at_both_times([] {
    using number = bellman::dual<rational>;
    return everywhere<number>(
        [](rational const& x) { return number(x); },
        [](number const& x, rational const& exact) { return x.value == exact && x.derivative[0] == rational(0); });
  }));
}

TEST_CASE("estimates of intervals hold those of every number within") {
  CHECK(true_at_both_times([] {
    using number = bellman::interval<double>;
    return everywhere<number>([](rational const& x) { return number(as<double>(x)); },
                              [](number const& x, rational const& exact) {
                                double const y = as<double>(exact);
                                return x.lower() <= y && y <= x.upper() && x.upper() - x.lower() < 1e-12;
                              });
  }));
}

TEST_CASE("numbers that compute lazily are estimated as others are") {
  using number = boost::multiprecision::cpp_rational;
  CHECK(everywhere<number>(
      [](rational const& x) { return number(x.numerator(), x.denominator()); },
      [](number const& x, rational const& exact) { return x == number(exact.numerator(), exact.denominator()); }));
}

TEST_CASE("rewards and values may be integers and bools, which alone are estimated in double") {
  std::vector<bool> const won{true, false, true};
  bool const flags[]{true, false, true};
  std::array<std::uint8_t, 3> const bytes{1, 0, 1};
  std::vector<std::int64_t> const wide{1, 0, 1};
  std::vector const expected{1.25, 0.5, 1.0};
  STATIC_REQUIRE(std::same_as<decltype(bellman::returns_to_go(won, terminated{}, 0.5)), std::vector<double>>);
  CHECK(bellman::returns_to_go(won, terminated{}, 0.5) == expected);
  CHECK(bellman::returns_to_go(flags, terminated{}, 0.5) == expected);
  CHECK(bellman::returns_to_go(wide, terminated{}, 0.5) == expected);
  CHECK(bellman::returns_to_go(bytes, terminated{}, 0.5) == std::array{1.25, 0.5, 1.0});
  CHECK(bellman::returns_to_go_in<float>(won, terminated{}, 0.5) == std::vector{1.25f, 0.5f, 1.0f});
  // Beside numbers of another type they take that.
  std::vector const values{0.5f, 0.5f, 0.5f};
  auto const mixed = bellman::gae(won, values, terminated{}, {.gamma = 0.5, .lambda = 1});
  STATIC_REQUIRE(std::same_as<decltype(mixed.returns), std::vector<float>>);
  CHECK(mixed.returns == std::vector{1.25f, 0.5f, 1.0f});
  std::array const exact{rational(1, 3), rational(0), rational(0)};
  CHECK(bellman::lambda_returns(std::array{1, 0, 1}, exact, terminated{},
                                bellman::trace_parameters{.gamma = rational(1, 2), .lambda = rational(1)}) ==
        std::array{rational(5, 4), rational(1, 2), rational(1)});
}
