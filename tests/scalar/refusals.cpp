// SPDX-License-Identifier: BSL-1.0

#include <bellman/scalar/approx_equal.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/checked.hpp>
#include <bellman/scalar/clamp.hpp>
#include <bellman/scalar/coordinates.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/known.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/scalar/pack.hpp>
#include <bellman/scalar/selection.hpp>
#include <bellman/scalar/square_root.hpp>
#include <bellman/scalar/stop_gradient.hpp>

#include <boost/rational.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"
#include "support/refusals.hpp"

namespace scalar_refusals {

using bellman::test::arguments;
using bellman::test::except;
using bellman::test::word;
using bellman::test::wrong_answers;

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

TEST_CASE("what is compared up to a tolerance are two numbers") {
  arguments<double, double, double> const three;
  except<0, int> const first{};
  except<1, int> const second{};
  except<2, int> const third{};
  CHECK(wrong_answers<bellman::approx_equal>(three, first, second, third) == "");
  CHECK(wrong_answers<bellman::absolutely_close>(three, first, second, third) == "");
  CHECK(wrong_answers<bellman::must_be_approx_equal>(three, first, second, third) == "");
  CHECK(wrong_answers<bellman::must_be_absolutely_close>(three, first, second, third) == "");
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

template <auto const& Function, class... Argument>
inline constexpr bool takes = std::is_invocable_v<decltype(Function), Argument...>;

using letters = char const (&)[2];
using row = double const (&)[3];

TEST_CASE("arrays of C and letters can be asked about") {
  STATIC_REQUIRE_FALSE(takes<bellman::maximum, letters, letters>);
  STATIC_REQUIRE_FALSE(takes<bellman::select, bool, letters, letters>);
  STATIC_REQUIRE_FALSE(takes<bellman::is_finite, letters>);
  STATIC_REQUIRE_FALSE(takes<bellman::is_zero, letters>);
  STATIC_REQUIRE_FALSE(takes<bellman::less, letters, letters>);
  STATIC_REQUIRE_FALSE(takes<bellman::sum, row, int>);
  STATIC_REQUIRE_FALSE(takes<bellman::sum, row, row>);
  STATIC_REQUIRE_FALSE(takes<bellman::product, double, row>);
  STATIC_REQUIRE_FALSE(takes<bellman::at_most, letters, letters>);
  STATIC_REQUIRE_FALSE(takes<bellman::stop_gradient, letters>);
  STATIC_REQUIRE(takes<bellman::is_finite, row>);
  double const numbers[] = {1, 2, 3};
  CHECK(bellman::is_finite(numbers));
}

TEST_CASE("is_zero is of numbers") {
  CHECK(wrong_answers<bellman::is_zero>(arguments<double>{}, except<0, int>{}) == "");
  STATIC_REQUIRE(takes<bellman::is_zero, bellman::dual<double>>);
  STATIC_REQUIRE(takes<bellman::is_zero, bellman::dual<boost::rational<int>>>);
  STATIC_REQUIRE_FALSE(takes<bellman::is_zero, bellman::coordinates<double, 2>>);
  STATIC_REQUIRE_FALSE(takes<bellman::is_zero, std::array<double, 2>>);
  STATIC_REQUIRE_FALSE(takes<bellman::is_zero, char>);
}

TEST_CASE("iterators, pointers and texts have no sum here") {
  using it = std::vector<double>::iterator;
  STATIC_REQUIRE_FALSE(takes<bellman::sum, it, int>);
  STATIC_REQUIRE_FALSE(takes<bellman::difference, it, it>);
  STATIC_REQUIRE_FALSE(takes<bellman::sum, double*, int>);
  STATIC_REQUIRE_FALSE(takes<bellman::difference, double*, double*>);
  STATIC_REQUIRE_FALSE(takes<bellman::sum, std::string, std::string>);
  STATIC_REQUIRE_FALSE(takes<bellman::maximum, std::string, std::string>);
  STATIC_REQUIRE_FALSE(takes<bellman::at_most, std::string, std::string>);
  STATIC_REQUIRE(takes<bellman::sum, bellman::known_zero, double>);
  STATIC_REQUIRE(takes<bellman::product, bellman::known_one, double>);
  STATIC_REQUIRE(takes<bellman::sum, bellman::pack<double, 2>, bellman::pack<double, 2>>);
  STATIC_REQUIRE(takes<bellman::sum, bellman::checked<int>, bellman::checked<int>>);
}

TEST_CASE("a mask is no text and no number") {
  STATIC_REQUIRE(takes<bellman::both, bool, std::false_type>);
  STATIC_REQUIRE(takes<bellman::both, bool, std::vector<bool>::reference>);
  STATIC_REQUIRE_FALSE(takes<bellman::both, letters, bool>);
  STATIC_REQUIRE_FALSE(takes<bellman::either, bool, letters>);
  STATIC_REQUIRE_FALSE(takes<bellman::negation, letters>);
  STATIC_REQUIRE_FALSE(takes<bellman::negation, double>);
}

TEST_CASE("what cannot be computed is not promised") {
  using half = boost::rational<int>;
  STATIC_REQUIRE_FALSE(takes<bellman::exp, bellman::dual<half>>);
  STATIC_REQUIRE_FALSE(takes<bellman::log, bellman::dual<half>>);
  STATIC_REQUIRE_FALSE(takes<bellman::sqrt, bellman::dual<half>>);
  STATIC_REQUIRE(takes<bellman::exp, bellman::dual<bellman::dual<double>>>);
  STATIC_REQUIRE_FALSE(takes<bellman::clamp, half, double, int>);
  STATIC_REQUIRE(takes<bellman::clamp, half, int, int>);
  STATIC_REQUIRE_FALSE(takes<bellman::as_number<std::string>, int>);
  STATIC_REQUIRE_FALSE(takes<bellman::as_number<bellman::coordinates<double, 2>>, int>);
  STATIC_REQUIRE_FALSE(takes<bellman::as_number<double>, half>);
  STATIC_REQUIRE(takes<bellman::as_number<half>, std::size_t>);
}

template <class... X>
concept are_coordinates = requires(X... x) {
  bellman::coordinates{x...};
};
template <class T>
concept has_a_dual = requires {
  typename bellman::dual<T, 1>;
};

TEST_CASE("classes of numbers ask for numbers") {
  STATIC_REQUIRE(are_coordinates<double, double>);
  STATIC_REQUIRE_FALSE(are_coordinates<int, int>);
  STATIC_REQUIRE_FALSE(are_coordinates<std::string, std::string>);
  STATIC_REQUIRE(has_a_dual<double>);
  STATIC_REQUIRE_FALSE(has_a_dual<int>);
  STATIC_REQUIRE_FALSE(has_a_dual<std::string>);
}

}  // namespace scalar_refusals
