// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/learning/feature.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace refused {

struct the_features_cannot_be_called_with_this_state_or_this_state_and_action {};
struct features_are_one_number_for_each_weight_or_components_or_the_index_of_the_only_one_that_is_1 {};

}  // namespace refused

namespace detail {

[[noreturn]] inline void there_must_be_a_feature_for_each_weight(std::size_t features, std::size_t weights) {
  internal::refuse("bellman: " + std::to_string(features) + " features and " + std::to_string(weights) +
                   " weights; there must be one for each");
}
[[noreturn]] inline void the_index_of_a_feature_must_lie_below_the_number_of_weights(std::size_t index,
                                                                                     std::size_t weights) {
  internal::refuse("bellman: a feature has the index " + std::to_string(index) + "; it must lie below " +
                   std::to_string(weights) + ", the number of weights");
}

template <class X>
using elements_of_features = std::ranges::range_value_t<X const>;
template <class X, class V>
concept sparse_features = std::ranges::forward_range<X const> && requires(elements_of_features<X> const& x) {
  { x.index } -> std::convertible_to<std::size_t>;
  { x.value } -> std::convertible_to<V>;
};
template <class X, class V>
concept dense_features = std::ranges::forward_range<X const> && internal::elements_are_numbers<X const> &&
                         std::convertible_to<std::ranges::range_value_t<X const>, V>;

template <class F, class V, class... Key>
consteval auto judge_features() {
  if constexpr (!requires(F const& f, Key const&... key) { f(key...); }) {
    return refused::the_features_cannot_be_called_with_this_state_or_this_state_and_action{};
  } else {
    using X = std::remove_cvref_t<decltype(std::declval<F const&>()(std::declval<Key const&>()...))>;
    return typename internal::rule<
        (internal::whole_number<X> || sparse_features<X, V> || dense_features<X, V>),
        refused::features_are_one_number_for_each_weight_or_components_or_the_index_of_the_only_one_that_is_1>::type{};
  }
}
template <class F, class V, class... Key>
struct features_of {
  using type = decltype(detail::judge_features<F, V, Key...>());
};

}  // namespace detail

/// `linear_prediction(n, features)`, `linear_prediction(weights, features)`: the sum of
/// the weights, each times a feature of the state, or of the state and the action. Models `prediction_of`; the features
/// are its gradient.
///
/// Features are one of these, where a table, tiles and polynomials are cases:
///  - a range of n numbers;
///  - a range of `feature`, of those that are not zero, each index once;
///  - an integer, the index of the only one that is not zero, which is 1: state aggregation.
///
/// *Arguments*: the number of weights, which are `double` and 0 at first, or a `std::vector` of them; a callable of a
/// state, or of a state and an action.
/// *Errors*: `invalid_value`, when called, for another number of features, and for an index that is too large.
/// *Cost*: one call of the features, and a multiply-add for each.
/// *Source*: Sutton and Barto, section 9.4.
/// *Use*:
///     bellman::linear_prediction(std::vector{2.0, 3.0}, [](int s) { return std::array{1, s}; })(4) == 14.0
template <field V, class Features>
class linear_prediction {
 public:
  using value_type = V;

  constexpr linear_prediction(std::vector<V> its_weights, Features its_features)
      : weights_(std::move(its_weights)), features_(std::move(its_features)) {}
  constexpr linear_prediction(std::size_t n, Features its_features)
      : linear_prediction(std::vector<V>(n, V(0)), std::move(its_features)) {}

  template <class... Key, class = typename detail::features_of<Features, V, Key...>::type::yes>
  constexpr V operator()(Key const&... key) const {
    accumulator<V> total;
    walk([&](std::size_t i, V const& x) { total.add(V(product(x, weights_[i]))); }, key...);
    return V(total.value());
  }

  template <class Visit, class... Key, class = typename detail::features_of<Features, V, Key...>::type::yes>
  constexpr void gradient(Visit const& visit, Key const&... key) const {
    walk(visit, key...);
  }

  constexpr std::vector<V>& weights() & { return weights_; }
  constexpr std::vector<V> const& weights() const& { return weights_; }
  constexpr std::vector<V> weights() && { return std::move(weights_); }

 private:
  template <class Visit, class... Key>
  constexpr void walk(Visit const& visit, Key const&... key) const {
    auto const& all = features_(key...);
    using X = std::remove_cvref_t<decltype(all)>;
    if constexpr (internal::whole_number<X>) {
      auto const i = static_cast<std::size_t>(all);
      check(i);
      visit(i, V(1));
    } else if constexpr (detail::sparse_features<X, V>) {
      for (auto const& x : all) {
        auto const i = static_cast<std::size_t>(x.index);
        check(i);
        visit(i, static_cast<V>(x.value));
      }
    } else {
      auto const n = static_cast<std::size_t>(std::ranges::distance(all));
      if (n != weights_.size()) detail::there_must_be_a_feature_for_each_weight(n, weights_.size());
      std::size_t i = 0;
      for (auto const& x : all) visit(i++, static_cast<V>(x));
    }
  }
  constexpr void check(std::size_t i) const {
    if (!(i < weights_.size())) {
      detail::the_index_of_a_feature_must_lie_below_the_number_of_weights(i, weights_.size());
    }
  }

  std::vector<V> weights_;
  Features features_;
};

template <class V, class Features>
linear_prediction(std::vector<V>, Features) -> linear_prediction<V, Features>;
template <std::integral N, class Features>
linear_prediction(N, Features) -> linear_prediction<double, Features>;

}  // namespace bellman
