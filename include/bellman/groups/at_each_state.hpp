// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/answers_are_sequences.hpp>
#include <bellman/groups/internal/by_group.hpp>
#include <bellman/groups/internal/columns_are_ids.hpp>
#include <bellman/groups/internal/steps_of_answers.hpp>
#include <bellman/internal/callable.hpp>
#include <bellman/internal/place_in.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

[[noreturn]] inline void there_must_be_one_state_for_each_step(internal::place const& sequence) {
  internal::refuse("bellman: " + sequence.of("sequence") +
                   " has not as many states as returns; there must be one for each step");
}
[[noreturn]] inline void states_must_be_equal_to_themselves(internal::place const& step) {
  internal::refuse("bellman: " + step.of("state") + " is not equal to itself, as a NaN is not");
}

}  // namespace detail

/// `at_each_state{method}(returns, states)`: for answers that are sequences of steps, a method among the steps that
/// were taken in one state: the groups within a group of GiGPO, whose equal states are its anchors.
///
/// What it leaves of the gradient depends on the baseline, where no answer comes to a state twice:
///
///     unless_alone{leave_one_out{}, 0}   all: what others got from there does not depend on what is done now
///     leave_one_out{}                    in state s the probability that another answer comes there
///     group_mean{}                       in state s the mean of (n_s - 1) / n_s, n_s being how many come there
///
/// A rare state weighs less than a common one in the last two, which turns the gradient. Where an answer comes to a
/// state again, what it got from the second time on stands in the baseline of the first and depends on what was done
/// then, so that the first is biased too.
///
/// GiGPO adds it to the advantage of the whole answer:
///
///     grpo(rewards, grouping)[i] + omega at_each_state{grpo}(returns, states, grouping)[i][t]
///
/// *Arguments*: a method that is called with a range and a grouping, a `batch_method`, such as `group_advantages`.
/// Called with the returns of one group, a range of sequences, and a range of as long sequences of states, of any type
/// that has `==`; or with rows of both and their grouping: equal states of two groups are two. Gives a vector of
/// sequences; a last argument `out` writes the numbers one after another and returns its end.
/// *Errors*: what the method throws, naming sequence and step; `invalid_value` for lengths that differ, and for a state
/// that is not equal to itself.
/// *Cost*: that of the method for all steps of a group, and of the grouping of their states; vectors for them.
/// *Laws*: the table above, by all groups that a policy can give. tests/laws/step_group_laws.cpp.
/// *Source*: Feng et al. 2025 (GiGPO), 3.2.
/// *Use*:
///     bellman::at_each_state{bellman::dr_grpo}(std::vector<std::vector<double>>{{1, 5}, {3, 7}},
///                                              std::vector<std::vector<char>>{{'a', 'b'}, {'b', 'c'}}) ==
///         std::vector<std::vector<double>>{{0, 1}, {-1, 0}}
template <class Method>
struct at_each_state {
  using verdict_on_method =
      internal::rule<internal::is_callable<Method>,
                     refused::steps_of_answers_need_a_method_that_is_called_with_their_returns_and_a_grouping>;

  [[no_unique_address]] Method method{};

  constexpr at_each_state() = default;
  constexpr explicit at_each_state(Method its_method) requires internal::accepts<verdict_on_method>
      : method(std::move(its_method)) {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_method::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit at_each_state(X...) = delete;

  template <class... Arguments, class = typename internal::a_group_call<at_each_state, 2, Arguments...>::type::yes>
  constexpr auto operator()(Arguments&&... arguments) const {
    return internal::by_group(*this, std::forward<Arguments>(arguments)...);
  }

  template <class Groups>
  using needs = internal::a_method_of_steps<Method, Groups>;
  template <class Returns, class States>
  constexpr auto of_group(Returns&& returns, States&& states) const {
    using state = std::ranges::range_value_t<std::ranges::range_reference_t<States>>;
    internal::place_in<std::remove_cvref_t<Returns>> const place(returns);
    internal::vector<state> ids;
    std::size_t i = 0;
    auto its_states = std::ranges::begin(states);
    for (auto&& sequence : returns) {
      if (its_states == std::ranges::end(states)) detail::there_must_be_one_state_for_each_step(place(i));
      std::size_t left = static_cast<std::size_t>(std::ranges::distance(sequence));
      std::size_t step = 0;
      for (state const& s : *its_states) {
        if (left == 0) detail::there_must_be_one_state_for_each_step(place(i));
        ids.push_back(s);
        if (!(s == s)) detail::states_must_be_equal_to_themselves(place(i).of_step(step));
        ++step;
        --left;
      }
      if (left != 0) detail::there_must_be_one_state_for_each_step(place(i));
      ++its_states;
      ++i;
    }
    if (its_states != std::ranges::end(states)) detail::there_must_be_one_state_for_each_step({.number = i});
    return internal::advantages_of_steps(method, returns, ids);
  }
};
template <class Method>
at_each_state(Method) -> at_each_state<Method>;

template <class Method>
inline constexpr bool answers_are_sequences<at_each_state<Method>> = true;

namespace internal {

template <class Method>
inline constexpr bool columns_are_ids<at_each_state<Method>> = true;

}  // namespace internal

}  // namespace bellman
