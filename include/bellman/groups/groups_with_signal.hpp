// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/grouping.hpp>
#include <bellman/groups/internal/check_rows.hpp>
#include <bellman/groups/internal/layouts.hpp>
#include <bellman/groups/internal/missing_rewards.hpp>
#include <bellman/groups/internal/requirements.hpp>
#include <bellman/groups/internal/rows_there.hpp>
#include <bellman/internal/place_in.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <cstddef>
#include <ranges>
#include <span>
#include <type_traits>

namespace bellman {

namespace detail {

[[noreturn]] inline void rewards_must_not_be_nan(internal::place const& place) {
  internal::refuse("bellman: " + place.of("reward") + " is not a number");
}

struct has_signal_fn {
  template <class Rewards, class = typename internal::a_forward_range_of_numbers<Rewards>::type::yes>
  constexpr bool operator()(Rewards&& rewards) const {
    bool differs = false;
    std::size_t index = 0;
    for (auto const& r : rewards) {
      if (!(r == r)) {
        detail::rewards_must_not_be_nan(internal::place_in<std::remove_cvref_t<Rewards>>(rewards)(index));
      }
      if (!(r == *std::ranges::begin(rewards))) differs = true;
      ++index;
    }
    return differs;
  }
};

struct groups_with_signal_fn {
  template <class Rewards, class Groups,
            class = typename internal::every<
                internal::a_random_access_range_of_numbers<internal::as_if_there_t<Rewards const>>,
                internal::a_grouping<Groups>>::type::yes>
  constexpr grouping operator()(Rewards const& rewards, Groups const& groups) const {
    if constexpr (internal::rewards_with_missing<Rewards const>) {
      return with_signal(internal::rewards_or_zeros(rewards), internal::rows_there(rewards, groups));
    } else {
      internal::check_rows(rewards, groups);
      return with_signal(rewards, groups);
    }
  }

 private:
  template <class Rewards>
  static constexpr grouping with_signal(Rewards const& rewards, grouping const& groups) {
    std::size_t g = 0;
    return groups.only_groups([&](std::span<std::size_t const> its_rows) {
      return has_signal_fn{}(internal::part_to_read(rewards, internal::rows_of_group{its_rows, g++}));
    });
  }
};

[[noreturn]] inline void a_share_of_groups_needs_at_least_one() {
  internal::refuse("bellman: there is no group; of none there is no share without signal");
}

struct share_without_signal_fn {
  template <class Rewards, class Groups,
            class = typename internal::every<
                internal::a_random_access_range_of_numbers<internal::as_if_there_t<Rewards const>>,
                internal::a_grouping<Groups>>::type::yes>
  constexpr double operator()(Rewards const& rewards, Groups const& groups) const {
    if (groups.size() == 0) detail::a_share_of_groups_needs_at_least_one();
    std::size_t const alive = groups_with_signal_fn{}(rewards, groups).size();
    return static_cast<double>(groups.size() - alive) / static_cast<double>(groups.size());
  }
};

}  // namespace detail

/// `has_signal(rewards)`: whether the answers of a group differ in reward. Where they do not, every baseline that is an
/// average of them gives advantage 0, and the group teaches nothing.
///
/// *Arguments*: the rewards of one group; without any, or with one, there is no signal.
/// *Errors*: `invalid_value` for a NaN.
/// *Cost*: O(n), allocates nothing.
/// *Use*:
///     bellman::has_signal(std::array{1, 0, 1}) && !bellman::has_signal(std::array{1, 1})
inline constexpr detail::has_signal_fn has_signal{};

/// `groups_with_signal(rewards, grouping)`: the grouping without the groups whose rewards are all equal, such as those
/// of prompts that are always or never solved; what is computed over the batch then does not count them.
///
/// The rows stay where they are, and those left out get advantage 0. For another rule: `grouping.only_groups(keep)`.
///
/// *Arguments*: a random-access range of one reward a row, and the grouping of the rows. Rewards may be missing, as in
/// `by_group`; the rows of such are left out too.
/// *Errors*: `invalid_value` for a NaN, and for another number of rewards than rows.
/// *Cost*: O(n), allocates the new grouping.
/// *Source*: Yu et al. 2025 (DAPO), 3.2, dynamic sampling.
/// *Use*:
///     bellman::groups_with_signal(std::array{1, 1, 1, 0}, bellman::grouping::consecutive(4, 2)).size() == 1
inline constexpr detail::groups_with_signal_fn groups_with_signal{};

/// `share_without_signal(rewards, grouping)`: of all groups the part whose rewards are all equal, which teach nothing.
///
/// *Arguments*: as those of `groups_with_signal`.
/// *Errors*: those of `groups_with_signal`; where there is no group, `invalid_value`.
/// *Cost*: that of `groups_with_signal`.
/// *Use*:
///     bellman::share_without_signal(std::array{1, 1, 1, 0}, bellman::grouping::consecutive(4, 2)) == 0.5
inline constexpr detail::share_without_signal_fn share_without_signal{};

}  // namespace bellman
