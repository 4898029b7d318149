// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/backward_pass.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <concepts>
#include <type_traits>

namespace bellman {

/// What one step says about the returns before it.
template <class X, class F>
struct correction {
  X reward;
  F gamma;
  X value;
  F trace;
  X action_value;
};

/// The recursion behind every estimator of a return from a recording,
///
///     G_t = R_t + gamma_t y_{t+1}     the return of the step
///     y_t = v_t + c_t (G_t - q_t)     what the state S_t is worth to the step before
///
/// where `v` is what is known of the value of S_t, `q` of the value of the action A_t taken in it, and the trace `c`
/// says how much of the difference that was then seen is believed. `y_t = v_t - c_t q_t + c_t R_t + c_t gamma_t
/// y_{t+1}` is an affine map of what comes after, and of this step alone; so a run of steps is one, a skipped step is
/// the identity, and after an end `y` is what the end says.
///
/// | estimator | v | q | c |
/// |---|---|---|---|
/// | return to go | 0 | 0 | 1 |
/// | TD(0) target | V | V | 0 |
/// | lambda-return, GAE | V | V | lambda |
/// | Retrace | E_pi Q | Q(S, A) | lambda min(1, pi / mu) |
/// | tree backup | E_pi Q | Q(S, A) | lambda pi |
/// | Q(lambda), Watkins | max Q | Q(S, A) | lambda where A is greedy |
/// | Q(lambda), Peng | max Q | max Q | lambda |
/// | importance sampling per decision | 0 | 0 | pi / mu |
/// | doubly robust | E_pi Q | Q(S, A) | pi / mu |
///
/// `terms(at, step)` gives a step's `correction`; `emit(at, step, terms, G)` takes its return.
template <class V, class Terms, class Emit>
class corrected_return {
 public:
  constexpr corrected_return(V const& after_last, Terms its_terms, Emit its_emit)
      : worth_(after_last), terms_(its_terms), emit_(its_emit) {}

  template <class At, class Step>
  [[gnu::always_inline]] constexpr void operator()(At const& at, Step const& s) {
    using X = typename At::value_type;
    auto const c = terms_(at, s);
    using F = std::remove_cvref_t<decltype(c.trace)>;
    // A trace of zero hides the step, a discount of zero what comes after it, be it a NaN.
    affine<X, F> const corrected{difference(c.value, product(c.trace, c.action_value)), c.trace};
    affine<X, F> worth{applied(corrected, c.reward), F(product(c.trace, c.gamma))};
    if constexpr (std::same_as<At, one_step<V>>) {
      if (is_zero(c.trace)) worth.offset = c.value;
    }
    auto const x = scan_step(at, worth_, worth, s);
    if (!x.is_finite) [[unlikely]]
      return one_by_one(*this, at, s);
    emit_(at, s, c, applied(affine<X, F>{c.reward, c.gamma}, x.after));
  }

  /// What the first state is worth, once the pass is over.
  constexpr V const& worth() const { return worth_; }

 private:
  V worth_;
  Terms terms_;
  Emit emit_;
};

template <class V, class Terms, class Emit>
corrected_return(V, Terms, Emit) -> corrected_return<V, Terms, Emit>;

/// Writes the return of each step.
template <class Out>
struct write_return {
  Out out;

  template <class At, class Step, class Terms, class X>
  [[gnu::always_inline]] constexpr void operator()(At const& at, Step const& s, Terms const&, X const& G) const {
    write_own(at, s, out, G);
  }
};

/// Writes the return of each step less what was thought of its action.
template <class Out>
struct write_error {
  Out out;

  template <class At, class Step, class Terms, class X>
  [[gnu::always_inline]] constexpr void operator()(At const& at, Step const& s, Terms const& c, X const& G) const {
    write_own(at, s, out, difference(G, c.action_value));
  }
};

}  // namespace bellman
