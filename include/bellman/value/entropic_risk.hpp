// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/exponential.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/is_finite_and.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/worst_case.hpp>

#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

[[noreturn]] inline void an_aversion_to_risk_must_be_above_zero(std::string const& aversion) {
  internal::refuse("bellman: the aversion to risk is " + aversion + "; it must be a finite number above 0");
}

}  // namespace detail

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
    auto const mean = expectation(
        d, [&](auto const& value) { return X(exp(product(static_cast<W>(-beta), difference(f(value), least)))); });
    return X(difference(least, quotient(X(log(mean)), beta)));
  }

 private:
  B aversion_;
};

template <class B>
inline constexpr bool is_certainty_equivalent_v<entropic_risk<B>> = true;

}  // namespace bellman
