// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/group_method.hpp>
#include <bellman/groups/internal/a_group_method.hpp>
#include <bellman/groups/internal/by_group.hpp>
#include <bellman/internal/verdict.hpp>

#include <concepts>
#include <cstddef>
#include <utility>

namespace bellman {

/// `by_group{method}`: a group method in all forms of a call.
///
///  - `(rewards)`: one group. A `std::array` gives a `std::array`, other ranges a `std::vector`.
///  - `(groups)`: a range of groups, each of its own size, gives a vector of such results.
///  - `(rewards, grouping)`: rows of several groups in any order give a vector in the order of the rows; a row that
///    belongs to no group gets 0.
///
/// A last argument `out` writes the advantages in the order of the rewards, and returns its end. Integers give
/// `double`, other rewards their own type.
///
/// Rewards that are numbers may also be `std::optional`: an answer without one is no part of its group, as if its row
/// belonged to none, and gets 0.
///
/// *Arguments*: a `group_method`. Of one that reads two columns, `by_group<Method, 2>`: `(rewards, weights)`,
/// `(rewards, weights, grouping)`.
/// *Errors*: what the method throws, and `invalid_value` for another number of rewards than rows. What is no group
/// method does not compile, nor an output of integers.
/// *Cost*: one pass over a group after the method's own; with a grouping one vector for all rows.
/// *Use*:
///     [](auto const& advantages) {
///       return advantages(std::array{1.0, 5.0}) == std::array{2.0, 10.0};
///     }(bellman::by_group{bellman::group_advantages{[](auto const&, auto const& reward) { return -reward; }}})
template <class Method, std::size_t Columns = 1>
struct by_group {
  using verdict_on_method =
      internal::rule<internal::may_be_a_group_method<Method>,
                     refused::a_group_method_must_have_a_member_of_group_or_of_batch_that_is_const>;

  [[no_unique_address]] Method method{};

  constexpr by_group() = default;
  constexpr explicit by_group(Method its_method) requires internal::accepts<verdict_on_method>
      : method(std::move(its_method)) {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_method::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit by_group(X...) = delete;

  template <class... Arguments, class = typename internal::a_group_call<Method, Columns, Arguments...>::type::yes>
  constexpr auto operator()(Arguments&&... arguments) const {
    return internal::by_group(method, std::forward<Arguments>(arguments)...);
  }
};
template <class Method>
by_group(Method) -> by_group<Method>;

}  // namespace bellman
