// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/grouping.hpp>

#include <ranges>

namespace bellman {

/// What makes an advantage of each row's reward: a group method as one calls it.
///
/// Minimal definition: `method(rewards, grouping)`, const, is a range of random access that has one number for each
/// row.
///
/// Axioms:
///  1. the advantages stand in the order of the rows, and a row that belongs to no group gets 0, whatever its reward;
///  2. how groups and rows are numbered does not matter: where these are permuted, the advantages are.
///
/// Models: `by_group` of a `group_method`, `group_advantages` and `best_of_group_advantages`; any function.
template <class Method, class Rewards>
concept batch_method = requires(Method const& method, Rewards&& rewards, grouping const& groups) {
  { method(rewards, groups) } -> std::ranges::random_access_range;
};

}  // namespace bellman
