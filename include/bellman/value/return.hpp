// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/fold.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/value/internal/requirements.hpp>
#include <bellman/value/internal/steps_of_return.hpp>
#include <bellman/value/value_after.hpp>

#include <initializer_list>
#include <utility>

namespace bellman {

namespace detail {

struct discounted_return_fn {
  template <class Rewards = std::initializer_list<double>, class G,
            class = typename internal::every<internal::a_range_of_numbers_or_vectors<Rewards>,
                                             internal::a_discount_of_range<G, Rewards>>::type::yes>
  constexpr auto operator()(Rewards&& rewards, G const& gamma) const {
    return (*this)(std::forward<Rewards>(rewards), terminated{}, gamma);
  }

  template <class Rewards = std::initializer_list<double>, class Ending, class G,
            class = typename internal::every<internal::a_range_of_numbers_or_vectors<Rewards>,
                                             internal::a_discount_of_range<G, Rewards>,
                                             internal::an_ending_of_range<Ending, Rewards, G>>::type::yes>
  constexpr auto operator()(Rewards&& rewards, Ending const& ending, G const& gamma) const {
    using V = internal::return_t<Rewards, G>;
    return fold(internal::steps_of_return<V>(std::forward<Rewards>(rewards), gamma), value_after<V>(ending));
  }
};

}  // namespace detail

/// `discounted_return(rewards, gamma)`: `G_0 = R_0 + gamma R_1 + gamma^2 R_2 + ...`, from `G_t = R_t + gamma G_{t+1}`;
/// `discounted_return(rewards, ending, gamma)`: the ending is `terminated{}` (the default) or `truncated{v}`, where `v`
/// stands for the return after the last step.
///
/// *Arguments*: any input range of rewards, scalars or vectors. A literal discount takes the rewards' scalar; integer
/// rewards are discounted in the discount's type. Of no rewards the return is 0, or `v`.
/// *Errors*: `invalid_value` for a discount outside [0, 1].
/// *Cost*: O(n), allocates nothing.
/// *Laws*: the recursion; linear in the rewards; splitting the rewards at any step and giving the return of the second
/// part as `truncated{v}` to the first changes nothing (tests/laws/laws.hpp).
/// *Source*: foundation text, 2.1; Sutton and Barto 2018, (3.8).
/// *Use*:
///     bellman::discounted_return(std::array{1.0, 2.0, 4.0}, 0.5) == 3.0
inline constexpr detail::discounted_return_fn discounted_return{};

}  // namespace bellman
