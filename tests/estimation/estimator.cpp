// SPDX-License-Identifier: BSL-1.0
#include <bellman/estimation/estimator.hpp>

#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/vtrace.hpp>

#include <type_traits>

#include "support/catch.hpp"

namespace {

template <auto const& Function>
using estimator_of = typename std::remove_cvref_t<decltype(Function)>::estimator_type;

struct no_estimator {};

}  // namespace

TEST_CASE("the library's own are estimators; how many numbers they give and columns they read is known") {
  STATIC_REQUIRE(bellman::estimator<estimator_of<bellman::returns_to_go>>);
  STATIC_REQUIRE(bellman::estimator<estimator_of<bellman::gae>>);
  STATIC_REQUIRE(bellman::estimator<estimator_of<bellman::vtrace>>);
  STATIC_REQUIRE(!bellman::estimator<no_estimator>);
  STATIC_REQUIRE(estimator_of<bellman::returns_to_go>::columns::size == 0);
  STATIC_REQUIRE(estimator_of<bellman::vtrace>::columns::size == 2);
  STATIC_REQUIRE(estimator_of<bellman::gae>::outputs == 2);
}
