// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/internal/enclosed_actions.hpp>
#include <bellman/planning/internal/policy_of_slots.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/optimal_policy.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_environment.hpp>
#include <bellman/planning/tabular_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <utility>

namespace bellman {

namespace refused {

struct policy_iteration_begins_with_a_policy_that_answers_with_an_action {};
struct behind_the_discount_come_a_policy_to_begin_with_and_a_solving_method_in_this_order {};

}  // namespace refused

/// A policy and its value: an element of `policy_iteration`.
template <class Policy, class Value>
struct evaluated_policy {
  Policy policy;
  Value value;
};

/// Policy iteration, policy by policy: what `policy_iteration` returns, an input range that is computed as it is read.
template <environment E, class Op, class Method>
class policy_iteration_view : public std::ranges::view_interface<policy_iteration_view<E, Op, Method>> {
  using table_type = typename Op::environment_type;
  using V = typename fixed_point_problem<Op>::value_type;
  using policy_type = tabular_actions<E, table_type>;
  using value_function = tabular_value<E, V, table_type>;

 public:
  constexpr policy_iteration_view(Op its_op, Method its_method, internal::vector<index_t> first)
      : op_(std::move(its_op)), method_(std::move(its_method)), first_(std::move(first)) {}

  class iterator {
   public:
    using value_type = evaluated_policy<policy_type, value_function>;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    constexpr iterator(Op const& op, Method const& how, internal::vector<index_t> const& first)
        : op_(op), method_(how), now_(evaluated(first)) {}

    constexpr value_type const& operator*() const { return now_; }
    constexpr value_type const* operator->() const { return &now_; }
    constexpr iterator& operator++() {
      auto better = improved();
      if (better == now_.policy.slots()) {
        ended_ = true;
        return *this;
      }
      now_ = evaluated(std::move(better));
      return *this;
    }
    constexpr iterator operator++(int) {
      iterator before = *this;
      ++*this;
      return before;
    }
    friend constexpr bool operator==(iterator const& i, std::default_sentinel_t) { return i.ended_; }

   private:
    constexpr value_type evaluated(internal::vector<index_t> slots) const {
      table_type const& t = op_.environment();
      using P = scalar_t<typename table_type::reward_type>;
      auto const of_policy = bellman_expectation(t, internal::policy_of_slots<P>(t, slots), discount(op_.gamma()),
                                                 op_.equivalent());
      value_function v(t, fixed_point_of(of_policy, method_));
      return {policy_type(t, std::move(slots)), std::move(v)};
    }
    // Another action only where it is certainly better, so that no policy comes back.
    constexpr internal::vector<index_t> improved() const {
      table_type const& t = op_.environment();
      internal::enclosed_actions<Op, V> const q(op_, now_.value.bounded());
      internal::vector<index_t> slots = now_.policy.slots();
      for (index_t s = 0; s < t.size(); ++s) {
        if (t.terminal(s)) continue;
        index_t const own = slots[s];
        auto most = q.upper(s, own);
        for (index_t const slot : t.actions(s)) {
          if (slot == own) continue;
          auto const sure = q.lower(s, slot);
          if (!(most < sure)) continue;
          most = sure;
          slots[s] = slot;
        }
      }
      return slots;
    }

    Op op_;
    Method method_;
    value_type now_;
    bool ended_ = false;
  };

  constexpr iterator begin() const { return iterator(op_, method_, first_); }
  constexpr std::default_sentinel_t end() const { return {}; }

 private:
  Op op_;
  Method method_;
  internal::vector<index_t> first_;
};

namespace detail {

template <class E, class... Rest>
struct a_policy_to_begin_with_and_a_method {
  using type = refused::behind_the_discount_come_a_policy_to_begin_with_and_a_solving_method_in_this_order;
};
template <class E>
struct a_policy_to_begin_with_and_a_method<E> {
  using type = internal::accepted;
};
template <class E, class X>
struct a_policy_to_begin_with_and_a_method<E, X> {
  using type =
      typename internal::rule<(solving_method<X> || deterministic_policy_for<X, E>),
                              refused::policy_iteration_begins_with_a_policy_that_answers_with_an_action>::type;
};
template <class E, class Policy, class Method>
struct a_policy_to_begin_with_and_a_method<E, Policy, Method> {
  using type = typename internal::every<
      internal::rule<deterministic_policy_for<Policy, E>,
                     refused::policy_iteration_begins_with_a_policy_that_answers_with_an_action>,
      internal::rule<solving_method<Method>,
                     refused::the_last_argument_must_be_a_solving_method_of_which_is_solving_method_v_is_true>>::type;
};

template <class E, class G>
struct operator_of_one_action_each {
  using table = internal::table_of<E>;
  using type = decltype(bellman_expectation(std::declval<table const&>(),
                                            std::declval<tabular_policy<scalar_t<typename table::reward_type>>>(),
                                            std::declval<G const&>()));
};

struct policy_iteration_fn {
  template <
      class E, class G, class... Rest, class Env = internal::environment_argument_t<E>,
      class = typename internal::every<
          internal::an_environment<Env>, internal::rewards_with_a_mean<Env>, internal::rewards_with_an_order<Env>,
          internal::a_discount_of<G, Env>, internal::a_listing<Env>, a_policy_to_begin_with_and_a_method<Env, Rest...>,
          internal::a_method_of_these_that_solves<operator_of_one_action_each<Env, G>, Rest...>>::type::yes>
  constexpr auto operator()(E const& env, G const& gamma, Rest const&... rest) const {
    auto const t = tabulate(internal::environment_itself(env));
    return over<Env>(bellman_optimality(t, gamma), rest...);
  }

 private:
  template <class E, class Op>
  static constexpr auto over(Op const& op) {
    return view<E>(op, the_first_actions(op.environment()), automatic{0});
  }
  template <class E, class Op, class X>
  static constexpr auto over(Op const& op, X const& x) {
    if constexpr (solving_method<X>) {
      return view<E>(op, the_first_actions(op.environment()), x);
    } else {
      return view<E>(op, the_actions_of(op.environment(), x), automatic{0});
    }
  }
  template <class E, class Op, class Policy, class Method>
  static constexpr auto over(Op const& op, Policy const& policy, Method const& how) {
    return view<E>(op, the_actions_of(op.environment(), policy), how);
  }
  template <class E, class Op, class Method>
  static constexpr auto view(Op const& op, internal::vector<index_t> first, Method const& how) {
    return policy_iteration_view<E, Op, Method>(op, how, std::move(first));
  }

  template <class Table>
  static constexpr internal::vector<index_t> the_first_actions(Table const& t) {
    internal::vector<index_t> slots;
    for (index_t s = 0; s < t.size(); ++s) slots.push_back(t.terminal(s) ? no_index : *t.actions(s).begin());
    return slots;
  }
  template <class Table, class Policy>
  static constexpr internal::vector<index_t> the_actions_of(Table const& t, Policy const& policy) {
    auto const pi = tabulate(t, policy);
    internal::vector<index_t> slots(t.size(), no_index);
    for (index_t s = 0; s < t.size(); ++s) {
      for (index_t const slot : t.actions(s)) {
        if (!internal::is_nothing(pi.probability(slot))) slots[s] = slot;
      }
    }
    return slots;
  }
};

}  // namespace detail

/// `policy_iteration(env, gamma)`: policy iteration as a range: a policy and its value, then the policy that is greedy
/// by that value and its own, until nothing is better; the last is optimal. For teaching and looking on; to have the
/// last alone, `solve`.
///
/// It begins with the first action of each state; `policy_iteration(env, gamma, policy)` with a policy. A state keeps
/// its action where no other is certainly better.
///
///     for (auto const& [pi, v] : policy_iteration(env, gamma)) ...
///
/// *Arguments*: as for `solve`; a policy that answers with an action; last, how policies are evaluated: as for
/// `state_value`.
/// *Errors*: with a discount of 1 the first policy must end from every state; those of `state_value`, as it is read.
/// *Cost*: an element costs a `state_value` and a sweep; begin anew and it is computed anew.
/// *Laws*: each value is that of its policy, nowhere below the one before and somewhere above; the last is `solve`'s:
/// tests/planning/policy_iteration.cpp.
/// *Source*: Howard 1960; Puterman 2005, section 6.4.
/// *Use*:
///     bellman::policy_iteration(
///         bellman::tabulate(
///             bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                        bellman::length_limit{3},
///                                        [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///             bellman::context{}),
///         0.5).begin()->value(0) == 0.0
inline constexpr detail::policy_iteration_fn policy_iteration{};

}  // namespace bellman
