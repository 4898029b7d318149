// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

// How the outcomes of an action become its value: each is a function of a distribution and a number for each of its
// values. All are monotone; a constant that is added to all numbers is added to the result; so they are not expansive,
// and an operator made of them is a contraction.

/// Whether a type is one of them. Specialise it for one of your own.
template <class C>
inline constexpr bool is_certainty_equivalent_v = false;

namespace refused {

struct the_outcomes_are_combined_by_a_certainty_equivalent_of_which_is_certainty_equivalent_v_is_true {};

}  // namespace refused

namespace internal {

/// What combines the outcomes of an action.
template <class C>
struct a_certainty_equivalent
    : rule<is_certainty_equivalent_v<C>,
           refused::the_outcomes_are_combined_by_a_certainty_equivalent_of_which_is_certainty_equivalent_v_is_true> {};

/// The equivalent of outcomes that are worth `f(outcome)`. Numbers of which it is known how far rounding may have taken
/// them are compared as they were computed, and none of them can be farther off than the result: nothing expands.
template <class C, class D, class F>
constexpr auto equivalent_of(C const& equivalent, D const& d, F const& f) {
  using X = std::remove_cvref_t<decltype(f((*d.begin()).value))>;
  if constexpr (is_rounded<X>) {
    using V = scalar_t<X>;
    V off(0);
    X total = equivalent(d, [&](auto const& o) {
      X x = f(o);
      if (off < x.error || !(x.error == x.error)) off = x.error;
      x.error = V(0);
      return x;
    });
    total.error = (X(total.error) + X(off)).upper();
    return total;
  } else {
    return equivalent(d, f);
  }
}

}  // namespace internal

namespace detail {

[[noreturn]] inline void a_level_must_lie_above_zero_and_at_most_at_one(std::string const& level) {
  internal::refuse("bellman: the level of the conditional value at risk is " + level + "; it must lie in (0, 1]");
}
[[noreturn]] inline void an_aversion_to_risk_must_be_above_zero(std::string const& aversion) {
  internal::refuse("bellman: the aversion to risk is " + aversion + "; it must be a finite number above 0");
}

// The values of a distribution that have a probability, from the least to the greatest.
template <class X, class P>
struct point {
  X x;
  P p;
};
template <class D, class F>
constexpr auto rising(D const& d, F const& f) {
  using X = std::remove_cvref_t<decltype(f((*d.begin()).value))>;
  using P = std::remove_cvref_t<decltype((*d.begin()).probability)>;
  std::vector<point<X, P>> points;
  for (auto&& e : d) {
    if (!internal::is_nothing(e.probability)) points.push_back({f(e.value), e.probability});
  }
  std::sort(points.begin(), points.end(), [](auto const& a, auto const& b) { return a.x < b.x; });
  return points;
}

}  // namespace detail

/// The mean of the outcomes: what an operator takes if nothing else is said.
struct expected_outcome {
  template <class D, class F>
  constexpr auto operator()(D const& d, F const& f) const {
    return expectation(d, f);
  }
};

/// The worst outcome that has a probability.
///
/// *Source*: minimax control; Heger 1994.
/// *Use*:
///     bellman::worst_case{}(bellman::uniform(std::array{3.0, 1.0, 2.0}), [](double x) { return x; }) == 1.0
struct worst_case {
  template <class D, class F>
  constexpr auto operator()(D const& d, F const& f) const {
    using X = std::remove_cvref_t<decltype(f((*d.begin()).value))>;
    bool found = false;
    X least{};
    for (auto&& e : d) {
      if (internal::is_nothing(e.probability)) continue;
      X const x = f(e.value);
      if (!found || x < least) least = x;
      found = true;
    }
    return least;
  }
};

/// The mean of the worst outcomes that make up the share `level`, nested from step to step: the mean for a level of 1,
/// the worst outcome as it tends to 0.
///
/// *Arguments*: a level in (0, 1].
/// *Errors*: `invalid_value` for another level.
/// *Cost*: n log n comparisons for n outcomes, and an allocation.
/// *Source*: Rockafellar and Uryasev 2000; nested: Ruszczynski 2010.
/// *Use*:
///     bellman::conditional_value_at_risk(0.5)(bellman::uniform(std::array{4.0, 1.0, 3.0, 2.0}),
///                                             [](double x) { return x; }) == 1.5
template <class L>
class conditional_value_at_risk {
 public:
  constexpr explicit conditional_value_at_risk(L its_level) : level_(std::move(its_level)) {
    if (!(L(0) < level_) || L(1) < level_) {
      detail::a_level_must_lie_above_zero_and_at_most_at_one(internal::describe(level_));
    }
  }

  template <class D, class F>
  constexpr auto operator()(D const& d, F const& f) const {
    auto const points = detail::rising(d, f);
    using X = std::remove_cvref_t<decltype(points[0].x)>;
    using W = scalar_t<X>;
    W const level = static_cast<W>(level_);
    W left = level;
    // What rounding leaves of the share goes to the last.
    X total = scalar_traits<X>::zero();
    for (std::size_t k = 0; k < points.size() && W(0) < left; ++k) {
      W const p = static_cast<W>(points[k].p);
      bool const last = k + 1 == points.size();
      W const share = last || !(p < left) ? left : p;
      total = sum(total, static_cast<X>(product(quotient(share, level), points[k].x)));
      left = difference(left, share);
    }
    return total;
  }

 private:
  L level_;
};

/// `-1/beta log E[exp(-beta x)]`, nested from step to step: the mean as the aversion beta tends to 0, the worst outcome
/// as it grows.
///
/// *Arguments*: an aversion above 0, in units of one over a reward. Floating-point values only.
/// *Errors*: `invalid_value` for another aversion.
/// *Source*: Howard and Matheson 1972.
/// *Use*:
///     bellman::entropic_risk(1.0)(bellman::dirac{2.0}, [](double x) { return x; }) == 2.0
template <class B>
class entropic_risk {
 public:
  constexpr explicit entropic_risk(B its_aversion) : aversion_(std::move(its_aversion)) {
    if (!internal::is_finite_and_positive(aversion_)) {
      detail::an_aversion_to_risk_must_be_above_zero(internal::describe(aversion_));
    }
  }

  template <class D, class F>
  constexpr auto operator()(D const& d, F const& f) const {
    // Relative to the least, no exponential overflows and one of them is 1.
    auto const least = worst_case{}(d, f);
    using X = std::remove_cvref_t<decltype(least)>;
    using W = scalar_t<X>;
    W const beta = static_cast<W>(aversion_);
    auto const mean = expectation(d, [&](auto const& value) {
      return X(exp(product(static_cast<W>(-beta), difference(f(value), least))));
    });
    return X(difference(least, quotient(X(log(mean)), beta)));
  }

 private:
  B aversion_;
};

/// The worst mean over all probabilities that lie in given intervals: each weight of the distribution is an interval,
/// and nature chooses, anew in each step.
///
/// *Arguments*: a distribution whose probabilities are `interval`s that contain one that sums to 1.
/// *Cost*: n log n comparisons for n outcomes, and an allocation.
/// *Source*: Iyengar 2005; Nilim and El Ghaoui 2005.
/// *Use*:
///     bellman::worst_probabilities{}(
///         std::array{bellman::weighted{1.0, bellman::interval<double>(0.25, 0.5)},
///                    bellman::weighted{3.0, bellman::interval<double>(0.5, 0.75)}},
///         [](double x) { return x; }) == 2.0
struct worst_probabilities {
  template <class D, class F>
  constexpr auto operator()(D const& d, F const& f) const {
    auto const points = detail::rising(d, f);
    using X = std::remove_cvref_t<decltype(points[0].x)>;
    using P = std::remove_cvref_t<decltype(points[0].p)>;
    using W = scalar_t<X>;
    W left(1);
    for (auto const& e : points) left = difference(left, static_cast<W>(scalar_traits<P>::lower(e.p)));
    X total = scalar_traits<X>::zero();
    for (std::size_t k = 0; k < points.size(); ++k) {
      W const low = static_cast<W>(scalar_traits<P>::lower(points[k].p));
      W const room = difference(static_cast<W>(scalar_traits<P>::upper(points[k].p)), low);
      bool const last = k + 1 == points.size();
      W const more = last || !(room < left) ? left : room;
      W const taken = more < W(0) ? W(0) : more;
      total = sum(total, static_cast<X>(product(sum(low, taken), points[k].x)));
      left = difference(left, taken);
    }
    return total;
  }
};

template <>
inline constexpr bool is_certainty_equivalent_v<expected_outcome> = true;
template <>
inline constexpr bool is_certainty_equivalent_v<worst_case> = true;
template <class L>
inline constexpr bool is_certainty_equivalent_v<conditional_value_at_risk<L>> = true;
template <class B>
inline constexpr bool is_certainty_equivalent_v<entropic_risk<B>> = true;
template <>
inline constexpr bool is_certainty_equivalent_v<worst_probabilities> = true;

}  // namespace bellman
