// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/internal/components.hpp>
#include <bellman/planning/internal/linear_form.hpp>
#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/internal/known_parts.hpp>

#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman::internal {

template <class S>
[[noreturn]] void with_discount_one_a_policy_must_end(index_t i, S const& s) {
  internal::refuse("bellman: from state " + internal::numbered(i, internal::describe(s)) +
                   " on, the policy never ends, and with a discount of 1 its return has no value; the discount "
                   "must be below 1, or every state must lead to a terminal one");
}

/// A value function of which some states are known numbers and the others are unknowns: what an operator is applied to,
/// to have a policy's equations. Refers to memory of the caller's.
template <class V, class F>
struct unknown_values {
  V const* known;
  index_t const* number_of;  // of each unknown state; no_index where the value is known

  constexpr linear_form<V, F> operator()(index_t s) const {
    // Not `?:`, which in g++ 12 destroys the chosen object too early in a constant expression.
    if (number_of[s] == no_index) return linear_form<V, F>(known[s]);
    return linear_form<V, F>::unknown(number_of[s]);
  }
};

template <class V, class F>
inline constexpr bool is_zero_in_terminal_states<unknown_values<V, F>> = true;

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
  std::vector<V> x(n, scalar_traits<V>::zero());
  for (std::size_t i = n; i-- > 0;) x[i] = forms[i](x);
  return x;
}

/// Values that become known component after component: those of the components that are solved, and the numbers of the
/// states of the one that is being solved.
template <class V>
struct partial_values {
  std::vector<V> values;
  internal::vector<index_t> number_of;

  constexpr explicit partial_values(std::size_t n) : values(n, scalar_traits<V>::zero()), number_of(n, no_index) {}
  partial_values(partial_values const&) = delete;  // functions refer to its memory

  constexpr table_values<V> known() const { return {values.data()}; }
  constexpr unknown_values<V, scalar_t<V>> unknown() const { return {values.data(), number_of.data()}; }
};

/// Solves component `c` by elimination: `equation(s)` is the value of its state `s` as a form in the unknowns
/// `v.unknown()`, of which state `s` has the number `v.number_of[s]`.
template <class V, class Equation>
constexpr void eliminate_component(state_components const& cs, std::size_t c, partial_values<V>& v,
                                   Equation const& equation) {
  std::size_t const first = cs.first[c];
  std::size_t const last = cs.first[c + 1];
  for (std::size_t k = first; k < last; ++k) v.number_of[cs.states[k]] = static_cast<index_t>(k - first);
  std::vector<linear_form<V, scalar_t<V>>> forms;
  for (std::size_t k = first; k < last; ++k) forms.push_back(equation(cs.states[k]));
  auto const solved = internal::eliminate(std::move(forms));
  for (std::size_t k = first; k < last; ++k) {
    v.values[cs.states[k]] = solved[k - first];
    v.number_of[cs.states[k]] = no_index;
  }
}

template <class Table, class Active>
constexpr bool has_an_exit(Table const& t, state_components const& cs, std::size_t c, Active const& active) {
  for (std::size_t k = cs.first[c]; k < cs.first[c + 1]; ++k) {
    for (index_t slot : t.actions(cs.states[k])) {
      if (!active(slot)) continue;
      for (index_t next : t.successors(slot)) {
        if (cs.component_of[next] != c) return true;
      }
    }
  }
  return false;
}

/// What solves the cyclic components of a problem: its own way, for an operator that is not affine, or elimination of
/// the equations that the operator gives when it is applied to unknowns.
template <class Problem, class V>
constexpr auto component_solver(Problem const& problem, state_components const& cs, partial_values<V>& v) {
  if constexpr (requires { problem.component_solver(cs, v); }) {
    return problem.component_solver(cs, v);
  } else {
    return [&problem, &cs, &v, equation = problem.op()(v.unknown())](std::size_t c) {
      using F = std::remove_cvref_t<decltype(problem.gamma())>;
      auto const& t = problem.table();
      if (!(problem.gamma() < F(1)) && !internal::has_an_exit(t, cs, c, problem.active())) {
        index_t const first = cs.states[cs.first[c]];
        internal::with_discount_one_a_policy_must_end(first, t.state(first));
      }
      internal::eliminate_component(cs, c, v, equation);
    };
  }
}

/// The fixed point of a problem's operator, component by component, each after what it leads to: a state that does not
/// come back by one application of the operator, a cycle by what solves its equations.
template <class Problem>
constexpr bounded_values<typename Problem::value_type> solved_by_components(Problem const& problem,
                                                                             state_components const& cs) {
  using V = typename Problem::value_type;
  partial_values<V> v(problem.table().size());
  auto const backup = problem.op()(v.known());
  auto const solve = internal::component_solver(problem, cs, v);
  for (std::size_t c = 0; c < cs.size(); ++c) {
    index_t const first = cs.states[cs.first[c]];
    if (internal::is_cyclic(problem.table(), cs, c, problem.active())) {
      solve(c);
    } else {
      v.values[first] = backup(first);
    }
  }
  return {std::move(v.values), scalar_traits<V>::zero()};
}

}  // namespace bellman::internal
