// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/planning/bounded_values.hpp>
#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/internal/component_loop.hpp>
#include <bellman/planning/internal/components.hpp>
#include <bellman/planning/internal/other_numbers.hpp>
#include <bellman/planning/internal/over_numbers.hpp>
#include <bellman/planning/internal/requirements.hpp>
#include <bellman/planning/method.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/internal/rounded.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

template <class S>
[[noreturn]] void a_terminal_state_must_have_the_value_zero(index_t i, S const& s) {
  internal::refuse("bellman: the value of state " + internal::numbered(i, internal::describe(s)) +
                   " is not 0, and the state is terminal; it must be 0");
}

[[noreturn]] inline void there_must_be_one_value_for_each_state(std::size_t values, std::size_t states) {
  internal::refuse("bellman: there are " + std::to_string(values) + " values for a table of " + std::to_string(states) +
                   " states; there must be one for each");
}

template <class S>
[[noreturn]] void a_policy_must_name_a_slot_of_the_state(index_t i, S const& s) {
  internal::refuse("bellman: in state " + internal::numbered(i, internal::describe(s)) +
                   " the policy's slot is not one of that state");
}

struct certify_fn {
  template <class Op, class V,
            class = typename internal::every<
                internal::an_operator_over_a_table<Op>, internal::an_operator_that_can_lose_its_derivatives<Op>,
                internal::rule<std::same_as<V, typename fixed_point_problem<Op>::value_type>,
                               refused::values_are_certified_as_a_vector_of_the_operators_numbers>,
                internal::rule<internal::has_proofs<V> || internal::has_derivatives<V>,
                               refused::of_intervals_and_vectors_no_radius_is_certified>>::type::yes>
  constexpr bounded_values<V> operator()(Op const& op, std::vector<V> values,
                                         internal::vector<index_t> slots = {}) const {
    auto const& t = op.environment();
    if (values.size() != t.size()) detail::there_must_be_one_value_for_each_state(values.size(), t.size());
    if constexpr (internal::has_derivatives<V>) {
      // The values are bounded, and the derivatives are within rounding of theirs.
      auto const without = internal::without_derivatives_of(op);
      auto const plain = without.of(bounded_values<V>{.values = values, .slots = slots});
      auto const found = (*this)(without.op(), plain.values, plain.slots);
      bounded_values<V> x{.values = std::move(values), .slots = found.slots, .stopped = found.stopped};
      for (auto const& e : found.below) x.below.push_back(V(e));
      for (auto const& e : found.above) x.above.push_back(V(e));
      x.sweeps = x.sweeps_to_certify = found.sweeps_to_certify;
      return x;
    } else {
      return of_numbers(internal::over_numbers(op), std::move(values), std::move(slots));
    }
  }

 private:
  template <class Op, class V>
  static constexpr bounded_values<V> of_numbers(Op const& op, std::vector<V> values, internal::vector<index_t> slots) {
    auto const& t = op.environment();
    for (index_t s = 0; s < t.size(); ++s) {
      if (t.terminal(s) && !(values[s] == V(0))) detail::a_terminal_state_must_have_the_value_zero(s, t.state(s));
    }
    auto const cs = internal::components(t, internal::active_slots(op));
    bounded_values<V> x;
    x.values = std::move(values);
    x.slots = std::move(slots);
    bool const greedy = x.slots.empty();
    if constexpr (internal::takes_the_best<typename Op::choice_type>) {
      for (index_t s = 0; s < t.size() && !greedy; ++s) {
        auto const all = t.actions(s);
        bool const known =
            s < x.slots.size() && (t.terminal(s) || (x.slots[s] >= *all.begin() && x.slots[s] < *all.end()));
        if (!known) detail::a_policy_must_name_a_slot_of_the_state(s, t.state(s));
      }
    }
    if (greedy) x.slots.assign(t.size(), no_index);
    x.below.assign(t.size(), V(0));
    x.above.assign(t.size(), V(0));
    method const how = automatic{};
    internal::component_loop<Op, V> loop(op, cs, how, x);
    for (std::size_t c = 0; c < cs.size(); ++c) loop.certify(c, greedy);
    double const all = static_cast<double>(t.transitions());
    if (0 < all) x.sweeps = x.sweeps_to_certify = loop.work_to_certify() / all;
    return x;
  }
};

}  // namespace detail

/// `certify(op, values)`, `certify(op, values, slots)`: how far values may be from the fixed point of a Bellman
/// operator over a table: the only place where bounds come from.
///
/// It rests on monotonicity alone. If `T u <= u`, no policy is worth more than u; if `l <= T_pi l` for a policy that
/// ends or is discounted, that policy is worth at least l. Radii `below` and `above` are proposed, and one sweep with
/// every rounding enclosed checks `l = v - below` and `u = v + above`; each state has its own, so that it does not pay
/// for another's size.
///
/// *Arguments*: values by the numbers of the states, 0 where terminal; `slots`: the policy whose worth they are, one
/// for each state; otherwise it is the one that the values make the best.
/// *Errors*: `invalid_value` for the wrong number of values, for a terminal state whose value is not 0, and where no
/// radius can be certified.
/// *Cost*: three sweeps or less.
/// *Laws*: the true value lies within the radii: tests/planning, against enumeration in exact fractions.
/// *Source*: Puterman, theorem 6.2.2.
/// *Use*:
///     [] {
///       auto const table = bellman::tabulate(
///           bellman::token_environment(bellman::vocabulary(std::array<std::string_view, 2>{".", "a"}, 0),
///                                      bellman::length_limit{2},
///                                      [](bellman::context const&, bellman::token t) { return 1.0 * t; }),
///           bellman::context{});
///       auto const nothing = bellman::certify(bellman::bellman_optimality(table, 1.0), std::vector<double>(5, 0.0));
///       return nothing.above[0] >= 2.0 && nothing.below[0] == 0.0;
///     }()
inline constexpr detail::certify_fn certify{};

}  // namespace bellman
