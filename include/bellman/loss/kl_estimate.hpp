// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/callable.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/stop_gradient.hpp>

namespace bellman {

namespace refused {

struct straight_through_needs_two_estimators_of_the_divergence {};

}  // namespace refused

// Estimates of `KL(pi || ref) = E_pi[log pi(a) - log ref(a)]` from one token `a ~ pi`, functions of its log-probability
// under the policy and under the reference (Schulman 2020, "Approximating KL divergence"). Write `l = log pi(a) - log
// ref(a)`.
//
// | | value | E[value] | E[gradient in pi's parameters], the tokens taken as given |
// |---|---|---|---|
// | `k1` | `l` | `KL(pi, ref)` | 0: as a loss it does nothing |
// | `k2` | `l^2 / 2` | not the KL; near it when the two policies are near | that of `KL(pi, ref)` |
// | `k3` | `exp(-l) - 1 + l` | `KL(pi, ref)` | that of `KL(ref, pi)` |
//
// So k1 is right as a part of the reward, k2 as a loss, and k3 to watch the KL by. As a part of the reward, k3 lacks
// the gradient that it has as a loss. Proofs: tests/laws/kl_laws.cpp. A KL needs a reference that can do all that the
// policy can; for the mean of k3 to be it, the converse as well. A token of the policy has a finite log-probability:
// where both are -infinity the three are NaN, as `-infinity - -infinity` is. The divergence itself, from all logits, is
// `kl_divergence`.

/// An estimate of the KL divergence of a policy from a reference, from one token of the policy.
///
/// Minimal definition: `k(log_prob, reference_log_prob)`: a number.
///
/// Axioms:
///  1. it depends on its arguments alone;
///  2. where the two are equal it is 0.
///
/// Models: `k1`, `k2`, `k3`, `straight_through` of two; `conventions::verl::absolute_k1`,
/// `conventions::verl::clamped_k3`, `conventions::openrlhf::clamped_kl`.
///
/// That its mean is the divergence is no axiom: that of `k2` is not, and `k2` is the one whose gradient is right.
template <class K, class P = double, class Q = P>
concept kl_estimator = requires(K const& k, P const& p, Q const& q) {
  { k(p, q) - k(p, q) };
};

namespace detail {

struct k1_fn {
  template <class P, class Q, class = typename internal::two_numbers_with_a_difference<P, Q>::type::yes>
  constexpr auto operator()(P const& log_prob, Q const& reference_log_prob) const {
    return difference(log_prob, reference_log_prob);
  }
};

struct k2_fn {
  template <class P, class Q, class = typename internal::two_numbers_with_a_difference<P, Q>::type::yes>
  constexpr auto operator()(P const& log_prob, Q const& reference_log_prob) const {
    auto const l = difference(log_prob, reference_log_prob);
    return quotient(product(l, l), decltype(difference(log_prob, reference_log_prob))(2));
  }
};

struct k3_fn {
  template <class P, class Q,
            class = typename internal::every<internal::two_numbers_with_a_difference<P, Q>,
                                             internal::a_difference_with_an_exponential<Q, P>>::type::yes>
  constexpr auto operator()(P const& log_prob, Q const& reference_log_prob) const {
    auto const l = difference(reference_log_prob, log_prob);
    return difference(difference(exp(l), decltype(difference(reference_log_prob, log_prob))(1)), l);
  }
};

template <class Value, class Gradient, class P, class Q>
struct two_estimators_of_a_divergence
    : internal::rule<kl_estimator<Value, P, Q> && kl_estimator<Gradient, P, Q>,
                     refused::straight_through_needs_two_estimators_of_the_divergence> {};

}  // namespace detail

/// `k1(log_prob, reference_log_prob) = log_prob - reference_log_prob`. Of either sign.
///
/// *Arguments*: a token's log-probability under the policy and under the reference, of any field.
/// *Laws*: its mean is the KL; its mean gradient is 0 (tests/laws/kl_laws.cpp).
/// *Source*: Schulman 2020.
/// *Use*:
///     bellman::k1(-1.0, -1.5) == 0.5
inline constexpr detail::k1_fn k1{};

/// `k2(log_prob, reference_log_prob) = (log_prob - reference_log_prob)^2 / 2`. Never negative.
///
/// *Arguments*: a token's log-probability under the policy and under the reference, of any field.
/// *Laws*: its mean gradient is that of the KL (tests/laws/kl_laws.cpp).
/// *Source*: Schulman 2020.
/// *Use*:
///     bellman::k2(-1.0, -1.5) == 0.125
inline constexpr detail::k2_fn k2{};

/// `k3(log_prob, reference_log_prob) = exp(-l) - 1 + l` with `l = log_prob - reference_log_prob`. Never negative, up to
/// the rounding of a number near 1.
///
/// Infinite where the reference is likelier by more than a factor of `exp(709)`.
///
/// *Arguments*: a token's log-probability under the policy and under the reference: floating point and dual numbers.
/// *Laws*: its mean is the KL; its mean gradient is that of the KL from the reference to the policy
/// (tests/laws/kl_laws.cpp).
/// *Source*: Schulman 2020.
/// *Use*:
///     bellman::k3(-1.0, -1.0) == 0.0 && bellman::k3(-1.0, -1.5) > 0.0
inline constexpr detail::k3_fn k3{};

/// `straight_through{value, gradient}`: the estimate with the value of one and the gradient of the other,
/// `sg(value) + gradient - sg(gradient)`, `sg` for `stop_gradient`.
///
/// *Arguments*: two estimators, such as `straight_through{k3, k2}`, whose value and gradient are both right.
/// *Laws*: its mean is that of the first, its mean gradient that of the second (tests/laws/kl_laws.cpp).
/// *Use*:
///     bellman::straight_through{bellman::k1, bellman::k2}(-1.0, -1.5) == 0.5
template <class Value, class Gradient>
struct straight_through {
  using verdict_on_estimators = internal::rule<(internal::is_callable<Value> && internal::is_callable<Gradient>),
                                               refused::straight_through_needs_two_estimators_of_the_divergence>;

  Value value{};
  Gradient gradient{};

  constexpr straight_through() = default;
  constexpr straight_through(Value its_value, Gradient its_gradient) requires internal::accepts<verdict_on_estimators>
      : value(std::move(its_value)), gradient(std::move(its_gradient)) {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_estimators::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit straight_through(X...) = delete;

  template <class P, class Q,
            class = typename internal::every<internal::a_number<P>, internal::a_number<Q>,
                                             detail::two_estimators_of_a_divergence<Value, Gradient, P, Q>>::type::yes>
  constexpr auto operator()(P const& log_prob, Q const& reference_log_prob) const {
    auto const g = gradient(log_prob, reference_log_prob);
    return sum(stop_gradient(value(log_prob, reference_log_prob)), difference(g, stop_gradient(g)));
  }
};

template <class Value, class Gradient>
straight_through(Value, Gradient) -> straight_through<Value, Gradient>;

}  // namespace bellman
