// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/shared.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/internal/followed_table.hpp>
#include <bellman/planning/internal/policy_chain.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/internal/visits.hpp>
#include <bellman/planning/occupancy_measure.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_function.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

/// How often a policy is in each state after it was in another: what `successor_representation` returns. It keeps the
/// equations freed of all states, so that a row or a column is one pass over them. Copies share them: constant time.
///
/// *Errors*: `invalid_value` for a state that the table does not have.
template <environment E, class Op>
class successor_representation_of {
  using chain = internal::policy_chain<Op>;
  using W = typename chain::W;

 public:
  using table_type = typename Op::environment_type;

  constexpr explicit successor_representation_of(Op its_op)
      : op_(std::move(its_op)), equations_(internal::shared<internal::equations_within<W>>::make(freed(op_))) {}

  /// `M(s, next) = sum_t gamma^t P(S_t = next | S_0 = s)`.
  template <class S = state_t<E>, class N = state_t<E>,
            class = typename internal::every<internal::a_state_of<S, E>, internal::a_state_of<N, E>>::type::yes>
  constexpr W operator()(S const& s, N const& next) const {
    return visits_after(number(s)).values[number(next)];
  }
  /// `M(s, .)`: the occupancy from a state on, which is `discounted_occupancy(env, policy, gamma, s)`.
  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr auto row(S const& s) const {
    auto const& policy = op_.choice().policy;
    return occupancy_measure<E, W, std::remove_cvref_t<decltype(policy)>, table_type>(op_.environment(), policy,
                                                                                      visits_after(number(s)));
  }
  /// `M(., next)`: the value of being paid 1 for each step out of a state, or for ending in it.
  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr auto column(S const& next) const {
    auto const& t = op_.environment();
    index_t const to = number(next);
    std::vector<W> paid(t.size(), W(0));
    if (t.terminal(to)) {
      chain const of_policy(op_);
      for (index_t const s : equations_->members()) {
        of_policy.for_each_step(s, [&](index_t k, W const& a) {
          if (k == to) paid[s] = sum(paid[s], a);
        });
      }
    } else {
      paid[to] = W(1);
    }
    auto values = equations_->values(paid);
    if (t.terminal(to)) values[to] = W(1);
    return tabular_function<E, W, table_type>(t, std::move(values));
  }
  /// All of it, row after row, by the numbers of the states in `table()`.
  constexpr std::vector<std::vector<W>> matrix() const {
    std::vector<std::vector<W>> rows;
    for (index_t s = 0; s < op_.environment().size(); ++s) rows.push_back(visits_after(s).values);
    return rows;
  }

  constexpr table_type const& table() const& { return op_.environment(); }
  void table() const&& = delete;

 private:
  static constexpr internal::equations_within<W> freed(Op const& op) {
    chain of_policy(op);
    internal::vector<index_t> members;
    for (index_t s = 0; s < op.environment().size(); ++s) {
      if (!op.environment().terminal(s)) members.push_back(s);
    }
    return of_policy.within(std::move(members));
  }
  template <class S>
  constexpr index_t number(S const& named) const {
    return internal::number_in<E>(op_.environment(), internal::named<state_t<E>>(named));
  }
  constexpr bounded_values<W> visits_after(index_t s) const {
    std::vector<W> start(op_.environment().size(), W(0));
    start[s] = W(1);
    return internal::visits_from(chain(op_), *equations_, start);
  }

  Op op_;
  internal::shared<internal::equations_within<W>> equations_;
};

namespace detail {

struct successor_representation_fn {
  template <class E, class Policy, class G, class... Start, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                                             internal::a_policy_of_means_for<Policy, Env>,
                                             internal::a_discount_of<G, Env>,
                                             internal::where_to_begin<Env, Start...>>::type::yes>
  constexpr auto operator()(E&& env, Policy const& policy, G const& gamma, Start const&... start) const {
    return internal::with_followed_table<Env>(std::forward<E>(env), policy, over<Policy, G>{policy, gamma}, start...);
  }

 private:
  template <class Policy, class G>
  struct over {
    Policy const& policy;
    G const& gamma;

    template <class E, class Table>
    constexpr auto operator()(std::type_identity<E>, Table const& t) const {
      auto op = bellman_expectation(t, tabulate(t, policy), gamma);
      return successor_representation_of<E, decltype(op)>(std::move(op));
    }
  };
};

}  // namespace detail

/// `successor_representation(env, policy, gamma)`: `M = (I - gamma P)^-1` of a policy's chain,
/// `M(s, s') = sum_t gamma^t P(S_t = s' | S_0 = s)`: `M(s, s')`, `M.row(s)`, `M.column(s')`, `M.matrix()`.
///
/// An episode arrives in the state where it ends, and is counted there once, as by `discounted_occupancy`.
///
/// *Arguments*: an environment, a policy for it, a discount; `successor_representation(env, policy, gamma, start)` is
/// that of what the policy comes to from `start`: a state, a distribution over states or a range of them.
/// *Errors*: with a discount of 1 the policy must end from every state, or `invalid_value` names one from which it does
/// not; those of `tabulate` and of the discount.
/// *Cost*: elimination once, up to O(m^3) for m states that lead to each other; then a row, a column or a single number
/// is one pass over what that left, at most O(states^2).
/// *Laws*: `M = I + gamma P M`; `sum_s' M(s, s') r(s')` is the state value of the reward `r`; row `s` is the occupancy
/// from `s` on: tests/planning.
/// *Source*: Dayan, Neural Computation 5 (1993).
/// *Use*:
///     bellman::successor_representation(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         [](bellman::context const&) { return 1; }, 0.5,
///         bellman::context{})(bellman::context{}, bellman::concat(bellman::context{}, 1)) == 0.5
inline constexpr detail::successor_representation_fn successor_representation{};

}  // namespace bellman
