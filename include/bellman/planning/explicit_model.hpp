// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/internal/environment_over.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/shared.hpp>
#include <bellman/planning/internal/model_arrays.hpp>
#include <bellman/planning/internal/sorted.hpp>
#include <bellman/planning/state_index.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>
#include <ranges>
#include <span>
#include <string>
#include <utility>

namespace bellman {

namespace detail {

[[noreturn]] inline void an_action_must_be_one_of_its_state(index_t s, index_t a) {
  internal::refuse("bellman: state " + std::to_string(s) + " has no action " + std::to_string(a));
}

}  // namespace detail

/// A finite environment that is given by a list of its transitions, each with a reward of its own: what a
/// `model_builder` gives, and what is read from a file.
///
/// States are the numbers 0, 1, ..., n - 1, actions are numbers too, and each state has its own. A state without
/// actions is terminal. `tabulate`, `solve` and `state_value` take it as any other environment. Copies share the
/// arrays: constant time.
///
/// *Arguments*: `R`: the type of the rewards; `P`: that of the probabilities, the same unless it is said.
/// *Errors*: `transition(s, a)` throws `invalid_value` for an action that the state does not have; a state must be one.
/// *Cost*: 4 bytes, a probability and a reward a transition; 8 bytes a slot, a pair of a state and one of its actions;
/// 4 bytes a state. An action is found in constant time where the actions of its state are 0, 1, 2, ..., in logarithmic
/// time otherwise.
/// *Use*:
///     [] {
///       bellman::model_builder<double> builder(2);
///       builder.add(0, 7, 1, 1.0, 5.0);
///       bellman::explicit_model<double> const model = builder.build();
///       return model.actions(0)[0] == 7 && model.terminal(1) && bellman::solve(model, 0.5).value(0) == 5.0;
///     }()
template <class R, class P = R>
class explicit_model {
  static_assert(internal::number_or_vector<R>, "bellman: the rewards of a model must be numbers or vectors");

  using arrays = internal::model_arrays<R, P>;

 public:
  using state_type = index_t;
  using action_type = index_t;
  using reward_type = R;
  using probability_type = P;

  constexpr explicit explicit_model(arrays a) : arrays_(internal::shared<arrays>::make(std::move(a))) {}

  constexpr auto states() const { return std::views::iota(index_t{0}, size()); }
  /// The actions of a state, in ascending order.
  constexpr std::span<index_t const> actions(index_t s) const& {
    arrays const& a = *arrays_;
    return std::span<index_t const>(a.actions).subspan(a.first_slot[s], a.first_slot[s + 1] - a.first_slot[s]);
  }
  void actions(index_t) const&& = delete;  // they lie in the model
  constexpr bool terminal(index_t s) const { return arrays_->first_slot[s] == arrays_->first_slot[s + 1]; }
  constexpr auto transition(index_t s, index_t a) const& {
    index_t const k = slot(s, a);
    if (k == no_index) detail::an_action_must_be_one_of_its_state(s, a);
    return outcomes(k);
  }
  void transition(index_t, index_t) const&& = delete;  // a row lies in the model

  /// The number of states, that of `end()` included.
  constexpr index_t size() const { return static_cast<index_t>(arrays_->first_slot.size() - 1); }
  /// The number of slots: pairs of a state and one of its actions.
  constexpr std::size_t slots() const { return arrays_->actions.size(); }
  /// The number of transitions of probability above zero.
  constexpr std::size_t transitions() const { return arrays_->next.size(); }
  /// The terminal state to which what ends leads, the last one; `no_index` where nothing was said to end.
  constexpr index_t end() const { return arrays_->end; }

  /// The slot of an action in a state, or `no_index`.
  constexpr index_t slot(index_t s, index_t a) const {
    arrays const& all = *arrays_;
    index_t const first = all.first_slot[s];
    index_t const last = all.first_slot[s + 1];
    if (a < last - first && all.actions[first + a] == a) return first + a;
    index_t const k = internal::partition_point(first, last, [&](index_t i) { return all.actions[i] < a; });
    return k < last && all.actions[k] == a ? k : no_index;
  }
  /// The outcomes of a slot.
  constexpr internal::model_row<R, P> outcomes(index_t slot) const& {
    arrays const& a = *arrays_;
    std::size_t const first = a.first_transition[slot];
    return {a.next.data() + first, a.probabilities.data() + first, a.rewards.data() + first,
            a.first_transition[slot + 1] - first};
  }
  void outcomes(index_t) const&& = delete;

  /// The flat arrays. State `i` has the slots `first_slots()[i]` to `first_slots()[i + 1]`, slot `k` the transitions
  /// `first_transitions()[k]` to `first_transitions()[k + 1]`, the last excluded; its action is `slot_actions()[k]`.
  constexpr std::span<index_t const> first_slots() const& { return arrays_->first_slot; }
  constexpr std::span<index_t const> slot_actions() const& { return arrays_->actions; }
  constexpr std::span<index_t const> first_transitions() const& { return arrays_->first_transition; }
  constexpr std::span<index_t const> next_states() const& { return arrays_->next; }
  constexpr std::span<P const> probabilities() const& { return arrays_->probabilities; }
  constexpr std::span<R const> rewards() const& { return arrays_->rewards; }
  constexpr std::span<index_t const> first_slots() const&& = delete;
  constexpr std::span<index_t const> slot_actions() const&& = delete;
  constexpr std::span<index_t const> first_transitions() const&& = delete;
  constexpr std::span<index_t const> next_states() const&& = delete;
  constexpr std::span<P const> probabilities() const&& = delete;
  constexpr std::span<R const> rewards() const&& = delete;

  /// Whether two models are the same, number by number.
  friend constexpr bool operator==(explicit_model const& a, explicit_model const& b) {
    return a.arrays_.is_same_as(b.arrays_) || *a.arrays_ == *b.arrays_;
  }

 private:
  internal::shared<arrays> arrays_;
};

namespace internal {

template <class R, class P>
inline constexpr bool copies_in_constant_time<explicit_model<R, P>> = true;

}  // namespace internal

}  // namespace bellman
