// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/callable.hpp>
#include <bellman/internal/verdict.hpp>

#include <concepts>
#include <utility>

namespace bellman {

namespace refused {

struct what_is_over_the_batch_must_be_a_baseline_or_a_scale {};

}  // namespace refused

/// `over_batch{function}`: a baseline or a scale, but of the statistics of all groups together.
///
/// *Arguments*: a baseline or a scale, which `group_advantages` then calls with those of the batch. Rows that belong to
/// no group take no part in them.
/// *Use*:
///     bellman::group_advantages{bellman::over_batch{bellman::group_mean{}}}(
///         std::vector<std::vector<double>>{{1, 3}, {5, 7}}) == std::vector<std::vector<double>>{{-3, -1}, {1, 3}}
template <class Function>
struct over_batch {
  using verdict_on_function =
      internal::rule<internal::is_callable<Function>, refused::what_is_over_the_batch_must_be_a_baseline_or_a_scale>;

  Function function{};

  constexpr over_batch() = default;
  constexpr explicit over_batch(Function its_function) requires internal::accepts<verdict_on_function>
      : function(std::move(its_function)) {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_function::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit over_batch(X...) = delete;
};
template <class Function>
over_batch(Function) -> over_batch<Function>;

}  // namespace bellman
