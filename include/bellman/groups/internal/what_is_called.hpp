// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/callable.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/statistics.hpp>

#include <type_traits>

namespace bellman {

namespace refused {

struct a_baseline_must_give_a_number_for_the_statistics_of_a_group_and_a_reward {};
struct a_scale_must_give_a_number_for_the_statistics_of_a_group {};

}  // namespace refused

namespace internal {

namespace detail {

template <class F, class... Reward>
inline constexpr bool takes_statistics = std::is_invocable_v<F const&, statistics<double> const&, Reward const&...>;

// Called with numbers of arguments that it does not have, nothing of a function is compiled.
template <class F>
consteval bool may_be_a_baseline() {
  if constexpr (!is_callable<F>) {
    return false;
  } else if constexpr (takes_statistics<F>) {
    return takes_statistics<F, double>;
  } else {
    return true;
  }
}
template <class F>
consteval bool may_be_a_scale() {
  if constexpr (!is_callable<F>) {
    return false;
  } else if constexpr (takes_statistics<F, double>) {
    return takes_statistics<F>;
  } else {
    return true;
  }
}

}  // namespace detail

/// What a method is made of as far as it can be seen before there are rewards: a function that does not take what the
/// other takes alone.
template <class F>
struct what_may_be_a_baseline
    : rule<detail::may_be_a_baseline<F>(),
           refused::a_baseline_must_give_a_number_for_the_statistics_of_a_group_and_a_reward> {};
template <class F>
struct what_may_be_a_scale
    : rule<detail::may_be_a_scale<F>(), refused::a_scale_must_give_a_number_for_the_statistics_of_a_group> {};

}  // namespace internal

}  // namespace bellman
