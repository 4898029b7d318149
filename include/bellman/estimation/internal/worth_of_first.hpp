// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/order.hpp>
#include <bellman/estimation/internal/body_of.hpp>
#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/estimation/internal/over_steps.hpp>
#include <bellman/estimation/internal/step_source.hpp>

#include <cstddef>

namespace bellman::internal {

/// What the first state of an episode is worth: the `y_0` of an estimator that is known by its terms.
template <class Estimator, class V, class Rewards, class Steps, class Parameters, class... Columns>
constexpr V worth_of_first(Rewards const& rewards, Steps const& steps, Parameters const& p, Columns const&... column) {
  std::size_t const n = internal::length_of(rewards);
  auto const source = internal::step_source<V>(steps, n);
  auto run = internal::started<V>(internal::body_of<Estimator, V>(source, p, rewards, column...), source);
  internal::over_steps<V>(sequential{}, n, source, run);
  return run.carry;
}

}  // namespace bellman::internal
