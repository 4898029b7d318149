// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/value/discount.hpp>

#include <utility>

namespace bellman {

/// That an operator's choice may take every slot of a table.
struct every_slot {
  constexpr bool operator()(index_t) const { return true; }
};

/// An operator over a table, whose fixed point is asked for: what a `solving_method` is given.
///
/// *Arguments*: `op`: from value functions of the table's numbered states to such, as `bellman_expectation(table,
/// ...)`; the table; the discount of `op`; `active(slot)`: whether the choice of `op` can take a slot, all of them
/// unless it is said. All are copied, in constant time.
/// *Errors*: `invalid_value` for a discount outside [0, 1].
/// *Use*:
///     [] {
///       auto const table = bellman::tabulate(
///           bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                      bellman::length_limit{2},
///                                      [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///           bellman::context{});
///       bellman::fixed_point_problem const problem(bellman::bellman_soft(table, 0.5, 1e-3), table, 0.5);
///       auto const [values, error_bound] = bellman::iteration{1e-6}(problem);
///       return error_bound <= 1e-6 && values[0] > 1.49 && values[0] < 1.5;
///     }()
template <class Operator, table Table, class F, class Active = every_slot>
class fixed_point_problem {
 public:
  /// The numbers that are asked for: what the operator makes of the table's rewards.
  using value_type = internal::operator_value_t<Operator, typename Table::reward_type>;

  template <class G>
  constexpr fixed_point_problem(Operator its_op, Table its_table, G const& its_gamma, Active its_active = {})
      : op_(std::move(its_op)),
        table_(std::move(its_table)),
        gamma_(discount_for<typename Table::reward_type>(its_gamma)),
        active_(std::move(its_active)) {}

  constexpr Operator const& op() const { return op_; }
  constexpr Table const& table() const { return table_; }
  constexpr F const& gamma() const { return gamma_.value(); }
  constexpr Active const& active() const { return active_; }

 private:
  Operator op_;
  Table table_;
  discount<F> gamma_;
  Active active_;
};

template <class Operator, class Table, class G>
fixed_point_problem(Operator, Table, G)
    -> fixed_point_problem<Operator, Table, discount_scalar_t<scalar_t<typename Table::reward_type>, G>>;
template <class Operator, class Table, class G, class Active>
fixed_point_problem(Operator, Table, G, Active)
    -> fixed_point_problem<Operator, Table, discount_scalar_t<scalar_t<typename Table::reward_type>, G>, Active>;

}  // namespace bellman
