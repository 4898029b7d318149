// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/conventions/rlax/multistep.hpp>
#include <bellman/conventions/shared/less_values.hpp>
#include <bellman/conventions/shared/values_of_actions.hpp>
#include <bellman/estimation/action_values.hpp>
#include <bellman/estimation/lambda_returns.hpp>
#include <bellman/estimation/td_target.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/at_most.hpp>
#include <bellman/scalar/register_width.hpp>

#include <cstddef>
#include <ranges>

// rlax's TD errors, the target less the value: of one transition, whose discount is 0 where it terminates, or of a
// sequence. `q_tm1`, `a_tm1`, `v_tm1` are of the state that was left, `q_t`, `a_t`, `v_t` of that in which the action
// arrived.
namespace bellman::conventions::rlax {

namespace detail::value_learning {

struct td_learning_fn {
  template <
      class Before, class R, class G, class After,
      class = typename internal::every<
          internal::a_number_or_vector<Before>, internal::a_number_or_vector<R>, internal::a_number_or_vector<After>,
          internal::numbers_of_one_type<Before, R, After>, internal::a_discount_of_a_value<G, After>>::type::yes>
  constexpr auto operator()(Before const& v_tm1, R const& r_t, G const& discount_t, After const& v_t) const {
    return difference(td_target(r_t, v_t, discount_t), v_tm1);
  }
};

struct sarsa_fn {
  template <class Before, class R, class G, class After,
            class = typename internal::a_transition_of_action_values<Before, R, G, After>::type::yes>
  constexpr auto operator()(Before const& q_tm1, std::size_t a_tm1, R const& r_t, G const& discount_t, After const& q_t,
                            std::size_t a_t) const {
    return difference(td_target(r_t, value_of_action(q_t, a_t), discount_t), value_of_action(q_tm1, a_tm1));
  }
};

struct expected_sarsa_fn {
  template <class Before, class R, class G, class After, class Policy,
            class = typename internal::every<internal::a_transition_of_action_values<Before, R, G, After>,
                                             internal::a_forward_range_of_numbers<Policy const>,
                                             internal::columns_of_one_type<After, Policy>>::type::yes>
  constexpr auto operator()(Before const& q_tm1, std::size_t a_tm1, R const& r_t, G const& discount_t, After const& q_t,
                            Policy const& probs_a_t) const {
    return difference(td_target(r_t, expected_value(q_t, probs_a_t), discount_t), value_of_action(q_tm1, a_tm1));
  }
};

struct q_learning_fn {
  template <class Before, class R, class G, class After,
            class = typename internal::a_transition_of_action_values<Before, R, G, After>::type::yes>
  constexpr auto operator()(Before const& q_tm1, std::size_t a_tm1, R const& r_t, G const& discount_t,
                            After const& q_t) const {
    return difference(td_target(r_t, greatest_value(q_t), discount_t), value_of_action(q_tm1, a_tm1));
  }
};

struct double_q_learning_fn {
  template <class Before, class R, class G, class After, class Selector,
            class = typename internal::every<internal::a_transition_of_action_values<Before, R, G, After>,
                                             internal::values_with_an_order<Selector>>::type::yes>
  constexpr auto operator()(Before const& q_tm1, std::size_t a_tm1, R const& r_t, G const& discount_t,
                            After const& q_t_value, Selector const& q_t_selector) const {
    return difference(td_target(r_t, value_of_action(q_t_value, greatest_action(q_t_selector)), discount_t),
                      value_of_action(q_tm1, a_tm1));
  }
};

struct persistent_q_learning_fn {
  template <
      class Before, class R, class G, class After, class F,
      class = typename internal::every<internal::a_transition_of_action_values<Before, R, G, After>,
                                       internal::a_discount_of_a_value<F, internal::elements_of_t<After>>>::type::yes>
  constexpr auto operator()(Before const& q_tm1, std::size_t a_tm1, R const& r_t, G const& discount_t, After const& q_t,
                            F const& action_gap_scale) const {
    return difference(td_target(r_t, persistent_value(q_t, a_tm1, action_gap_scale), discount_t),
                      value_of_action(q_tm1, a_tm1));
  }
};

struct qv_learning_fn {
  template <class Values, class R, class G, class V,
            class = typename internal::every<internal::values_with_an_order<Values>, internal::a_number<R>,
                                             internal::a_number<V>, internal::a_value_beside<R, Values>,
                                             internal::a_value_beside<V, Values>,
                                             internal::a_discount_of_a_value<G, V>>::type::yes>
  constexpr auto operator()(Values const& q_tm1, std::size_t a_tm1, R const& r_t, G const& discount_t,
                            V const& v_t) const {
    return difference(td_target(r_t, v_t, discount_t), value_of_action(q_tm1, a_tm1));
  }
};

struct qv_max_fn {
  template <class V, class R, class G, class Values,
            class = typename internal::every<
                internal::values_with_an_order<Values>, internal::a_number<R>, internal::a_number<V>,
                internal::a_value_beside<R, Values>, internal::a_value_beside<V, Values>,
                internal::a_discount_of_a_value<G, internal::elements_of_t<Values>>>::type::yes>
  constexpr auto operator()(V const& v_tm1, R const& r_t, G const& discount_t, Values const& q_t) const {
    return difference(td_target(r_t, greatest_value(q_t), discount_t), v_tm1);
  }
};

template <class Machine>
struct td_lambda_fn {
  template <class Before, class Rewards, class Discounts, class After, class Lambda,
            class = typename internal::every<internal::transitions<Rewards, Before, After>,
                                             internal::discounts_of_columns<Discounts, Rewards, After>,
                                             internal::a_lambda_of_columns<Lambda, Rewards, After>>::type::yes>
  constexpr auto operator()(Before const& v_tm1, Rewards const& r_t, Discounts const& discount_t, After const& v_t,
                            Lambda const& lambda) const {
    return less_values(rlax::lambda_returns(r_t, discount_t, v_t, lambda), v_tm1);
  }
};

template <class Machine>
struct sarsa_lambda_fn {
  template <class Before, class Taken, class Rewards, class Discounts, class After, class Next, class Lambda,
            class = typename internal::every<
                internal::transitions_of_action_values<Before, Taken, Rewards, Discounts, After>,
                internal::a_column_of_indices<Next>, internal::a_lambda_of_columns<Lambda, Rewards>>::type::yes>
  constexpr auto operator()(Before const& q_tm1, Taken const& a_tm1, Rewards const& r_t, Discounts const& discount_t,
                            After const& q_t, Next const& a_t, Lambda const& lambda) const {
    auto const v_t = values_of_actions(q_t, a_t);
    return less_values(rlax::lambda_returns(r_t, discount_t, v_t, lambda), values_of_actions(q_tm1, a_tm1));
  }
};

template <class Machine>
struct q_lambda_fn {
  template <
      class Before, class Taken, class Rewards, class Discounts, class After, class Lambda,
      class = typename internal::every<internal::transitions_of_action_values<Before, Taken, Rewards, Discounts, After>,
                                       internal::a_lambda_of_columns<Lambda, Rewards>>::type::yes>
  constexpr auto operator()(Before const& q_tm1, Taken const& a_tm1, Rewards const& r_t, Discounts const& discount_t,
                            After const& q_t, Lambda const& lambda) const {
    auto const v_t = computed(common_length(q_t, r_t),
                              [&](std::size_t t) { return greatest_value(internal::element_at(q_t, t)); });
    return less_values(rlax::lambda_returns(r_t, discount_t, v_t, lambda), values_of_actions(q_tm1, a_tm1));
  }
};

template <class Machine>
struct retrace_fn {
  template <class Before, class After, class Taken, class Next, class Rewards, class Discounts, class Policies,
            class Probabilities, class Lambda, class Epsilon = double,
            class = typename internal::every<
                internal::transitions_of_action_values<Before, Taken, Rewards, Discounts, After>,
                internal::a_column_of_indices<Next>, internal::random_access_rows_of_numbers<Policies>,
                internal::rows_and_columns_of_one_type<After, Policies, Rewards>,
                internal::a_column_of_numbers<Probabilities>, internal::a_number<Epsilon>,
                internal::a_row_made_of<Policies, internal::elements_of_t<Probabilities>, Epsilon>,
                internal::a_lambda_of_columns<Lambda, Rewards>>::type::yes>
  constexpr auto operator()(Before const& q_tm1, After const& q_t, Taken const& a_tm1, Next const& a_t,
                            Rewards const& r_t, Discounts const& discount_t, Policies const& pi_t,
                            Probabilities const& mu_t, Lambda const& lambda, Epsilon const& eps = 1e-8) const {
    auto const pi_a_t = values_of_actions(pi_t, a_t);
    using F = std::ranges::range_value_t<decltype(pi_a_t)>;
    auto const c_t = computed(common_length(pi_a_t, mu_t), [&](std::size_t t) {
      F const ratio = quotient(F(number_at(pi_a_t, t)), sum(F(number_at(mu_t, t)), F(eps)));
      F const l(number_at(lambda, t));
      return F(product(at_most(F(1), ratio), l));
    });
    return less_values(rlax::general_off_policy_returns_from_action_values(q_t, a_t, r_t, discount_t, c_t, pi_t),
                       values_of_actions(q_tm1, a_tm1));
  }
};

}  // namespace detail::value_learning

/// `td_learning(v_tm1, r_t, discount_t, v_t)`: the TD error of one transition, `r_t + discount_t v_t - v_tm1`.
///
/// *Arguments*: numbers; the discount is 0 where the transition terminates.
/// *Source*: rlax, `td_learning`.
/// *Use*:
///     bellman::conventions::rlax::td_learning(2.0, 1.0, 0.5, 6.0) == 2.0
inline constexpr detail::value_learning::td_learning_fn td_learning{};

/// `sarsa(q_tm1, a_tm1, r_t, discount_t, q_t, a_t)`: the TD error of one transition,
/// `r_t + discount_t q_t[a_t] - q_tm1[a_tm1]`.
///
/// *Arguments*: of the state that was left the values of its actions and the action taken; a reward; a discount, 0
/// where the transition terminates; the same of the state that follows.
/// *Source*: rlax, `sarsa`.
/// *Use*:
///     bellman::conventions::rlax::sarsa(std::array{1.0, 2.0}, 1, 1.0, 0.5, std::array{4.0, 6.0}, 0) == 1.0
inline constexpr detail::value_learning::sarsa_fn sarsa{};

/// `expected_sarsa(q_tm1, a_tm1, r_t, discount_t, q_t, probs_a_t)`: the TD error of one transition,
/// `r_t + discount_t sum_a pi(a) q_t[a] - q_tm1[a_tm1]`.
///
/// *Arguments*: of the state that was left the values of its actions and the action taken; a reward; a discount, 0
/// where the transition terminates; of the state that follows the values and the policy's probabilities.
/// *Source*: rlax, `expected_sarsa`.
/// *Use*:
///     bellman::conventions::rlax::expected_sarsa(std::array{1.0, 2.0}, 1, 1.0, 0.5, std::array{4.0, 6.0},
///         std::array{0.5, 0.5}) == 1.5
inline constexpr detail::value_learning::expected_sarsa_fn expected_sarsa{};

/// `q_learning(q_tm1, a_tm1, r_t, discount_t, q_t)`: the TD error of one transition,
/// `r_t + discount_t max_a q_t[a] - q_tm1[a_tm1]`.
///
/// *Arguments*: of the state that was left the values of its actions and the action taken; a reward; a discount, 0
/// where the transition terminates; the values in the state that follows.
/// *Source*: rlax, `q_learning`.
/// *Use*:
///     bellman::conventions::rlax::q_learning(std::array{1.0, 2.0}, 0, 1.0, 0.5, std::array{4.0, 6.0}) == 3.0
inline constexpr detail::value_learning::q_learning_fn q_learning{};

/// `double_q_learning(q_tm1, a_tm1, r_t, discount_t, q_t_value, q_t_selector)`: the TD error of one transition,
/// `r_t + discount_t q_t_value[argmax_a q_t_selector[a]] - q_tm1[a_tm1]`.
///
/// *Arguments*: of the state that was left the values of its actions and the action taken; a reward; a discount, 0
/// where the transition terminates; in the state that follows the values that are taken and those that choose.
/// *Source*: rlax, `double_q_learning`.
/// *Use*:
///     bellman::conventions::rlax::double_q_learning(std::array{1.0, 2.0}, 0, 1.0, 0.5, std::array{4.0, 6.0},
///         std::array{1.0, 0.0}) == 2.0
inline constexpr detail::value_learning::double_q_learning_fn double_q_learning{};

/// `persistent_q_learning(q_tm1, a_tm1, r_t, discount_t, q_t, action_gap_scale)`: the TD error of one transition,
/// `r_t + discount_t ((1 - alpha) max_a q_t[a] + alpha q_t[a_tm1]) - q_tm1[a_tm1]`.
///
/// *Arguments*: of the state that was left the values of its actions and the action taken; a reward; a discount, 0
/// where the transition terminates; the values in the state that follows, and alpha, the scale of the action gap.
/// *Source*: rlax, `persistent_q_learning`.
/// *Use*:
///     bellman::conventions::rlax::persistent_q_learning(std::array{1.0, 2.0}, 0, 1.0, 0.5, std::array{4.0, 6.0},
///         0.5) == 2.5
inline constexpr detail::value_learning::persistent_q_learning_fn persistent_q_learning{};

/// `qv_learning(q_tm1, a_tm1, r_t, discount_t, v_t)`: the TD error of one transition,
/// `r_t + discount_t v_t - q_tm1[a_tm1]`.
///
/// *Arguments*: of the state that was left the values of its actions and the action taken; a reward; a discount, 0
/// where the transition terminates; the value of the state that follows.
/// *Source*: rlax, `qv_learning`.
/// *Use*:
///     bellman::conventions::rlax::qv_learning(std::array{1.0, 2.0}, 0, 1.0, 0.5, 2.0) == 1.0
inline constexpr detail::value_learning::qv_learning_fn qv_learning{};

/// `qv_max(v_tm1, r_t, discount_t, q_t)`: the TD error of one transition, `r_t + discount_t max_a q_t[a] - v_tm1`.
///
/// *Arguments*: the value of the state that was left; a reward; a discount, 0 where the transition terminates; the
/// values in the state that follows.
/// *Source*: rlax, `qv_max`.
/// *Use*:
///     bellman::conventions::rlax::qv_max(2.0, 1.0, 0.5, std::array{4.0, 6.0}) == 2.0
inline constexpr detail::value_learning::qv_max_fn qv_max{};

/// `td_lambda(v_tm1, r_t, discount_t, v_t, lambda)`: the TD errors of a sequence, `lambda_returns` less the values.
///
/// *Arguments*: random-access ranges of one length; lambda is a number or a range.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: rlax, `td_lambda`.
/// *Use*:
///     bellman::conventions::rlax::td_lambda(std::array{1.0, 1.0}, std::array{1.0, 2.0}, std::array{0.5, 0.5},
///                                           std::array{4.0, 8.0}, 0.5) == std::array{2.5, 5.0}
inline constexpr detail::value_learning::td_lambda_fn<internal::this_machine> td_lambda{};

/// `sarsa_lambda(q_tm1, a_tm1, r_t, discount_t, q_t, a_t, lambda)`: the TD errors of a sequence, `lambda_returns` of
/// the values of the actions taken, less those.
///
/// *Arguments*: random-access ranges of one length, `q_tm1` and `q_t` of rows; lambda is a number or a range.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: rlax, `sarsa_lambda`.
/// *Use*:
///     bellman::conventions::rlax::sarsa_lambda(
///         std::array{std::array{1.0, 9.0}, std::array{1.0, 9.0}}, std::array{0, 0}, std::array{1.0, 2.0},
///         std::array{0.5, 0.5}, std::array{std::array{4.0, 9.0}, std::array{8.0, 9.0}}, std::array{0, 0}, 0.5) ==
///         std::array{2.5, 5.0}
inline constexpr detail::value_learning::sarsa_lambda_fn<internal::this_machine> sarsa_lambda{};

/// `q_lambda(q_tm1, a_tm1, r_t, discount_t, q_t, lambda)`: the TD errors of a sequence, `lambda_returns` of the
/// greatest values, less those of the actions taken: Peng's Q(lambda), which is cut nowhere.
///
/// *Arguments*: random-access ranges of one length, `q_tm1` and `q_t` of rows; lambda is a number or a range.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: rlax, `q_lambda`.
/// *Use*:
///     bellman::conventions::rlax::q_lambda(
///         std::array{std::array{1.0, 9.0}, std::array{1.0, 9.0}}, std::array{0, 0}, std::array{1.0, 2.0},
///         std::array{0.5, 0.5}, std::array{std::array{4.0, 0.0}, std::array{8.0, 0.0}}, 0.5) == std::array{2.5, 5.0}
inline constexpr detail::value_learning::q_lambda_fn<internal::this_machine> q_lambda{};

/// `retrace(q_tm1, q_t, a_tm1, a_t, r_t, discount_t, pi_t, mu_t, lambda, eps)`: the TD errors of a sequence, off-policy
/// returns with the traces `lambda min(1, pi / (mu + eps))`, less the values of the actions taken.
///
/// *Arguments*: random-access ranges of one length, `q_tm1`, `q_t` and `pi_t` of rows; `mu_t` are the probabilities of
/// the actions taken, to which `eps`, 1e-8 unless given, is added before they divide; lambda is a number or a range.
/// *Errors*: `invalid_value` for two lengths that differ.
/// *Source*: rlax, `retrace`.
/// *Use*:
///     bellman::conventions::rlax::retrace(
///         std::array{std::array{1.0, 9.0}, std::array{1.0, 9.0}},
///         std::array{std::array{4.0, 9.0}, std::array{8.0, 9.0}}, std::array{0, 0}, std::array{0, 0},
///         std::array{1.0, 2.0}, std::array{0.5, 0.5}, std::array{std::array{1.0, 0.0}, std::array{1.0, 0.0}},
///         std::array{0.5, 0.5}, 0.5, 0.0) == std::array{2.5, 5.0}
inline constexpr detail::value_learning::retrace_fn<internal::this_machine> retrace{};

}  // namespace bellman::conventions::rlax
