// SPDX-License-Identifier: BSL-1.0
// expect: exact numbers are read from a text as quotients

#include <bellman/interop/internal/number_text.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <string>

// Hundredths: 0.125 would be cut to 0.12.
struct hundredths {
  long long count = 0;
  constexpr explicit hundredths(double x) : count(static_cast<long long>(100 * x)) {}
};

#ifdef CONTROL
template <>
struct bellman::scalar_traits<hundredths> : bellman::plain_scalar<hundredths> {
  static constexpr bool is_exact = false;
};
#endif

int main() { return bellman::internal::number_in_text<hundredths>("0.125").has_value() ? 0 : 1; }
