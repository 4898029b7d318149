// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/planning/linear_form.hpp>
#include <bellman/planning/state_index.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace bellman {

namespace rules {

template <class S>
[[noreturn]] void with_discount_one_a_policy_must_end(index_t i, S const& s) {
  throw invalid_value("bellman: from state " + internal::numbered(i, internal::describe(s)) +
                      " on, the policy never ends, and with a discount of 1 its return has no value; the discount "
                      "must be below 1, or every state must lead to a terminal one");
}

}  // namespace rules

/// A value function of which some states are known numbers and the others are unknowns: what an operator is applied to,
/// to have a policy's equations. Refers to memory of the caller's.
template <class V, class F>
struct unknown_values {
  static constexpr bool zero_in_terminal_states = true;

  V const* known;
  index_t const* number_of;  // of each unknown state; no_index where the value is known

  constexpr linear_form<V, F> operator()(index_t s) const {
    // Not `?:`, which in g++ 12 destroys the chosen object too early in a constant expression.
    if (number_of[s] == no_index) return linear_form<V, F>(known[s]);
    return linear_form<V, F>::unknown(number_of[s]);
  }
};

/// `eliminate(forms)`: the `x` with `x_i == forms[i](x)` for all i.
///
/// Each equation in turn is freed of the unknowns before it by replacing them, and of its own by a fixed point; what is
/// left is triangular. Exact in exact scalars. No pivots are chosen, which a discount below 1, or a policy that ends,
/// makes safe. Up to O(n^3), less where the forms have few terms.
template <class V, class F>
constexpr std::vector<V> eliminate(std::vector<linear_form<V, F>> forms) {
  std::size_t const n = forms.size();
  for (std::size_t i = 0; i < n; ++i) {
    while (!forms[i].terms().empty() && forms[i].terms().front().unknown < i) {
      forms[i] = forms[i].with_first_replaced(forms[forms[i].terms().front().unknown]);
    }
    if (!forms[i].terms().empty() && forms[i].terms().front().unknown == i) forms[i] = forms[i].solved_for_first();
  }
  std::vector<V> x(n, V{});
  for (std::size_t i = n; i-- > 0;) x[i] = forms[i](x);
  return x;
}

}  // namespace bellman
