// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/grouping.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <ranges>
#include <type_traits>

namespace bellman {

namespace refused {

struct the_ids_of_the_rows_must_be_given_as_a_grouping {};

}  // namespace refused

namespace internal {

/// A range of ranges of numbers, each of which can be walked again.
template <class Ranges>
concept ranges_of_numbers = std::ranges::forward_range<Ranges> &&
    std::ranges::forward_range<std::ranges::range_reference_t<Ranges>> && elements_are_numbers<elements_of_t<Ranges>>;

template <class Groups>
concept is_grouping = std::same_as<std::remove_cvref_t<Groups>, grouping>;

template <class Groups>
using a_grouping = rule<is_grouping<Groups>, refused::the_ids_of_the_rows_must_be_given_as_a_grouping>;

/// Nothing, or one iterator to which numbers of type V are written. A range there is taken for ids.
template <class V, class... Out>
struct perhaps_an_output
    : every<rule<!(std::ranges::range<std::decay_t<Out>> || ...),
                 refused::the_ids_of_the_rows_must_be_given_as_a_grouping>,
            at_most_one_output<V, std::decay_t<Out>...>> {};

}  // namespace internal

}  // namespace bellman
