// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/error.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/clamp.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/stop_gradient.hpp>

#include <type_traits>

namespace bellman {

namespace detail {

template <class F>
[[noreturn]] void a_clip_range_must_not_be_negative(F const& low, F const& high) {
  throw invalid_value("bellman: the clip range is " + internal::describe(low) + " below and " + internal::describe(high) +
                      " above a ratio of 1; neither may be negative");
}
template <class F>
[[noreturn]] void a_dual_clip_must_be_above_one(F const& bound) {
  throw invalid_value("bellman: the bound of a dual clip is " + internal::describe(bound) + "; it must be above 1");
}
template <class F>
[[noreturn]] void temperatures_of_a_soft_clip_must_be_above_zero(F const& positive, F const& negative) {
  throw invalid_value("bellman: the temperatures of a soft clip are " + internal::describe(positive) + " and " +
                      internal::describe(negative) + "; both must be above 0");
}

template <class V>
constexpr V lesser(V const& a, V const& b) {
  if (b < a) return b;
  return a;
}

// `x A`, where an advantage of 0 hides a ratio that overflowed.
template <class X, class A>
constexpr auto weighed(X const& x, A const& gain) {
  using V = std::remove_cvref_t<decltype(product(x, gain))>;
  if (is_zero(gain)) return V(0);
  return V(product(x, gain));
}

}  // namespace detail

// What a token contributes to the objective, a function of the ratio `r` of `importance_ratio.hpp` and the advantage
// `A`; where the log-probability itself enters, it is the third argument. The loss is its negative.

/// `r A`: the objective of conservative policy iteration; at `r = 1` its gradient is the policy gradient. (Schulman et
/// al. 2017, eq. 6.)
struct unclipped {
  template <class R, class A>
  constexpr auto operator()(R const& ratio, A const& gain) const {
    return detail::weighed(ratio, gain);
  }
};

/// `A log pi(a)`, whatever the ratio: REINFORCE. (Williams 1992; GPG, Chu et al. 2025.)
struct log_likelihood {
  template <class R, class A, class P>
  constexpr auto operator()(R const&, A const& gain, P const& log_prob) const {
    return detail::weighed(log_prob, gain);
  }
};

/// `min(r A, clamp(r, 1 - low, 1 + high) A)`: no gain from a ratio outside of the range. `clipped{e}` is symmetric
/// (PPO, Schulman et al. 2017, eq. 7), `clipped{e, h}` with `h > e` clips higher (DAPO, Yu et al. 2025, eq. 10). Throws
/// `invalid_value` for a negative range.
template <class F>
class clipped {
 public:
  constexpr explicit clipped(F range) : clipped(range, range) {}
  constexpr clipped(F its_low, F its_high) : low_(its_low), high_(its_high) {
    if (!(F(0) <= its_low && F(0) <= its_high)) detail::a_clip_range_must_not_be_negative(its_low, its_high);
  }

  template <class R>
  constexpr R clip(R const& ratio) const {
    return clamp(ratio, difference(F(1), low_), sum(F(1), high_));
  }
  template <class R, class A>
  constexpr auto operator()(R const& ratio, A const& gain) const {
    return detail::lesser(detail::weighed(ratio, gain), detail::weighed(clip(ratio), gain));
  }
  /// Whether the clip makes a difference to this token, which then has no gradient.
  template <class R, class A>
  constexpr bool binds(R const& ratio, A const& gain) const {
    return detail::weighed(clip(ratio), gain) < detail::weighed(ratio, gain);
  }

 private:
  F low_;
  F high_;
};
// An integer beside a number is one of its type.
template <class F>
clipped(F) -> clipped<number_t<F>>;
template <class F, class G>
clipped(F, G) -> clipped<number_t<std::common_type_t<F, G>>>;

/// `clipped`, and no loss larger than that of the ratio `bound`: `max(clipped(r, A), bound A)` where `A < 0`, so that a
/// ratio that explodes has no gradient either. (Ye et al. 2020, "Mastering complex control in MOBA games".) Throws
/// `invalid_value` unless `bound > 1`.
template <class F>
class dual_clipped {
 public:
  constexpr dual_clipped(clipped<F> its_clip, F its_bound) : clip_(its_clip), bound_(its_bound) {
    if (!(F(1) < its_bound)) detail::a_dual_clip_must_be_above_one(its_bound);
  }

  template <class R, class A>
  constexpr auto operator()(R const& ratio, A const& gain) const {
    using V = decltype(clip_(ratio, gain));
    if (binds_below(ratio, gain)) return static_cast<V>(product(bound_, gain));
    return clip_(ratio, gain);
  }
  template <class R, class A>
  constexpr bool binds(R const& ratio, A const& gain) const {
    return clip_.binds(ratio, gain);
  }
  /// Whether the bound makes a difference to this token.
  template <class R, class A>
  constexpr bool binds_below(R const& ratio, A const& gain) const {
    return gain < A(0) && clip_(ratio, gain) < product(bound_, gain);
  }

 private:
  clipped<F> clip_;
  F bound_;
};
template <class F, class G>
dual_clipped(clipped<F>, G) -> dual_clipped<F>;

/// `4 / tau sigmoid(tau (r - 1)) A`: a gate that closes smoothly, with slope 1 at `r = 1`; the temperature `tau` is one
/// for `A > 0` and another for the rest. (SAPO, Gao et al. 2025.) Throws `invalid_value` unless both are above 0.
template <class F>
class soft_clipped {
 public:
  constexpr soft_clipped(F positive, F negative) : positive_(positive), negative_(negative) {
    if (!(F(0) < positive && F(0) < negative)) {
      detail::temperatures_of_a_soft_clip_must_be_above_zero(positive, negative);
    }
  }

  template <class R, class A>
  constexpr auto operator()(R const& ratio, A const& gain) const {
    F const tau = A(0) < gain ? positive_ : negative_;
    R const x = product(static_cast<R>(tau), difference(ratio, R(1)));
    R const gate = quotient(static_cast<R>(quotient(F(4), tau)), sum(R(1), exp(-x)));
    return detail::weighed(gate, gain);
  }

 private:
  F positive_;
  F negative_;
};
template <class F, class G>
soft_clipped(F, G) -> soft_clipped<number_t<std::common_type_t<F, G>>>;

/// `sg(clamp(r, 1 - low, 1 + high)) A log pi(a)`: the ratio is a weight without a gradient, so that no token loses its
/// own. (CISPO, MiniMax 2025, eq. 4-5.)
template <class F>
class clipped_weight {
 public:
  constexpr clipped_weight(F low, F high) : clip_(low, high) {}

  template <class R, class A, class P>
  constexpr auto operator()(R const& ratio, A const& gain, P const& log_prob) const {
    return product(stop_gradient(clip_.clip(ratio)), detail::weighed(log_prob, gain));
  }
  template <class R, class A>
  constexpr bool binds(R const& ratio, A const&) const {
    return !(clip_.clip(ratio) == ratio);
  }

 private:
  clipped<F> clip_;
};
template <class F, class G>
clipped_weight(F, G) -> clipped_weight<number_t<std::common_type_t<F, G>>>;

}  // namespace bellman
