// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/at_arrival.hpp>
#include <bellman/conventions/arrays/before_last.hpp>
#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/internal/elementwise.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/shared/values_of_actions.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/action_values.hpp>
#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/importance_corrected_td_errors.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/estimation/internal/nowhere.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/n_step_returns.hpp>
#include <bellman/estimation/off_policy_returns.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/layout/internal/rows.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/layout/steps_of_sequences.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>
#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>

// rlax's returns. Everything is counted from the arrival in a state: `r_t`, `discount_t`, `lambda_t` and `v_t` belong
// to the action before; a termination is a discount of 0, there is no flag, and whatever stands behind it is the next
// episode. Each takes one sequence, all of whose columns are of one length, or, what is rlax's function under `vmap`,
// arrays of several in one layout; discounts are a range with one for each reward, or such an array.
namespace bellman::conventions::rlax {

namespace detail::multistep {

template <class... Columns>
using value_t = internal::estimate_t<deduced, terminated, Columns...>;

// What comes after the last step of each of several sequences; there is no other end.
template <class After>
constexpr auto steps_up_to(After const& after) {
  return internal::recorded(internal::nowhere{}, internal::nowhere{}, internal::nowhere{}, internal::nowhere{}, after);
}
// Recordings that go on behind their end, where the last state is worth the last of v.
template <class V, class Values>
constexpr auto cut_at(Values const& v_t) {
  auto const after = internal::last_of(v_t);
  if constexpr (layout<Values>) {
    return multistep::steps_up_to(after);
  } else {
    return truncated<V>{static_cast<V>(after)};
  }
}
// The same of what is not known as a column: a number, or one for each sequence.
template <class Rewards, class Values>
constexpr auto cut_where_worth(Rewards const& r_t, Values const& v_t) {
  if constexpr (layout<Values> || (std::ranges::range<Values const> && !layout<Rewards>)) {
    common_length(r_t, v_t);
    return multistep::cut_at<value_t<Rewards, Values>>(v_t);
  } else if constexpr (std::ranges::range<Values const>) {
    return multistep::steps_up_to(in_place(v_t));
  } else {
    return truncated<Values>{v_t};
  }
}

template <class Rewards, class Values>
using cut_t = decltype(multistep::cut_at<value_t<Rewards, Values>>(std::declval<Values const&>()));
template <class X>
using at_arrival_t = decltype(at_arrival(std::declval<X const&>()));
template <class Discounts, class Lambda>
using parameters_t = trace_parameters<decltype(in_place(std::declval<Discounts const&>())), at_arrival_t<Lambda>>;

// Rewards and values of one sequence, or of several in one layout.
template <class Rewards, class Values>
using rewards_and_values =
    internal::every<internal::a_column_of_values<internal::of_one_t<Rewards>>,
                    internal::a_column_of_values<internal::of_one_t<Values>>, internal::in_one_layout<Rewards, Values>,
                    internal::columns_of_one_type<internal::of_one_t<Rewards>, internal::of_one_t<Values>>>;

template <class Rewards, class Discounts, class Values, class... Out>
struct returns_before_values
    : internal::estimated_by<decltype(returns_to_go), internal::given<Rewards>,
                             decltype(multistep::cut_where_worth(std::declval<Rewards const&>(),
                                                                 std::declval<Values const&>())),
                             Discounts, Out...> {};

template <class Machine>
struct discounted_returns_fn {
  template <class Rewards, class Discounts, class Values, class... Out,
            class = typename internal::every<internal::a_column_of_values<internal::of_one_t<Rewards>>,
                                             internal::discounts_of_columns<Discounts, Rewards>,
                                             internal::a_value_or_values_beside<Values, Rewards>,
                                             returns_before_values<Rewards, Discounts, Values, Out...>>::type::yes>
  constexpr auto operator()(Rewards const& r_t, Discounts const& discount_t, Values const& v_t, Out... out) const {
    return returns_to_go(r_t, multistep::cut_where_worth(r_t, v_t), discount_t, out...);
  }
};

template <class Rewards, class Discounts, class Values, class Lambda, class... Out>
struct returns_at_arrival
    : internal::estimated_by<decltype(bellman::lambda_returns), internal::given<Rewards, at_arrival_t<Values>>,
                             cut_t<Rewards, Values>, parameters_t<Discounts, Lambda>, Out...> {};

template <class Machine>
struct lambda_returns_fn {
  template <class Rewards, class Discounts, class Values, class Lambda, class... Out,
            class = typename internal::every<rewards_and_values<Rewards, Values>,
                                             internal::discounts_of_columns<Discounts, Rewards, Values>,
                                             internal::a_lambda_of_columns<Lambda, Rewards, Values>,
                                             returns_at_arrival<Rewards, Discounts, Values, Lambda, Out...>>::type::yes>
  constexpr auto operator()(Rewards const& r_t, Discounts const& discount_t, Values const& v_t, Lambda const& lambda,
                            Out... out) const {
    auto const at_states = at_arrival(lambda);
    return bellman::lambda_returns(r_t, at_arrival(v_t), multistep::cut_at<value_t<Rewards, Values>>(v_t),
                                   trace_parameters{in_place(discount_t), at_states}, out...);
  }
};

// The map of a step where its return is mixed with the value of the next state.
template <class V>
struct mixed_reward {
  template <class R, class G, class X, class L>
  constexpr V operator()(R const& reward, G const& discount, X const& value, L const& lambda) const {
    V const rest = product(difference(V(1), static_cast<V>(lambda)), V(value));
    return V(sum(V(reward), product(V(discount), rest)));
  }
};
template <class V>
struct mixed_discount {
  template <class G, class L>
  constexpr V operator()(G const& discount, L const& lambda) const {
    return V(product(V(discount), static_cast<V>(lambda)));
  }
};

struct n_step_bootstrapped_returns_fn {
  template <class Rewards, class Discounts, class Values, class Lambda, class... Out,
            class = typename internal::every<
                internal::a_column_of_numbers<internal::of_one_t<Rewards>>,
                internal::a_column_of_numbers<internal::of_one_t<Values>>, rewards_and_values<Rewards, Values>,
                internal::discounts_of_columns<Discounts, Rewards, Values>,
                internal::columns_of_one_type<internal::of_one_t<Rewards>, internal::of_one_t<Values>,
                                              internal::of_one_t<Discounts>>,
                internal::a_lambda_of_columns<Lambda, Rewards, Values, Discounts>,
                internal::an_output_laid_out_as<Rewards, Values, Out...>>::type::yes>
  constexpr auto operator()(Rewards const& r_t, Discounts const& discount_t, Values const& v_t, std::size_t n,
                            Lambda const& lambda, Out... out) const {
    using V = value_t<Rewards, Values, Discounts>;
    if constexpr (sizeof...(Out) == 0) {
      auto returns = internal::room_for<V>(r_t);
      (*this)(r_t, discount_t, v_t, n, lambda, internal::place_for(r_t, returns));
      return returns;
    } else {
      auto const lambdas = internal::one_for_each_of(r_t, lambda);
      auto const mixed = internal::elementwise(mixed_reward<V>{}, r_t, discount_t, v_t, lambdas);
      auto const slopes = internal::elementwise(mixed_discount<V>{}, discount_t, lambdas);
      return bellman::n_step_returns_in<V>(mixed, at_arrival(v_t), multistep::cut_at<V>(v_t), n, slopes, out...);
    }
  }
};

// GAE's advantages without its returns.
struct advantages_estimator : decltype(bellman::gae)::estimator_type {
  using gae_estimator = decltype(bellman::gae)::estimator_type;
  static constexpr std::size_t outputs = 1;

  template <class Step, class Terms, class X>
  [[gnu::always_inline]] static constexpr X emit(Step const& step, Terms const& terms, X const& G, X const& v) {
    return gae_estimator::emit(step, terms, G, v)[0];
  }
};

template <class Values>
using before_last_t = decltype(before_last(std::declval<Values const&>(), internal::length_t<Values>{}));
template <class Rewards, class Discounts, class Lambda, class Values, class... Out>
struct advantages_before_last
    : internal::estimated_by<estimator_fn<advantages_estimator>, internal::given<Rewards, before_last_t<Values>>,
                             cut_t<Rewards, Values>, parameters_t<Discounts, Lambda>, Out...> {};

template <class Machine>
struct truncated_gae_fn {
  template <
      class Rewards, class Discounts, class Lambda, class Values, class... Out,
      class = typename internal::every<rewards_and_values<Rewards, Values>, internal::of_steps_in_common<Rewards>,
                                       internal::discounts_of_columns<Discounts, Rewards, Values>,
                                       internal::a_lambda_of_columns<Lambda, Rewards, Values>,
                                       advantages_before_last<Rewards, Discounts, Lambda, Values, Out...>>::type::yes>
  constexpr auto operator()(Rewards const& r_t, Discounts const& discount_t, Lambda const& lambda, Values const& values,
                            Out... out) const {
    auto const at_states = at_arrival(lambda);
    return estimator_fn<advantages_estimator>{}(r_t, before_last(values, common_length(r_t, discount_t)),
                                                multistep::cut_at<value_t<Rewards, Values>>(values),
                                                trace_parameters{in_place(discount_t), at_states}, out...);
  }
};

// At arrival, laid out as the rewards; of the last state nothing is read, and it may be missing.
template <class It, internal::order_of_memory Order>
struct element_of_arrival {
  using value_type = std::iter_value_t<It>;

  internal::rows<It> x;
  std::size_t stride;

  constexpr value_type operator()(std::size_t k) const {
    if (x.count == 0 || x.length == 0) return value_type{};
    std::size_t place = k;
    if constexpr (Order != internal::order_of_memory::none) {
      if (x.stride != stride) place = k / stride * x.stride + k % stride;
    }
    std::size_t const before = Order == internal::order_of_memory::time_major ? x.stride : 1;
    return value_type(internal::element_at(x.begin, place < before ? 0 : place - before));
  }
};
template <class Column, class Rewards>
constexpr auto arrived(Column const& x, Rewards const& r_t) {
  auto const n = common_length(r_t);
  auto const m = common_length(x);
  bool is_short = false;
  if constexpr (layout<Rewards>) {
    is_short = m == steps_of_sequences{m.steps, n.sequences} && m.steps + 1 == n.steps;
  } else {
    is_short = m + 1 == n;
  }
  if (!is_short) common_length(x, r_t);
  auto const rows = internal::rows_in(x);
  using at = element_of_arrival<decltype(rows.begin), internal::order_of_memory_of<Rewards>>;
  return internal::computed_as(r_t, at{rows, internal::rows_in(r_t).stride});
}
template <class Column, class Rewards>
using arrived_t = decltype(multistep::arrived(std::declval<Column const&>(), std::declval<Rewards const&>()));

template <class ActionValues, class Values, class Rewards, class Discounts, class Traces, class... Out>
struct returns_from_q_and_v
    : internal::estimated_by<
          decltype(off_policy_returns),
          internal::given<Rewards, at_arrival_t<Values>, arrived_t<ActionValues, Rewards>, arrived_t<Traces, Rewards>>,
          cut_t<Rewards, Values>, parameters_t<Discounts, value_t<Rewards, Values, ActionValues>>, Out...> {};

template <class Machine>
struct from_q_and_v_fn {
  template <class ActionValues, class Values, class Rewards, class Discounts, class Traces, class... Out,
            class = typename internal::every<
                internal::a_column_of_values<internal::of_one_t<ActionValues>>,
                internal::a_column_of_values<internal::of_one_t<Values>>,
                internal::a_column_of_values<internal::of_one_t<Rewards>>,
                internal::in_one_layout<Rewards, Values, ActionValues, Traces>, internal::of_steps_in_common<Rewards>,
                internal::columns_of_one_type<internal::of_one_t<Rewards>, internal::of_one_t<Values>,
                                              internal::of_one_t<ActionValues>>,
                internal::discounts_of_columns<Discounts, Rewards, Values, ActionValues>,
                internal::a_column_of_numbers<internal::of_one_t<Traces>>,
                returns_from_q_and_v<ActionValues, Values, Rewards, Discounts, Traces, Out...>>::type::yes>
  constexpr auto operator()(ActionValues const& q_t, Values const& v_t, Rewards const& r_t, Discounts const& discount_t,
                            Traces const& c_t, Out... out) const {
    using V = value_t<Rewards, Values, ActionValues>;
    return off_policy_returns(r_t, at_arrival(v_t), multistep::arrived(q_t, r_t), multistep::arrived(c_t, r_t),
                              multistep::cut_at<V>(v_t), trace_parameters{in_place(discount_t), V(1)}, out...);
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
    auto const expected = computed(
        n, [&](std::size_t t) { return expected_value(internal::element_at(q_t, t), internal::element_at(pi_t, t)); });
    return from_q_and_v_fn<Machine>{}(values_of_actions(q_t, a_t), expected, r_t, discount_t, c_t);
  }
};

template <class Rewards, class Discounts, class Ratios, class Lambda, class Values, class... Out>
struct errors_before_last : internal::estimated_by<decltype(bellman::importance_corrected_td_errors),
                                                   internal::given<Rewards, before_last_t<Values>, Ratios>,
                                                   cut_t<Rewards, Values>, parameters_t<Discounts, Lambda>, Out...> {};

template <class Machine>
struct importance_corrected_td_errors_fn {
  template <class Rewards, class Discounts, class Ratios, class Lambda, class Values, class... Out,
            class = typename internal::every<
                rewards_and_values<Rewards, Values>, internal::of_steps_in_common<Rewards>,
                internal::discounts_of_columns<Discounts, Rewards, Values>,
                internal::a_column_of_numbers<internal::of_one_t<Ratios>>, internal::in_one_layout<Rewards, Ratios>,
                internal::a_lambda_of_columns<Lambda, Rewards, Values>,
                errors_before_last<Rewards, Discounts, Ratios, Lambda, Values, Out...>>::type::yes>
  constexpr auto operator()(Rewards const& r_t, Discounts const& discount_t, Ratios const& rho_tm1,
                            Lambda const& lambda, Values const& values, Out... out) const {
    auto const at_states = at_arrival(lambda);
    return bellman::importance_corrected_td_errors(r_t, before_last(values, common_length(r_t, discount_t, rho_tm1)),
                                                   rho_tm1, multistep::cut_at<value_t<Rewards, Values>>(values),
                                                   trace_parameters{in_place(discount_t), at_states}, out...);
  }
};

}  // namespace detail::multistep

/// `discounted_returns(r_t, discount_t, v_t)`: the returns, behind which the last of `v_t`, or the number `v_t`, is
/// worth.
///
/// *Arguments*: random-access ranges of one length; or arrays of several sequences in one layout, `batch_major(r_t,
/// T)`, where `v_t` may be a range with one number for each. An output as that of `returns_to_go`.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: rlax, `discounted_returns`.
/// *Use*:
///     bellman::conventions::rlax::discounted_returns(std::array{1.0, 2.0}, std::array{0.5, 0.5}, 8.0) ==
///         std::array{4.0, 6.0}
inline constexpr detail::multistep::discounted_returns_fn<internal::this_machine> discounted_returns{};

/// `lambda_returns(r_t, discount_t, v_t, lambda)`: `G_t = r_t + discount_t ((1 - lambda_t) v_t + lambda_t G_{t+1})`.
///
/// *Arguments*: random-access ranges of one length, or arrays of several sequences in one layout; lambda is a number or
/// such a range or array. An output as that of `lambda_returns`.
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
/// *Arguments*: random-access ranges of one length, or arrays of several sequences in one layout; lambda is a number or
/// such a range or array. An output as that of `n_step_returns`.
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
/// *Arguments*: random-access ranges, or `time_major` or `batch_major` arrays of several sequences, of which there is
/// one more value of each; lambda is a number or such a range or array. An output, an iterator or an array laid out as
/// the rewards, says where to write.
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
/// *Arguments*: random-access ranges of one length, or `time_major` or `batch_major` arrays of several sequences; the
/// last of `q_t` and `c_t` is not read and may be left out. An output as that of `off_policy_returns`.
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
/// *Arguments*: random-access ranges of one length, `q_t` and `pi_t` of rows; of one sequence.
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
/// *Arguments*: random-access ranges, or `time_major` or `batch_major` arrays of several sequences, of which there is
/// one more value of each; lambda is a number or such a range or array. An output, an iterator or an array laid out as
/// the rewards, says where to write.
/// *Errors*: `invalid_value` for lengths that do not fit.
/// *Source*: rlax, `importance_corrected_td_errors`.
/// *Use*:
///     bellman::conventions::rlax::importance_corrected_td_errors(std::array{1.0}, std::array{0.5}, std::array{2.0},
///         1.0,
///                                                                std::array{3.0, 8.0}) == std::array{4.0}
inline constexpr detail::multistep::importance_corrected_td_errors_fn<internal::this_machine>
    importance_corrected_td_errors{};

}  // namespace bellman::conventions::rlax
