// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/fold.hpp>
#include <bellman/decision/ending.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/internal/requirements.hpp>
#include <bellman/value/internal/steps_of_return.hpp>
#include <bellman/value/value_after.hpp>

#include <concepts>
#include <initializer_list>
#include <ranges>
#include <type_traits>
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
    using R = std::ranges::range_value_t<Rewards>;
    V const last = value_after<V>(ending);
    if constexpr (detail::rounds_like_a_float<V>) {
      // Without a discount it is a sum like any other.
      auto const checked = discount_for<R>(gamma);
      using F = std::remove_cvref_t<decltype(checked.value())>;
      if (is_zero(F(difference(checked.value(), F(1))))) {
        accumulator<V> all;
        if constexpr (std::same_as<R, V>) {
          all = internal::accumulated(rewards);
        } else {
          for (R const& r : rewards) all.add(internal::converted_to<V>(r));
        }
        all.add(last);
        return V(all.value());
      }
    }
    using W = sum_t<V>;
    return internal::converted_to<V>(
        fold(internal::steps_of_return<W>(std::forward<Rewards>(rewards), gamma), internal::converted_to<W>(last)));
  }
};

}  // namespace detail

/// `discounted_return(rewards, gamma)`: `G_0 = R_0 + gamma R_1 + gamma^2 R_2 + ...`, from `G_t = R_t + gamma G_{t+1}`;
/// `discounted_return(rewards, ending, gamma)`: the ending is `terminated{}` (the default) or `truncated{v}`, where `v`
/// stands for the return after the last step.
///
/// *Arguments*: any input range of rewards, scalars or vectors. A literal discount takes the rewards' scalar; integer
/// rewards are discounted in the discount's type. Of no rewards the return is 0, or `v`. Rewards that are floats are
/// discounted and summed in `double`, and the return is rounded once; undiscounted ones are added up as by an
/// `accumulator`.
/// *Errors*: `invalid_value` for a discount outside [0, 1].
/// *Cost*: O(n), allocates nothing.
/// *Laws*: the recursion; linear in the rewards; splitting the rewards at any step and giving the return of the second
/// part as `truncated{v}` to the first changes nothing (tests/laws/laws.hpp).
/// *Source*: foundation text, 2.1; Sutton and Barto 2018, (3.8).
/// *Use*:
///     bellman::discounted_return(std::array{1.0, 2.0, 4.0}, 0.5) == 3.0
inline constexpr detail::discounted_return_fn discounted_return{};

}  // namespace bellman
