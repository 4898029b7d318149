// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

namespace bellman {

/// What an agent chooses.
///
/// Minimal definition: copyable, `==`.
template <class A>
concept action = std::copyable<A> && std::equality_comparable<A>;

/// The type of an environment's actions.
template <class E>
using action_t = typename E::action_type;

}  // namespace bellman
