// SPDX-License-Identifier: BSL-1.0
#pragma once

// [block]
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>

#include <utility>
#include <vector>

namespace extensions {

// Gauss-Seidel: in a sweep a state sees the values that the sweep has found already.
struct gauss_seidel {
  double tolerance;

  template <class Problem>
  constexpr auto operator()(Problem const& problem) const {
    using V = typename Problem::value_type;
    std::vector<V> v(problem.table().size(), V(0));
    auto const backup = problem.op()([&v](bellman::index_t s) { return v[s]; });
    V const k = problem.gamma() / (1 - problem.gamma());
    for (V change(tolerance); !(change * k < tolerance);) {
      change = 0;
      for (bellman::index_t s = 0; s < v.size(); ++s) {
        V const old = std::exchange(v[s], backup(s));
        change = bellman::maximum(change, bellman::magnitude(v[s] - old));
      }
    }
    return v;
  }
};

}  // namespace extensions

template <>
inline constexpr bool bellman::is_solving_method_v<extensions::gauss_seidel> = true;
// [block]
