// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/discounted_errors.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/estimation/vtrace.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman::conventions::rlax {

/// `vtrace_output`: rlax's `VTraceOutput`.
template <class Container>
struct vtrace_output {
  Container errors;
  Container pg_advantage;
  Container q_estimate;
};

/// `vtrace_parameters`: the parameters of rlax's V-trace, with its defaults: lambda is a number or a range with one for
/// each reward; alpha below 1 mixes in the ratios that are not clipped (`leaky_vtrace`); `sample_mask` is a view of
/// flags with one for each reward, by default there is none.
template <class Lambda = double, class F = double, class Mask = internal::nowhere>
struct vtrace_parameters {
  Lambda lambda = 1;
  F clip_rho_threshold = 1;
  F clip_pg_rho_threshold = 1;
  F alpha = 1;
  [[no_unique_address]] Mask sample_mask{};
};

namespace detail::vtrace {

template <class Machine>
struct vtrace_td_error_and_advantage_fn {
  template <
      class Before, class After, class Rewards, class Discounts, class Ratios, class Parameters = vtrace_parameters<>,
      class = typename internal::every<
          internal::a_column_of_numbers<Before>, internal::a_column_of_numbers<After>,
          internal::a_column_of_numbers<Rewards>, internal::columns_of_one_type<Rewards, Before, After>,
          internal::discounts_of_columns<Discounts, Rewards, Before, After>, internal::a_column_of_numbers<Ratios>,
          internal::parameters_of_vtrace<Parameters>, internal::a_mask_of_parameters<Parameters>,
          internal::a_lambda_of_parameters<Parameters, Rewards, Before, After>>::type::yes>
  constexpr auto operator()(Before const& v_tm1, After const& v_t, Rewards const& r_t, Discounts const& discount_t,
                            Ratios const& rho_tm1, Parameters const& p = {}) const {
    using V = internal::estimate_t<deduced, terminated, Rewards, Before, After>;
    constexpr bool has_mask = !std::is_same_v<std::remove_cvref_t<decltype(p.sample_mask)>, internal::nowhere>;
    std::size_t const n = common_length(v_tm1, v_t, r_t, discount_t, rho_tm1);
    if constexpr (has_mask) common_length(r_t, p.sample_mask);
    auto const is_masked = [&]([[maybe_unused]] std::size_t t) {
      if constexpr (has_mask) {
        return !flag_at(p.sample_mask, t);
      } else {
        return false;
      }
    };
    auto const lambda = [&](std::size_t t) { return static_cast<V>(number_at(p.lambda, t)); };
    auto const clipped = [&](std::size_t t, V const& bound) {
      V const rho(number_at(rho_tm1, t));
      return V(sum(rho, product(V(p.alpha), difference(at_most(bound, rho), rho))));
    };
    // What the step says about its action's value where the next state is worth x.
    auto const q = [&](std::size_t t, V const& x) {
      return V(affine<V>{V(number_at(r_t, t)), V(number_at(discount_t, t))}(x));
    };
    auto const less_value = [&](std::size_t t, V const& x) { return V(difference(x, V(number_at(v_tm1, t)))); };

    // At a masked step the map of what comes after is the identity: no error, and no discount or trace below 1.
    auto const td_errors = computed(n, [&](std::size_t t) {
      if (is_masked(t)) return V(0);
      return V(product(clipped(t, V(p.clip_rho_threshold)), less_value(t, q(t, V(number_at(v_t, t))))));
    });
    auto const traces = computed(n, [&](std::size_t t) {
      if (is_masked(t)) return V(1);
      return V(product(lambda(t), clipped(t, V(1))));
    });
    auto const discounts = computed(n, [&](std::size_t t) {
      if (is_masked(t)) return V(1);
      return V(number_at(discount_t, t));
    });
    auto const sums = discounted_errors(td_errors, traces, terminated{}, discounts);
    auto errors = internal::one_for_each<V>(r_t);
    for (std::size_t t = 0; t < n; ++t) errors[t] = sums[t];
    auto q_estimate = internal::one_for_each<V>(r_t);
    auto pg_advantage = internal::one_for_each<V>(r_t);
    for (std::size_t t = 0; t < n; ++t) {
      V next(number_at(v_t, t));
      if (t + 1 < n) next = sum(V(number_at(v_tm1, t + 1)), product(lambda(t), errors[t + 1]));
      q_estimate[t] = q(t, next);
      pg_advantage[t] = product(clipped(t, V(p.clip_pg_rho_threshold)), less_value(t, q_estimate[t]));
    }
    return vtrace_output<decltype(errors)>{std::move(errors), std::move(pg_advantage), std::move(q_estimate)};
  }
};

}  // namespace detail::vtrace

/// `vtrace_td_error_and_advantage(v_tm1, v_t, r_t, discount_t, rho_tm1, {.lambda = l, ...})`: of one sequence the
/// differences between V-trace's targets and the values, the policy-gradient advantages, and the action values in them.
///
/// *Arguments*: random-access ranges of one length; the values are given twice, of the states that were left and of
/// those in which the actions arrived, and need not agree. A discount of 0 ends an episode. A step whose `sample_mask`
/// is 0 hands on the error of the step after it, undiminished; none of its numbers is read for `errors`. `q_estimate`
/// and `pg_advantage` are the same formulas at every step: they mean nothing at a masked one, and the step before it
/// takes its value in `v_tm1` for that of the next state.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Laws*: where the values agree it is `bellman::vtrace` with `clip_c` 1, and with the mask for `own` where the value
/// of the next state is that of the next step that is not masked (tests/conventions/rlax/vtrace.cpp).
/// *Source*: rlax, `vtrace_td_error_and_advantage`, `leaky_vtrace_td_error_and_advantage`; the mask since 0.1.9.
/// *Use*:
///     bellman::conventions::rlax::vtrace_td_error_and_advantage(std::array{0.5, 1.0}, std::array{1.0, 10.0},
///                                                               std::array{1.0, 2.0}, std::array{0.5, 0.5},
///                                                               std::array{1.0, 1.0}).errors == std::array{4.0, 6.0}
inline constexpr detail::vtrace::vtrace_td_error_and_advantage_fn<internal::this_machine>
    vtrace_td_error_and_advantage{};

}  // namespace bellman::conventions::rlax
