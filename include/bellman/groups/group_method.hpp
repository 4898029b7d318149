// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/internal/a_group_method.hpp>
#include <bellman/groups/internal/layouts.hpp>
#include <bellman/internal/verdict.hpp>

#include <type_traits>

namespace bellman {

/// How the answers to one prompt are weighed against each other: a function of a group that gives a function of an
/// answer.
///
/// Minimal definition: `method.of_group(rewards)`, const, of a range of the rewards of one group, gives what is called
/// with one of them and gives its advantage, a number of which one of the rewards' kind is made. Or, where all groups
/// must be seen first, `method.of_batch(groups)`, const, which gives that function of a group;
/// `groups.fold(f, together)` puts together what `f(rewards)` gives for each group.
///
/// Where a method reads more than rewards, such as weights, the other columns follow them:
/// `of_group(rewards, weights)`, `f(rewards, weights)`. Where `answers_are_sequences<Method>`, a reward is a range of
/// numbers, and what is called with an answer is called with each of its numbers and its position.
///
/// Axioms:
///  1. the function of an answer is called once for each answer of the group, in their order, so that it may count;
///  2. it reads neither the rewards again nor `groups`: what it needs of them it has copied, since advantages may be
///     written where rewards are;
///  3. an advantage depends on the answer's own group and on what `of_batch` made of all groups, not on where they lie;
///  4. columns of different lengths are `invalid_value`; of an empty group, which has no answers, nothing is refused.
///
/// It gives a function and writes nothing, so that where rewards lie, where advantages go, and how numbers are
/// converted stand in one place for all methods. A method with a baseline and a scale needs none of this:
/// `group_advantages`.
///
/// Models: `group_advantages`, `weighted_group_advantages`, `best_of_group_advantages`, and the methods of `gpg`
/// and `optimal_token_advantages`.
template <class Method, class Rewards, class... Columns>
concept group_method = internal::accepts<internal::a_group_method<
    Method, internal::one_group<std::remove_reference_t<Rewards>, std::remove_reference_t<Columns>...>>>;

}  // namespace bellman
