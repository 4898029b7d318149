// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/in_lanes.hpp>
#include <bellman/loss/internal/objective_of.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/internal/weighed.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>

namespace bellman {

/// What a token contributes to the objective; the loss is its negative.
///
/// Minimal definition: `s(ratio, advantage)` or, where the log-probability itself enters, `s(ratio, advantage,
/// log_prob)`: a number. `ratio` is what a `ratio` gives for the token.
///
/// Axioms, in exact arithmetic:
///  1. it depends on its arguments alone;
///  2. an advantage of 0 gives 0;
///  3. where the ratio is 1, its derivative in the log-probability is the advantage: every loss starts with the policy
///     gradient.
///
/// Models: `unclipped`, `log_likelihood`, `clipped`, `dual_clipped`, `soft_clipped`, `clipped_weight`;
/// `conventions::capped_weight`, `conventions::trl::two_sided_clipped`, `conventions::verl::within_total_variation`,
/// `conventions::verl::within_binary_kl`.
///
/// An objective rather than a loss, since that is what the papers state. A third argument for those alone that use it:
/// a surrogate that takes none cannot depend on it.
template <class S, class R = double, class A = R, class P = A>
concept surrogate = requires(S const& s, R const& r, A const& a, P const& p) {
  { -internal::objective_of(s, r, a, p) };
};

/// A surrogate that clips, and says where.
///
/// Minimal definition: `surrogate<S, R, A, P>` and `s.binds(ratio, advantage)`, a `bool`.
///
/// Axiom: `binds` is whether the clip makes a difference to the token; where it does, the ratio has no derivative.
///
/// Models: `clipped`, `dual_clipped`, `clipped_weight`.
template <class S, class R = double, class A = R, class P = A>
concept clipping_surrogate = surrogate<S, R, A, P> && requires(S const& s, R const& r, A const& a) {
  { s.binds(r, a) } -> std::convertible_to<bool>;
};

/// `unclipped`: `r A`, the objective of conservative policy iteration; at `r = 1` its gradient is the policy gradient.
///
/// *Arguments*: a ratio and an advantage; an advantage of 0 hides a ratio that overflowed.
/// *Source*: Schulman et al. 2017, eq. 6.
/// *Use*:
///     bellman::unclipped{}(1.5, 2.0) == 3.0
struct unclipped {
  template <class R, class A, class = typename internal::two_numbers_with_a_product<R, A>::type::yes>
  constexpr auto operator()(R const& ratio, A const& its_advantage) const {
    return internal::weighed(ratio, its_advantage);
  }
  /// The same of several tokens at once, in packs of `Lane`.
  template <class Lane, class R, class A>
  [[gnu::always_inline]] constexpr auto in_lanes(R const& ratio, A const& its_advantage) const {
    return internal::weighed(ratio, its_advantage);
  }
};

template <>
inline constexpr bool internal::is_computed_in_lanes<unclipped> = true;

/// `log_likelihood`: `A log pi(a)`, whatever the ratio: REINFORCE.
///
/// *Arguments*: a ratio, which is not read, an advantage, and the log-probability.
/// *Source*: Williams 1992; GPG, Chu et al. 2025.
/// *Use*:
///     bellman::log_likelihood{}(1.5, 2.0, -0.5) == -1.0
struct log_likelihood {
  template <
      class R, class A, class P,
      class = typename internal::every<internal::a_number<R>, internal::two_numbers_with_a_product<P, A>>::type::yes>
  constexpr auto operator()(R const&, A const& its_advantage, P const& log_prob) const {
    return internal::weighed(log_prob, its_advantage);
  }
};

}  // namespace bellman
