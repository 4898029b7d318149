// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/internal/number_text.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/interval.hpp>

#include <cmath>
#include <limits>
#include <string>

#include <boost/multiprecision/cpp_int.hpp>

#include "support/catch.hpp"

namespace number_text_tests {

using bellman::internal::number_in_text;
using bellman::internal::text_of;
using fraction = boost::multiprecision::cpp_rational;
using fraction_without_templates =
    boost::multiprecision::number<boost::multiprecision::cpp_rational_backend, boost::multiprecision::et_off>;

// k times the least number above 0.
template <class T>
T subnormal(T k) {
  return k * std::numeric_limits<T>::denorm_min();
}

TEST_CASE("numbers too small for all their digits are the nearest that there is") {
  CHECK(number_in_text<double>("1e-320") == subnormal<double>(2024));   // 1e-320 / 2^-1074 = 2024.02
  CHECK(number_in_text<double>("2.4e-324") == 0);                       // 0.486
  CHECK(number_in_text<double>("-2.5e-324") == -subnormal<double>(1));  // 0.506
  CHECK(number_in_text<float>("1e-43") == subnormal<float>(71));        // 1e-43 / 2^-149 = 71.36
  CHECK(number_in_text<float>("1e-46") == 0.0f);
  CHECK(number_in_text<double>("1e-999999999999") == 0);
  CHECK_FALSE(number_in_text<double>("1e400").has_value());
  using limits = std::numeric_limits<long double>;
  CHECK(number_in_text<long double>("1e-999999") == 0);
  CHECK_FALSE(number_in_text<long double>("1e999999").has_value());
  if constexpr (limits::digits == 64 && limits::min_exponent == -16381) {
    // 2^-16445 = 3.6451995318824746025e-4951, so that 1e-4940 is 27433340514.1 of it.
    CHECK(number_in_text<long double>("1e-4940") == subnormal<long double>(27433340514));
    CHECK(number_in_text<long double>("-.01e-4938") == -subnormal<long double>(27433340514));
    CHECK(number_in_text<long double>("2e-4951") == subnormal<long double>(1));  // 0.549
    CHECK(number_in_text<long double>("1.8e-4951") == 0);                        // 0.494
    CHECK(number_in_text<long double>("1e-4940/1e-4941") ==
          subnormal<long double>(27433340514) / subnormal<long double>(2743334051));
  }
}

TEST_CASE("subnormal numbers that are written are read again") {
  long double const x = std::numeric_limits<long double>::min() / 3;
  CHECK(number_in_text<long double>(text_of(x)) == x);
  CHECK(number_in_text<double>(text_of(std::numeric_limits<double>::denorm_min())) ==
        std::numeric_limits<double>::denorm_min());
}

TEMPLATE_TEST_CASE("quotients of integers of any size are read and written as they are", "", fraction,
                   fraction_without_templates) {
  using whole = boost::multiprecision::cpp_int;
  STATIC_REQUIRE(bellman::internal::is_quotient<TestType>);
  STATIC_REQUIRE(bellman::internal::is_quotient<TestType const>);
  TestType const third = TestType(1) / 3;
  CHECK(number_in_text<TestType>("0.1") == TestType(1) / 10);
  CHECK(number_in_text<TestType>("-2/6") == -third);
  CHECK(number_in_text<TestType>("1.5e-3/0.5") == TestType(3) / 1000);
  CHECK(number_in_text<TestType>("7") == TestType(7));
  CHECK_FALSE(number_in_text<TestType>("1/0").has_value());
  CHECK_FALSE(number_in_text<TestType>("1e401").has_value());
  TestType const fine = TestType(1) / TestType(whole(1) << 200);
  CHECK(text_of(third) == "1/3");
  CHECK(text_of(TestType(-4) / 2) == "-2");
  for (TestType const& x : {third, TestType(-third), fine, TestType(fine + third)}) {
    CHECK(number_in_text<TestType>(text_of(x)) == x);
  }
}

TEST_CASE("an interval and a number with derivatives are read as exactly as their parts") {
  using bounds = bellman::interval<fraction_without_templates>;
  auto const x = number_in_text<bounds>("[0.1, 1/3]");
  REQUIRE(x.has_value());
  CHECK(x->lower() == fraction_without_templates(1) / 10);
  CHECK(x->upper() == fraction_without_templates(1) / 3);
  auto const y = number_in_text<bellman::dual<bellman::rational>>("0.1");
  REQUIRE(y.has_value());
  CHECK(y->value == bellman::rational(1, 10));
  CHECK(number_in_text<bellman::dual<double>>("0.1")->value == 0.1);
}

}  // namespace number_text_tests
