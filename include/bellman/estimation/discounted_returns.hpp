// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/scan.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/estimation/returns_to_go.hpp>
#include <bellman/internal/one_for_each.hpp>
#include <bellman/scalar/register_width.hpp>
#include <bellman/value/internal/steps_of_return.hpp>
#include <bellman/value/value_after.hpp>

#include <iterator>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

namespace detail {

// A range whose end can be walked back from.
template <class R>
concept backward_range = std::ranges::bidirectional_range<R> && std::ranges::common_range<R>;

template <class Machine>
struct discounted_returns_fn {
  template <backward_range Rewards, class G>
  constexpr auto operator()(Rewards&& rewards, G const& gamma) const {
    return (*this)(std::forward<Rewards>(rewards), gamma, terminated{});
  }

  template <backward_range Rewards, class G, class Ending>
    requires(!std::input_or_output_iterator<Ending>)
  constexpr auto operator()(Rewards&& rewards, G const& gamma, Ending const& ending) const {
    auto returns = internal::one_for_each<internal::return_t<Rewards, G>>(rewards);
    (*this)(std::forward<Rewards>(rewards), gamma, ending, returns.begin());
    return returns;
  }

  template <backward_range Rewards, class G, std::random_access_iterator Out>
  constexpr Out operator()(Rewards&& rewards, G const& gamma, Out out) const {
    return (*this)(std::forward<Rewards>(rewards), gamma, terminated{}, out);
  }

  template <backward_range Rewards, class G, class Ending, std::random_access_iterator Out>
  constexpr Out operator()(Rewards&& rewards, G const& gamma, Ending const& ending, Out out) const {
    using V = internal::return_t<Rewards, G>;
    if constexpr (std::ranges::random_access_range<std::remove_cvref_t<Rewards> const&>) {
      return returns_to_go_in<V>(rewards, ending, gamma, out);
    } else {
      Out const end = out + static_cast<std::iter_difference_t<Out>>(std::ranges::distance(rewards));
      backward_scan(internal::steps_of_return<V>(std::forward<Rewards>(rewards), gamma), value_after<V>(ending), end);
      return end;
    }
  }
};

}  // namespace detail

/// `discounted_returns(rewards, gamma)`: every `G_t = R_t + gamma G_{t+1}` of one episode; a third argument says how it
/// ended: `terminated{}` (the default) or `truncated{v}`, where `v` stands for the return after the last step.
///
/// *Arguments*: rewards that can be walked back from their end, of scalars or vectors. A `std::array` gives a
/// `std::array`, other ranges a `std::vector`; a last argument `out` writes into the caller's memory (which may be that
/// of the rewards) and returns its end. A literal discount takes the rewards' scalar; integer rewards are discounted in
/// the discount's type.
/// *Errors*: `invalid_value` for a discount outside [0, 1].
/// *Cost*: O(n), one multiply-add a reward; nothing is allocated but the result.
/// *Laws*: they are the `returns_to_go` of one episode; the first is the `discounted_return` (tests/laws).
/// *Source*: foundation text, 2.1; Sutton and Barto 2018, (3.8).
/// *Use*:
///     bellman::discounted_returns(std::array{1.0, 2.0}, 0.5) == std::array{2.0, 2.0}
inline constexpr detail::discounted_returns_fn<internal::this_machine> discounted_returns{};

}  // namespace bellman
