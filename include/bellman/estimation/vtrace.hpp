// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/affine/backward_pass.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/estimate.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/pack.hpp>

#include <concepts>
#include <cstddef>
#include <iterator>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman {

/// The parameters of V-trace: gamma and lambda in [0, 1], numbers or ranges with one for each step, and the bounds at
/// which the importance ratios are clipped, numbers above 0 (an infinity clips nothing): `clip_rho` decides to which
/// policy's value the targets lead, `clip_c` how fast, `clip_pg_rho` is that of the policy-gradient advantages.
template <class Gamma, class Lambda = number_of_t<Gamma>, class Bound = number_of_t<Gamma>>
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
  throw invalid_value("bellman: " + std::string(name) + " is " + internal::describe(bound) + "; it must be above 0");
}

template <class V, class Rewards, class Values, class Ratios, class Gamma, class Lambda, class Targets,
          class Advantages>
struct vtrace_body {
  using F = scalar_t<V>;
  Rewards rewards;
  Values values;
  Ratios ratios;
  Gamma gamma;
  Lambda lambda;
  F clip_rho;
  F clip_c;
  F clip_pg_rho;
  Targets targets;
  Advantages advantages;
  V next_value;
  V mixed;

  template <class At, class Step>
  [[gnu::always_inline]] constexpr void operator()(At const& at, Step const& s) {
    using X = typename At::value_type;
    auto const r = at.read_unless(s.skipped, rewards);
    auto const v = at.read_unless(s.skipped, values);
    auto const rho = at.read_scalar_unless(s.skipped, ratios);
    auto const g = at.read_scalar(gamma);
    auto const l = at.read_scalar(lambda);
    using S = std::remove_const_t<decltype(g)>;
    S const c = at_most(S(clip_c), rho);

    // v_t = V(S_t) + c_t (G_t - V(S_t)) + (rho_t - c_t) delta_t, where only the last term needs V(S_{t+1}) by itself:
    // it is a scan as well, of constants, since the next state is behind the steps that are skipped.
    V const next_of_these = next_value;
    X known = v;
    if (!(clip_rho == clip_c)) {
      auto const next = scan_step(at, next_value, affine<X, S>{v, S(0)}, s);
      if (!next.is_finite) [[unlikely]]
        return one_by_one(*this, at, s);
      S const excess = difference(at_most(S(clip_rho), rho), c);
      known = applied(affine<X, S>{v, excess}, X(difference(applied(affine<X, S>{r, g}, next.after), v)));
    }
    // What the state is worth to the step before: V + lambda (v_t - V).
    S const trace = product(l, c);
    X const unmixed = difference(applied(affine<X, S>{v, l}, X(difference(known, v))), product(trace, v));
    affine<X, S> const f{applied(affine<X, S>{unmixed, trace}, r), product(trace, g)};
    auto const worth = scan_step(at, mixed, f, s);
    if (!worth.is_finite) [[unlikely]] {
      next_value = next_of_these;
      return one_by_one(*this, at, s);
    }

    X const gain = difference(applied(affine<X, S>{r, g}, worth.after), v);
    write_own(at, s, targets, applied(affine<X, S>{known, c}, gain));
    write_own(at, s, advantages, applied(affine<X, S>{X(V{}), at_most(S(clip_pg_rho), rho)}, gain));
  }
};

template <class Value, class Order>
struct vtrace_fn {
  template <class Rewards>
  using braced = vtrace_parameters<parameter_t<std::ranges::range_value_t<Rewards>>>;

  template <std::ranges::range Rewards, std::ranges::range Values, std::ranges::range Ratios, class Steps,
            std::random_access_iterator... Out>
    requires(sizeof...(Out) == 0 || sizeof...(Out) == 2)
  constexpr auto operator()(Rewards&& rewards, Values&& values, Ratios&& ratios, Steps const& steps,
                            braced<Rewards> const& p, Out... out) const {
    using V = widened_t<Value, estimate_t<Value, Steps, Rewards, Values>, Ratios>;
    return two_estimates<vtrace_estimates, V, Order>(rewards, steps, body<V>(rewards, values, ratios, p), out...);
  }
  template <std::ranges::range Rewards, std::ranges::range Values, std::ranges::range Ratios, class Steps, class G,
            class L, class B, std::random_access_iterator... Out>
    requires((sizeof...(Out) == 0 || sizeof...(Out) == 2) && !std::same_as<vtrace_parameters<G, L, B>, braced<Rewards>>)
  constexpr auto operator()(Rewards&& rewards, Values&& values, Ratios&& ratios, Steps const& steps,
                            vtrace_parameters<G, L, B> const& p, Out... out) const {
    using V = widened_t<Value, estimate_t<Value, Steps, Rewards, Values>, Ratios, G, L>;
    return two_estimates<vtrace_estimates, V, Order>(rewards, steps, body<V>(rewards, values, ratios, p), out...);
  }

  template <class V, class Rewards, class Values, class Ratios, class Parameters>
  static constexpr auto body(Rewards const& rewards, Values const& values, Ratios const& ratios, Parameters const& p) {
    using F = scalar_t<V>;
    std::size_t const n = length_of(rewards);
    check(p.clip_rho, "clip_rho");
    check(p.clip_c, "clip_c");
    check(p.clip_pg_rho, "clip_pg_rho");
    return [r = column_of<V>(rewards, "rewards", n), v = column_of<V>(values, "values", n),
            rho = column_of<scalar_t<V>>(ratios, "ratios", n), g = gamma_column<V>(p.gamma, n),
            l = lambda_column<V>(p.lambda, n), clip_rho = static_cast<F>(p.clip_rho), clip_c = static_cast<F>(p.clip_c),
            clip_pg_rho = static_cast<F>(p.clip_pg_rho)](V const& after_last, auto const& out_targets,
                                                         auto const& out_advantages) {
      return vtrace_body<V, std::remove_const_t<decltype(r)>, std::remove_const_t<decltype(v)>,
                         std::remove_const_t<decltype(rho)>, std::remove_const_t<decltype(g)>,
                         std::remove_const_t<decltype(l)>, std::remove_cvref_t<decltype(out_targets)>,
                         std::remove_cvref_t<decltype(out_advantages)>>{
          r, v, rho, g, l, clip_rho, clip_c, clip_pg_rho, out_targets, out_advantages, after_last, after_last};
    };
  }

 private:
  template <class T>
  static constexpr void check(T const& bound, char const* name) {
    if (!(T(0) < bound)) a_bound_of_ratios_must_be_positive(name, bound);
  }
};

}  // namespace detail

/// `vtrace(rewards, values, ratios, steps, {.gamma = g, .lambda = l, .clip_rho = a, .clip_c = b, .clip_pg_rho = c})`:
/// the V-trace targets of state values, and the advantages of a policy gradient, from what another policy did:
///
///     v_t = V(S_t) + rho_t delta_t + gamma_t c_t lambda_{t+1} (v_{t+1} - V(S_{t+1}))
///     A_t = min(clip_pg_rho, pi / mu) (R_t + gamma_t y_{t+1} - V(S_t)),  y_t = V(S_t) + lambda_t (v_t - V(S_t))
///
/// with `delta_t = R_t + gamma_t V(S_{t+1}) - V(S_t)`, `rho_t = min(clip_rho, pi / mu)`, `c_t = min(clip_c, pi / mu)`
/// and for each reward the importance ratio `pi(A_t | S_t) / mu(A_t | S_t)`. Lambda and the bounds are 1 unless given.
/// Arguments, forms and errors as `gae`, and a bound must be above 0; ratios are taken as they
/// are given, `importance_ratios` makes some that are checked; the outputs are targets and advantages. Bounds of
/// rho and c that differ cost a second scan. Laws: on policy, ratios 1, the targets are the lambda-returns; their fixed
/// point is the value of the policy proportional to `min(clip_rho mu, pi)`. Espeholt et al. 2018, section 4.1 and
/// remark 2.
inline constexpr detail::vtrace_fn<deduced, deduced> vtrace{};

/// `vtrace_in<V, Order>`: the same, computed in V and in the order named.
template <class V = deduced, class Order = deduced>
inline constexpr detail::vtrace_fn<V, Order> vtrace_in{};

}  // namespace bellman
