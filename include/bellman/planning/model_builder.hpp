// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/stands_for.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/planning/explicit_model.hpp>
#include <bellman/planning/internal/model_arrays.hpp>
#include <bellman/planning/internal/sorted.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/probability/internal/weights.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/is_finite.hpp>
#include <bellman/scalar/scalar_traits.hpp>

#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace bellman {

namespace internal {

// A state or an action is written as any integer: a negative one must not become a large one.
template <class N>
concept numbers_something = std::integral<N> && !is_a_letter<N> && !std::same_as<N, bool>;

}  // namespace internal

namespace detail {

inline std::string from_origin(std::string_view origin) {
  return origin.empty() ? std::string() : std::string(origin) + ": ";
}

template <class N>
[[noreturn]] void a_number_of_a_state_or_an_action_must_fit(char const* what, N i) {
  internal::refuse("bellman: " + std::string(what) + " " + std::to_string(i) + "; it must be from 0 to 4294967293");
}
[[noreturn]] inline void a_transition_must_be_between_the_states(char const* way, index_t s, index_t n) {
  internal::refuse("bellman: a transition " + std::string(way) + " state " + std::to_string(s) + "; there are " +
                   std::to_string(n) + " states");
}
[[noreturn]] inline void states_must_be_as_many_as_was_said(index_t n, index_t said) {
  internal::refuse("bellman: there are to be " + std::to_string(n) + " states; it was said that there are " +
                   std::to_string(said));
}
template <class P>
[[noreturn]] void a_probability_must_not_be_negative(index_t s, index_t a, P const& p) {
  internal::refuse("bellman: in state " + std::to_string(s) + ", action " + std::to_string(a) +
                   " has an outcome of probability " + internal::describe(p) + "; it must lie in [0, 1]");
}
template <class R>
[[noreturn]] void a_reward_must_be_a_finite_number(index_t s, index_t a, R const& r) {
  internal::refuse("bellman: in state " + std::to_string(s) + ", action " + std::to_string(a) +
                   " has an outcome of reward " + internal::describe(r) + "; it must be a finite number");
}
template <class P>
[[noreturn]] void a_discount_must_lie_in_the_unit_interval(index_t s, index_t a, P const& d) {
  internal::refuse("bellman: in state " + std::to_string(s) + ", action " + std::to_string(a) + " has the discount " +
                   internal::describe(d) + "; it must lie in [0, 1]");
}
template <class P>
[[noreturn]] void the_outcomes_of_an_action_must_sum_to_one(std::string_view origin, index_t s, index_t a,
                                                            P const& total) {
  internal::refuse("bellman: " + detail::from_origin(origin) + "in state " + std::to_string(s) +
                   ", the outcomes of action " + std::to_string(a) + " have probabilities that sum to " +
                   internal::describe(total) + "; they must sum to 1");
}
[[noreturn]] inline void a_discount_must_be_of_an_action_with_outcomes(index_t s, index_t a) {
  internal::refuse("bellman: in state " + std::to_string(s) + ", action " + std::to_string(a) +
                   " has a discount and no outcomes; add its transitions, or forbid it");
}
[[noreturn]] inline void a_state_must_keep_an_action(index_t s) {
  internal::refuse("bellman: every action of state " + std::to_string(s) +
                   " is forbidden; it needs one, or no transitions at all, which makes it terminal");
}
[[noreturn]] inline void a_model_must_fit_its_indices(std::string_view origin, std::size_t n) {
  internal::refuse("bellman: " + detail::from_origin(origin) + "a model of " + std::to_string(n) +
                   " entries; 32-bit indices allow for 4294967294");
}

}  // namespace detail

namespace internal {

/// Whether probabilities sum to one: of intervals, whether theirs may.
template <class P>
constexpr bool may_sum_to_one(P const& total, std::size_t n) {
  if constexpr (has_bounds<P>) {
    using T = std::remove_cvref_t<decltype(scalar_traits<P>::lower(total))>;
    T const off = weight_tolerance<T>(n);
    return !(sum(T(1), off) < scalar_traits<P>::lower(total)) &&
           !(scalar_traits<P>::upper(total) < difference(T(1), off));
  } else {
    return internal::is_near_one(total, n);
  }
}

}  // namespace internal

/// `model_builder<R>(n)`: takes the transitions of a model of n states in any order and builds an `explicit_model<R>`.
/// `model_builder<R>()` has as many states as are named, or as `states(n)` says if that is more.
///
///  - `add(s, a, next, p, r)`: action `a` leads from `s` to `next` with probability `p`, for reward `r`. Transitions of
///    the same `s`, `a`, `next` and `r` are one: their probabilities add up.
///  - `add(s, a, next, p, r, d)`: the same, and what follows is worth `d` times as much: `V(s) = E[r + d V(next)]`.
///  - `add_end(s, a, p, r)`: the action ends with probability `p`, for reward `r`; nothing comes after. What ends leads
///    to one terminal state, the last of the model, which is there if anything ends: `model.end()`. To stay is to lead
///    to oneself.
///  - `discount(s, a, d)`: what follows the action is worth `d` times as much, whatever its outcome.
///  - `forbid(s, a)`: the state does not have the action; what was or will be added of it is left out. An action that
///    is never named is not there either.
///  - `reserve(n)`: makes room for n transitions, so that those before are not moved when more come.
///  - `build()`: the model. More may be added afterwards, for the next one. `build(origin)`: the same, and messages
///    begin with where the transitions come from, such as the name of a file.
///
/// A discount `d` is the probability of going on: of `p`, the part `p d` leads to `next` and the rest ends, both for
/// reward `r`. So every method takes such models, and `solve(model, gamma)` finds `V(s) = max E[r + gamma d V(next)]`.
///
/// A state without transitions is terminal. Actions and next states of the model stand in ascending order, whatever the
/// order in which they were added.
///
/// *Arguments*: `R`, `P`: numbers that `bellman` computes with, vectors for rewards too. Probabilities may be
/// `interval`s: then one distribution within them must be possible.
/// *Errors*: `invalid_value` with the state and the action for a number of a state that there is not, a probability
/// below 0, a reward that is not finite, a discount outside [0, 1], probabilities that do not sum to one (see
/// `weight_tolerance`), a discount of an action without outcomes, a state all of whose actions are forbidden. What is
/// refused leaves the builder as it was.
/// *Cost*: until it is built, 12 bytes, a probability and a reward a transition: 28 for `double`, and up to as much
/// again for room that is not reserved. Building takes 4 more beside the model's own 20, and time O(n log k) for n
/// transitions with at most k in a state, O(n) where they come in order. Rewards without an order that lead to one next
/// state are compared with each other.
/// *Source*: discounts of their own: Puterman, chapter 11 (semi-Markov decision processes).
/// *Use*:
///     [] {
///       bellman::model_builder<double> builder(2);
///       builder.add(0, 0, 1, 0.25, 4.0).add(0, 0, 1, 0.25, 4.0).add(0, 0, 0, 0.5, 0.0);
///       builder.add_end(1, 3, 1.0, 8.0);
///       auto const model = builder.build();
///       return model.size() == 3 && model.transitions() == 3 && bellman::solve(model, 1.0).value(0) == 12.0;
///     }()
template <class R, class P = R>
class model_builder {
 public:
  constexpr model_builder() = default;

  template <internal::numbers_something N>
  constexpr explicit model_builder(N states) : states_(number("the number of states is", states)), counted_(true) {}

  template <internal::numbers_something S, internal::numbers_something A, internal::numbers_something N>
  constexpr model_builder& add(S s, A a, N next, P const& p, R const& r) {
    index_t const to = number("a transition leads to state", next);
    put(checked(s, a, to, p, r), to, p, r);
    return *this;
  }

  template <internal::numbers_something S, internal::numbers_something A, internal::numbers_something N>
  constexpr model_builder& add(S s, A a, N next, P const& p, R const& r, P const& d) {
    index_t const to = number("a transition leads to state", next);
    pair const slot = checked(s, a, to, p, r);
    check_discount(slot.s, slot.a, d);
    P const kept = product(p, d);
    P const rest = product(p, difference(P(1), d));
    put(slot, to, kept, r);
    if (!internal::is_nothing(rest)) put(slot, no_index, rest, r);
    return *this;
  }

  template <internal::numbers_something S, internal::numbers_something A>
  constexpr model_builder& add_end(S s, A a, P const& p, R const& r) {
    put(checked(s, a, no_index, p, r), no_index, p, r);
    return *this;
  }

  template <internal::numbers_something S, internal::numbers_something A>
  constexpr model_builder& discount(S s, A a, P const& d) {
    index_t const state = number("a discount is of state", s);
    index_t const action = number("a discount is of action", a);
    check_discount(state, action, d);
    must_be_there(state, "leads from");
    name(state);
    discounts_.push_back({state, action, d});
    ends_ = ends_ || !(d == P(1));
    return *this;
  }

  template <internal::numbers_something S, internal::numbers_something A>
  constexpr model_builder& forbid(S s, A a) {
    pair const slot(number("what is forbidden is of state", s), number("what is forbidden is action", a));
    must_be_there(slot.s, "leads from");
    name(slot.s);
    forbidden_.push_back(slot);
    return *this;
  }

  template <internal::numbers_something N>
  constexpr model_builder& states(N n) {
    index_t const least = number("the number of states is", n);
    if (states_ < least) {
      if (counted_) detail::states_must_be_as_many_as_was_said(least, states_);
      states_ = least;
    }
    return *this;
  }

  constexpr model_builder& reserve(std::size_t n) {
    from_.reserve(n);
    action_.reserve(n);
    next_.reserve(n);
    probabilities_.reserve(n);
    rewards_.reserve(n);
    return *this;
  }

  /// How many transitions were added, and how many states there are so far.
  constexpr std::size_t size() const { return from_.size(); }
  constexpr index_t states() const { return states_; }

  constexpr explicit_model<R, P> build(std::string_view origin = {}) const {
    if (from_.size() >= no_index) detail::a_model_must_fit_its_indices(origin, from_.size());
    internal::model_arrays<R, P> model;
    index_t const n = states_ + (ends_ ? 1 : 0);
    if (ends_) model.end = states_;
    internal::vector<index_t> first(static_cast<std::size_t>(n) + 1, 0);
    internal::vector<index_t> order = by_state(first);
    auto discounts = discounts_;
    internal::sort(discounts, [](slot_discount const& x, slot_discount const& y) { return x.slot < y.slot; });
    auto forbidden = forbidden_;
    internal::sort(forbidden, [](pair const& x, pair const& y) { return x < y; });

    model.first_slot.reserve(static_cast<std::size_t>(n) + 1);
    model.next.reserve(from_.size());
    model.probabilities.reserve(from_.size());
    model.rewards.reserve(from_.size());
    model.first_slot.push_back(0);
    model.first_transition.push_back(0);
    std::size_t used = 0;  // of the discounts
    for (index_t s = 0; s < n; ++s) {
      internal::sort(order, first[s], first[s + 1], [this](index_t i, index_t j) { return comes_before(i, j); });
      auto const begin = order.begin() + static_cast<std::ptrdiff_t>(first[s]);
      auto const end = order.begin() + static_cast<std::ptrdiff_t>(first[s + 1]);
      for (auto i = begin; i != end;) {
        index_t const a = action_[*i];
        auto last = i;
        while (last != end && action_[*last] == a) ++last;
        if (!internal::is_among(forbidden, pair(s, a))) {
          P d(1);
          for (; used < discounts.size() && !(pair(s, a) < discounts[used].slot); ++used) {
            if (discounts[used].slot == pair(s, a)) {
              d = product(d, discounts[used].d);
            } else {
              skip(discounts[used].slot, forbidden);
            }
          }
          add_slot(model, s, a, i, last, d, origin);
        }
        i = last;
      }
      if (begin != end && model.first_slot.back() == model.actions.size()) detail::a_state_must_keep_an_action(s);
      model.first_slot.push_back(static_cast<index_t>(model.actions.size()));
    }
    for (; used < discounts.size(); ++used) skip(discounts[used].slot, forbidden);
    return explicit_model<R, P>(std::move(model));
  }

 private:
  // Not std::pair: of what depends on R and P, nothing is instantiated before it is used.
  struct pair {
    constexpr pair(index_t its_s, index_t its_a) : s(its_s), a(its_a) {}
    friend constexpr bool operator==(pair const&, pair const&) = default;
    friend constexpr bool operator<(pair const& x, pair const& y) { return x.s != y.s ? x.s < y.s : x.a < y.a; }
    index_t s;
    index_t a;
  };
  struct slot_discount {
    constexpr slot_discount(index_t s, index_t a, P const& its_d) : slot(s, a), d(its_d) {}
    pair slot;
    P d;
  };

  // The part of a transition that its slot's discount sends to the end, or all of one that ends.
  struct ending {
    P p;
    index_t of;
  };

  // Whether equal rewards can be told, and brought together by sorting. Two duals compare equal whose derivatives
  // differ; intervals are in no order.
  static constexpr bool are_told_apart = std::equality_comparable<R> && !internal::has_derivatives<R>;
  static constexpr bool are_in_order = ordered_field<R> && are_told_apart && !internal::has_bounds<R>;

  template <class N>
  static constexpr index_t number(char const* what, N i) {
    if (!std::in_range<index_t>(i) || static_cast<index_t>(i) >= no_index - 1) {
      detail::a_number_of_a_state_or_an_action_must_fit(what, i);
    }
    return static_cast<index_t>(i);
  }

  static constexpr void check_discount(index_t s, index_t a, P const& d) {
    if (!internal::is_in_the_unit_interval(d)) detail::a_discount_must_lie_in_the_unit_interval(s, a, d);
  }

  constexpr void must_be_there(index_t s, char const* way) const {
    if (counted_ && s >= states_) detail::a_transition_must_be_between_the_states(way, s, states_);
  }
  constexpr void name(index_t s) {
    if (s >= states_) states_ = s + 1;
  }

  // The slot of a transition that may be added: what is refused has changed nothing.
  template <class S, class A>
  constexpr pair checked(S s, A a, index_t next, P const& p, R const& r) const {
    if (next != no_index) must_be_there(next, "leads to");
    pair const slot(number("a transition leads from state", s), number("a transition has action", a));
    must_be_there(slot.s, "leads from");
    if (!internal::is_not_negative(p)) detail::a_probability_must_not_be_negative(slot.s, slot.a, p);
    if (!is_finite(r)) detail::a_reward_must_be_a_finite_number(slot.s, slot.a, r);
    return slot;
  }

  constexpr void put(pair const& slot, index_t next, P const& p, R const& r) {
    name(slot.s);
    if (next == no_index) {
      ends_ = true;
    } else {
      name(next);
    }
    from_.push_back(slot.s);
    action_.push_back(slot.a);
    next_.push_back(next);
    probabilities_.push_back(p);
    rewards_.push_back(r);
  }

  // Of each state, where its transitions begin in an order by states.
  constexpr internal::vector<index_t> by_state(internal::vector<index_t>& first) const {
    for (index_t s : from_) ++first[s + 1];
    for (std::size_t s = 1; s < first.size(); ++s) first[s] += first[s - 1];
    internal::vector<index_t> at(first);
    internal::vector<index_t> order(from_.size(), 0);
    for (std::size_t i = 0; i < from_.size(); ++i) order[at[from_[i]]++] = static_cast<index_t>(i);
    return order;
  }

  constexpr bool comes_before(index_t i, index_t j) const {
    if (action_[i] != action_[j]) return action_[i] < action_[j];
    if (next_[i] != next_[j]) return next_[i] < next_[j];
    if constexpr (are_in_order) {
      return rewards_[i] < rewards_[j];
    } else {
      return false;
    }
  }

  static constexpr void skip(pair const& slot, internal::vector<pair> const& forbidden) {
    if (!internal::is_among(forbidden, slot)) {
      detail::a_discount_must_be_of_an_action_with_outcomes(slot.s, slot.a);
    }
  }

  template <class Iterator>
  constexpr void add_slot(internal::model_arrays<R, P>& model, index_t s, index_t a, Iterator first, Iterator last,
                          P const& d, std::string_view origin) const {
    bool const discounted = !(d == P(1));
    P total{};
    std::size_t n = 0;
    std::size_t row = model.next.size();  // where the outcomes with this next state begin
    internal::vector<ending> endings;
    for (Iterator i = first; i != last; ++i) {
      P const& p = probabilities_[*i];
      if (internal::is_nothing(p)) continue;
      total = sum(total, p);
      ++n;
      if (!discounted) {
        merge(model, row, next_[*i] == no_index ? model.end : next_[*i], p, rewards_[*i], origin);
      } else if (next_[*i] == no_index) {
        endings.push_back({p, *i});
      } else {
        P const kept = product(p, d);
        if (!internal::is_nothing(kept)) merge(model, row, next_[*i], kept, rewards_[*i], origin);
        endings.push_back({product(p, difference(P(1), d)), *i});
      }
    }
    if (!internal::may_sum_to_one(total, n)) detail::the_outcomes_of_an_action_must_sum_to_one(origin, s, a, total);
    if constexpr (are_in_order) {
      internal::sort(endings, [this](ending const& x, ending const& y) { return rewards_[x.of] < rewards_[y.of]; });
    }
    for (ending const& e : endings) {
      if (!internal::is_nothing(e.p)) merge(model, row, model.end, e.p, rewards_[e.of], origin);
    }
    model.actions.push_back(a);
    model.first_transition.push_back(static_cast<index_t>(model.next.size()));
  }

  static constexpr void merge(internal::model_arrays<R, P>& model, std::size_t& row, index_t next, P const& p,
                              R const& r, std::string_view origin) {
    std::size_t const size = model.next.size();
    if (size >= no_index - 1) detail::a_model_must_fit_its_indices(origin, size);
    if (row == size || model.next[row] != next) row = size;
    if constexpr (are_told_apart) {
      // In order, only the last one can be equal.
      for (std::size_t k = size; k > row; --k) {
        if (model.rewards[k - 1] == r) {
          model.probabilities[k - 1] = sum(model.probabilities[k - 1], p);
          return;
        }
        if constexpr (are_in_order) break;
      }
    }
    model.next.push_back(next);
    model.probabilities.push_back(p);
    model.rewards.push_back(r);
  }

  index_t states_ = 0;
  bool counted_ = false;
  bool ends_ = false;
  internal::vector<index_t> from_;
  internal::vector<index_t> action_;
  internal::vector<index_t> next_;  // no_index where it ends
  internal::vector<P> probabilities_;
  internal::vector<R> rewards_;
  internal::vector<slot_discount> discounts_;
  internal::vector<pair> forbidden_;
};

}  // namespace bellman
