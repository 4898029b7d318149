// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/fixed_point_of.hpp>
#include <bellman/planning/internal/followed_environment.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/internal/where_and_how.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_value.hpp>
#include <bellman/planning/tabulate.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

// The value of a policy over a table, as a value function of the environment that the table was made of.
template <class E, class Table, class Policy, class G, class Equivalent, class Method>
constexpr auto value_of_policy(Table const& t, Policy const& policy, G const& gamma, Equivalent const& equivalent,
                               Method const& method) {
  auto const pi = tabulate(t, policy);
  auto const checked = discount_for<typename Table::reward_type>(gamma);
  auto found = fixed_point_of(bellman_expectation(t, pi, checked, equivalent), method);
  using V = typename decltype(found.values)::value_type;
  return tabular_value<E, V, Table>(t, std::move(found));
}

// The value of a policy where states cannot be listed: solved from the state that is asked for.
template <class E, class Policy, class F, class Equivalent, class Method>
class reachable_value {
 public:
  constexpr reachable_value(E its_env, Policy its_policy, discount<F> its_gamma, Equivalent its_equivalent,
                            Method its_method)
      : env_(std::move(its_env)),
        policy_(std::move(its_policy)),
        gamma_(std::move(its_gamma)),
        equivalent_(std::move(its_equivalent)),
        method_(std::move(its_method)) {}

  template <class S = state_t<E>, class = typename internal::a_state_of<S, E>::type::yes>
  constexpr auto operator()(S const& named) const {
    state_t<E> const& s = internal::named<state_t<E>>(named);
    using followed = internal::followed_environment<E, Policy>;
    auto const v = detail::value_of_policy<followed>(internal::table_from<Equivalent>(followed(env_, policy_), s),
                                                     policy_, gamma_, equivalent_, method_);
    return v(s);
  }

 private:
  E env_;
  Policy policy_;
  discount<F> gamma_;
  Equivalent equivalent_;
  Method method_;
};

template <class E, class Policy, class G, class Equivalent>
struct operator_of_a_policy {
  using table = internal::table_for<Equivalent, E>;
  using type = decltype(bellman_expectation(std::declval<table const&>(),
                                            tabulate(std::declval<table const&>(), std::declval<Policy const&>()),
                                            std::declval<G const&>(), std::declval<Equivalent const&>()));
};

struct state_value_fn {
  template <class E, class Policy, class G, class... Rest, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<
                internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                internal::a_policy_of_means_for<Policy, Env>, internal::a_discount_of<G, Env>,
                internal::where_and_how<Env, Rest...>,
                internal::a_method_of_these_that_solves<
                    operator_of_a_policy<Env, Policy, G, internal::equivalent_among_t<Rest...>>, Rest...>>::type::yes>
  constexpr auto operator()(E&& env, Policy const& policy, G const& gamma, Rest const&... rest) const {
    using Equivalent = internal::equivalent_among_t<Rest...>;
    auto const& equivalent = internal::equivalent_among(rest...);
    auto const& how = internal::method_among(rest...);
    auto const& start = internal::start_among(rest...);
    using Start = std::remove_cvref_t<decltype(start)>;
    if constexpr (!std::is_same_v<Start, internal::anywhere> || finite_environment<Env>) {
      return detail::value_of_policy<Env>(internal::table_from<Equivalent>(internal::environment_itself(env), start),
                                          policy, gamma, equivalent, how);
    } else {
      auto held = internal::held_environment(std::forward<E>(env));
      auto const checked = discount_for<reward_t<Env>>(gamma);
      using F = std::remove_cvref_t<decltype(checked.value())>;
      using Method = std::remove_cvref_t<decltype(how)>;
      return reachable_value<decltype(held), Policy, F, Equivalent, Method>(std::move(held), policy, checked,
                                                                            equivalent, how);
    }
  }
};

}  // namespace detail

/// `state_value(env, policy, gamma)`: `V_pi`, the fixed point of `bellman_expectation(env, policy, gamma)`, as a
/// callable of a state: `V_pi(s) = E_pi[R_t + gamma V_pi(S_{t+1}) | S_t = s]`.
///
/// A finite environment is tabulated and solved at once. Of one that cannot list its states, the value of a state is
/// solved when it is asked for, from all that the policy can reach from there; `state_value(env, policy, gamma, start)`
/// solves that once.
///
/// The operator is the same throughout; what differs is the order. Components of states that lead to each other are
/// solved one after another, each after what it leads to: a state that does not come back by one application of the
/// operator (so a tree, a path or any acyclic environment is one backward sweep), a cycle by elimination of its
/// equations, or by sweeps. `v.lower(s) <= V_pi(s) <= v.upper(s)`, always, for the numbers of the table that `tabulate`
/// makes.
///
/// *Arguments*: an environment, a policy for it, a discount; a certainty equivalent, such as `worst_case{}`, if
/// outcomes are not combined by their mean; `start`: a state, a distribution over states or a range of them; a table is
/// solved as a whole, its start being numbers of its states. A last argument chooses the method: `automatic{}`,
/// `elimination{}`, `iteration{tolerance}`, ..., or a `solving_method` of one's own.
/// *Errors*: `invalid_value` for a start that the table does not have; with a discount of 1 the policy must end from
/// every state, unless it is paid nothing there for ever, or `invalid_value` names one from which it does not; those of
/// `tabulate` and of the discount.
/// *Cost*: O(transitions) a sweep; for a cycle of m states that is solved by elimination up to O(m^3).
/// *Laws*: `bellman_expectation(env, policy, gamma)(v) == v`; `v(s)` is the expectation of the return over
/// `trajectories`: tests/laws.
/// *Source*: foundation text, 2.2; Sutton and Barto, section 4.1.
/// *Use*:
///     bellman::state_value(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                    bellman::length_limit{2},
///                                    [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///         [](bellman::context const&) { return 1; }, 0.5)(bellman::context{}) == 1.5
inline constexpr detail::state_value_fn state_value{};

}  // namespace bellman
