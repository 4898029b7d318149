// SPDX-License-Identifier: BSL-1.0

#include <bellman/affine/affine.hpp>
#include <bellman/affine/fold.hpp>
#include <bellman/affine/scan.hpp>
#include <bellman/scalar/coordinates.hpp>

#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/refusals.hpp"

namespace affine_refusals {

using bellman::test::arguments;
using bellman::test::except;
using bellman::test::word;
using bellman::test::wrong_answers;

using maps = std::vector<bellman::affine<double>>;

constexpr bellman::affine<double> halves{0.0, 0.5};

TEST_CASE("what composes maps asks for affine maps and what comes after them") {
  CHECK(wrong_answers<bellman::fold>(arguments<maps, double>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::backward_scan>(arguments<maps, double, double*>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::backward_scan>(arguments<bellman::sequential, maps, double, double*>{},
                                              except<2, int>{}) == "");
  CHECK(wrong_answers<bellman::compose>(arguments<bellman::affine<double>, bellman::affine<double>>{}) == "");
  CHECK(wrong_answers<bellman::fixed_point>(arguments<bellman::affine<double>>{}) == "");
  CHECK(wrong_answers<halves>(arguments<double>{}, except<0, int>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::backward_scan), maps, double, int*>);
}

TEST_CASE("a map asks for what its slope scales and its offset is added to") {
  using letters = char const(&)[2];
  using speeds = bellman::coordinates<double, 2>;
  STATIC_REQUIRE_FALSE(std::is_invocable_v<bellman::affine<double>, letters>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<bellman::affine<double>, speeds>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<bellman::affine<speeds>, double>);
  STATIC_REQUIRE(std::is_invocable_v<bellman::affine<speeds>, speeds>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::fold), maps, letters>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::fold), maps, speeds>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::backward_scan), maps, letters, double*>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::backward_scan), maps, speeds, double*>);
}

}  // namespace affine_refusals
