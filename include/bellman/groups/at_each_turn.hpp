// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/answers_are_sequences.hpp>
#include <bellman/groups/internal/by_group.hpp>
#include <bellman/groups/internal/steps_of_answers.hpp>
#include <bellman/internal/callable.hpp>
#include <bellman/internal/vector.hpp>
#include <bellman/internal/verdict.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <utility>

namespace bellman {

/// `at_each_turn{method}(returns)`: for answers that are sequences, each of its own length with the return `G_t` from
/// each turn on, a method among the turns of one number: the group of turn t are those answers that have one.
///
/// What it leaves of the gradient depends on the baseline:
///
///     unless_alone{leave_one_out{}, 0}   all: the others' turns do not depend on what is done in this one
///     leave_one_out{}                    at turn t the probability that another answer gets so far: a turn that
///                                        nobody else has is compared with itself and teaches nothing
///     group_mean{}                       at turn t the mean of (n_t - 1) / n_t, n_t being how many get so far
///
/// The last two weigh late turns less than early ones, which is no factor of the gradient but turns it: it can point
/// the other way.
///
/// *Arguments*: a method that is called with a range and a grouping, a `batch_method`, such as `group_advantages`.
/// Called with one group, a range of sequences; with a range of such groups; with rows and their grouping. Gives a
/// vector of sequences; a last argument `out` writes the numbers one after another and returns its end.
/// *Errors*: what the method throws, naming sequence and turn.
/// *Cost*: that of the method for all turns of a group, and a sort of their numbers; vectors for them.
/// *Laws*: the table above, by all groups that a policy can give; where every answer has one turn it is the method.
/// tests/laws/step_group_laws.cpp.
/// *Use*:
///     bellman::at_each_turn{bellman::dr_grpo}(std::vector<std::vector<double>>{{1, 5}, {3}, {5, 7, 9}}) ==
///         std::vector<std::vector<double>>{{-2, -1}, {0}, {2, 1, 0}}
template <class Method>
struct at_each_turn {
  using verdict_on_method =
      internal::rule<internal::is_callable<Method>,
                     refused::steps_of_answers_need_a_method_that_is_called_with_their_returns_and_a_grouping>;

  [[no_unique_address]] Method method{};

  constexpr at_each_turn() = default;
  constexpr explicit at_each_turn(Method its_method) requires internal::accepts<verdict_on_method>
      : method(std::move(its_method)) {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_method::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit at_each_turn(X...) = delete;

  template <class... Arguments, class = typename internal::a_group_call<at_each_turn, 1, Arguments...>::type::yes>
  constexpr auto operator()(Arguments&&... arguments) const {
    return internal::by_group(*this, std::forward<Arguments>(arguments)...);
  }

  template <class Groups>
  using needs = internal::a_method_of_steps<Method, Groups>;
  template <class Returns>
  constexpr auto of_group(Returns&& returns) const {
    internal::vector<std::size_t> turns;
    for (auto&& sequence : returns) {
      auto const n = static_cast<std::size_t>(std::ranges::distance(sequence));
      for (std::size_t t = 0; t < n; ++t) turns.push_back(t);
    }
    return internal::advantages_of_steps(method, returns, turns);
  }
};
template <class Method>
at_each_turn(Method) -> at_each_turn<Method>;

template <class Method>
inline constexpr bool answers_are_sequences<at_each_turn<Method>> = true;

}  // namespace bellman
