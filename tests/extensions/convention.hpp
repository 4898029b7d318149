// SPDX-License-Identifier: BSL-1.0
#pragma once

// [block]
#include <bellman/conventions/arrays/before_last.hpp>
#include <bellman/conventions/arrays/computed.hpp>
#include <bellman/conventions/arrays/number_at.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/recorded_steps.hpp>

#include <cstddef>
#include <iterator>

namespace extensions::acme {

// The arrays of a library called Acme: `masks[t]` is 0 where an episode ended with step t, be it that it was cut off;
// there is one value more than there are rewards, that of the state after the recording.
constexpr auto steps(auto const& masks, auto const& values) {
  namespace conventions = bellman::conventions;
  auto const n = static_cast<std::size_t>(std::ranges::distance(masks));
  auto const ends = conventions::computed(n, [&masks](std::size_t t) { return !conventions::flag_at(masks, t); });
  return bellman::recorded_steps{.terminated = ends, .value_after_last = conventions::number_at(values, n)};
}

// Acme's advantages: GAE, to whose last step every recording goes on.
constexpr auto gae(auto const& rewards, auto const& masks, auto const& values, double gamma, double lambda) {
  auto const n = static_cast<std::size_t>(std::ranges::distance(rewards));
  return bellman::gae(rewards, bellman::conventions::before_last(values, n), steps(masks, values),
                      bellman::trace_parameters{.gamma = gamma, .lambda = lambda})
      .advantages;
}

}  // namespace extensions::acme
// [block]
