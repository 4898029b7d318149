// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/field.hpp>

#include <vector>

namespace bellman {

namespace detail {

template <class F, class D>
using with_weights_in = internal::a_weight_of<internal::probability_of_t<D>, F>;

template <class F>
struct weights_in_fn {
  template <class D, class = typename internal::every<internal::a_distribution<D>, with_weights_in<F, D>>::type::yes>
  constexpr auto operator()(D const& d) const {
    std::vector<weighted<support_t<D>, F>> points;
    for (auto&& e : d) points.push_back({e.value, weigh(e.probability, F(1))});
    return points;
  }
};

}  // namespace detail

/// `weights_in<F>(d)`: the same distribution with its probabilities as numbers of the field `F`; makes the weights of a
/// `dirac` or a `uniform` into numbers. Returns a `std::vector` of `weighted`.
///
/// *Arguments*: `F`: a field; any distribution.
/// *Cost*: O(n).
/// *Use*:
///     bellman::weights_in<double>(bellman::uniform(std::array{'x', 'y'}))[1] == bellman::weighted{'y', 0.5}
template <field F>
inline constexpr detail::weights_in_fn<F> weights_in{};

}  // namespace bellman
