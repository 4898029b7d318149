// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/vector.hpp>
#include <bellman/probability/statistics.hpp>

#include <cstddef>
#include <ranges>
#include <type_traits>

namespace bellman::internal {

namespace detail {

// f(values of one, weights of one) for each of the values, which are as many as the weights.
template <class Function, class Values>
constexpr void for_each_alone(Function const& f, Values& values) {
  for (std::ranges::range_value_t<Values> const& x : values) f(std::views::single(x));
}
template <class Function, class Values, class Weights>
constexpr void for_each_alone(Function const& f, Values& values, Weights& weights) {
  auto weight = std::ranges::begin(weights);
  for (std::ranges::range_value_t<Values> const& x : values) {
    std::ranges::range_value_t<Weights> const w = *weight;
    f(std::views::single(x), std::views::single(w));
    ++weight;
  }
}

}  // namespace detail

/// `statistics_of_the_others(columns...)`: for each value, with its weight, the statistics of all the others: of those
/// before it, merged with those behind it.
template <class... Columns>
constexpr auto statistics_of_the_others(Columns&... columns) {
  using S = std::remove_cvref_t<decltype(statistics_of(columns...))>;
  internal::vector<S> each;
  detail::for_each_alone([&](auto&&... alone) { each.push_back(statistics_of(alone...)); }, columns...);
  internal::vector<S> behind(each.size() + 1, S{});
  for (std::size_t i = each.size(); i-- > 0;) behind[i] = merged(each[i], behind[i + 1]);
  S before{};
  for (std::size_t i = 0; i < each.size(); ++i) {
    S const here = each[i];
    each[i] = merged(before, behind[i + 1]);
    before = merged(before, here);
  }
  return each;
}

}  // namespace bellman::internal
