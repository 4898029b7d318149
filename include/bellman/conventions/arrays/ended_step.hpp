// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/step.hpp>
#include <bellman/scalar/as_number.hpp>

namespace bellman::conventions {

namespace detail {

struct ended_step_fn {
  template <class Flag, class V,
            class = typename internal::every<internal::a_flag<Flag>, internal::a_number_or_vector<V>>::type::yes>
  constexpr auto operator()(Flag const& is_terminated, V const& value) const {
    using ended = step<number_t<V>>;
    if (is_terminated != Flag(0)) return ended(terminated{});
    return ended(truncated<V>{value});
  }
};

}  // namespace detail

/// `ended_step(is_terminated, value)`: the last step of a recording: `terminated{}` where the flag is not 0; else it
/// was cut off with the recording, `truncated{value}`.
///
/// *Arguments*: a flag of any type that compares with 0; a number, of which an integer counts as a `double`.
/// *Use*:
///     bellman::gae(std::array{1.0}, std::array{0.5},
///                  bellman::recorded_steps{.last = bellman::conventions::ended_step(0, 2.0)},
///                  {.gamma = 0.5, .lambda = 1.0}).advantages[0] == 1.5
inline constexpr detail::ended_step_fn ended_step{};

}  // namespace bellman::conventions
