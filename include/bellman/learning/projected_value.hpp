// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/internal/linear_equations.hpp>
#include <bellman/learning/prediction.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct the_environment_must_list_its_states {};
struct how_much_a_state_counts_is_a_number_of_the_state {};

}  // namespace refused

namespace internal {

/// `constant + slopes . w`: a value that depends on weights which are not known. It is added and scaled as a number is,
/// so that the Bellman operator, applied to unknown weights, gives the equations that they solve.
template <class V>
struct weighted_form {
  using scalar_type = V;

  V constant = V(0);
  std::vector<V> slopes{};

  friend constexpr weighted_form operator+(weighted_form a, weighted_form const& b) {
    a.constant = sum(a.constant, b.constant);
    if (a.slopes.size() < b.slopes.size()) a.slopes.resize(b.slopes.size(), V(0));
    for (std::size_t i = 0; i < b.slopes.size(); ++i) a.slopes[i] = sum(a.slopes[i], b.slopes[i]);
    return a;
  }
  friend constexpr weighted_form operator+(V const& c, weighted_form a) {
    a.constant = sum(c, a.constant);
    return a;
  }
  friend constexpr weighted_form operator-(weighted_form const& a, weighted_form const& b) { return a + V(-1) * b; }
  friend constexpr weighted_form operator*(V const& f, weighted_form a) {
    a.constant = product(f, a.constant);
    for (V& x : a.slopes) x = product(f, x);
    return a;
  }
};

template <class Features, class E>
struct prediction_of_states : every<a_prediction<Features>, a_prediction_of<Features, state_t<E>>> {};

template <class Weight, class E, class Features>
struct a_weight_of_states : rule<requires(Weight const& weight, state_t<E> const& s) {
  { weight(s) } -> std::convertible_to<typename Features::value_type>;
}, refused::how_much_a_state_counts_is_a_number_of_the_state> {};

}  // namespace internal

namespace detail {

template <class S, class W>
[[noreturn]] void a_state_must_not_count_less_than_nothing(S const& s, W const& weight) {
  internal::refuse("bellman: state " + internal::describe(s) + " counts " + internal::describe(weight) +
                   "; it must be at least 0 and finite");
}

struct projected_value_fn {
  template <class E, class Policy, class G, class Features, class Weight,
            class Env = internal::environment_argument_t<E>,
            class = typename internal::every<
                internal::an_environment<Env>, internal::rewards_with_a_mean<Env>,
                internal::rule<finite_environment<Env>, refused::the_environment_must_list_its_states>,
                internal::a_policy_of_means_for<Policy, Env>, internal::a_discount_of<G, Env>,
                internal::prediction_of_states<Features, Env>,
                internal::a_weight_of_states<Weight, Env, Features>>::type::yes>
  constexpr Features operator()(E const& env, Policy const& policy, G const& gamma, Features features,
                                Weight const& weight) const {
    using V = typename Features::value_type;
    using form = internal::weighted_form<V>;
    auto const& dynamics = internal::environment_itself(env);
    auto const form_of = [&features](state_t<Env> const& s) {
      form x{};
      features.gradient(
          [&x](std::size_t i, V const& d) {
            if (x.slopes.size() <= i) x.slopes.resize(i + 1, V(0));
            x.slopes[i] = sum(x.slopes[i], d);
          },
          s);
      return x;
    };
    auto const after = bellman_expectation(internal::environment_reference<Env>(dynamics), policy, gamma)(form_of);
    std::vector<std::vector<V>> rows;
    std::vector<V> b;
    for (auto const& named : dynamics.states()) {
      state_t<Env> const s = static_cast<state_t<Env>>(named);
      if (dynamics.terminal(s)) continue;
      V const counts = static_cast<V>(weight(s));
      if (counts < V(0) || !is_finite(counts)) detail::a_state_must_not_count_less_than_nothing(s, counts);
      form const here = form_of(s);
      form const then = after(s);
      grow(rows, b, features.weights().size());
      for (std::size_t i = 0; i < here.slopes.size(); ++i) {
        V const by = product(counts, here.slopes[i]);
        if (is_zero(by)) continue;
        for (std::size_t j = 0; j < here.slopes.size(); ++j) rows[i][j] = sum(rows[i][j], product(by, here.slopes[j]));
        for (std::size_t j = 0; j < then.slopes.size(); ++j) {
          rows[i][j] = difference(rows[i][j], product(by, then.slopes[j]));
        }
        b[i] = sum(b[i], product(by, then.constant));
      }
    }
    grow(rows, b, features.weights().size());  // those that no state depends on are not determined
    auto const found = internal::solved(std::move(rows), std::move(b));
    for (std::size_t i = 0; i < found.size(); ++i) features.weights()[i] = found[i];
    return features;
  }

 private:
  template <class V>
  static constexpr void grow(std::vector<std::vector<V>>& rows, std::vector<V>& b, std::size_t n) {
    if (rows.size() == n) return;
    rows.resize(n);
    b.resize(n, V(0));
    for (auto& row : rows) row.resize(n, V(0));
  }
};

}  // namespace detail

/// `projected_value(env, policy, gamma, features, weight)`: the prediction, linear in its weights, that solves the
/// projected Bellman equation: the fixed point of TD(0) and of LSTD. The operator is applied to unknown weights, and of
/// what it says the part is kept that the features can express:
/// `sum_s weight(s) grad v(s) ((T_pi v)(s) - v(s)) = 0`.
///
/// *Arguments*: a finite environment, a policy for it, a discount; a prediction of states, linear in its weights, whose
/// own weights are not read; how much each state counts, a callable of it: `stationary_distribution(env, policy)` and
/// `discounted_occupancy(env, policy, gamma, start)` are what TD on the policy sees. Terminal states are worth 0 and do
/// not count.
/// *Errors*: `invalid_value` where the equations do not determine a weight, and for a state that counts less than 0;
/// those of `bellman_expectation`.
/// *Cost*: O(transitions n + states n^2 + n^3) for n weights.
/// *Laws*: with a weight for each state it is `state_value`, exactly in exact scalars, however much each counts above
/// 0; the expected step of TD(0) there is 0: tests/learning/projected_value.cpp.
/// *Source*: Tsitsiklis and Van Roy 1997; Sutton and Barto, section 9.4 and (11.22).
/// *Use*:
///     [] {
///       bellman::models::random_walk<> const walk;
///       auto const v = bellman::projected_value(walk, [](int) { return 0; }, 1,
///                                               bellman::linear_prediction(2, [](int s) { return s < 4 ? 0 : 1; }),
///                                               [](int) { return 1.0; });
///       return bellman::approx_equal(v(1), 1.0 / 3, 1e-14) && bellman::approx_equal(v(5), 2.0 / 3, 1e-14);
///     }()
inline constexpr detail::projected_value_fn projected_value{};

}  // namespace bellman
