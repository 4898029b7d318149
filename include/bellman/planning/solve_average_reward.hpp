// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/environment.hpp>
#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/decision/internal/requirements.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/bounded_number.hpp>
#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/internal/components.hpp>
#include <bellman/planning/internal/enclosed_gain.hpp>
#include <bellman/planning/internal/long_run.hpp>
#include <bellman/planning/internal/policy_chain.hpp>
#include <bellman/planning/internal/policy_of_slots.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/internal/table_of.hpp>
#include <bellman/planning/internal/table_values.hpp>
#include <bellman/planning/internal/visits.hpp>
#include <bellman/planning/internal/where_and_how.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/optimal_policy.hpp>
#include <bellman/planning/solve.hpp>
#include <bellman/planning/solving_method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/planning/tabular_function.hpp>
#include <bellman/planning/tabular_policy.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/rounded.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/magnitude.hpp>
#include <bellman/scalar/maximum.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/bellman_operator.hpp>
#include <bellman/value/certainty_equivalent.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct the_best_average_reward_is_found_in_numbers_without_bounds_or_derivatives {};
struct the_average_reward_is_that_of_the_mean_over_the_outcomes {};
struct the_average_reward_is_solved_by_methods_of_the_library {};

}  // namespace refused

/// The best gain, its bias, and a policy that attains it:
/// `auto [gain, bias, policy] = solve_average_reward(env)`.
template <class V, class Bias, class Policy>
struct average_reward_solution {
  bounded_number<V> gain;
  Bias bias;
  Policy policy;
};

namespace detail {

template <class Table>
[[noreturn]] void the_best_class_must_be_reached_from_every_state(Table const& t,
                                                                  internal::state_components const& classes,
                                                                  index_t from) {
  internal::refuse("bellman: the best average reward is not the same from every state: a policy was found with the " +
                   std::to_string(classes.size()) + " recurrent classes " + internal::states_of_classes(t, classes) +
                   ", and from state " + internal::numbered(from, internal::describe(t.state(from))) +
                   " no policy comes to the one that pays best; it must be possible from every state");
}

// Howard's policy iteration for the average reward.
template <class Table>
class improved_average {
  using R = typename Table::reward_type;
  using best_op = decltype(bellman_optimality(std::declval<Table const&>(), 1));
  using V = typename fixed_point_problem<best_op>::value_type;
  using W = scalar_t<V>;
  using policy_op = decltype(bellman_expectation(std::declval<Table const&>(), std::declval<tabular_policy<W>>(), 1));
  using slots_type = internal::vector<index_t>;

 public:
  using value_type = V;

  struct answer {
    bounded_number<V> gain;
    std::vector<V> bias;
    slots_type slots;
  };

  constexpr explicit improved_average(Table const& t)
      : t_(t), op_(bellman_optimality(t, 1)), all_(op_, none_, slots_, place_) {
    for (index_t s = 0; s < t.size(); ++s) slots_.push_back(t.terminal(s) ? no_index : best_paid(s));
  }
  improved_average(improved_average const&) = delete;  // a part refers to another

  /// Each policy's gain is above that of the one before it, or the same with a larger bias; where rounding lets neither
  /// bound of the gain come closer any more, the best so far is the answer.
  constexpr answer find() {
    std::optional<answer> best;
    V closest(0);  // the least upper bound
    for (int still = 0; still < 20;) {
      answer now = evaluated();
      bool const better = improve(now.bias);
      if constexpr (!internal::rounds<V>) {
        if (!better) return now;
      } else {
        bool const closer = !best || best->gain.lower < now.gain.lower || now.gain.upper < closest;
        if (!best || now.gain.upper < closest) closest = now.gain.upper;
        if (!best || best->gain.lower < now.gain.lower) best = std::move(now);
        if (!better) break;
        still = closer ? 0 : still + 1;
      }
    }
    best->gain.upper = closest;
    if (closest < best->gain.value) best->gain.value = closest;
    return *best;
  }

  /// By sweeps of the operator, until they move no state up or down by much more than another: relative value
  /// iteration, half of each step left out, so that it does not go round with the chain. Nothing if it does not come so
  /// far; where something ends it is not tried.
  constexpr std::optional<answer> swept(double tolerance, double most_sweeps) {
    for (index_t s = 0; s < t_.size(); ++s) {
      if (t_.terminal(s)) return std::nullopt;
    }
    std::vector<V> h(t_.size(), V(0));
    std::vector<V> next(t_.size(), V(0));
    auto const q = op_.action_values(internal::table_values<V>{h.data()});
    V narrowest(-1);
    int still = 0;
    for (double k = 0; k < most_sweeps; ++k) {
      V low(0);
      V high(0);
      V largest(0);
      for (index_t s = 0; s < t_.size(); ++s) {
        auto const [slot, value] = best(q, s);
        slots_[s] = slot;
        next[s] = value;
        V const moved = value - h[s];
        if (s == 0 || moved < low) low = moved;
        if (s == 0 || high < moved) high = moved;
        if (largest < magnitude(h[s])) largest = magnitude(h[s]);
      }
      V const width = high - low;
      V const size = maximum(magnitude(low), magnitude(high));
      still = narrowest < V(0) || width < narrowest ? 0 : still + 1;
      if (still == 0) narrowest = width;
      bool const noise = !(V(4) * scalar_traits<V>::epsilon() * (largest + size) < width);
      if (!(V(tolerance) * size < width) || noise) return bounded(std::move(h));
      if (still > 1000 || !is_finite(width)) return std::nullopt;
      V const middle = low + width / V(2);
      V const of_first = (h[0] + next[0] - middle) / V(2);
      for (index_t s = 0; s < t_.size(); ++s) h[s] = (h[s] + next[s] - middle) / V(2) - of_first;
    }
    return std::nullopt;
  }

  /// The policy by a bias: an action is not certainly worse if its `r + P h - h` may attain the gain.
  template <class E, class Named>
  constexpr optimal_policy<E, Named> policy(Named const& t, answer const& found) const {
    gain_of_slot gain(all_, found.bias.data(), nullptr);
    return internal::policy_of_values<E>(t, found.slots, [&](index_t s, index_t slot) {
      gain.turn_to(s);
      bool const may_be_best = !(internal::upper_bound_of(gain(slot)) < found.gain.lower);
      return internal::standing{may_be_best, is_exact_v<V> && may_be_best};
    });
  }

 private:
  using component_type = internal::component<best_op, V>;
  using gain_of_slot = internal::enclosed_gain<component_type, V, internal::side::none>;

  template <class Q>
  constexpr std::pair<index_t, V> best(Q const& q, index_t s) const {
    index_t slot = *t_.actions(s).begin();
    V value = static_cast<V>(q(s, slot));
    for (index_t const other : t_.actions(s)) {
      V const x = static_cast<V>(q(s, other));
      if (!(value < x)) continue;
      value = x;
      slot = other;
    }
    return {slot, value};
  }

  // Whatever the policy's recurrent classes are, what it gains is not less than in any state.
  constexpr answer bounded(std::vector<V> h) const {
    internal::vector<index_t> states;
    for (index_t s = 0; s < t_.size(); ++s) states.push_back(s);
    auto const op = of_policy();
    internal::policy_chain chain(op);
    internal::long_run<V> found{V(0), std::move(h)};
    auto g = internal::bounds_of_gain(chain.part(), all_, states, found);
    g.value = g.lower + (g.upper - g.lower) / V(2);
    return {g, std::move(found.bias), slots_};
  }

  constexpr index_t best_paid(index_t s) const {
    index_t best = *t_.actions(s).begin();
    for (index_t const slot : t_.actions(s)) {
      if (t_.reward(best) < t_.reward(slot)) best = slot;
    }
    return best;
  }

  constexpr policy_op of_policy() const {
    return bellman_expectation(t_, internal::policy_of_slots<W>(t_, slots_), 1);
  }

  constexpr answer evaluated() {
    while (true) {
      auto const op = of_policy();
      internal::policy_chain chain(op);
      auto const classes = chain.recurrent_classes();
      if (classes.size() > 1) {
        lead_all_to_the_best(chain, classes);
        continue;
      }
      auto found = internal::long_run_of(chain, classes.states);
      auto const gain = internal::bounds_of_gain(chain.part(), all_, classes.states, found);
      return {gain, std::move(found.bias), slots_};
    }
  }

  // Of several classes, the one that pays best; all other states take an action that may lead there.
  constexpr void lead_all_to_the_best(internal::policy_chain<policy_op>& chain,
                                      internal::state_components const& classes) {
    auto const paid = chain.rewards();
    auto const members_of = [&](std::size_t c) {
      return std::span<index_t const>(classes.states.data() + classes.first[c], classes.size(c));
    };
    std::size_t best = 0;
    V most(0);
    for (std::size_t c = 0; c < classes.size(); ++c) {
      V const gain = internal::weighted_sum(internal::shares_of_class(chain, members_of(c)).values, paid);
      if (c != 0 && !(most < gain)) continue;
      most = gain;
      best = c;
    }
    internal::vector<char> in_best(t_.size(), 0);
    for (index_t const s : members_of(best)) in_best[s] = 1;
    internal::state_components others{{}, {0}, internal::vector<index_t>(t_.size(), no_index)};
    for (index_t s = 0; s < t_.size(); ++s) {
      if (in_best[s] != 0) continue;
      if (t_.terminal(s)) detail::the_best_class_must_be_reached_from_every_state(t_, classes, s);
      others.component_of[s] = 0;
      others.states.push_back(s);
    }
    others.first.push_back(others.states.size());
    slots_type place(t_.size(), no_index);
    component_type led(op_, others, slots_, place);
    led.enter(0);
    index_t const bad = led.never_ends_at_all([&](index_t s, index_t slot) { slots_[s] = slot; });
    if (bad != no_index) detail::the_best_class_must_be_reached_from_every_state(t_, classes, bad);
  }

  constexpr bool improve(std::vector<V> const& bias) {
    bool better = false;
    gain_of_slot gain(all_, bias.data(), nullptr);
    for (index_t s = 0; s < t_.size(); ++s) {
      if (t_.terminal(s)) continue;
      gain.turn_to(s);
      index_t const now = slots_[s];
      V top = internal::upper_bound_of(gain(now));
      for (index_t const slot : t_.actions(s)) {
        if (slot == now) continue;
        V const other = internal::lower_bound_of(gain(slot));
        if (!(top < other)) continue;
        top = other;
        slots_[s] = slot;
        better = true;
      }
    }
    return better;
  }

  Table const& t_;
  best_op op_;
  internal::state_components none_{{}, {0}, {}};
  slots_type slots_;
  slots_type place_;
  component_type all_;
};

struct solve_average_reward_fn {
  template <class E, class... Rest, class Env = internal::environment_argument_t<E>,
            class = typename internal::every<
                internal::an_environment<Env>, internal::rewards_with_a_mean<Env>, internal::rewards_with_an_order<Env>,
                internal::where_and_how_to_solve<Env, Rest...>,
                internal::rule<!internal::begins_with_an_equivalent<Rest...>,
                               refused::the_average_reward_is_that_of_the_mean_over_the_outcomes>,
                internal::rule<((!solving_method<Rest> || std::convertible_to<Rest, method>)&&...),
                               refused::the_average_reward_is_solved_by_methods_of_the_library>,
                internal::rule<!internal::has_bounds<reward_t<Env>> && !internal::has_derivatives<reward_t<Env>>,
                               refused::the_best_average_reward_is_found_in_numbers_without_bounds_or_derivatives>>::
                type::yes>
  constexpr auto operator()(E const& env, Rest const&... rest) const {
    return over<Env>(internal::table_from<expected_outcome>(internal::environment_itself(env),
                                                            internal::start_among(rest...)),
                     internal::method_among(rest...));
  }

 private:
  // Policy iteration, or sweeps first where elimination may fill up.
  template <class Table>
  static constexpr auto found_by(improved_average<Table>& iteration, Table const& t, method const& how) {
    using V = typename improved_average<Table>::value_type;
    if constexpr (internal::rounds<V>) {
      bool const sweeps = how.evaluation == evaluate_by::sweeps;
      if (sweeps || (how.evaluation == evaluate_by::automatic && t.size() > 1000)) {
        auto found = iteration.swept(how.tolerance, sweeps ? how.most_sweeps : 10000);
        if (found) return *std::move(found);
      }
    }
    return iteration.find();
  }

  template <class E, class Table>
  static constexpr auto over(Table const& t, method const& how) {
    using numbers_type = std::remove_cvref_t<decltype(t.numbers())>;
    improved_average<numbers_type> iteration(t.numbers());
    auto found = found_by(iteration, t.numbers(), how);
    auto policy = iteration.template policy<E>(t, found);
    using V = typename improved_average<numbers_type>::value_type;
    using bias = tabular_function<E, V, Table>;
    return average_reward_solution<V, bias, decltype(policy)>{found.gain, bias(t, std::move(found.bias)),
                                                              std::move(policy)};
  }
};

}  // namespace detail

/// `solve_average_reward(env)`: the best that a step can pay in the long run, the bias of a policy that attains it, and
/// the policy: `auto [gain, bias, policy] = solve_average_reward(env)`.
///
/// `gain.lower <= g <= gain.upper`, always, for the table's own numbers: no policy's gain is above `gain.upper`, and
/// that of `policy.action` is not below `gain.lower`. `policy.optimal_actions(s)` are those that attain the maximum of
/// `r + P h`; in floating point those that the bias as computed does not make certainly worse. `policy(s)` is uniform
/// over them in exact scalars, else it takes `policy.action(s)`.
///
/// Policy iteration; where a policy has several sets of states that it never leaves, all others are led to the one that
/// pays best, so that a policy may as well be met that stays where it is. In floating point more than 1000 states are
/// solved by sweeps, as far as these come within the tolerance; the bias is then measured from the first state.
///
/// *Arguments*: an environment whose rewards have an order and are neither intervals nor numbers with derivatives;
/// `solve_average_reward(env, start)` is that of what can be reached from `start`, a state, a distribution over states
/// or a range of them. Last, as for `solve`, a method: `elimination{}`, `iteration{tolerance}`. A state that is
/// terminal is stayed in for ever and pays nothing.
/// *Errors*: `invalid_value` where the best gain is not to be had from every state, with the sets named that are never
/// left; those of `tabulate`.
/// *Cost*: for each policy, of which there are few, up to O(n^3) for n states; less where elimination does not fill up.
/// *Laws*: `max_a r + P h = g + h` in every state; no policy has a larger gain: tests/planning.
/// *Source*: Howard 1960; Puterman, sections 8.6 and 9.5; Haviv and Puterman, J. Appl. Probab. 28 (1991); the bounds:
/// Odoni, Operations Research 17 (1969).
/// *Use*:
///     bellman::solve_average_reward(
///         bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 1>{"."}, 0),
///                                    bellman::length_limit{1},
///                                    [](bellman::context const&, bellman::token) { return 2.0; }),
///         bellman::context{}).bias(bellman::context{}) == 2.0
inline constexpr detail::solve_average_reward_fn solve_average_reward{};

}  // namespace bellman
