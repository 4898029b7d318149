// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/at_arrival.hpp>
#include <bellman/conventions/arrays/before_last.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/values_of_actions.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/action_values.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/importance_corrected_td_errors.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/off_policy_returns.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>
#include <ranges>

// rlax's returns. Everything is counted from the arrival in a state: `r_t`, `discount_t`, `lambda_t` and `v_t` belong
// to the action before; a termination is a discount of 0, there is no flag, and whatever stands behind it is the next
// episode. Each takes one sequence, all of whose columns are of one length; discounts are a range with one for each
// reward.
namespace bellman::conventions::rlax {

namespace detail::multistep {

// A recording that goes on behind its end, where the state is worth v.
template <class V, class Values>
constexpr auto cut_at(Values const& v_t) {
  std::size_t const n = common_length(v_t);
  if (n == 0) return truncated<V>{V{}};
  return truncated<V>{static_cast<V>(number_at(v_t, n - 1))};
}

template <class... Columns>
using value_t = internal::estimate_t<deduced, terminated, Columns...>;

template <class Machine>
struct discounted_returns_fn {
  template <class Rewards, class Discounts, class Values,
            class = typename internal::every<
                internal::a_column_of_values<Rewards>, internal::discounts_of_columns<Discounts, Rewards>,
                internal::a_number_or_a_column<Values>, internal::a_value_or_values_beside<Values, Rewards>>::type::yes>
  constexpr auto operator()(Rewards const& r_t, Discounts const& discount_t, Values const& v_t) const {
    if constexpr (std::ranges::range<Values const>) {
      common_length(r_t, v_t);
      return returns_to_go(r_t, multistep::cut_at<value_t<Rewards, Values>>(v_t), discount_t);
    } else {
      return returns_to_go(r_t, truncated<Values>{v_t}, discount_t);
    }
  }
};

template <class Machine>
struct lambda_returns_fn {
  template <
      class Rewards, class Discounts, class Values, class Lambda,
      class = typename internal::every<internal::a_column_of_values<Rewards>, internal::a_column_of_values<Values>,
                                       internal::columns_of_one_type<Rewards, Values>,
                                       internal::discounts_of_columns<Discounts, Rewards, Values>,
                                       internal::a_lambda_of_columns<Lambda, Rewards, Values>>::type::yes>
  constexpr auto operator()(Rewards const& r_t, Discounts const& discount_t, Values const& v_t,
                            Lambda const& lambda) const {
    auto const at_states = at_arrival(lambda);
    return bellman::lambda_returns(r_t, at_arrival(v_t), detail::multistep::cut_at<value_t<Rewards, Values>>(v_t),
                                   trace_parameters{in_place(discount_t), at_states});
  }
};

struct n_step_bootstrapped_returns_fn {
  template <
      class Rewards, class Discounts, class Values, class Lambda,
      class = typename internal::every<internal::a_column_of_numbers<Rewards>, internal::a_column_of_numbers<Values>,
                                       internal::columns_of_one_type<Rewards, Values>,
                                       internal::discounts_of_columns<Discounts, Rewards, Values>,
                                       internal::columns_of_one_type<Rewards, Values, Discounts>,
                                       internal::a_lambda_of_columns<Lambda, Rewards, Values, Discounts>>::type::yes>
  constexpr auto operator()(Rewards const& r_t, Discounts const& discount_t, Values const& v_t, std::size_t n,
                            Lambda const& lambda) const {
    using V = value_t<Rewards, Values, Discounts>;
    std::size_t const size = common_length(r_t, discount_t, v_t);
    auto const lambda_at = [&](std::size_t t) { return static_cast<V>(number_at(lambda, t)); };
    auto const mixed = computed(size, [&](std::size_t t) {
      V const rest = product(difference(V(1), lambda_at(t)), V(number_at(v_t, t)));
      return V(sum(V(number_at(r_t, t)), product(V(number_at(discount_t, t)), rest)));
    });
    auto const slopes = computed(size, [&](std::size_t t) {
      return V(product(V(number_at(discount_t, t)), lambda_at(t)));
    });
    auto returns = internal::one_for_each<V>(r_t);
    bellman::n_step_returns_in<V>(mixed, at_arrival(v_t), detail::multistep::cut_at<V>(v_t), n, slopes,
                                  returns.begin());
    return returns;
  }
};

template <class Machine>
struct truncated_gae_fn {
  template <
      class Rewards, class Discounts, class Lambda, class Values,
      class = typename internal::every<internal::a_column_of_values<Rewards>, internal::a_column_of_values<Values>,
                                       internal::columns_of_one_type<Rewards, Values>,
                                       internal::discounts_of_columns<Discounts, Rewards, Values>,
                                       internal::a_lambda_of_columns<Lambda, Rewards, Values>>::type::yes>
  constexpr auto operator()(Rewards const& r_t, Discounts const& discount_t, Lambda const& lambda,
                            Values const& values) const {
    std::size_t const n = common_length(r_t, discount_t);
    auto const at_states = at_arrival(lambda);
    return bellman::gae(r_t, before_last(values, n), detail::multistep::cut_at<value_t<Rewards, Values>>(values),
                        trace_parameters{in_place(discount_t), at_states})
        .advantages;
  }
};

template <class Machine>
struct from_q_and_v_fn {
  template <class ActionValues, class Values, class Rewards, class Discounts, class Traces,
            class = typename internal::every<
                internal::a_column_of_values<ActionValues>, internal::a_column_of_values<Values>,
                internal::a_column_of_values<Rewards>, internal::columns_of_one_type<Rewards, Values, ActionValues>,
                internal::discounts_of_columns<Discounts, Rewards, Values, ActionValues>,
                internal::a_column_of_numbers<Traces>>::type::yes>
  constexpr auto operator()(ActionValues const& q_t, Values const& v_t, Rewards const& r_t, Discounts const& discount_t,
                            Traces const& c_t) const {
    using V = value_t<Rewards, Values, ActionValues>;
    return off_policy_returns(r_t, at_arrival(v_t), up_to(q_t, r_t), up_to(c_t, r_t), detail::multistep::cut_at<V>(v_t),
                              trace_parameters{in_place(discount_t), V(1)});
  }

 private:
  // At arrival; of the last state nothing is read, and it may be missing.
  template <class Column, class Rewards>
  static constexpr auto up_to(Column const& x, Rewards const& r_t) {
    auto const n = static_cast<std::size_t>(std::ranges::distance(r_t));
    auto const m = static_cast<std::size_t>(std::ranges::distance(x));
    if (m + 1 != n) common_length(x, r_t);
    return computed(n, [begin = std::ranges::begin(x), m](std::size_t t) {
      using T = std::ranges::range_value_t<Column>;
      if (m == 0) return T{};
      return T(internal::element_at(begin, t == 0 ? 0 : t - 1));
    });
  }
};

template <class Machine>
struct from_action_values_fn {
  template <class ActionValues, class Actions, class Rewards, class Discounts, class Traces, class Policies,
            class = typename internal::every<
                internal::random_access_rows_of_numbers<ActionValues>, internal::a_column_of_indices<Actions>,
                internal::a_column_of_numbers<Rewards>, internal::random_access_rows_of_numbers<Policies>,
                internal::rows_and_columns_of_one_type<ActionValues, Policies, Rewards>,
                internal::discounts_of_columns<Discounts, Rewards>, internal::a_column_of_numbers<Traces>>::type::yes>
  constexpr auto operator()(ActionValues const& q_t, Actions const& a_t, Rewards const& r_t,
                            Discounts const& discount_t, Traces const& c_t, Policies const& pi_t) const {
    std::size_t const n = common_length(q_t, a_t, r_t, pi_t);
    auto const expected = computed(n, [&](std::size_t t) {
      return expected_value(internal::element_at(q_t, t), internal::element_at(pi_t, t));
    });
    return from_q_and_v_fn<Machine>{}(values_of_actions(q_t, a_t), expected, r_t, discount_t, c_t);
  }
};

template <class Machine>
struct importance_corrected_td_errors_fn {
  template <
      class Rewards, class Discounts, class Ratios, class Lambda, class Values,
      class = typename internal::every<
          internal::a_column_of_values<Rewards>, internal::a_column_of_values<Values>,
          internal::columns_of_one_type<Rewards, Values>, internal::discounts_of_columns<Discounts, Rewards, Values>,
          internal::a_column_of_numbers<Ratios>, internal::a_lambda_of_columns<Lambda, Rewards, Values>>::type::yes>
  constexpr auto operator()(Rewards const& r_t, Discounts const& discount_t, Ratios const& rho_tm1,
                            Lambda const& lambda, Values const& values) const {
    std::size_t const n = common_length(r_t, discount_t, rho_tm1);
    auto const at_states = at_arrival(lambda);
    return bellman::importance_corrected_td_errors(r_t, before_last(values, n), rho_tm1,
                                                   detail::multistep::cut_at<value_t<Rewards, Values>>(values),
                                                   trace_parameters{in_place(discount_t), at_states});
  }
};

}  // namespace detail::multistep

/// `discounted_returns(r_t, discount_t, v_t)`: the returns, behind which the last of `v_t`, or the number `v_t`, is
/// worth.
///
/// *Arguments*: random-access ranges of one length.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: rlax, `discounted_returns`.
/// *Use*:
///     bellman::conventions::rlax::discounted_returns(std::array{1.0, 2.0}, std::array{0.5, 0.5}, 8.0) ==
///         std::array{4.0, 6.0}
inline constexpr detail::multistep::discounted_returns_fn<internal::this_machine> discounted_returns{};

/// `lambda_returns(r_t, discount_t, v_t, lambda)`: `G_t = r_t + discount_t ((1 - lambda_t) v_t + lambda_t G_{t+1})`.
///
/// *Arguments*: random-access ranges of one length; lambda is a number or a range.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: rlax, `lambda_returns`.
/// *Use*:
///     bellman::conventions::rlax::lambda_returns(std::array{1.0, 2.0}, std::array{0.5, 0.5}, std::array{4.0, 8.0},
///         0.5) ==
///         std::array{3.5, 6.0}
inline constexpr detail::multistep::lambda_returns_fn<internal::this_machine> lambda_returns{};

/// `n_step_bootstrapped_returns(r_t, discount_t, v_t, n, lambda)`: n steps of the recursion of `lambda_returns` from
/// `v_{t+n-1}` on, fewer at the end, where the last value is bootstrapped from.
///
/// *Arguments*: random-access ranges of one length; lambda is a number or a range.
/// *Errors*: `invalid_value` for two lengths that differ, and for no steps.
/// *Laws*: with a lambda of 1 the n-step returns.
/// *Source*: rlax, `n_step_bootstrapped_returns`.
/// *Use*:
///     bellman::conventions::rlax::n_step_bootstrapped_returns(std::array{1.0, 2.0}, std::array{0.5, 0.5},
///                                                             std::array{4.0, 8.0}, 1, 1.0) == std::array{3.0, 6.0}
inline constexpr detail::multistep::n_step_bootstrapped_returns_fn n_step_bootstrapped_returns{};

/// `truncated_generalized_advantage_estimation(r_t, discount_t, lambda, values)`: the advantages of GAE, from one value
/// more than there are rewards. A discount of 0 ends an episode; a time limit within a sequence cannot be said.
///
/// *Arguments*: random-access ranges; lambda is a number or a range.
/// *Errors*: `invalid_value` for lengths that do not fit.
/// *Source*: rlax, `truncated_generalized_advantage_estimation`.
/// *Use*:
///     bellman::conventions::rlax::truncated_generalized_advantage_estimation(std::array{1.0, 2.0}, std::array{0.5,
///         0.5},
///                                                                            0.5, std::array{0.5, 1.0, 10.0}) ==
///         std::array{2.5, 6.0}
inline constexpr detail::multistep::truncated_gae_fn<internal::this_machine>
    truncated_generalized_advantage_estimation{};

/// `general_off_policy_returns_from_q_and_v(q_t, v_t, r_t, discount_t, c_t)`:
/// `G_t = r_t + discount_t (v_t + c_t (G_{t+1} - q_t))`.
///
/// *Arguments*: random-access ranges of one length; the last of `q_t` and `c_t` is not read and may be left out.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: rlax, `general_off_policy_returns_from_q_and_v`.
/// *Use*:
///     bellman::conventions::rlax::general_off_policy_returns_from_q_and_v(
///         std::array{4.0}, std::array{8.0, 6.0}, std::array{1.0, 2.0}, std::array{0.5, 0.5}, std::array{0.5}) ==
///         std::array{5.25, 5.0}
inline constexpr detail::multistep::from_q_and_v_fn<internal::this_machine> general_off_policy_returns_from_q_and_v{};

/// `general_off_policy_returns_from_action_values(q_t, a_t, r_t, discount_t, c_t, pi_t)`: the same with the values of
/// all actions, the actions taken and the policy's probabilities: `v_t` is the expected value, `q_t` that of the action
/// taken.
///
/// *Arguments*: random-access ranges of one length, `q_t` and `pi_t` of rows.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: rlax, `general_off_policy_returns_from_action_values`.
/// *Use*:
///     bellman::conventions::rlax::general_off_policy_returns_from_action_values(
///         std::array{std::array{4.0, 12.0}, std::array{6.0, 6.0}}, std::array{0, 0}, std::array{1.0, 2.0},
///         std::array{0.5, 0.5}, std::array{0.5, 0.5}, std::array{std::array{0.5, 0.5}, std::array{0.5, 0.5}}) ==
///         std::array{5.25, 5.0}
inline constexpr detail::multistep::from_action_values_fn<internal::this_machine>
    general_off_policy_returns_from_action_values{};

/// `importance_corrected_td_errors(r_t, discount_t, rho_tm1, lambda, values)`: the TD errors to come, weighted by the
/// ratios on the way; one value more than there are rewards.
///
/// *Arguments*: random-access ranges; lambda is a number or a range.
/// *Errors*: `invalid_value` for lengths that do not fit.
/// *Source*: rlax, `importance_corrected_td_errors`.
/// *Use*:
///     bellman::conventions::rlax::importance_corrected_td_errors(std::array{1.0}, std::array{0.5}, std::array{2.0},
///         1.0,
///                                                                std::array{3.0, 8.0}) == std::array{4.0}
inline constexpr detail::multistep::importance_corrected_td_errors_fn<internal::this_machine>
    importance_corrected_td_errors{};

}  // namespace bellman::conventions::rlax
