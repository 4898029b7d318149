// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/tabular_policy.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/choice.hpp>
#include <bellman/value/discount.hpp>

namespace bellman::internal {

/// Whether a choice over a table looks at no more than the numbers of states and slots.
template <class Choice>
inline constexpr bool looks_at_numbers_alone = takes_the_best<Choice> || is_a_mean<Choice>;
template <class F>
inline constexpr bool looks_at_numbers_alone<soft_choice<F, uniform_over_actions>> = true;
template <class F, class P>
inline constexpr bool looks_at_numbers_alone<soft_choice<F, reference_policy<tabular_policy<P>>>> = true;

/// An operator over a table as one over the table's numbers, whose type does not depend on the environment; of a choice
/// of one's own, which may ask the table for more, the operator itself. Refers to the table.
template <class Op>
constexpr decltype(auto) over_numbers(Op const& op) {
  if constexpr (looks_at_numbers_alone<typename Op::choice_type> &&
                requires { op.environment().numbers(); }) {
    return bellman_operator(op.environment().numbers(), op.choice(), discount(op.gamma()), op.equivalent());
  } else {
    return (op);
  }
}

}  // namespace bellman::internal
