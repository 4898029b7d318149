// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/step.hpp>

#include <concepts>
#include <type_traits>

namespace bellman::conventions {

namespace detail {

struct ended_step_fn {
  template <class Flag, class V>
  constexpr auto operator()(Flag const& is_terminated, V const& value) const {
    using ended = step<std::conditional_t<std::integral<V>, double, V>>;
    if (is_terminated != Flag(0)) return ended(terminated{});
    return ended(truncated<V>{value});
  }
};

}  // namespace detail

/// `ended_step(is_terminated, value)`: the last step of a recording: `terminated{}` where the flag is not 0; else it
/// was cut off with the recording, `truncated{value}`.
inline constexpr detail::ended_step_fn ended_step{};

}  // namespace bellman::conventions
