// SPDX-License-Identifier: BSL-1.0

#include <bellman/affine/affine.hpp>
#include <bellman/affine/fold.hpp>
#include <bellman/affine/scan.hpp>

#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/refusals.hpp"

namespace affine_refusals {

using support::arguments;
using support::except;
using support::word;
using support::wrong_answers;

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

}  // namespace affine_refusals
