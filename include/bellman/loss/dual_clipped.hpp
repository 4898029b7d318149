// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/clipped.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/surrogate.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>

#include <concepts>
#include <utility>

namespace bellman {

namespace refused {

struct a_dual_clip_needs_a_surrogate_of_a_ratio_and_an_advantage {};

}  // namespace refused

namespace detail {

template <class F>
[[noreturn]] void a_dual_clip_must_be_above_one(F const& bound) {
  internal::refuse("bellman: the bound of a dual clip is " + internal::describe(bound) + "; it must be above 1");
}

template <class Surrogate, class R, class A>
struct a_surrogate_of_a_ratio : internal::rule<std::invocable<Surrogate const&, R const&, A const&>,
                                               refused::a_dual_clip_needs_a_surrogate_of_a_ratio_and_an_advantage> {};

}  // namespace detail

/// `dual_clipped{clipped{low, high}, bound}`: a surrogate, and no loss larger than that of the ratio `bound`:
/// `max(clipped(r, A), bound A)` where `A < 0`, so that a ratio that explodes has no gradient either.
///
/// *Arguments*: `clipped`, or any surrogate of a ratio and an advantage; a bound above 1. Of a token, a ratio and an
/// advantage.
/// *Errors*: throws `invalid_value` unless `bound > 1`.
/// *Source*: Ye et al. 2020, "Mastering complex control in MOBA games".
/// *Use*:
///     bellman::dual_clipped{bellman::clipped{0.5}, 3.0}(5.0, -2.0) == -6.0
template <class F, class Surrogate = clipped<F>>
class dual_clipped {
 public:
  constexpr dual_clipped(Surrogate its_clip, F its_bound) requires internal::accepts<internal::a_constant<F>>
      : clip_(std::move(its_clip)), bound_(its_bound) {
    if (!(F(1) < its_bound)) detail::a_dual_clip_must_be_above_one(its_bound);
  }

  // Deleted, where the others would be listed.
  template <class Clip, class Bound, class Reason = typename internal::constants<1, 1, F, Bound>::type>
    requires internal::is_a_reason<Reason> dual_clipped(Clip, Bound)
  = delete;

  template <class R, class A,
            class = typename internal::every<internal::a_constant<A>, internal::two_numbers_with_a_product<F, A>,
                                             detail::a_surrogate_of_a_ratio<Surrogate, R, A>>::type::yes>
  constexpr auto operator()(R const& ratio, A const& its_advantage) const {
    auto const own = clip_(ratio, its_advantage);
    return is_too_low(own, its_advantage) ? at_the_bound(own, its_advantage) : own;
  }
  /// Whether the clip makes a difference to this token, whatever the bound.
  template <class R, class A>
    requires clipping_surrogate<Surrogate, R, A>
  constexpr bool binds(R const& ratio, A const& its_advantage) const {
    return clip_.binds(ratio, its_advantage);
  }
  /// Whether the bound makes a difference to this token.
  template <class R, class A>
  constexpr bool binds_below(R const& ratio, A const& its_advantage) const {
    return is_too_low(clip_(ratio, its_advantage), its_advantage);
  }

 private:
  // Rounded as what the surrogate gives, so that the two are equal where the ratio is the bound.
  template <class V, class A>
  constexpr V at_the_bound(V const&, A const& its_advantage) const {
    return static_cast<V>(product(bound_, its_advantage));
  }
  template <class V, class A>
  constexpr bool is_too_low(V const& own, A const& its_advantage) const {
    return its_advantage < A(0) && own < at_the_bound(own, its_advantage);
  }

  Surrogate clip_;
  F bound_;
};
template <class F, class G>
dual_clipped(clipped<F>, G) -> dual_clipped<F>;
template <class Surrogate, class G>
dual_clipped(Surrogate, G) -> dual_clipped<number_t<G>, Surrogate>;

}  // namespace bellman
