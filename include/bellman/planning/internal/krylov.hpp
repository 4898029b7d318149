// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/magnitude.hpp>

#include <cstddef>
#include <vector>

// What the linker takes from any of several files must round alike on all machines: no product and sum at once.
#if defined(__clang__)
#pragma float_control(push)
#pragma clang fp contract(off)
#endif

namespace bellman::internal {

/// An approximate solution `y` of `A y = r` from products with A alone, `apply(y, out)`: BiCGStab, until no entry of
/// what is left exceeds `target`, or it stops helping.
///
/// *Source*: van der Vorst, SIAM J. Sci. Stat. Comput. 13 (1992).
template <class V, class Apply>
constexpr std::vector<V> bicgstab(Apply const& apply, std::vector<V> r, V const& target) {
  std::size_t const n = r.size();
  auto const dot = [n](std::vector<V> const& a, std::vector<V> const& b) {
    V total(0);
    for (std::size_t i = 0; i < n; ++i) total = total + a[i] * b[i];
    return total;
  };
  auto const largest = [](std::vector<V> const& a) {
    V most(0);
    for (auto const& x : a) {
      if (most < magnitude(x)) most = magnitude(x);
    }
    return most;
  };
  std::vector<V> const shadow = r;
  std::vector<V> y(n, V(0));
  std::vector<V> p(n, V(0));
  std::vector<V> q(n, V(0));
  std::vector<V> s(n, V(0));
  std::vector<V> t(n, V(0));
  V rho(1);
  V alpha(1);
  V omega(1);
  for (int step = 0; step < 500 && target < largest(r); ++step) {
    V const next = dot(shadow, r);
    if (next == V(0) || omega == V(0) || rho == V(0)) break;
    V const beta = next / rho * (alpha / omega);
    rho = next;
    for (std::size_t i = 0; i < n; ++i) p[i] = r[i] + beta * (p[i] - omega * q[i]);
    apply(p, q);
    V const along = dot(shadow, q);
    if (along == V(0)) break;
    alpha = rho / along;
    for (std::size_t i = 0; i < n; ++i) s[i] = r[i] - alpha * q[i];
    apply(s, t);
    V const square = dot(t, t);
    omega = V(0) < square ? V(dot(t, s) / square) : V(0);
    for (std::size_t i = 0; i < n; ++i) {
      V const by = alpha * p[i] + omega * s[i];
      if (!is_finite(by)) return y;
      y[i] = y[i] + by;
      r[i] = s[i] - omega * t[i];
    }
  }
  return y;
}

}  // namespace bellman::internal

#if defined(__clang__)
#pragma float_control(pop)
#endif
