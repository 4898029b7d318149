// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace bellman {

/// `answers_are_sequences<Method>`: whether the rewards of a group method's answers are sequences, of one number for
/// each token, and not numbers. False, unless it is specialised for the method.
///
/// *Use*:
///     !bellman::answers_are_sequences<decltype(bellman::grpo)>
template <class Method>
inline constexpr bool answers_are_sequences = false;

}  // namespace bellman
