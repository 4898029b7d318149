// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/arrays/common_length.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/in_place.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/estimation/action_values.hpp>
#include <bellman/internal/element_at.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman::conventions {

namespace detail {

struct values_of_actions_fn {
  template <class Rows, class Actions,
            class = typename internal::every<internal::placed_values_of_actions<Rows>,
                                             internal::a_column_of_indices<std::remove_reference_t<Actions>>,
                                             internal::a_placed_range<Actions>>::type::yes>
  constexpr auto operator()(Rows&& q, Actions&& actions) const {
    std::size_t const n = common_length(q, actions);
    return computed(n, [rows = in_place(std::forward<Rows>(q)).begin(),
                        taken = in_place(std::forward<Actions>(actions))](std::size_t t) {
      return value_of_action(internal::element_at(rows, t), static_cast<std::size_t>(number_at(taken, t)));
    });
  }
};

}  // namespace detail

/// `values_of_actions(q, actions)`: of rows with a number for each action those of the actions taken, one a step:
/// `q[t][actions[t]]`.
///
/// *Arguments*: a range of rows and one of indices, random-access ranges that outlive the result.
/// *Errors*: `invalid_value` for two lengths that differ, and where a number is read for an action that its row lacks;
/// an array that is a temporary does not compile.
/// *Cost*: none; nothing is copied.
/// *Use*:
///     [q = std::array{std::array{1.0, 2.0}, std::array{3.0, 4.0}}, actions = std::array{1, 0}] {
///       return bellman::conventions::values_of_actions(q, actions).back() == 3.0;
///     }()
inline constexpr detail::values_of_actions_fn values_of_actions{};

}  // namespace bellman::conventions
