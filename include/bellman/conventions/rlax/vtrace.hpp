// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/internal/check_apart.hpp>
#include <bellman/conventions/internal/elementwise.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/discounted_errors.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/layout/internal/overlap.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/register_width.hpp>

#include <type_traits>
#include <utility>

namespace bellman::conventions::rlax {

/// `vtrace_output`: rlax's `VTraceOutput`.
template <class Errors, class Advantages = Errors, class Estimates = Errors>
struct vtrace_output {
  Errors errors;
  Advantages pg_advantage;
  Estimates q_estimate;
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

// At a masked step the map of what comes after is the identity: no error, and no discount or trace below 1.
template <class V>
struct clipped_ratio {
  V alpha{};
  V bound{};

  constexpr V operator()(V const& rho) const {
    return V(sum(rho, product(alpha, difference(at_most(bound, rho), rho))));
  }
};
// What a step says about its action's value where the next state is worth x.
template <class V>
struct value_of_step {
  template <class R, class G>
  constexpr V operator()(R const& reward, G const& discount, V const& x) const {
    return V(affine<V>{V(reward), V(discount)}(x));
  }
};
template <class V>
struct weighted_error {
  clipped_ratio<V> clipped{};

  template <class Flag, class Rho, class X, class After, class R, class G>
  constexpr V operator()(Flag const& is_own, Rho const& rho, X const& value, After const& next, R const& reward,
                         G const& discount) const {
    if (is_own == Flag(0)) return V(0);
    return V(product(clipped(V(rho)), difference(value_of_step<V>{}(reward, discount, V(next)), V(value))));
  }
};
template <class V>
struct clipped_trace {
  clipped_ratio<V> clipped{};

  template <class Flag, class Rho, class L>
  constexpr V operator()(Flag const& is_own, Rho const& rho, L const& lambda) const {
    if (is_own == Flag(0)) return V(1);
    return V(product(static_cast<V>(lambda), clipped(V(rho))));
  }
};
template <class V>
struct discount_if_own {
  template <class Flag, class G>
  constexpr V operator()(Flag const& is_own, G const& discount) const {
    if (is_own == Flag(0)) return V(1);
    return V(discount);
  }
};
// What the next state is worth: its value and lambda times its error, behind the last the value that is given.
template <class V>
struct next_value_and_error {
  template <class X, class L, class After>
  constexpr V operator()(internal::number_of_next_step<X> const& value, internal::number_of_next_step<V> const& error,
                         L const& lambda, After const& otherwise) const {
    if (!value.is_there) return V(otherwise);
    return sum(V(value.number), product(static_cast<V>(lambda), error.number));
  }
};
template <class V>
struct weighted_advantage {
  clipped_ratio<V> clipped{};

  template <class Rho, class X>
  constexpr V operator()(Rho const& rho, V const& estimate, X const& value) const {
    return product(clipped(V(rho)), V(difference(estimate, V(value))));
  }
};

template <class Before, class After, class Rewards, class... Out>
struct estimates_laid_out_as
    : internal::outputs_laid_out_as<3, internal::estimate_t<deduced, terminated, Rewards, Before, After>, Rewards,
                                    Out...> {};

template <class Machine>
struct vtrace_td_error_and_advantage_fn {
  template <class Before, class After, class Rewards, class Discounts, class Ratios,
            class Parameters = vtrace_parameters<>, class... Out,
            class = typename internal::every<
                internal::a_column_of_numbers<internal::of_one_t<Before>>,
                internal::a_column_of_numbers<internal::of_one_t<After>>,
                internal::a_column_of_numbers<internal::of_one_t<Rewards>>,
                internal::in_one_layout<Rewards, Before, After, Ratios>, internal::of_steps_in_common<Rewards>,
                internal::columns_of_one_type<internal::of_one_t<Rewards>, internal::of_one_t<Before>,
                                              internal::of_one_t<After>>,
                internal::discounts_of_columns<Discounts, Rewards, Before, After>,
                internal::a_column_of_numbers<internal::of_one_t<Ratios>>, internal::parameters_of_vtrace<Parameters>,
                internal::a_mask_of_parameters<Parameters, Rewards>,
                internal::a_lambda_of_parameters<Parameters, Rewards, Before, After>,
                estimates_laid_out_as<Before, After, Rewards, Out...>>::type::yes>
  constexpr auto operator()(Before const& v_tm1, After const& v_t, Rewards const& r_t, Discounts const& discount_t,
                            Ratios const& rho_tm1, Parameters const& p = {}, Out... out) const {
    using V = internal::estimate_t<deduced, terminated, Rewards, Before, After>;
    common_length(v_tm1, v_t, r_t, discount_t, rho_tm1);
    if constexpr (sizeof...(Out) == 0) {
      auto errors = internal::room_for<V>(r_t);
      auto pg_advantage = internal::room_for<V>(r_t);
      auto q_estimate = internal::room_for<V>(r_t);
      (*this)(v_tm1, v_t, r_t, discount_t, rho_tm1, p, internal::place_for(r_t, errors),
              internal::place_for(r_t, pg_advantage), internal::place_for(r_t, q_estimate));
      return vtrace_output<decltype(errors)>{std::move(errors), std::move(pg_advantage), std::move(q_estimate)};
    } else {
      return estimates<V>(v_tm1, v_t, r_t, discount_t, rho_tm1, p, own_steps(r_t, p.sample_mask), out...);
    }
  }

 private:
  template <class Rewards, class Mask>
  static constexpr auto own_steps(Rewards const& r_t, Mask const& sample_mask) {
    if constexpr (std::is_same_v<Mask, internal::nowhere>) {
      return internal::elementwise(internal::everywhere<bool>{true}, r_t);
    } else {
      common_length(r_t, sample_mask);
      return in_place(sample_mask);
    }
  }

  template <class V, class Before, class After, class Rewards, class Discounts, class Ratios, class Parameters,
            class Own, class Errors, class Advantages, class Estimates>
  static constexpr auto estimates(Before const& v_tm1, After const& v_t, Rewards const& r_t,
                                  Discounts const& discount_t, Ratios const& rho_tm1, Parameters const& p,
                                  Own const& own, Errors errors_out, Advantages advantages_out,
                                  Estimates estimates_out) {
    auto const check = [&](auto const& out) {
      internal::check_apart("the columns", out, v_tm1, v_t, r_t, discount_t, rho_tm1, own, p.lambda);
    };
    check(errors_out);
    check(advantages_out);
    check(estimates_out);
    internal::check_overlap_of_outputs(errors_out, advantages_out);
    internal::check_overlap_of_outputs(errors_out, estimates_out);
    internal::check_overlap_of_outputs(advantages_out, estimates_out);
    vtrace_output all{internal::behind(errors_out, r_t), internal::behind(advantages_out, r_t),
                      internal::behind(estimates_out, r_t)};
    auto const errors = internal::written(r_t, all.errors);
    auto const pg_advantage = internal::written(r_t, all.pg_advantage);
    auto const q_estimate = internal::written(r_t, all.q_estimate);

    V const alpha(p.alpha);
    auto const lambdas = internal::one_for_each_of(r_t, p.lambda);
    auto const td_errors = internal::elementwise(weighted_error<V>{{alpha, V(p.clip_rho_threshold)}}, own, rho_tm1,
                                                 v_tm1, v_t, r_t, discount_t);
    auto const traces = internal::elementwise(clipped_trace<V>{{alpha, V(1)}}, own, rho_tm1, lambdas);
    auto const discounts = internal::elementwise(discount_if_own<V>{}, own, discount_t);
    discounted_errors(td_errors, traces, terminated{}, discounts, internal::place_of_written(errors));
    auto const next = internal::elementwise(next_value_and_error<V>{}, internal::of_next_steps(v_tm1),
                                            internal::of_next_steps(errors), lambdas, v_t);
    internal::assign(q_estimate, internal::elementwise(value_of_step<V>{}, r_t, discount_t, next));
    internal::assign(pg_advantage, internal::elementwise(weighted_advantage<V>{{alpha, V(p.clip_pg_rho_threshold)}},
                                                         rho_tm1, q_estimate, v_tm1));
    return all;
  }
};

}  // namespace detail::vtrace

/// `vtrace_td_error_and_advantage(v_tm1, v_t, r_t, discount_t, rho_tm1, {.lambda = l, ...})`: of one sequence, or
/// of a batch of several, `batch_major(r_t, T)`, the differences between V-trace's targets and the values, the
/// policy-gradient advantages, and the action values in them.
///
/// *Arguments*: random-access ranges of one length, or `time_major` or `batch_major` arrays of several sequences, as
/// are a lambda and a mask of the steps. Three iterators or arrays behind the parameters, in the order of
/// `vtrace_output`, say where to write, apart from what is read. The values are given twice, of the states that were
/// left and of those in which the actions arrived, and need not agree. A discount of 0 ends an episode. A step whose
/// `sample_mask` is 0 hands on the error of the step after it, undiminished; none of its numbers is read for `errors`.
/// `q_estimate` and `pg_advantage` are the same formulas at every step: they mean nothing at a masked one, and the step
/// before it takes its value in `v_tm1` for that of the next state.
/// *Errors*: `invalid_value` for two lengths that differ, and where an output of several overlaps what is read.
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
