// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/parts.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/discount.hpp>
#include <bellman/value/internal/requirements.hpp>

#include <concepts>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman::internal {

// What a return over these rewards is made of: the reward's own type, or the discount's if rewards are integers.
template <class R, class G>
struct return_of : return_of<computed_t<R>, G> {};
template <class R, class G>
  requires std::same_as<R, computed_t<R>>
struct return_of<R, G> {
  using scalar = discount_scalar_t<scalar_t<R>, G>;
  using type = std::conditional_t<std::is_arithmetic_v<R>, scalar,
                                  std::remove_cvref_t<decltype(product(std::declval<scalar>(), std::declval<R>()))>>;
};
template <class Rewards, class G>
using return_t = typename return_of<std::ranges::range_value_t<Rewards>, G>::type;

/// A discount for a range of rewards, and how an episode of them ends.
template <class G, class Rewards>
struct a_discount_of_range {
  using type = typename a_discount_for<G, std::ranges::range_value_t<Rewards>>::type;
};
template <class Ending, class Rewards, class G>
struct an_ending_of_range {
  using type = typename an_ending_of<Ending, return_t<Rewards, G>>::type;
};

template <class V, class F>
struct step_of_return {
  F gamma;
  template <class R>
  constexpr affine<V, F> operator()(R const& reward) const {
    return {internal::converted_to<V>(reward), gamma};
  }
};

/// The steps of an episode as affine maps, lazily.
template <class V, class Rewards, class G>
constexpr auto steps_of_return(Rewards&& rewards, G const& gamma) {
  auto const checked = discount_for<std::ranges::range_value_t<Rewards>>(gamma);
  using F = std::remove_cvref_t<decltype(checked.value())>;
  step_of_return<V, F> const map{checked.value()};
  if constexpr (std::ranges::viewable_range<Rewards>) {
    return std::views::transform(std::forward<Rewards>(rewards), map);
  } else {
    return std::views::transform(std::ranges::ref_view(rewards), map);  // an initializer list, which its caller keeps
  }
}

}  // namespace bellman::internal
