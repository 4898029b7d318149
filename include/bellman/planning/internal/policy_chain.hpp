// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/fixed_point_problem.hpp>
#include <bellman/planning/internal/component.hpp>
#include <bellman/planning/internal/component_loop.hpp>
#include <bellman/planning/internal/components.hpp>
#include <bellman/planning/internal/rules.hpp>
#include <bellman/planning/internal/state_elimination.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace bellman::internal {

template <class Table>
std::string states_of_classes(Table const& t, state_components const& classes) {
  constexpr std::size_t most = 8;
  std::string text;
  for (std::size_t c = 0; c < classes.size() && c < most; ++c) {
    text += c == 0 ? "{" : ", {";
    for (std::size_t i = 0; i < classes.size(c) && i < most; ++i) {
      index_t const s = classes.states[classes.first[c] + i];
      text += (i == 0 ? "" : ", ") + internal::numbered(s, internal::describe(t.state(s)));
    }
    text += classes.size(c) > most ? ", and " + std::to_string(classes.size(c) - most) + " more}" : "}";
  }
  return text + (classes.size() > most ? ", and " + std::to_string(classes.size() - most) + " more" : "");
}
template <class Table>
[[noreturn]] void there_must_be_one_recurrent_class(Table const& t, state_components const& classes) {
  internal::refuse("bellman: the policy has " + std::to_string(classes.size()) +
                   " recurrent classes, sets of states that it never leaves: " +
                   internal::states_of_classes(t, classes) +
                   "; in which it stays depends on where it begins, so there must be one");
}

/// The equations of a policy within a set of states, freed of all of them: what leaves the set has ended. Values, which
/// are carried back, and visits, which are carried on, are the answers of the same equations and of the transposed
/// ones.
template <class W>
class equations_within {
 public:
  constexpr equations_within(state_elimination<W> its_equations, internal::vector<index_t> its_members)
      : equations_(std::move(its_equations)), members_(std::move(its_members)) {}

  /// `x = b + A x`: what is paid on the way, `b` in each state. Numbers of all states go in and come out; they are 0
  /// outside of the set.
  template <class V>
  constexpr std::vector<V> values(std::vector<V> const& b) const {
    return spread(equations_.solve(gathered(b)), b.size());
  }
  /// `y = b + y A`: how often each state is visited, where `b` is where it begins. `look_at` is shown each number that
  /// goes into a product.
  template <class V, class LookAt>
  constexpr std::vector<V> visits(std::vector<V> const& b, LookAt const& look_at) const {
    return spread(equations_.solve_transposed(gathered(b), look_at), b.size());
  }

  constexpr state_elimination<W> const& equations() const { return equations_; }
  constexpr internal::vector<index_t> const& members() const { return members_; }

 private:
  template <class V>
  constexpr std::vector<V> gathered(std::vector<V> const& b) const {
    std::vector<V> of_members;
    of_members.reserve(members_.size());
    for (index_t const s : members_) of_members.push_back(b[s]);
    return of_members;
  }
  template <class V>
  constexpr std::vector<V> spread(std::vector<V> const& of_members, std::size_t n) const {
    std::vector<V> all(n, scalar_traits<V>::zero());
    for (std::size_t i = 0; i < members_.size(); ++i) all[members_[i]] = of_members[i];
    return all;
  }

  state_elimination<W> equations_;
  internal::vector<index_t> members_;
};

/// What a policy makes of a table, a chain of states: `Op` is the mean over the policy, which gives the weights, the
/// discount among them. A place to work in; it refers to the operator.
template <class Op>
class policy_chain {
 public:
  using table_type = typename Op::environment_type;
  using value_type = typename fixed_point_problem<Op>::value_type;
  using component_type = component<Op, value_type>;
  using W = typename component_type::weight_type;

  constexpr explicit policy_chain(Op const& op) : c_(op, within_, slots_, place_) {}
  policy_chain(policy_chain const&) = delete;  // parts refer to each other

  constexpr component_type const& part() const { return c_; }
  constexpr table_type const& table() const { return c_.table(); }

  /// The states that a policy comes to, those apart where it ends, from where `start` is not 0.
  constexpr internal::vector<index_t> reached_from(std::vector<W> const& start) const {
    internal::vector<index_t> queue;
    internal::vector<char> seen(table().size(), 0);
    auto const come_to = [&](index_t s) {
      if (seen[s] != 0 || table().terminal(s)) return;
      seen[s] = 1;
      queue.push_back(s);
    };
    for (index_t s = 0; s < table().size(); ++s) {
      if (!internal::is_nothing(start[s])) come_to(s);
    }
    for (std::size_t k = 0; k < queue.size(); ++k) {
      c_.for_each_slot(queue[k], [&](index_t slot, W const&) {
        for (index_t const next : table().successors(slot)) come_to(next);
      });
    }
    return queue;
  }

  /// The sets of states that the policy never leaves; one that has ended stays where it is.
  constexpr state_components recurrent_classes() const {
    auto const all = internal::components(table(), internal::active_slots(c_.op()));
    state_components closed{{}, {0}, {}};
    for (std::size_t k = 0; k < all.size(); ++k) {
      bool stays = true;
      for (std::size_t i = all.first[k]; i < all.first[k + 1]; ++i) {
        if (table().terminal(all.states[i])) continue;
        c_.for_each_slot(all.states[i], [&](index_t slot, W const&) {
          for (index_t const next : table().successors(slot)) stays = stays && all.component_of[next] == k;
        });
      }
      if (!stays) continue;
      for (std::size_t i = all.first[k]; i < all.first[k + 1]; ++i) closed.states.push_back(all.states[i]);
      closed.first.push_back(closed.states.size());
    }
    return closed;
  }

  /// The equations within `members`, none of them terminal. Where nothing is discounted the policy must leave them.
  constexpr equations_within<W> within(internal::vector<index_t> members) {
    index_t const n = table().size();
    within_.component_of.assign(n, 1);
    for (index_t const s : members) within_.component_of[s] = 0;
    within_.first = {0, members.size()};
    within_.states = members;
    place_.assign(n, no_index);
    c_.enter(0);
    index_t const bad = c_.never_ends(slots_);
    if (bad != no_index) internal::the_policy_must_end(bad, table().state(bad));
    double work = 0;
    auto freed = c_.eliminated(slots_, 1e300, 1e300, work);
    if (!freed) internal::values_must_stay_in_the_range_of_the_numbers(members[0], table().state(members[0]));
    return {std::move(*freed), std::move(members)};
  }

  /// `f(next, weight)` for where one step leads from a state.
  template <class F>
  constexpr void for_each_step(index_t s, F const& f) const {
    if (!table().terminal(s)) c_.for_each_step(s, f);
  }

  /// What a step pays, for each state.
  constexpr std::vector<value_type> rewards() const {
    std::vector<value_type> paid(table().size(), scalar_traits<value_type>::zero());
    for (index_t s = 0; s < table().size(); ++s) {
      if (table().terminal(s)) continue;
      c_.for_each_slot(s, [&](index_t slot, W const& w) {
        paid[s] = sum(paid[s], product(w, static_cast<value_type>(table().reward(slot))));
      });
    }
    return paid;
  }

 private:
  state_components within_{{}, {0}, {}};
  internal::vector<index_t> slots_;
  internal::vector<index_t> place_;
  component_type c_;
};

/// `sum_s weights(s) x(s)`.
template <class W, class V>
constexpr V weighted_sum(std::vector<W> const& weights, std::vector<V> const& x) {
  V total = scalar_traits<V>::zero();
  for (std::size_t i = 0; i < x.size(); ++i) total = sum(total, product(weights[i], x[i]));
  return total;
}

}  // namespace bellman::internal
