// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/views/internal/held.hpp>
#include <bellman/views/windows_view.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace bellman::internal {

/// The view of an estimator in windows of n steps.
template <class Estimator, class Rewards, class Values, class Steps, class Gamma>
constexpr auto windows_of(Rewards&& rewards, Values&& values, Steps&& steps, std::size_t n, Gamma&& gamma) {
  using V =
      widened_t<deduced, estimate_t<deduced, held_t<Steps>, std::remove_cvref_t<Rewards>, std::remove_cvref_t<Values>>,
                held_t<Gamma>>;
  return views::windows_view<Estimator, V, held_t<Rewards>, held_t<Values>, held_t<Steps>, held_t<Gamma>>(
      internal::held(std::forward<Rewards>(rewards)), internal::held(std::forward<Values>(values)),
      internal::held(std::forward<Steps>(steps)), n, internal::held(std::forward<Gamma>(gamma)));
}

}  // namespace bellman::internal
