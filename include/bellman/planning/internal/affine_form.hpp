// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/state_index.hpp>

#include <cstddef>
#include <type_traits>

namespace bellman::internal {

/// `constant + sum of slope_i v(state_i)` over at most N states: what a value is while `v` is not known. It is added
/// and scaled as a number is, so that the Bellman operator, applied to unknowns, gives its own coefficients.
///
/// Without further calls, and in arrays of the language: what compilers grant a constant expression is counted in
/// calls.
template <class F, std::size_t N>
struct affine_form {
  using scalar_type = F;

  F constant{};
  index_t size = 0;
  index_t state[N]{};
  F slope[N]{};

  constexpr affine_form() {
    // g++ 12 takes numbers of a class type that are not assigned for others.
    if constexpr (!std::is_arithmetic_v<F>) {
      constant = F(0);
      for (F& a : slope) a = F(0);
    }
  }
  constexpr affine_form(F const& its_constant) : affine_form() { constant = its_constant; }

  /// The value of one state.
  static constexpr affine_form of_state(index_t s) {
    affine_form v;
    v.size = 1;
    v.state[0] = s;
    v.slope[0] = F(1);
    return v;
  }

  friend constexpr affine_form operator+(affine_form a, affine_form const& b) {
    a.constant = a.constant + b.constant;
    for (index_t i = 0; i < b.size; ++i) {
      index_t k = 0;
      while (k < a.size && a.state[k] != b.state[i]) ++k;
      if (k == a.size) {
        a.state[k] = b.state[i];
        a.slope[k] = b.slope[i];
        ++a.size;
      } else {
        a.slope[k] = a.slope[k] + b.slope[i];
      }
    }
    return a;
  }
  friend constexpr affine_form operator+(F const& c, affine_form a) {
    a.constant = c + a.constant;
    return a;
  }
  friend constexpr affine_form operator-(affine_form const& a, affine_form const& b) { return a + F(-1) * b; }
  friend constexpr affine_form operator*(F const& f, affine_form a) {
    a.constant = f * a.constant;
    for (index_t i = 0; i < a.size; ++i) a.slope[i] = f * a.slope[i];
    return a;
  }
};

}  // namespace bellman::internal
