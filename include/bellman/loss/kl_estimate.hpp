// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/probability/log_softmax.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/stop_gradient.hpp>

#include <limits>
#include <ranges>

namespace bellman {

namespace detail {

[[noreturn]] inline void two_policies_need_logits_for_the_same_tokens() {
  throw invalid_value("bellman: kl_divergence(logits, reference_logits): the two must be of one length");
}

struct k1_fn {
  template <class P, class Q>
  constexpr auto operator()(P const& log_prob, Q const& reference_log_prob) const {
    return difference(log_prob, reference_log_prob);
  }
};

struct k2_fn {
  template <class P, class Q>
  constexpr auto operator()(P const& log_prob, Q const& reference_log_prob) const {
    auto const l = difference(log_prob, reference_log_prob);
    return quotient(product(l, l), decltype(difference(log_prob, reference_log_prob))(2));
  }
};

struct k3_fn {
  template <class P, class Q>
  constexpr auto operator()(P const& log_prob, Q const& reference_log_prob) const {
    auto const l = difference(reference_log_prob, log_prob);
    return difference(difference(exp(l), decltype(difference(reference_log_prob, log_prob))(1)), l);
  }
};

// Tokens that cannot occur have a logit of minus infinity and no part in any expectation.
struct entropy_fn {
  template <std::ranges::forward_range Logits>
  constexpr auto operator()(Logits const& logits) const {
    using L = std::ranges::range_value_t<Logits>;
    L const normaliser = log_sum_exp(logits);
    L total{};
    for (L const& z : logits) {
      if (z == L(-std::numeric_limits<double>::infinity())) continue;
      L const log_prob = difference(z, normaliser);
      total = difference(total, product(exp(log_prob), log_prob));
    }
    return total;
  }
};

struct kl_divergence_fn {
  template <std::ranges::forward_range Logits, std::ranges::forward_range ReferenceLogits>
  constexpr auto operator()(Logits const& logits, ReferenceLogits const& reference_logits) const {
    using L = std::ranges::range_value_t<Logits>;
    using M = std::ranges::range_value_t<ReferenceLogits>;
    L const normaliser = log_sum_exp(logits);
    M const reference_normaliser = log_sum_exp(reference_logits);
    decltype(difference(normaliser, reference_normaliser)) total{};
    auto reference = std::ranges::begin(reference_logits);
    auto const reference_end = std::ranges::end(reference_logits);
    for (L const& z : logits) {
      if (reference == reference_end) two_policies_need_logits_for_the_same_tokens();
      M const y = *reference++;
      if (z == L(-std::numeric_limits<double>::infinity())) continue;
      L const log_prob = difference(z, normaliser);
      if (y == M(-std::numeric_limits<double>::infinity())) {
        total = sum(total, M(std::numeric_limits<double>::infinity()));  // even where exp(log_prob) rounds to 0
      } else {
        total = sum(total, product(exp(log_prob), k1_fn{}(log_prob, difference(y, reference_normaliser))));
      }
    }
    if (reference != reference_end) two_policies_need_logits_for_the_same_tokens();
    return total;
  }
};

}  // namespace detail

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
// where both are -infinity the three are NaN, as `-infinity - -infinity` is. Scalars: floating point and dual numbers;
// k1 and k2 any field.

/// `k1(log_prob, reference_log_prob) = log_prob - reference_log_prob`. Of either sign.
inline constexpr detail::k1_fn k1{};

/// `k2(log_prob, reference_log_prob) = (log_prob - reference_log_prob)^2 / 2`. Never negative.
inline constexpr detail::k2_fn k2{};

/// `k3(log_prob, reference_log_prob) = exp(-l) - 1 + l` with `l = log_prob - reference_log_prob`. Never negative, up to
/// the rounding of a number near 1. Infinite where the reference is likelier by more than a factor of `exp(709)`.
inline constexpr detail::k3_fn k3{};

/// `straight_through{value, gradient}`: the estimate with the value of one and the gradient of the other, such as
/// `straight_through{k3, k2}`, whose value and gradient are both right.
template <class Value, class Gradient>
struct straight_through {
  Value value;
  Gradient gradient;

  template <class P, class Q>
  constexpr auto operator()(P const& log_prob, Q const& reference_log_prob) const {
    auto const g = gradient(log_prob, reference_log_prob);
    return sum(stop_gradient(value(log_prob, reference_log_prob)), difference(g, stop_gradient(g)));
  }
};

template <class Value, class Gradient>
straight_through(Value, Gradient) -> straight_through<Value, Gradient>;

/// `entropy(logits) = -sum_i p_i log p_i` of `p = softmax(logits)`, from 0 to `log n`.
///
/// Floating-point numbers or dual numbers of them, of any size; `-infinity` is a token that cannot occur and adds
/// nothing. Errors as `log_sum_exp`. O(n), allocates nothing.
inline constexpr detail::entropy_fn entropy{};

/// `kl_divergence(logits, reference_logits) = sum_i p_i (log p_i - log q_i)` of `p = softmax(logits)` and `q =
/// softmax(reference_logits)`: not an estimate. 0 if and only if the two are equal; infinite where the policy can do
/// what the reference cannot.
///
/// Scalars and errors as `entropy`; `invalid_value` for two lengths that differ.
inline constexpr detail::kl_divergence_fn kl_divergence{};

}  // namespace bellman
