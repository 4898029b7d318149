// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/as_number.hpp>
#include <bellman/scalar/maximum.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>

namespace bellman::conventions::openrlhf {

namespace detail {

[[noreturn]] inline void a_row_of_rewards_needs_one_flag_for_each_token(std::size_t tokens, std::size_t flags) {
  internal::refuse("bellman: a row of " + std::to_string(tokens) + " tokens has a mask of " + std::to_string(flags) +
                   "; both must be of one length above 0");
}

struct compute_reward_fn {
  template <class R, class F, class Kl, class Mask,
            class = typename internal::every<internal::a_number<R>, internal::a_number<F>,
                                             internal::a_column_of_numbers<std::remove_reference_t<Kl>>,
                                             internal::a_column_of_flags<std::remove_reference_t<Mask>>,
                                             internal::a_column_made_of<std::remove_reference_t<Kl>, R, F>>::type::yes>
  constexpr auto operator()(R const& reward, F const& beta, Kl&& kl, Mask&& mask) const {
    using V = number_t<std::ranges::range_value_t<Kl>>;
    auto const n = static_cast<std::size_t>(std::ranges::distance(kl));
    auto const flags = static_cast<std::size_t>(std::ranges::distance(mask));
    if (n != flags || n == 0) a_row_of_rewards_needs_one_flag_for_each_token(n, flags);
    auto rewards = internal::one_for_each<V>(kl);
    std::size_t last = n - 1;
    std::size_t t = 0;
    for (auto const& flag : mask) {
      if (flag != 0) last = t;
      ++t;
    }
    V const coefficient = maximum(V(0), static_cast<V>(beta));
    t = 0;
    for (auto const& k : kl) {
      V const own = t == last ? static_cast<V>(reward) : V(0);
      rewards[t] = difference(own, product(coefficient, static_cast<V>(k)));
      ++t;
    }
    return rewards;
  }
};

}  // namespace detail

/// `compute_reward(r, beta, kl, mask)`: a padded row of rewards, `-beta kl_t` everywhere, the padding included, and `r`
/// added at the last flag that is not 0, or in the last column if there is none.
///
/// *Arguments*: the reward; the weight of the penalty, where a negative one counts as 0; a row of estimates of the KL
/// and its flags. Clip `r` first where a range of rewards is given, `clamp(r, low, high)`.
/// *Errors*: rows of different lengths, and of none, throw `invalid_value`.
/// *Cost*: O(tokens).
/// *Use*:
///     bellman::conventions::openrlhf::compute_reward(5.0, 0.5, std::array{1.0, 2.0, 4.0}, std::array{1, 1, 0}) ==
///         std::array{-0.5, 4.0, -2.0}
inline constexpr detail::compute_reward_fn compute_reward{};

}  // namespace bellman::conventions::openrlhf
