// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

namespace bellman {

/// Whether a type is a solving method. Specialise it for one of your own:
///
///     template <>
///     inline constexpr bool bellman::is_solving_method_v<my_method> = true;
template <class M>
inline constexpr bool is_solving_method_v = false;

/// How the fixed point of an operator over a table is found: the last argument of `state_value` and `solve`.
///
/// Minimal definition: copyable; `is_solving_method_v<M>`; and either it converts to `method`, being settings of the
/// library's loop, or, with a `fixed_point_problem`, `m(problem)` is a `std::vector` with one value for each state of
/// the table.
///
/// Axioms of the latter:
///  1. a terminal state has the value 0;
///  2. the answer depends on the method's own numbers and the problem alone.
///
/// A method only proposes: how far its values are off, `certify` finds out. One that comes close will have a small
/// bound, and one that does not a large one, never a wrong one.
///
/// Models: `method`, `automatic`, `elimination`, `iteration`, `value_iteration`, `gauss_seidel`.
///
/// A trait says which type is one, for the argument in its place may as well be a state to begin in; to ask whether it
/// can be called with a problem would compile the body of whatever takes anything.
template <class M>
concept solving_method = is_solving_method_v<M> && std::copyable<M>;

}  // namespace bellman
