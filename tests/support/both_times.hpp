// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman::test {

/// Whether a lambda without captures gives the same value in a constant expression and at run time. The call at run time
/// goes through a pointer that the compiler must read, so that it cannot be folded.
///
/// `CHECK(same_at_both_times([] { return f(2.0); }));`
template <class Body>
bool same_at_both_times(Body) {
  constexpr auto in_a_constant_expression = Body{}();
  using function = decltype(Body{}()) (*)();
  function volatile at_run_time = Body{};
  return at_run_time() == in_a_constant_expression;
}

/// The truth of such a lambda, in a constant expression and at run time.
template <class Body>
bool true_at_both_times(Body) {
  constexpr bool in_a_constant_expression = Body{}();
  using function = bool (*)();
  function volatile at_run_time = Body{};
  return in_a_constant_expression && at_run_time();
}

/// What is no constant expression: `CHECK(f(at_run_time(x)))` is checked at run time only, where a constant expression
/// would be too long.
template <class X>
X at_run_time(X x) {
  return x;
}

}  // namespace bellman::test
