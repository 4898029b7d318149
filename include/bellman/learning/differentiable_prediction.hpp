// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/array_of.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/scalar/field.hpp>

#include <array>
#include <concepts>
#include <cstddef>
#include <utility>

namespace bellman {

namespace refused {

struct the_function_cannot_be_called_with_weights_of_dual_numbers_and_this_state_or_state_and_action {};

}  // namespace refused

namespace detail {

template <class F, class T, std::size_t N, class... Key>
concept function_of_weights = requires(F const& f, std::array<T, N> const& w, std::array<dual<T, N>, N> const& d,
                                       Key const&... key) {
  { f(w, key...) } -> std::convertible_to<T>;
  { f(d, key...) } -> std::convertible_to<dual<T, N>>;
};

template <class F, class T, std::size_t N, class... Key>
struct a_function_of_weights
    : internal::rule<
          function_of_weights<F, T, N, Key...>,
          refused::the_function_cannot_be_called_with_weights_of_dual_numbers_and_this_state_or_state_and_action> {
};

}  // namespace detail

/// `differentiable_prediction(weights, f)`: any function of weights and a state, or a state and an action, that can be
/// computed with dual numbers, which give its derivatives. Models `prediction_of`.
///
/// *Arguments*: the first weights, a `std::array`; a callable `f(weights, key...)` that takes an array of `T` and of
/// `dual<T, N>`.
/// *Cost*: the gradient: one call of `f` with N derivatives.
/// *Source*: Sutton and Barto, section 9.3.
/// *Use*:
///     bellman::differentiable_prediction(std::array{3.0},
///                                        [](auto const& w, int s) { return w[0] * w[0] * s; })(2) == 18.0
template <field T, std::size_t N, class F>
class differentiable_prediction {
 public:
  using value_type = T;

  constexpr differentiable_prediction(std::array<T, N> its_weights, F its_function)
      : weights_(std::move(its_weights)), function_(std::move(its_function)) {}

  template <class... Key, class = typename detail::a_function_of_weights<F, T, N, Key...>::type::yes>
  constexpr T operator()(Key const&... key) const {
    return function_(weights_, key...);
  }

  template <class Visit, class... Key, class = typename detail::a_function_of_weights<F, T, N, Key...>::type::yes>
  constexpr void gradient(Visit const& visit, Key const&... key) const {
    auto const variables =
        internal::array_of<N>([&](std::size_t k) { return dual<T, N>::variable(weights_[k], k); });
    dual<T, N> const x = function_(variables, key...);
    for (std::size_t k = 0; k < N; ++k) visit(k, T(x.derivative[k]));
  }

  constexpr std::array<T, N>& weights() & { return weights_; }
  constexpr std::array<T, N> const& weights() const& { return weights_; }
  constexpr std::array<T, N> weights() && { return std::move(weights_); }

 private:
  std::array<T, N> weights_;
  F function_;
};

}  // namespace bellman
