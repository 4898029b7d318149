// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/tabular_environment.hpp>

#include <utility>

namespace bellman {

/// An operator over a table, whose fixed point is asked for: what a `solving_method` of one's own is given.
///
/// *Arguments*: `op`: a Bellman operator over a table, such as `bellman_optimality(table, gamma)`; it is copied, in
/// constant time.
/// *Use*:
///     [] {
///       auto const table = bellman::tabulate(
///           bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                      bellman::length_limit{2},
///                                      [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///           bellman::context{});
///       bellman::fixed_point_problem const problem(bellman::bellman_optimality(table, 0.5));
///       return problem.table().size() == 5 && problem.gamma() == 0.5;
///     }()
template <class Operator>
  requires table<typename Operator::environment_type>
class fixed_point_problem {
 public:
  using table_type = typename Operator::environment_type;
  /// The numbers that are asked for: what the operator makes of the table's rewards.
  using value_type = internal::operator_value_t<Operator, typename table_type::reward_type>;

  constexpr explicit fixed_point_problem(Operator its_op) : op_(std::move(its_op)) {}

  constexpr Operator const& op() const& { return op_; }
  void op() const&& = delete;
  constexpr table_type const& table() const& { return op_.environment(); }
  void table() const&& = delete;
  constexpr auto gamma() const { return op_.gamma(); }

 private:
  Operator op_;
};

template <class Operator>
fixed_point_problem(Operator) -> fixed_point_problem<Operator>;

}  // namespace bellman
