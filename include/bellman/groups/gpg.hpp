// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/groups/by_group.hpp>
#include <bellman/groups/groups_with_signal.hpp>
#include <bellman/groups/grpo.hpp>
#include <bellman/groups/internal/layouts.hpp>
#include <bellman/groups/internal/of_batch.hpp>
#include <bellman/groups/internal/places.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>

#include <cstddef>
#include <ranges>

namespace bellman {

namespace detail {

struct answers_with_signal {
  std::size_t all = 0;
  std::size_t some = 0;
};

struct gpg_method {
  template <class Groups>
  constexpr auto of_batch(Groups const& groups) const {
    auto const counted = groups.fold(
        [](auto&& rewards) {
          auto const n = static_cast<std::size_t>(std::ranges::distance(rewards));
          return answers_with_signal{n, has_signal(rewards) ? n : 0};
        },
        [](answers_with_signal const& a, answers_with_signal const& b) {
          return answers_with_signal{a.all + b.all, a.some + b.some};
        });
    return [counted](auto&& rewards) {
      using A = internal::advantage_t<decltype(rewards)>;
      A alpha(1);
      if (counted.some != 0) alpha = quotient(as_number<A>(counted.all), as_number<A>(counted.some));
      return [alpha, centred = internal::of_batch(dr_grpo, internal::one_group(rewards))(rewards)](
                 auto const& reward) mutable { return product(alpha, static_cast<A>(centred(reward))); };
    };
  }
};

}  // namespace detail

/// `gpg(rewards, grouping)`: `alpha (r - mean)`, where `alpha` makes up for the groups without signal: the number of
/// answers divided by the number of those in groups whose rewards differ. Of no such group, all 0.
///
/// *Arguments*: forms as in `group_advantages`.
/// *Errors*: those of `group_advantages`.
/// *Cost*: O(n), three passes over a group.
/// *Source*: Chu et al. 2025.
/// *Use*:
///     bellman::gpg(std::vector{1.0, 0.0, 1.0, 1.0}, bellman::grouping::consecutive(4, 2)) ==
///         std::vector{1.0, -1.0, 0.0, 0.0}
inline constexpr by_group<detail::gpg_method> gpg{};

}  // namespace bellman
