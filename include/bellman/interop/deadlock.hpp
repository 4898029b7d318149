// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman {

/// What a reader makes of a state without transitions: `refused`: it is an error; `stays`: it leads to itself for ever,
/// for no reward, as PRISM and Storm have it, so that with a discount of 1 its value must be 0 by other means; `ends`:
/// it is terminal.
///
/// *Use*:
///     bellman::deadlock::refused != bellman::deadlock::ends
enum class deadlock { refused, stays, ends };

}  // namespace bellman
