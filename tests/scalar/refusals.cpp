// SPDX-License-Identifier: BSL-1.0

#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/clamp.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/scalar/selection.hpp>
#include <bellman/scalar/square_root.hpp>

#include <array>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/refusals.hpp"

namespace scalar_refusals {

using support::arguments;
using support::except;
using support::word;
using support::wrong_answers;

TEST_CASE("operations ask for two operands that have them") {
  arguments<double, double> const two;
  CHECK(wrong_answers<bellman::sum>(two, except<0, int>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::difference>(two, except<0, int>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::product>(two, except<0, int>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::quotient>(two, except<0, int>{}, except<1, int>{}) == "");
  CHECK(wrong_answers<bellman::product>(arguments<double, std::array<double, 2>>{}, except<0, int>{},
                                        except<1, int>{}) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::product), double, std::array<word, 2>>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::quotient), double, std::array<double, 2>>);
}

TEST_CASE("functions of a number ask for a number that has them") {
  CHECK(wrong_answers<bellman::exp>(arguments<double>{}) == "");
  CHECK(wrong_answers<bellman::log>(arguments<double>{}) == "");
  CHECK(wrong_answers<bellman::sqrt>(arguments<double>{}) == "");
  CHECK(wrong_answers<bellman::magnitude>(arguments<double>{}, except<0, int>{}) == "");
  CHECK(wrong_answers<bellman::is_finite>(arguments<double>{}, except<0, int>{}) == "");
}

TEST_CASE("what compares asks for numbers of one type with an order") {
  arguments<double, double> const two;
  CHECK(wrong_answers<bellman::maximum>(two) == "");
  CHECK(wrong_answers<bellman::at_most>(two) == "");
  CHECK(wrong_answers<bellman::less>(two) == "");
  CHECK(wrong_answers<bellman::equal>(two) == "");
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::maximum), word, word>);
  STATIC_REQUIRE_FALSE(std::is_invocable_v<decltype(bellman::at_most), word, word>);
  CHECK(wrong_answers<bellman::clamp>(arguments<double, double, double>{}, except<0, int>{}, except<1, int>{},
                                      except<2, int>{}) == "");
}

}  // namespace scalar_refusals
