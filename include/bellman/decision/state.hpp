// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <concepts>

namespace bellman {

/// What a decision is based on.
///
/// Minimal definition: copyable, `==`.
///
/// To be found quickly in a table, a state is an integer, an enumerator, an array of such, or has a constexpr member
/// `hash()`, a `std::hash` or a `<`, which must agree with `==`; see `state_index`.
template <class S>
concept state = std::copyable<S> && std::equality_comparable<S>;

/// The type of an environment's states.
template <class E>
using state_t = typename E::state_type;

}  // namespace bellman
