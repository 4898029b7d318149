// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>
#include <vector>

namespace bellman {

/// What a solving method finds: values by the numbers of a table's states, and how far each can be from the true one.
template <class V>
struct bounded_values {
  std::vector<V> values;
  V error_bound;
};

/// Whether a type is a solving method. Specialise it for one of your own:
///
///     template <>
///     inline constexpr bool bellman::is_solving_method_v<my_method> = true;
template <class M>
inline constexpr bool is_solving_method_v = false;

/// How the fixed point of an operator over a table is found: the last argument of `state_value` and `solve`.
///
/// Minimal definition: copyable; `is_solving_method_v<M>`; and, with a `fixed_point_problem`, whose operator, table and
/// discount it may use as it likes, `method(problem)`: `bounded_values` with one value for each state of the table.
///
/// Axioms:
///  1. a terminal state has the value 0;
///  2. no value is farther than `error_bound` from the fixed point of the operator, rounding aside where the method
///     says so; a bound that is infinite claims nothing, and makes every action of `solve` a tie;
///  3. the answer depends on the method's own numbers and the problem alone.
///
/// Models: `automatic`, `elimination`, `iteration`.
///
/// A trait says which type is one, for the argument in its place may as well be a state to begin in; to ask whether it
/// can be called with a problem would compile the body of whatever takes anything. And a method is asked for the whole
/// table, not for one component after another: a bound of the error is one of the whole, to which what lies behind a
/// component contributes.
template <class M>
concept solving_method = is_solving_method_v<M> && std::copyable<M>;

}  // namespace bellman
