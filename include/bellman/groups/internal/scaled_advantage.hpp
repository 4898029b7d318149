// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/describe.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <string>

namespace bellman::internal {

namespace detail {

// The text is made in a function of its own, which leaves the caller's loop short enough to be inlined.
template <class V, class Name>
[[noreturn]] void the_scale_of_an_advantage_must_be_finite_and_not_zero(Name const& name, V const& centred,
                                                                        V const& scale) {
  internal::refuse("bellman: " + name() + " differs from its baseline by " + internal::describe(centred) +
                   ", and the scale of its group is " + internal::describe(scale) + "; it must be finite and not 0");
}
template <class V, class Name>
[[noreturn]] void an_advantage_must_be_finite(Name const& name, V const& centred, V const& scale) {
  internal::refuse("bellman: " + name() + " differs from its baseline by " + internal::describe(centred) +
                   ", and the scale of its group is " + internal::describe(scale) +
                   "; the advantage, their quotient, must be finite");
}

struct some_reward {
  std::string operator()() const { return "a reward"; }
};

}  // namespace detail

/// `scaled_advantage(centred, scale, name)`: `centred / scale`, but 0 where both are 0: an answer that is no better
/// than its baseline has no advantage, however narrow its group. Throws `invalid_value` where only the scale is 0, or
/// is not finite because the squares of a group overflowed, and where the advantage would not be finite; `name()` is
/// then the text by which the caller knows the reward.
template <class V, class Name = detail::some_reward>
constexpr V scaled_advantage(V const& centred, V const& scale, Name const& name = {}) {
  if (scale == V(0) || !is_finite(scale)) {
    if (!(centred == V(0))) {
      detail::the_scale_of_an_advantage_must_be_finite_and_not_zero(name, centred, scale);
    }
    return V{};
  }
  V const advantage = quotient(centred, scale);
  if (!is_finite(advantage)) detail::an_advantage_must_be_finite(name, centred, scale);
  return advantage;
}

}  // namespace bellman::internal
