// SPDX-License-Identifier: BSL-1.0
#include <bellman/reflect/estimators.hpp>

#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <concepts>
#include <type_traits>

#include "support/catch.hpp"

namespace reflect = bellman::reflect;

TEST_CASE("parameters in braces are double, others of their own type") {
  constexpr auto e = reflect::gae({.gamma = 0.5, .lambda = 1});
  STATIC_REQUIRE(std::same_as<decltype(e.parameters), bellman::trace_parameters<double>>);
  STATIC_REQUIRE(std::same_as<decltype(e)::name_type, reflect::name_t<"gae">>);
  auto const exact = reflect::td_errors(bellman::rational(1, 2));
  STATIC_REQUIRE(std::same_as<decltype(exact.parameters), bellman::rational>);
}

TEST_CASE("an estimator reads the columns that its arguments are named after") {
  using estimator_type = std::remove_cvref_t<decltype(bellman::retrace)>::estimator_type;
  STATIC_REQUIRE(
      std::same_as<std::remove_cvref_t<decltype(reflect::retrace({.gamma = 1, .lambda = 1}))>,
                   reflect::named_estimator<reflect::name_t<"retrace">, estimator_type, bellman::trace_parameters<double>,
                                            reflect::name_t<"values">, reflect::name_t<"action_values">,
                                            reflect::name_t<"ratios">>>);
}
