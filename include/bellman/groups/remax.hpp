// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/group_advantages.hpp>
#include <bellman/groups/internal/by_group.hpp>
#include <bellman/groups/internal/scaled_advantage.hpp>
#include <bellman/internal/describe.hpp>
#include <bellman/internal/in_step.hpp>
#include <bellman/internal/place_in.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/is_finite.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman {

namespace detail {

[[noreturn]] inline void there_must_be_one_baseline_for_each_reward(std::size_t shorter) {
  internal::refuse("bellman: one of rewards and baselines ends after " + std::to_string(shorter) +
                   ", the other goes on; there must be one baseline for each reward");
}
template <class B>
[[noreturn]] void baselines_must_be_finite(std::size_t index, B const& baseline) {
  internal::refuse("bellman: baseline " + std::to_string(index) + " is " + internal::describe(baseline) +
                   "; it must be a finite number");
}

struct judge_baselines_fn {
  template <class Rewards, class Baselines>
  constexpr auto operator()(Rewards&& rewards, Baselines&&) const {
    using V = decltype(statistics_of(rewards).mean);
    return typename internal::a_given_baseline<V, std::ranges::range_value_t<Baselines>>::type{};
  }
};

// The group method of rewards and a column of one baseline each.
struct less_one_baseline_each {
  template <class Groups>
  struct needs {
    using type = typename Groups::template of_group_t<judge_baselines_fn>;
  };
  template <class Rewards, class Baselines>
  constexpr auto of_group(Rewards&& rewards, Baselines&& baselines) const {
    using V = std::remove_cvref_t<decltype(statistics_of(rewards).mean)>;
    using B = std::ranges::range_value_t<Baselines>;
    statistics_of(rewards);  // every reward is finite
    std::size_t index = 0;
    auto const check = [&](auto const&, B const& baseline) {
      if (!is_finite(baseline)) detail::baselines_must_be_finite(index, baseline);
      ++index;
    };
    internal::in_step(there_must_be_one_baseline_for_each_reward, check, rewards, baselines);
    return [next = std::ranges::begin(baselines), i = std::size_t{0}](auto const& reward) mutable {
      V const r = static_cast<V>(reward);
      B const baseline = *next++;
      std::size_t const number = i++;
      return internal::scaled_advantage(difference(r, given_baseline<B>{baseline}(statistics<V>{}, r)), V(1),
                                        [&] { return internal::place{.number = number}.of("reward"); });
    };
  }
};

template <class Returns, class B>
struct a_baseline_or_one_each : internal::a_group_call<group_advantages<given_baseline<B>>, 1, Returns> {};
template <class Returns, std::ranges::range B>
struct a_baseline_or_one_each<Returns, B> : internal::a_group_call<less_one_baseline_each, 2, Returns, B const&> {};

struct remax_fn {
  template <class Returns, class B, class... Out,
            class = typename internal::every<a_baseline_or_one_each<Returns, B>,
                                             internal::perhaps_a_place_for_advantages<Returns, Out...>>::type::yes>
  constexpr auto operator()(Returns&& returns, B const& greedy, Out... out) const {
    if constexpr (std::ranges::range<B const>) {
      return internal::by_group(less_one_baseline_each{}, returns, greedy, out...);
    } else {
      return group_advantages{given_baseline<B>{greedy}}(returns, out...);
    }
  }
};

}  // namespace detail

/// `remax(returns, greedy)`: `G - b`, the returns less the reward of the greedy answer to the same prompt.
///
/// It is `group_advantages` with a given baseline, where each reward of a range has its own.
///
/// *Arguments*: the rewards of a group or the returns of one answer's tokens with one `b`, or rewards with a range of
/// one `b` each. A last argument `out` writes the advantages there and returns its end.
/// *Errors*: `invalid_value` for lengths that differ and for what is NaN or infinite.
/// *Cost*: O(n).
/// *Source*: Li et al. 2023.
/// *Use*:
///     bellman::remax(std::array{1.0, 0.0}, 1.0) == std::array{0.0, -1.0} &&
///         bellman::remax(std::array{1.0, 0.0}, std::array{0.0, 0.0}) == std::array{1.0, 0.0}
inline constexpr detail::remax_fn remax{};

}  // namespace bellman
