// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/requirements.hpp>

#include <type_traits>
#include <utility>
#include <vector>

namespace bellman {

namespace detail {

struct map_fn {
  template <class D, class F,
            class = typename internal::every<internal::a_distribution<D>,
                                             internal::a_function_of_the_values_of<F, D>>::type::yes>
  constexpr auto operator()(D const& d, F&& f) const {
    using Y = std::remove_cvref_t<decltype(f(std::declval<support_t<D> const&>()))>;
    std::vector<weighted<Y, probability_t<D>>> points;
    for (auto&& e : d) points.push_back({f(e.value), e.probability});
    return points;
  }
};

}  // namespace detail

/// `map(d, f)`: the distribution of `f(X)` for `X` distributed as `d`.
///
/// Returns a `std::vector` of `weighted`, one for each element of `d`: values that `f` makes equal stay apart, and
/// their probabilities add up.
///
/// *Arguments*: `d`: a distribution; `f`: a callable of its values.
/// *Cost*: O(n) calls of `f`.
/// *Laws*: `expectation(map(d, f), g) == expectation(d, x -> g(f(x)))`: tests/probability/map.cpp.
/// *Use*:
///     bellman::map(bellman::dirac{3}, [](int x) { return x * x; }).front().value == 9
inline constexpr detail::map_fn map{};

}  // namespace bellman
