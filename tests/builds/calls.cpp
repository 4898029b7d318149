// SPDX-License-Identifier: BSL-1.0

// A program that calls something of every room, for the builds in `list`: what it computes is right in each.
#include "../strangers/calls.hpp"

#include <cstdio>
#include <limits>
#include <vector>
#include <version>

#if defined(__cpp_lib_mdspan)
#include <mdspan>
#endif

enum class act : bool {};

template <class T>
int wrong() {
  int count = 0;
  auto const is = [&](char const* what, T expected, T got) {
    T const off = expected - got;
    T const allowed = 64 * std::numeric_limits<T>::epsilon();
    if (-allowed <= off && off <= allowed) return;
    std::printf("%s: expected %g, got %g\n", what, static_cast<double>(expected), static_cast<double>(got));
    ++count;
  };
  calls::all<T, int, act>(is);
  calls::all_of_real_numbers<T>(is);
#if defined(__cpp_lib_mdspan)
  std::vector<T> const rewards{1, 8, 2, 16, 4, 32};
  std::vector<T> returns(6);
  std::mdspan const in(rewards.data(), 3, 2);
  std::mdspan const out(returns.data(), 3, 2);
  bellman::returns_to_go(bellman::time_major(in), bellman::terminated{}, 0.5, bellman::time_major(out));
  is("returns of a mdspan", T(3), returns[0]);
  is("returns of a mdspan", T(24), returns[1]);
#endif
  return count;
}

constexpr bool holds_in_a_constant_expression() {
  constexpr std::array rewards{1.0, 2.0, 3.0};
  double const e = bellman::exp(double{1});
  return bellman::discounted_return(rewards, 0.5) == 2.75 && e > static_cast<double>(2.718281828459L) &&
         e < static_cast<double>(2.718281828460L) &&
         bellman::solve(calls::rooms<double, int, act>{}, 0.5).value(0) == 6.0;
}

int main() {
#if !defined(_GLIBCXX_DEBUG)  // whose vectors are not constexpr in every release
  static_assert(holds_in_a_constant_expression());
#endif
  return wrong<float>() + wrong<double>() == 0 ? 0 : 1;
}
