// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>

#include <concepts>

namespace bellman {

/// `next_step_autoreset{}`: an environment whose episode has ended begins the next one in the step after: that step
/// looks at no action, pays nothing and is no transition. The state of a step is always that in which its action
/// arrived.
///
/// *Source*: Gymnasium 1.1, `gymnasium.vector.AutoresetMode.NEXT_STEP`.
/// *Use*:
///     bellman::next_step_autoreset{} == bellman::next_step_autoreset{}
struct next_step_autoreset {
  friend bool operator==(next_step_autoreset, next_step_autoreset) = default;
};

/// `same_step_autoreset{}`: an environment begins the next episode in the step that ends one: every step is a
/// transition, and what stands in the row after an end is the next episode's first state; the episode's own last one
/// is kept beside.
///
/// *Source*: Gymnasium 1.1, `gymnasium.vector.AutoresetMode.SAME_STEP`.
/// *Use*:
///     bellman::same_step_autoreset{} == bellman::same_step_autoreset{}
struct same_step_autoreset {
  friend bool operator==(same_step_autoreset, same_step_autoreset) = default;
};

namespace refused {

struct an_autoreset_is_next_step_autoreset_or_same_step_autoreset {};

}  // namespace refused

namespace internal {

template <class Autoreset>
using an_autoreset =
    rule<(std::same_as<Autoreset, next_step_autoreset> || std::same_as<Autoreset, same_step_autoreset>),
         refused::an_autoreset_is_next_step_autoreset_or_same_step_autoreset>;

}  // namespace internal

}  // namespace bellman
