// SPDX-License-Identifier: BSL-1.0
#include <bellman/scalar/dual.hpp>

#include <bellman/scalar/interval.hpp>
#include <bellman/scalar/maximum.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <string>
#include <type_traits>

#include <boost/multiprecision/cpp_bin_float.hpp>
#include <boost/multiprecision/cpp_int.hpp>
#include <boost/rational.hpp>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::dual;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;
using rational = boost::rational<long long>;
using precise = boost::multiprecision::number<boost::multiprecision::cpp_bin_float<50>, boost::multiprecision::et_off>;
using unbounded = boost::multiprecision::number<boost::multiprecision::cpp_rational_backend,
                                                boost::multiprecision::et_off>;

// Equal in value and in every derivative.
template <class T, std::size_t N>
constexpr bool same(dual<T, N> const& a, dual<T, N> const& b) {
  return a.value == b.value && a.derivative == b.derivative;
}

template <class T>
constexpr bool obeys_the_axioms_of_a_field(std::array<T, 3> const& samples) {
  for (T const& a : samples) {
    if (!same(a + T(0), a) || !same(a + T{}, a) || !same(T(1) * a, a) || !same(a + (-a), T(0))) return false;
    if (!same(a / a, T(1))) return false;
    for (T const& b : samples) {
      if (!same(a + b, b + a) || !same(a * b, b * a) || !same((a / b) * b, a) || !same(a - b, a + (-b))) return false;
      for (T const& c : samples) {
        if (!same((a + b) + c, a + (b + c)) || !same((a * b) * c, a * (b * c))) return false;
        if (!same(a * (b + c), a * b + a * c)) return false;
      }
    }
  }
  return true;
}

}  // namespace

TEST_CASE("a dual is an ordered field and its own scalar") {
  STATIC_REQUIRE(bellman::ordered_field<dual<double>>);
  STATIC_REQUIRE(bellman::ordered_field<dual<float, 4>>);
  STATIC_REQUIRE(bellman::ordered_field<dual<rational, 2>>);
  STATIC_REQUIRE(bellman::ordered_field<dual<precise>>);
  STATIC_REQUIRE(bellman::ordered_field<dual<unbounded>>);
  STATIC_REQUIRE(bellman::ordered_field<dual<bellman::interval<double>>>);
  STATIC_REQUIRE(bellman::ordered_field<dual<dual<double, 2>, 2>>);
  STATIC_REQUIRE(bellman::vector_space_over<dual<double>>);
  STATIC_REQUIRE(std::same_as<bellman::scalar_t<dual<double>>, dual<double>>);
}

TEST_CASE("a dual is exact when its scalar is") {
  STATIC_REQUIRE(bellman::exact_scalar<dual<rational>>);
  STATIC_REQUIRE(bellman::exact_scalar<dual<dual<rational>>>);
  STATIC_REQUIRE(!bellman::exact_scalar<dual<double>>);
  STATIC_REQUIRE(!bellman::exact_scalar<dual<dual<float>>>);
  STATIC_REQUIRE(!bellman::exact_scalar<dual<precise>>);
}

TEST_CASE("duals obey the axioms of a field, derivatives included") {
  CHECK(true_at_both_times([] {
    using d = dual<rational, 2>;
    return obeys_the_axioms_of_a_field(std::array{d(rational(2, 3), {rational(1), rational(-1, 2)}),
                                                  d(rational(-5), {rational(0), rational(3)}), d(rational(1, 7))});
  }));
  CHECK(true_at_both_times([] {
    using d = dual<dual<rational>>;
    using inner = dual<rational>;
    return obeys_the_axioms_of_a_field(std::array{d::variable(inner::variable(rational(3, 2))),
                                                  d(inner(rational(-2), {rational(1, 3)})), d(4)});
  }));
}

TEST_CASE("a constant has no derivative, a variable has one in its own direction") {
  CHECK(true_at_both_times([] {
    constexpr std::array<double, 3> zero{0, 0, 0};
    return dual<double, 3>().value == 0.0 && dual<double, 3>().derivative == zero &&
           dual<double, 3>(2.5).value == 2.5 && dual<double, 3>(2.5).derivative == zero;
  }));
  CHECK(true_at_both_times([] {
    auto const x = dual<double, 3>::variable(2.5, 1);
    return x.value == 2.5 && x.derivative == std::array<double, 3>{0, 1, 0};
  }));
  CHECK(true_at_both_times([] { return dual<rational>::variable(7).derivative[0] == rational(1); }));
  CHECK_THROWS_AS((dual<double, 3>::variable(1.0, 3)), bellman::invalid_value);
}

TEST_CASE("the gradient of a rational function of two variables is exact") {
  // f(x, y) = x^2 y / (1 + y) - y / x:  f_x = 2 x y / (1 + y) + y / x^2,  f_y = x^2 / (1 + y)^2 - 1 / x
  CHECK(true_at_both_times([] {
    using d = dual<rational, 2>;
    auto const x = d::variable(rational(3, 2), 0);
    auto const y = d::variable(rational(2, 5), 1);
    auto const f = x * x * y / (1 + y) - y / x;
    return f.value == rational(79, 210) && f.derivative[0] == rational(326, 315) &&
           f.derivative[1] == rational(283, 588);
  }));
}

TEST_CASE("a constant may stand on either side of every operation") {
  CHECK(true_at_both_times([] {
    using d = dual<rational, 2>;
    d const x(rational(3, 4), {rational(1), rational(-2)});
    rational const c(2, 5);
    d const lifted(c);
    return same(x + c, x + lifted) && same(c + x, lifted + x) && same(x - c, x - lifted) && same(c - x, lifted - x) &&
           same(x * c, x * lifted) && same(c * x, lifted * x) && same(x / c, x / lifted) && same(c / x, lifted / x) &&
           same(x + 2, x + d(2)) && same(2 - x, d(2) - x) && same(3 * x, d(3) * x) && same(2 / x, d(2) / x);
  }));
  CHECK(true_at_both_times([] {
    auto const x = dual<float>::variable(1.5f);
    return (x * 2).derivative[0] == 2.0f && (1 / x).value < 1.0f && (0.5f * x).derivative[0] == 0.5f;
  }));
  CHECK(true_at_both_times([] {
    auto const inner = dual<double>::variable(3.0);
    auto const x = dual<dual<double>>::variable(inner);
    auto const y = 2.0 * x * inner + 1;  // d/dx (2 x a + 1) = 2 a, and d/da of the value is 2 x + 2 a at x = a
    return y.derivative[0].value == 6.0 && y.value.value == 19.0 && y.value.derivative[0] == 12.0;
  }));
}

TEST_CASE("an operation with assignment is the operation") {
  CHECK(true_at_both_times([] {
    using d = dual<rational>;
    d const x(rational(2, 3), {rational(5)});
    d y(rational(7), {rational(1, 2)});
    y += x;
    bool good = same(y, d(rational(23, 3), {rational(11, 2)}));
    y -= 1;
    good = good && same(y, d(rational(20, 3), {rational(11, 2)}));
    y *= y;
    good = good && same(y, d(rational(400, 9), {rational(220, 3)}));
    y /= rational(2);
    return good && same(y, d(rational(200, 9), {rational(110, 3)}));
  }));
}

TEST_CASE("order and equality are those of the values") {
  CHECK(true_at_both_times([] {
    auto const x = dual<double>::variable(2.0);
    dual<double> const y(2.0);
    dual<double> const z(3.0);
    return x == y && x == 2.0 && 2 == x && x != z && x < z && z > x && x <= y && x >= y && !(x < y) && x < 2.5 &&
           3 > x && !(z <= x) && !(x >= z);
  }));
  CHECK(true_at_both_times([] {
    auto const x = dual<double, 2>::variable(2.0, 0);
    auto const y = dual<double, 2>::variable(3.0, 1);
    return bellman::maximum(x, y).derivative == std::array{0.0, 1.0} &&
           bellman::maximum(y, x).derivative == std::array{0.0, 1.0};
  }));
}

TEST_CASE("exp and log have their derivatives") {
  // (e^(2x))' = 2 e^(2x), (log x)' = 1 / x
  CHECK(true_at_both_times([] {
    auto const x = dual<double>::variable(0.75);
    auto const e = bellman::exp(2 * x);
    auto const l = bellman::log(x);
    return approx_equal(e.value, 4.4816890703380648, 1e-15) &&
           approx_equal(e.derivative[0], 8.9633781406761296, 1e-15) &&
           approx_equal(l.value, -0.28768207245178093, 1e-15) && approx_equal(l.derivative[0], 4.0 / 3, 1e-15);
  }));
  CHECK_THROWS_AS(bellman::log(dual<double>::variable(-1.0)), bellman::invalid_value);
  auto const e = bellman::exp(dual<precise>::variable(1));
  CHECK(e.value == e.derivative[0]);
}

TEST_CASE("a dual of duals has second derivatives") {
  // f(x) = x^3 e^x at 1/2: f' = (x^3 + 3 x^2) e^x = (7/8) e^x, f'' = (x^3 + 6 x^2 + 6 x) e^x = (37/8) e^x
  CHECK(true_at_both_times([] {
    using inner = dual<double>;
    auto const x = dual<inner>::variable(inner::variable(0.5));
    auto const f = x * x * x * bellman::exp(x);
    constexpr double e = 1.6487212707001282;
    return approx_equal(f.value.value, e / 8, 1e-15) && approx_equal(f.value.derivative[0], 7 * e / 8, 1e-15) &&
           approx_equal(f.derivative[0].value, 7 * e / 8, 1e-15) &&
           approx_equal(f.derivative[0].derivative[0], 37 * e / 8, 1e-15);
  }));
  // The Hessian of x^2 y / (x + y) at (1, 2): exact and symmetric.
  // f = x^2 y / s with s = x + y: f_xx = 2 y^3 / s^3, f_xy = (x^3 + 3 x^2 y) / s^3, f_yy = -2 x^3 / s^3.
  CHECK(true_at_both_times([] {
    using inner = dual<rational, 2>;
    using outer = dual<inner, 2>;
    auto const x = outer::variable(inner::variable(1, 0), 0);
    auto const y = outer::variable(inner::variable(2, 1), 1);
    auto const f = x * x * y / (x + y);
    return f.derivative[0].derivative[0] == rational(16, 27) && f.derivative[0].derivative[1] == rational(7, 27) &&
           f.derivative[1].derivative[0] == rational(7, 27) && f.derivative[1].derivative[1] == rational(-2, 27);
  }));
}

TEST_CASE("the derivative of an interval computation encloses the derivative") {
  CHECK(true_at_both_times([] {
    using bellman::interval;
    auto const x = dual<interval<double>>::variable(interval<double>(3));
    auto const f = 1 / x;  // f' = -1/9
    auto const nine_times = f.derivative[0] * interval<double>(9);
    return nine_times.contains(-1.0) && nine_times.width() < 1e-15;
  }));
}

TEST_CASE("a dual and a constant have a common type, in the wider of their scalars") {
  STATIC_REQUIRE(std::same_as<std::common_type_t<dual<double, 3>, double>, dual<double, 3>>);
  STATIC_REQUIRE(std::same_as<std::common_type_t<double, dual<double, 3>>, dual<double, 3>>);
  STATIC_REQUIRE(std::same_as<std::common_type_t<dual<float>, double>, dual<double>>);
  STATIC_REQUIRE(std::same_as<std::common_type_t<dual<rational>, rational>, dual<rational>>);
  STATIC_REQUIRE(std::same_as<std::common_type_t<int, dual<rational>>, dual<rational>>);
  STATIC_REQUIRE(std::same_as<std::common_type_t<dual<float>, dual<double>>, dual<double>>);
  STATIC_REQUIRE(std::same_as<std::common_type_t<dual<double>, dual<dual<double>>>, dual<dual<double>>>);
  STATIC_REQUIRE(std::same_as<std::common_type_t<double, dual<dual<double>>>, dual<dual<double>>>);
}

TEST_CASE("a dual does not lose its derivatives or its exactness in silence") {
  STATIC_REQUIRE(!std::is_convertible_v<dual<double>, double>);
  STATIC_REQUIRE(!std::is_convertible_v<double, dual<rational>>);
  STATIC_REQUIRE(!std::is_convertible_v<dual<double>, dual<float>>);
  STATIC_REQUIRE(!std::is_convertible_v<dual<double, 2>, dual<double, 3>>);
  STATIC_REQUIRE(std::is_convertible_v<dual<float>, dual<double>>);
}

TEST_CASE("overflow of an exact derivative is an error") {
  using d = dual<rational>;
  long long const most = std::numeric_limits<long long>::max();
  CHECK_THROWS_AS(d(rational(1), {rational(most)}) + d(rational(1), {rational(1)}), std::overflow_error);
  CHECK_THROWS_AS(d(rational(1), {rational(most)}) * 2, std::overflow_error);
  CHECK_THROWS_AS(d(rational(3), {rational(most)}) * d(rational(2), {rational(0)}), std::overflow_error);
  CHECK_THROWS_AS(d(rational(1), {rational(1, most)}) / d(2), std::overflow_error);
}

TEST_CASE("a dual as text shows the value and each direction") {
  CHECK(bellman::internal::describe(dual<rational, 2>(rational(1, 2), {rational(3), rational(-1, 4)})) ==
        "1/2 + (3/1) e0 + (-1/4) e1");
}
