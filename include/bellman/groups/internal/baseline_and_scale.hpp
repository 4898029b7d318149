// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/baseline.hpp>
#include <bellman/groups/internal/scaled_advantage.hpp>
#include <bellman/groups/internal/statistics_of_group.hpp>
#include <bellman/groups/internal/statistics_of_the_others.hpp>
#include <bellman/groups/internal/what_is_called.hpp>
#include <bellman/groups/internal/whose_statistics.hpp>
#include <bellman/groups/of_the_others.hpp>
#include <bellman/groups/over_batch.hpp>
#include <bellman/groups/scale.hpp>
#include <bellman/internal/place_in.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/probability/spread.hpp>
#include <bellman/probability/statistics.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/square_root.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <type_traits>

namespace bellman {

namespace refused {

struct weights_must_be_numbers_of_the_kind_of_the_rewards {};

}  // namespace refused

namespace internal {

/// A baseline and a scale, as far as it can be seen before there are rewards.
template <class Baseline, class Scale>
struct a_baseline_and_a_scale_before_rewards : every<what_may_be_a_baseline<typename its_function<Baseline>::type>,
                                                     what_may_be_a_scale<typename its_function<Scale>::type>> {};

/// A baseline for statistics and rewards.
template <class Baseline, class V, class W>
struct a_baseline : rule<baseline_for<Baseline, V, W>,
                         refused::a_baseline_must_give_a_number_for_the_statistics_of_a_group_and_a_reward> {};
template <class B, class V, class W>
struct a_baseline<given_baseline<B>, V, W> : a_given_baseline<V, B> {};
template <class Baseline, class V, class W>
struct a_baseline<over_batch<Baseline>, V, W> : a_baseline<Baseline, V, W> {};
template <class Baseline, class V, class W>
struct a_baseline<of_the_others<Baseline>, V, W> : a_baseline<Baseline, V, W> {};

template <class Scale, class V, class W>
struct a_scale : rule<scale_for<Scale, V, W>, refused::a_scale_must_give_a_number_for_the_statistics_of_a_group> {};
template <class Spread, class V, class W>
struct a_scale<root_of<Spread>, V, W>
    : every<rule<std::invocable<decltype(bellman::sqrt), V const&>, refused::this_number_has_no_sqrt>,
            a_scale<Spread, V, W>> {};
template <class Scale, class V, class W>
struct a_scale<over_batch<Scale>, V, W> : a_scale<Scale, V, W> {};
template <class Scale, class V, class W>
struct a_scale<of_the_others<Scale>, V, W> : a_scale<Scale, V, W> {};

namespace detail {

// The statistics of all groups together, where anything takes them.
struct no_statistics {};
template <bool AreTaken, class Groups>
constexpr auto statistics_of_batch(Groups const& groups) {
  if constexpr (AreTaken) {
    return groups.fold(statistics_of, merged);
  } else {
    return no_statistics{};
  }
}

// For each answer of a group the statistics of the others, where anything takes them.
struct no_others {
  constexpr no_statistics operator[](std::size_t) const { return {}; }
};
template <bool AreTaken, class... Columns>
constexpr auto statistics_of_others(Columns&... columns) {
  if constexpr (AreTaken) {
    return internal::statistics_of_the_others(columns...);
  } else {
    return no_others{};
  }
}

// The scale of a group as a function of the statistics of an answer's others: one number, unless it is theirs.
template <class V, class Scale, class Group, class Batch>
constexpr auto width_of_group(Scale const& scale, Group const& group, Batch const& batch) {
  if constexpr (takes_others<Scale>) {
    return [&scale](Group const& others) { return static_cast<V>(internal::function_of(scale)(others)); };
  } else {
    V const width = internal::function_of(scale)(internal::statistics_for<Scale>(group, batch, no_statistics{}));
    return [width](auto const&) { return width; };
  }
}

// Of the columns of a group the verdict on those behind the rewards.
struct judge_weights_fn {
  template <class Rewards, class... Weights>
  constexpr auto operator()(Rewards&& rewards, Weights&&...) const {
    using V = decltype(statistics_of(rewards).mean);
    return typename every<weights_for<V, std::ranges::range_value_t<Weights>>...>::type{};
  }

 private:
  template <class V, class W>
  using weights_for = rule<(std::integral<W> || std::constructible_from<V, W const&>),
                           refused::weights_must_be_numbers_of_the_kind_of_the_rewards>;
};

template <class Groups>
struct judged_weights {
  using type = typename Groups::template of_group_t<judge_weights_fn>;
};

template <class Baseline, class Scale, class Groups>
struct judged_by_statistics {
  using V = mean_of_group_t<Groups>;
  using W = count_of_group_t<Groups>;
  using type = typename every<a_baseline<Baseline, V, W>, a_scale<Scale, V, W>>::type;
};

}  // namespace detail

/// A baseline and a scale for the groups of a layout, by the statistics of their columns.
template <class Baseline, class Scale, class Groups>
struct a_baseline_and_a_scale
    : every<detail::judged_weights<Groups>, detail::judged_by_statistics<Baseline, Scale, Groups>> {};

/// `baseline_and_scale(baseline, scale, groups)`: the function of a group that gives `(reward - baseline) / scale`, of
/// the columns that `statistics_of` takes: rewards, or rewards and weights.
template <class Baseline, class Scale, class Groups>
constexpr auto baseline_and_scale(Baseline const& baseline, Scale const& scale, Groups const& groups) {
  auto const batch = detail::statistics_of_batch<takes_batch<Baseline> || takes_batch<Scale>>(groups);
  return [&baseline, &scale, batch](auto&& rewards, auto&&... weights) {
    decltype(statistics_of(rewards, weights...)) group{};
    if constexpr (!(takes_batch<Baseline> && takes_batch<Scale>)) group = statistics_of(rewards, weights...);
    using V = decltype(group.mean);
    return [&baseline, group, batch, width_beside = detail::width_of_group<V>(scale, group, batch),
            others = detail::statistics_of_others<takes_others<Baseline> || takes_others<Scale>>(rewards, weights...),
            place = place_in<std::remove_cvref_t<decltype(rewards)>>(rewards),
            i = std::size_t{0}](auto const& reward) mutable {
      std::size_t const number = i++;
      auto const& its_others = others[number];
      V const r = static_cast<V>(reward);
      V const centred = difference(r, static_cast<V>(internal::function_of(baseline)(
                                          internal::statistics_for<Baseline>(group, batch, its_others), r)));
      // A copy of the place: what a message refers to is kept in memory.
      return internal::scaled_advantage(centred, width_beside(its_others),
                                        [place, number] { return place(number).of("reward"); });
    };
  };
}

}  // namespace internal

}  // namespace bellman
