// SPDX-License-Identifier: BSL-1.0
#include <bellman/interop/internal/number_text.hpp>

#include <cmath>
#include <limits>
#include <string>

#include "support/catch.hpp"

namespace number_text_tests {

using bellman::internal::number_in_text;
using bellman::internal::text_of;

// k times the least number above 0.
template <class T>
T subnormal(T k) {
  return k * std::numeric_limits<T>::denorm_min();
}

TEST_CASE("numbers too small for all their digits are the nearest that there is") {
  CHECK(number_in_text<double>("1e-320") == subnormal<double>(2024));  // 1e-320 / 2^-1074 = 2024.02
  CHECK(number_in_text<double>("2.4e-324") == 0);                      // 0.486
  CHECK(number_in_text<double>("-2.5e-324") == -subnormal<double>(1));  // 0.506
  CHECK(number_in_text<float>("1e-43") == subnormal<float>(71));       // 1e-43 / 2^-149 = 71.36
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
    CHECK(number_in_text<long double>("1e-4940/1e-4941") == subnormal<long double>(27433340514) /
                                                                subnormal<long double>(2743334051));
  }
}

TEST_CASE("subnormal numbers that are written are read again") {
  long double const x = std::numeric_limits<long double>::min() / 3;
  CHECK(number_in_text<long double>(text_of(x)) == x);
  CHECK(number_in_text<double>(text_of(std::numeric_limits<double>::denorm_min())) ==
        std::numeric_limits<double>::denorm_min());
}

}  // namespace number_text_tests
