// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/callable.hpp>
#include <bellman/internal/verdict.hpp>

#include <concepts>
#include <utility>

namespace bellman {

namespace refused {

struct what_is_of_the_others_must_be_a_baseline_or_a_scale {};

}  // namespace refused

/// `of_the_others{function}`: a baseline or a scale, but for each answer of the statistics of the others of its group:
/// `of_the_others{standard_deviation{}}` is the leave-one-out deviation.
///
/// An answer has no part in what it is compared with or divided by. So where both are of the others, the expected
/// gradient is that of the objective times a positive number, the mean of `1 / scale`; a scale that the answer has a
/// part in, as GRPO's, also turns it.
///
/// *Arguments*: a baseline or a scale, which `group_advantages` or `weighted_group_advantages` then calls for each
/// answer; not `over_batch`. An answer that is alone has no others: the statistics are those of nothing, of mean and
/// squares 0. Others of equal rewards have a deviation of 0, by which nothing but 0 can be divided: where that happens,
/// as with rewards that are right or wrong, say what to add, `of_the_others{spread_plus{standard_deviation{}, 1e-4}}`.
/// *Cost*: one `statistics` for each answer of a group is allocated, and merged twice. Nothing is subtracted from the
/// statistics of the group, which would leave nothing of small deviations beside one that is large.
/// *Laws*: `of_the_others{group_mean{}}` is `leave_one_out`, but for an answer that is alone; the gradient keeps its
/// direction. tests/laws/group_laws.cpp.
/// *Use*:
///     bellman::group_advantages{bellman::leave_one_out{}, bellman::of_the_others{bellman::sample_variance{}}}(
///         std::array{1.0, 3.0, 5.0}) == std::array{-1.5, 0.0, 1.5}
template <class Function>
struct of_the_others {
  using verdict_on_function =
      internal::rule<internal::is_callable<Function>, refused::what_is_of_the_others_must_be_a_baseline_or_a_scale>;

  Function function{};

  constexpr of_the_others() = default;
  constexpr explicit of_the_others(Function its_function) requires internal::accepts<verdict_on_function>
      : function(std::move(its_function)) {}
  // Deleted, where the others would be listed.
  template <class... X, class Reason = typename verdict_on_function::type>
  requires(!std::same_as<Reason, internal::accepted>) explicit of_the_others(X...) = delete;
};
template <class Function>
of_the_others(Function) -> of_the_others<Function>;

}  // namespace bellman
