// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/estimator.hpp>
#include <bellman/estimation/estimator_fn.hpp>
#include <bellman/estimation/internal/estimate_type.hpp>
#include <bellman/views/estimates_view.hpp>
#include <bellman/views/internal/closure.hpp>
#include <bellman/views/internal/held.hpp>
#include <bellman/views/internal/requirements.hpp>

#include <cstddef>
#include <utility>

namespace bellman::internal {

/// The lazy view of an estimator, called with the rewards first or piped from them. Parameters in braces are `double`.
template <auto const& Function, class Order = deduced,
          std::size_t Columns = estimator_of<decltype(Function)>::columns::size>
struct estimates_fn;

template <auto const& Function, class Order>
struct estimates_fn<Function, Order, 0> {
  using estimator_type = estimator_of<decltype(Function)>;
  using braces = typename parameters_in_braces<estimator_type, double>::type;

  template <class Rewards, class Steps, class Parameters>
  using asks = a_view_of_estimates<estimator_type, typename estimator_type::columns, Rewards, Steps, Parameters>;

  template <class Rewards, class Steps, class Parameters = braces,
            class = typename asks<Rewards, Steps, Parameters>::type::yes>
  [[nodiscard]] constexpr auto operator()(Rewards&& rewards, Steps&& steps, Parameters&& p) const {
    using V = estimated_t<deduced, held_t<Steps>, held_t<Parameters>, estimator_type, Rewards>;
    return views::estimates_view<Order, estimator_type, V, held_t<Rewards>, held_t<Steps>, held_t<Parameters>>(
        internal::held(std::forward<Rewards>(rewards)), internal::held(std::forward<Steps>(steps)),
        internal::held(std::forward<Parameters>(p)));
  }
  template <class Steps, class Parameters = braces, class = typename asks<void, Steps, Parameters>::type::yes>
  [[nodiscard]] constexpr auto operator()(Steps&& steps, Parameters&& p) const {
    return internal::closure_of<estimates_fn>(std::forward<Steps>(steps), std::forward<Parameters>(p));
  }
};

template <auto const& Function, class Order>
struct estimates_fn<Function, Order, 1> {
  using estimator_type = estimator_of<decltype(Function)>;
  using braces = typename parameters_in_braces<estimator_type, double>::type;

  template <class Rewards, class A, class Steps, class Parameters>
  using asks = a_view_of_estimates<estimator_type, typename estimator_type::columns, Rewards, Steps, Parameters, A>;

  template <class Rewards, class A, class Steps, class Parameters = braces,
            class = typename asks<Rewards, A, Steps, Parameters>::type::yes>
  [[nodiscard]] constexpr auto operator()(Rewards&& rewards, A&& a, Steps&& steps, Parameters&& p) const {
    using V = estimated_t<deduced, held_t<Steps>, held_t<Parameters>, estimator_type, Rewards, A>;
    return views::estimates_view<Order, estimator_type, V, held_t<Rewards>, held_t<Steps>, held_t<Parameters>,
                                 held_t<A>>(
        internal::held(std::forward<Rewards>(rewards)), internal::held(std::forward<Steps>(steps)),
        internal::held(std::forward<Parameters>(p)), internal::held(std::forward<A>(a)));
  }
  template <class A, class Steps, class Parameters = braces,
            class = typename asks<void, A, Steps, Parameters>::type::yes>
  [[nodiscard]] constexpr auto operator()(A&& a, Steps&& steps, Parameters&& p) const {
    return internal::closure_of<estimates_fn>(std::forward<A>(a), std::forward<Steps>(steps),
                                              std::forward<Parameters>(p));
  }
};

}  // namespace bellman::internal
