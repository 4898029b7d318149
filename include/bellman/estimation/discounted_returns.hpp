// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/scan.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/internal/discounted_rewards.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/estimation/steps_or_ending.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/layout/layout.hpp>
#include <bellman/scalar/register_width.hpp>
#include <bellman/value/internal/steps_of_return.hpp>
#include <bellman/value/value_after.hpp>

#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct rewards_are_followed_by_an_ending_a_discount_and_an_output {};

}  // namespace refused

namespace detail {

template <class Machine>
struct discounted_returns_fn {
  template <class Rewards, class First, class... Rest,
            class = typename internal::every<
                internal::rule<(sizeof...(Rest) < 2 + internal::is_ending<First>),
                               refused::rewards_are_followed_by_an_ending_a_discount_and_an_output>,
                internal::discounted_rewards_in_any_layout<Rewards, First, Rest...>>::type::yes>
  constexpr auto operator()(Rewards&& rewards, First const& first, Rest const&... rest) const {
    if constexpr (internal::is_ending<First>) {
      return returns(std::forward<Rewards>(rewards), first, rest...);
    } else {
      return returns(std::forward<Rewards>(rewards), terminated{}, first, rest...);
    }
  }

 private:
  template <class Rewards, class Ending, class G>
  static constexpr auto returns(Rewards&& rewards, Ending const& ending, G const& gamma) {
    if constexpr (layout<Rewards>) {
      return returns_to_go_in<internal::return_t<internal::one_sequence_t<Rewards>, G>>(rewards, ending, gamma);
    } else {
      auto all = internal::one_for_each<internal::return_t<Rewards, G>>(rewards);
      returns(std::forward<Rewards>(rewards), ending, gamma, all.begin());
      return all;
    }
  }
  template <class Rewards, class Ending, class G, class Out>
  static constexpr Out returns(Rewards&& rewards, Ending const& ending, G const& gamma, Out out) {
    using V = internal::return_t<internal::one_sequence_t<Rewards>, G>;
    if constexpr (layout<Rewards> || std::ranges::random_access_range<std::remove_cvref_t<Rewards> const&>) {
      return returns_to_go_in<V>(rewards, ending, gamma, out);
    } else {
      Out const end = out + static_cast<std::iter_difference_t<Out>>(std::ranges::distance(rewards));
      backward_scan(internal::steps_of_return<V>(std::forward<Rewards>(rewards), gamma), value_after<V>(ending), end);
      return end;
    }
  }
};

}  // namespace detail

/// `discounted_returns(rewards, gamma)`, `discounted_returns(rewards, ending, gamma)`: every
/// `G_t = R_t + gamma G_{t+1}` of one episode, which ended as is said: `terminated{}`, where nothing is, or
/// `truncated{v}`, where `v` stands for the return after the last step.
///
/// *Arguments*: rewards that can be walked back from their end, of scalars or vectors. A `std::array` gives a
/// `std::array`, other ranges a `std::vector`; a last argument `out` writes into the caller's memory (which may be that
/// of the rewards) and returns its end. Rewards of several sequences may be laid out in any way, and outputs alike. A literal discount takes the rewards' scalar; integer rewards are discounted in
/// the discount's type.
/// *Errors*: `invalid_value` for a discount outside [0, 1].
/// *Cost*: O(n), one multiply-add a reward; nothing is allocated but the result.
/// *Laws*: they are the `returns_to_go` of one episode; the first is the `discounted_return` (tests/laws).
/// *Source*: foundation text, 2.1; Sutton and Barto 2018, (3.8).
/// *Use*:
///     bellman::discounted_returns(std::array{1.0, 2.0}, 0.5) == std::array{2.0, 2.0}
inline constexpr detail::discounted_returns_fn<internal::this_machine> discounted_returns{};

}  // namespace bellman
