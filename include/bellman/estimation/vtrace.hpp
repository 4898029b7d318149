// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/estimation/corrected_return.hpp>
#include <bellman/estimation/correction.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/over_steps.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct the_bounds_of_the_ratios_are_not_of_the_numbers_of_the_estimates {};

}  // namespace refused

/// `vtrace_parameters{.gamma = g, .lambda = l, .clip_rho = a, .clip_c = b, .clip_pg_rho = c}`: the parameters of
/// V-trace.
///
/// *Arguments*: gamma and lambda in [0, 1], numbers or ranges with one for each step, and the bounds at which the
/// importance ratios are clipped, numbers above 0 (an infinity clips nothing): `clip_rho` decides to which policy's
/// value the targets lead, `clip_c` how fast, `clip_pg_rho` is that of the policy-gradient advantages. Lambda and the
/// bounds are 1 unless given.
/// *Errors*: `invalid_value` where they are used, for a bound that is not above 0.
template <class Gamma, class Lambda = internal::number_of_t<Gamma>, class Bound = internal::number_of_t<Gamma>>
struct vtrace_parameters {
  Gamma gamma;
  Lambda lambda = Lambda(1);
  Bound clip_rho = Bound(1);
  Bound clip_c = Bound(1);
  Bound clip_pg_rho = Bound(1);
};

/// What `vtrace` returns: for each step the target of its state's value, and the advantage of its action.
template <class Targets, class Advantages = Targets>
struct vtrace_estimates {
  Targets targets;
  Advantages advantages;
};

namespace detail {

template <class T>
[[noreturn]] void a_bound_of_ratios_must_be_positive(char const* name, T const& bound) {
  internal::refuse("bellman: " + std::string(name) + " is " + internal::describe(bound) + "; it must be above 0");
}

struct vtrace_estimator {
  using columns = bellman::columns<value_column<"values">, scalar_column<"ratios">>;
  template <class N>
  using parameters = vtrace_parameters<N>;
  template <class V, class Parameters>
  using asks =
      internal::every<internal::a_number_with_an_order<decltype(Parameters::clip_rho)>,
                      internal::rule<std::constructible_from<scalar_t<V>, decltype(Parameters::clip_rho) const&>,
                                     refused::the_bounds_of_the_ratios_are_not_of_the_numbers_of_the_estimates>>;
  static constexpr std::size_t outputs = 2;
  template <class T, class A>
  static constexpr vtrace_estimates<T, A> results(T targets, A advantages) {
    return {std::move(targets), std::move(advantages)};
  }

  // Its terms need the value of the next state by itself, which is a scan as well, of constants, since the next state
  // is behind the steps that are skipped.
  template <class V, class Read>
  class body {
   public:
    template <class Parameters>
    [[gnu::always_inline]] constexpr body(Read const& its_read, Parameters const& p)
        : read_(its_read),
          clip_rho_(checked(p.clip_rho, "clip_rho")),
          clip_c_(checked(p.clip_c, "clip_c")),
          clip_pg_rho_(checked(p.clip_pg_rho, "clip_pg_rho")) {}

    template <class X>
    struct carried {
      X next_value;
      bool counts;  // whether the next value does; between the two, which g++ 12 would move as a pair, at a tenth more
      X worth;
    };
    template <class X>
    [[gnu::always_inline]] constexpr carried<X> start(X const& after_last) const {
      return {after_last, !(clip_rho_ == clip_c_), after_last};
    }

    template <class Here, class Seen, class Carry>
    [[gnu::always_inline]] constexpr auto operator()(Here const& here, Seen const& s, Carry& carry) const {
      return read_(here, s, [&](auto const& step, auto const& v, auto const& rho) __attribute__((always_inline)) {
        using X = typename Here::value_type;
        using F = std::remove_cvref_t<decltype(step.gamma)>;
        F c = at_most(F(clip_c_), rho);
        // v_t = V(S_t) + c_t (G_t - V(S_t)) + (rho_t - c_t) delta_t, where only the last term needs V(S_{t+1}).
        X known = v;
        bool all_finite = true;
        if (carry.counts) {
          auto next = internal::scan_step(here, carry.next_value, affine<X, F>{v, F(0)}, s);
          F excess = difference(at_most(F(clip_rho_), rho), c);
          known = X(affine<X, F>{v, excess}(X(difference(affine<X, F>{step.reward, step.gamma}(next.after), v))));
          all_finite = next.is_finite;
        }
        // What the state is worth to the step before: V + lambda (v_t - V).
        X value(affine<X, F>{v, F(step.lambda)}(X(difference(known, v))));
        auto G = corrected(here, s, carry.worth, step, correction{value, product(step.lambda, c), v});
        X advantage = difference(G.value, v);
        return emit(here, s, all_finite && G.is_finite, X(affine<X, F>{known, c}(advantage)),
                    X(affine<X, F>{scalar_traits<X>::zero(), at_most(F(clip_pg_rho_), rho)}(advantage)));
      });
    }

   private:
    template <class T>
    [[gnu::always_inline]] static constexpr scalar_t<V> checked(T const& bound, char const* name) {
      if (!(T(0) < bound)) detail::a_bound_of_ratios_must_be_positive(name, bound);
      return static_cast<scalar_t<V>>(bound);
    }

    Read read_;
    scalar_t<V> clip_rho_;
    scalar_t<V> clip_c_;
    scalar_t<V> clip_pg_rho_;
  };
};

}  // namespace detail

/// `vtrace(rewards, values, ratios, steps, {.gamma = g, .lambda = l, .clip_rho = a, .clip_c = b, .clip_pg_rho = c})`:
/// the V-trace targets of state values, and the advantages of a policy gradient, from what another policy did:
///
///     v_t = V(S_t) + rho_t delta_t + gamma_t c_t lambda_{t+1} (v_{t+1} - V(S_{t+1}))
///     A_t = min(clip_pg_rho, pi / mu) (R_t + gamma_t y_{t+1} - V(S_t)),  y_t = V(S_t) + lambda_t (v_t - V(S_t))
///
/// with `delta_t = R_t + gamma_t V(S_{t+1}) - V(S_t)`, `rho_t = min(clip_rho, pi / mu)` and `c_t = min(clip_c, pi /
/// mu)`.
///
/// *Arguments*: for each reward the value of the state in which it was earned and the importance ratio `pi(A_t | S_t) /
/// mu(A_t | S_t)` of the action taken; `vtrace_parameters`. Otherwise, and forms, as `gae`; the outputs are targets and
/// advantages.
/// *Errors*: as `gae`, and a bound must be above 0; ratios are taken as they are given, `importance_ratios` makes some
/// that are checked.
/// *Cost*: O(n); nothing is allocated but the result. Bounds of rho and c that differ cost a second scan.
/// *Laws*: on policy, ratios 1, the targets are the lambda-returns; their fixed point is the value of the policy
/// proportional to `min(clip_rho mu, pi)` (tests/laws/vtrace_laws.cpp).
/// *Source*: Espeholt et al. 2018, section 4.1 and remark 2.
/// *Use*:
///     bellman::vtrace(std::array{1.0, 2.0}, std::array{3.0, 4.0}, std::array{1.0, 0.5}, bellman::terminated{},
///                     {.gamma = 0.5}).targets == std::array{2.5, 3.0}
inline constexpr estimator_fn<detail::vtrace_estimator> vtrace{};

/// `vtrace_in<V, Order>`: the same, computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr estimator_fn<detail::vtrace_estimator, V, Order> vtrace_in{};

}  // namespace bellman
