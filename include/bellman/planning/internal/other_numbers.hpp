// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/internal/policy_of_slots.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/choice.hpp>
#include <bellman/value/discount.hpp>

#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct a_choice_of_ones_own_has_no_numbers_with_derivatives {};

}  // namespace refused

namespace internal {

/// A table with each number `x` replaced by `To{}(x)`.
template <class Table, class To>
class with_other_numbers {
 public:
  using state_type = index_t;
  using action_type = index_t;
  using reward_type = decltype(To{}(std::declval<typename Table::reward_type const&>()));
  using probability_type = decltype(To{}(std::declval<typename Table::probability_type const&>()));

  constexpr explicit with_other_numbers(Table const& t) : t_(t) {}

  constexpr auto states() const { return t_.states(); }
  constexpr auto actions(index_t s) const { return t_.actions(s); }
  constexpr bool terminal(index_t s) const { return t_.terminal(s); }
  constexpr auto transition(index_t s, index_t slot) const {
    internal::vector<weighted<outcome<reward_type, index_t>, probability_type>> row;
    for (auto const& e : t_.transition(s, slot)) {
      row.push_back({{To{}(e.value.reward), e.value.next}, To{}(e.probability)});
    }
    return row;
  }

 private:
  Table t_;
};

struct value_alone {
  template <class X>
  constexpr auto operator()(X const& x) const {
    return std::remove_cvref_t<decltype(internal::primal(x))>(internal::primal(x));
  }
};

/// A policy for a table, as one for a table with the same slots, without the derivatives of its probabilities.
template <class Table, class Policy>
constexpr auto policy_without_derivatives(Table const& t, Policy const& policy) {
  if constexpr (is_a_tabular_policy<Policy>) {
    using P = decltype(value_alone{}(policy.probability(index_t{})));
    std::vector<P> p;
    for (index_t slot = 0; slot < t.slots(); ++slot) p.push_back(value_alone{}(policy.probability(slot)));
    return internal::policy_of_probabilities(t, std::move(p));
  } else {
    return internal::policy_without_derivatives(t, internal::policy_by_numbers(t, policy));
  }
}

/// A choice over a table without the derivatives of its own numbers: of policies and temperatures, not of others.
template <class Table, class Choice>
constexpr Choice const& choice_without_derivatives(Table const&, Choice const& choice) {
  return choice;
}
template <class Table, class Policy>
constexpr auto choice_without_derivatives(Table const& t, expected_choice<Policy> const& choice) {
  auto policy = internal::policy_without_derivatives(t, choice.policy);
  return expected_choice<decltype(policy)>{policy};
}
template <class Table, class F>
constexpr auto choice_without_derivatives(Table const&, soft_choice<F, uniform_over_actions> const& choice) {
  using T = decltype(value_alone{}(choice.temperature));
  return soft_choice<T, uniform_over_actions>{value_alone{}(choice.temperature), choice.reference};
}
template <class Table, class F, class Policy>
constexpr auto choice_without_derivatives(Table const& t, soft_choice<F, reference_policy<Policy>> const& choice) {
  using T = decltype(value_alone{}(choice.temperature));
  auto policy = internal::policy_without_derivatives(t, choice.reference.policy);
  using reference = reference_policy<decltype(policy)>;
  return soft_choice<T, reference>{value_alone{}(choice.temperature), {policy}};
}

/// An operator over numbers with derivatives, and its values, without the derivatives.
template <class Op>
class operator_without_derivatives {
 public:
  constexpr explicit operator_without_derivatives(Op const& op) : op_(make(op)) {}

  constexpr auto const& op() const { return op_; }

  template <class V>
  constexpr auto of(bounded_values<V> const& x) const {
    bounded_values<decltype(value_alone{}(std::declval<V const&>()))> y;
    for (auto const& v : x.values) y.values.push_back(value_alone{}(v));
    for (auto const& e : x.below) y.below.push_back(value_alone{}(e));
    for (auto const& e : x.above) y.above.push_back(value_alone{}(e));
    y.slots = x.slots;
    return y;
  }

 private:
  static constexpr auto make(Op const& op) {
    using table_type = typename Op::environment_type;
    with_other_numbers<table_type, value_alone> const plain(op.environment());
    auto const over = [&](auto const& t) {
      auto const gamma = value_alone{}(op.gamma());
      return bellman_operator(t, internal::choice_without_derivatives(op.environment(), op.choice()), discount(gamma),
                              op.equivalent());
    };
    if constexpr (expects_outcomes<Op>) {
      return over(tabulate(plain));
    } else {
      return over(tabulate_outcomes(plain));
    }
  }

  decltype(make(std::declval<Op const&>())) op_;

 public:
  using operator_type = decltype(op_);
};
template <class Op>
constexpr auto without_derivatives_of(Op const& op) {
  return operator_without_derivatives<Op>(op);
}

template <class Op>
consteval bool can_lose_its_derivatives() {
  if constexpr (has_derivatives<typename fixed_point_problem<Op>::value_type>) {
    using plain = typename operator_without_derivatives<Op>::operator_type;
    return !has_derivatives<typename fixed_point_problem<plain>::value_type>;
  } else {
    return true;
  }
}

/// An operator over a table of which it is known what it is without derivatives: by that its values are bounded.
template <class Op>
struct an_operator_that_can_lose_its_derivatives
    : rule<internal::can_lose_its_derivatives<Op>(), refused::a_choice_of_ones_own_has_no_numbers_with_derivatives> {};

}  // namespace internal

}  // namespace bellman
