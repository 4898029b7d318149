// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/internal/enclosed_actions.hpp>
#include <bellman/planning/internal/other_numbers.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/where_and_values.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/planning/tabular_value.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <utility>

namespace bellman {

/// The values after some sweeps of an operator, and by how much the next sweep would move them, at most: what
/// `value_iterates` goes through.
template <class Value, class V>
struct value_iterate {
  std::size_t sweeps;
  Value value;
  V residual;
};

/// Value iteration, sweep by sweep: what `value_iterates` returns, an input range that is computed as it is read.
///
/// It ends after the first values that a sweep leaves as they are, derivatives included; there may be none.
template <environment E, class V, class Op>
class value_iterates_view : public std::ranges::view_interface<value_iterates_view<E, V, Op>> {
  using table_type = typename Op::environment_type;
  using value_function = tabular_value<E, V, table_type>;

 public:
  constexpr value_iterates_view(Op its_op, bounded_values<V> first)
      : op_(std::move(its_op)), first_(std::move(first)) {}

  class iterator {
   public:
    using value_type = value_iterate<value_function, V>;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    constexpr iterator(Op const& op, bounded_values<V> first)
        : op_(op), next_(std::move(first)), now_{0, function(), V(scalar_traits<V>::zero())} {
      look_ahead();
    }

    constexpr value_type const& operator*() const { return now_; }
    constexpr value_type const* operator->() const { return &now_; }
    constexpr iterator& operator++() {
      if (now_.residual == scalar_traits<V>::zero() && derivatives_stay_) {
        ended_ = true;
        return *this;
      }
      now_.value = function();
      ++now_.sweeps;
      look_ahead();
      return *this;
    }
    constexpr iterator operator++(int) {
      iterator before = *this;
      ++*this;
      return before;
    }
    friend constexpr bool operator==(iterator const& i, std::default_sentinel_t) { return i.ended_; }

   private:
    constexpr value_function function() const { return {op_.environment(), next_}; }
    constexpr void look_ahead() {
      auto after = internal::enclosed_sweep(op_, next_);
      V most = scalar_traits<V>::zero();
      derivatives_stay_ = true;
      for (std::size_t s = 0; s < after.values.size(); ++s) {
        V const size = magnitude(V(difference(after.values[s], next_.values[s])));
        if (most < size || !(size == size)) most = size;
        derivatives_stay_ = derivatives_stay_ && internal::have_the_same_derivatives(after.values[s], next_.values[s]);
      }
      now_.residual = most;
      next_ = std::move(after);
    }

    Op op_;
    bounded_values<V> next_;
    value_type now_;
    bool derivatives_stay_ = true;
    bool ended_ = false;
  };

  constexpr iterator begin() const { return iterator(op_, first_); }
  constexpr std::default_sentinel_t end() const { return {}; }

 private:
  Op op_;
  bounded_values<V> first_;
};

namespace detail {

// An operator over a table whose values are compared.
template <class Op>
struct an_operator_of_values_with_an_order : internal::an_operator_over_a_table<Op> {};
template <class Op>
  requires internal::is_over_a_table<Op>
struct an_operator_of_values_with_an_order<Op>
    : internal::every<internal::an_operator_over_a_table<Op>,
                      internal::rewards_with_an_order<typename Op::environment_type>,
                      internal::an_operator_that_can_lose_its_derivatives<Op>> {
};

struct value_iterates_fn {
  template <class E, class G, class... Rest, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                             internal::rewards_with_an_order<Env>, internal::a_discount_of<G, Env>,
                                             internal::where_and_values<Env, Rest...>>::type::yes>
  constexpr auto operator()(E const& env, G const& gamma, Rest const&... rest) const {
    return internal::read_where_and_values::in(
        internal::environment_itself(env),
        [&](auto const& equivalent, auto const& t, auto const& v) {
          return of<Env>(bellman_optimality(t, gamma, equivalent), v);
        },
        rest...);
  }

  template <class Op, class = typename an_operator_of_values_with_an_order<Op>::type::yes>
  constexpr auto operator()(Op const& op) const {
    return of<typename Op::environment_type>(op, internal::no_values{});
  }
  template <class Op, class Values, class = typename an_operator_of_values_with_an_order<Op>::type::yes,
            class = typename internal::a_value_function_of<Values, typename Op::environment_type>::type::yes>
  constexpr auto operator()(Op const& op, Values const& v) const {
    return of<typename Op::environment_type>(op, v);
  }

 private:
  template <class E, class Op, class Values>
  static constexpr auto of(Op const& op, Values const& v) {
    using V = typename internal::value_from<E, Op, Values>::type;
    return value_iterates_view<E, V, Op>(op, internal::values_by_number<E, V>(op.environment(), v));
  }
};

}  // namespace detail

/// `value_iterates(env, gamma)`: value iteration as a range: the values after 0, 1, 2, ... sweeps of
/// `bellman_optimality(env, gamma)`, each with its residual, until a sweep changes nothing. For teaching and looking
/// on; to have the fixed point, `solve`.
///
/// `value_iterates(env, gamma, start, v)`: of what can be reached from `start`, beginning with `v(s)`, with 0 if it is
/// not given. `value_iterates(op)`, `value_iterates(op, v)`: the same of any Bellman operator over a table.
///
///     for (auto const& [sweeps, v, residual] : value_iterates(env, gamma) | std::views::take(10)) ...
///
/// *Arguments*: as for `finite_horizon`; the rewards of an operator's table have an order.
/// *Errors*: those of `tabulate` and of the discount.
/// *Cost*: a sweep an element; begin anew and it is computed anew.
/// *Laws*: the value after k sweeps is `finite_horizon`'s with k steps to go, its bounds those of `T^k v`. Below a
/// discount of 1 the fixed point is within `residual / (1 - gamma)`, and residuals shrink by gamma at least: in exact
/// numbers. In floating point the rounding of the sweep is added to the residual, at most the next value's
/// `error_bound()`: a residual of 0 is no proof: tests/planning/value_iterates.cpp.
/// *Use*:
///     bellman::value_iterates(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{3},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         1, bellman::context{}).begin()->residual == 1.0
inline constexpr detail::value_iterates_fn value_iterates{};

}  // namespace bellman
