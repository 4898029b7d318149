// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/internal/verdict.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/internal/requirements.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/scalar/field.hpp>

#include <vector>

namespace bellman {

namespace refused {

struct these_probabilities_are_no_numbers_of_the_ordered_field_named {};

}  // namespace refused

namespace detail {

template <class F, class D>
concept weights_become = ordered_field<F> && internal::can_weigh<internal::probability_of_t<D>, F> &&
    requires(internal::value_of_t<D> const& x, internal::probability_of_t<D> const& p) {
  weighted<internal::value_of_t<D>, F>{x, weigh(p, F(1))};
};

template <class F, class D>
using with_weights_in =
    internal::rule<weights_become<F, D>, refused::these_probabilities_are_no_numbers_of_the_ordered_field_named>;

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
/// *Arguments*: `F`: an ordered field; any distribution.
/// *Cost*: O(n).
/// *Use*:
///     bellman::weights_in<double>(bellman::uniform(std::array{'x', 'y'}))[1] == bellman::weighted{'y', 0.5}
template <class F>
inline constexpr detail::weights_in_fn<F> weights_in{};

}  // namespace bellman
