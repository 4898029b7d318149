// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/batch_mean.hpp>
#include <bellman/loss/internal/common_number.hpp>
#include <bellman/loss/internal/log_ratio.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/internal/terms_of.hpp>
#include <bellman/loss/ratio.hpp>
#include <bellman/loss/scope.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/maximum.hpp>

namespace bellman {

namespace detail {

template <class F>
[[noreturn]] void a_range_of_log_ratios_must_not_be_negative(F const& low, F const& high) {
  internal::refuse("bellman: log-ratios are clipped " + internal::describe(low) + " below and " +
                   internal::describe(high) + " above 0; neither may be negative");
}

}  // namespace detail

/// `geometric_mean_ratio{low, high}`: the geometric mean of ratios that are clipped first, each to the side on which
/// its advantage would make too much of it: `log s = mean_t l_t` with `l_t = min(log r_t, high)` where `A_t > 0`,
/// `max(log r_t, -low)` where `A_t < 0`, and 0 where `A_t = 0`.
///
/// *Arguments*: how far a log-ratio may lie below 0 and above; an integer beside a number is one of its type.
/// *Errors*: a negative range, an old log-probability that is not finite, and rows of different lengths throw
/// `invalid_value`.
/// *Cost*: O(n) a sequence; its rows are read once more than for a `token_ratio`.
/// *Source*: GMPO, Zhao et al. 2025.
/// *Use*:
///     bellman::geometric_mean_ratio{0.5, 0.25}.clipped(1.0, 2.0) == 0.25
template <class F>
class geometric_mean_ratio {
 public:
  constexpr geometric_mean_ratio(F its_low, F its_high) requires internal::accepts<internal::a_constant<F>>
      : low_(its_low), high_(its_high) {
    if (!internal::is_not_negative(its_low) || !internal::is_not_negative(its_high)) {
      detail::a_range_of_log_ratios_must_not_be_negative(its_low, its_high);
    }
  }

  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename internal::constants<2, 2, F, X...>::type>
    requires internal::is_a_reason<Reason>
  explicit geometric_mean_ratio(X...) = delete;

  /// `l_t`.
  template <class L, class A,
            class = typename internal::every<internal::a_number_bounded_by<L, F>, internal::a_constant<A>>::type::yes>
  constexpr number_t<L> clipped(L const& log_ratio, A const& its_advantage) const {
    using N = number_t<L>;
    if (A(0) < its_advantage) return bellman::at_most(static_cast<N>(high_), static_cast<N>(log_ratio));
    if (its_advantage < A(0)) return bellman::maximum(static_cast<N>(log_ratio), static_cast<N>(-low_));
    return N(0);
  }

  /// `l_t` of a token.
  template <class P, class Q, class A,
            class = typename internal::every<internal::two_numbers_with_a_difference<P, Q>,
                                             internal::a_difference_with_an_exponential<P, Q>,
                                             internal::a_constant<A>>::type::yes>
  constexpr auto term(P const& log_prob, Q const& old_log_prob, A const& its_advantage) const {
    return clipped(internal::log_ratio(log_prob, old_log_prob), its_advantage);
  }
  /// The sum of `l_t`, with the number of tokens.
  template <class Tokens, class = typename internal::tokens_of_a_sequence<Tokens>::type::yes>
  constexpr auto log_ratios(Tokens const& tokens) const {
    return internal::terms_of(*this, tokens);
  }
  template <class V>
  constexpr V of_sum(batch_mean<token_mean, V> const& terms) const {
    return exp(internal::mean_or_zero(terms));
  }
  template <class Tokens, class = typename internal::tokens_of_a_sequence<Tokens>::type::yes>
  constexpr auto operator()(Tokens const& tokens) const {
    return common_ratio{of_sum(log_ratios(tokens))};
  }

 private:
  F low_;
  F high_;
};
template <class... F>
geometric_mean_ratio(F...) -> geometric_mean_ratio<internal::common_number_t<F...>>;

namespace internal {

template <class F>
inline constexpr bool is_made_of_log_ratios<geometric_mean_ratio<F>> = true;

}  // namespace internal

}  // namespace bellman
