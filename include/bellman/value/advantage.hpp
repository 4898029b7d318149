// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/callable.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct an_action_value_is_a_callable_of_a_state_and_an_action {};
struct a_state_value_is_a_callable_of_a_state {};

}  // namespace refused

/// The advantage over a value function: what `advantage` returns.
template <class Q, class V>
class advantage_function {
 public:
  constexpr advantage_function(Q its_q, V its_v) : q_(std::move(its_q)), v_(std::move(its_v)) {}

  template <class S, class A>
    requires requires(Q const& q, V const& v, S const& s, A const& a) {
      requires std::is_invocable_v<decltype(difference), decltype(q(s, a)), decltype(v(s))>;
    }
  constexpr auto operator()(S const& s, A const& a) const {
    return difference(q_(s, a), v_(s));
  }

 private:
  Q q_;
  V v_;
};

namespace detail {

struct advantage_fn {
  template <
      class Q, class V,
      class = typename internal::every<
          internal::rule<internal::is_callable<Q>, refused::an_action_value_is_a_callable_of_a_state_and_an_action>,
          internal::rule<internal::is_callable<V>, refused::a_state_value_is_a_callable_of_a_state>>::type::yes>
  constexpr auto operator()(Q q, V v) const {
    return advantage_function<Q, V>(std::move(q), std::move(v));
  }
};

}  // namespace detail

/// `advantage(q, v)`: the function `(s, a) -> q(s, a) - v(s)`, how much better an action is than the policy's mean.
///
/// *Arguments*: `q`: a callable of a state and an action; `v`: a callable of a state. Both are copied.
/// *Cost*: a call costs one `q` and one `v`.
/// *Laws*: with `q` and `v` of one policy, `sum_a pi(a | s) A(s, a) = 0`; with the optimal ones, `A <= 0` and the best
/// action has `A = 0`: tests/laws.
/// *Source*: foundation text, 2.4.
/// *Use*:
///     bellman::advantage([](int, int a) { return 2.0 * a; }, [](int) { return 1.0; })(0, 3) == 5.0
inline constexpr detail::advantage_fn advantage{};

}  // namespace bellman
