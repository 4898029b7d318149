// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/of_the_others.hpp>
#include <bellman/groups/over_batch.hpp>

namespace bellman::internal {

/// Whether a baseline or a scale is one `over_batch`, or `of_the_others`.
template <class Function>
inline constexpr bool takes_batch = false;
template <class Function>
inline constexpr bool takes_batch<over_batch<Function>> = true;
template <class Function>
inline constexpr bool takes_others = false;
template <class Function>
inline constexpr bool takes_others<of_the_others<Function>> = true;

/// What is called of a baseline or a scale.
template <class Function>
struct its_function {
  using type = Function;
};
template <class Function>
struct its_function<over_batch<Function>> {
  using type = Function;
};
template <class Function>
struct its_function<of_the_others<Function>> {
  using type = Function;
};

/// `function_of(f)`: what of a baseline or a scale is called, and `statistics_for<F>(group, batch, others)`: with which
/// statistics. Two functions and not one that calls, so that a refusal is not read through it.
template <class Function>
constexpr typename its_function<Function>::type const& function_of(Function const& f) {
  if constexpr (takes_batch<Function> || takes_others<Function>) {
    return f.function;
  } else {
    return f;
  }
}
template <class Function, class Group, class Batch, class Others>
constexpr auto const& statistics_for(Group const& group, Batch const& batch, Others const& others) {
  if constexpr (takes_batch<Function>) {
    return batch;
  } else if constexpr (takes_others<Function>) {
    return others;
  } else {
    return group;
  }
}

}  // namespace bellman::internal
