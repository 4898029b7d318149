// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/common_number.hpp>
#include <bellman/loss/internal/in_lanes.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/internal/weighed.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/clamp.hpp>
#include <bellman/scalar/internal/parts.hpp>

#include <type_traits>

namespace bellman {

namespace detail {

template <class F>
[[noreturn]] void a_clip_range_must_not_be_negative(F const& low, F const& high) {
  internal::refuse("bellman: the clip range is " + internal::describe(low) + " below and " + internal::describe(high) +
                   " above a ratio of 1; neither may be negative");
}

}  // namespace detail

/// `clipped{low, high}`: `min(r A, clamp(r, 1 - low, 1 + high) A)`: nothing is won by a ratio outside of the range.
///
/// `clipped{e}` is symmetric, `clipped{e, h}` with `h > e` clips higher.
///
/// *Arguments*: how far a ratio may lie below 1 and above; an integer beside a number is one of its type. Of a token, a
/// ratio and an advantage; an advantage of 0 hides a ratio that overflowed.
/// *Errors*: a negative range throws `invalid_value`.
/// *Source*: PPO, Schulman et al. 2017, eq. 7; DAPO, Yu et al. 2025, eq. 10.
/// *Use*:
///     bellman::clipped{0.5}(2.0, 1.0) == 1.5 && bellman::clipped{0.5}(2.0, -1.0) == -2.0
template <class F>
class clipped {
 public:
  constexpr explicit clipped(F range) requires internal::accepts<internal::a_constant<F>> : clipped(range, range) {}
  constexpr clipped(F its_low, F its_high) requires internal::accepts<internal::a_constant<F>> : low_(its_low),
                                                                                                 high_(its_high) {
    if (!internal::is_not_negative(its_low) || !internal::is_not_negative(its_high)) {
      detail::a_clip_range_must_not_be_negative(its_low, its_high);
    }
  }

  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename internal::constants<1, 2, F, X...>::type>
    requires internal::is_a_reason<Reason>
  explicit clipped(X...) = delete;

  template <class R, class = typename internal::a_number_bounded_by<R, F>::type::yes>
  constexpr number_t<R> clip(R const& ratio) const {
    return clamp(static_cast<number_t<R>>(ratio), difference(F(1), low_), sum(F(1), high_));
  }
  template <class R, class A,
            class = typename internal::every<internal::a_number_bounded_by<R, F>,
                                             internal::two_numbers_with_a_product<R, A>>::type::yes>
  constexpr auto operator()(R const& ratio, A const& its_advantage) const {
    return lesser(clip(ratio), static_cast<number_t<R>>(ratio), its_advantage);
  }
  /// The same of several tokens at once, in packs of `Lane`.
  template <class Lane, class R, class A>
  [[gnu::always_inline]] constexpr auto in_lanes(R const& ratio, A const& its_advantage) const {
    R const within = internal::clamped<Lane>(ratio, difference(F(1), low_), sum(F(1), high_));
    return lesser(within, ratio, its_advantage);
  }
  /// Whether the clip makes a difference to this token, which then has no gradient.
  template <class R, class A>
  constexpr bool binds(R const& ratio, A const& its_advantage) const {
    return internal::weighed(clip(ratio), its_advantage) < internal::weighed(ratio, its_advantage);
  }

 private:
  template <class R, class A>
  [[gnu::always_inline]] static constexpr auto lesser(R const& within, R const& ratio, A const& its_advantage) {
    using V = std::remove_cvref_t<decltype(product(ratio, its_advantage))>;
    return internal::unless_zero(its_advantage, [&] {
      return bellman::at_most(V(product(within, its_advantage)), V(product(ratio, its_advantage)));
    });
  }

  F low_;
  F high_;
};
template <class... F>
clipped(F...) -> clipped<internal::common_number_t<F...>>;

namespace internal {

template <class F>
inline constexpr bool is_computed_in_lanes<clipped<F>> = std::is_arithmetic_v<F>;

}  // namespace internal

}  // namespace bellman
