// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/loss/normalisation.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <ranges>

namespace bellman {

namespace detail {

struct keep_outputs_fn {
  template <class F>
  constexpr affine<F, F> operator()(normalisation<F> const& before, normalisation<F> const& after) const {
    return {quotient(difference(before.shift(), after.shift()), after.scale()),
            quotient(before.scale(), after.scale())};
  }

  template <std::ranges::input_range Weights, class F>
  constexpr void operator()(Weights&& weights, F& bias, normalisation<F> const& before,
                            normalisation<F> const& after) const {
    affine<F, F> const change = (*this)(before, after);
    for (auto&& w : weights) w = product(change.slope, w);
    bias = change(bias);
  }
};

}  // namespace detail

/// `keep_outputs(before, after)`: the affine map of a normalised output that keeps the value it stands for;
/// `keep_outputs(weights, bias, before, after)`: the same for an output `w x + b` of a linear layer, in place:
/// `w' = scale / scale' w` and `b' = (scale b + shift - shift') / scale'`.
///
/// *Arguments*: two normalisations; the weights that lead to this output, and its bias.
/// *Cost*: O(1), and O(weights).
/// *Laws*: `after.denormalise()(map(n)) == before.denormalise()(n)`; of a layer the denormalised output is what it was,
/// for every input (tests/loss/keep_outputs.cpp).
/// *Source*: van Hasselt et al. 2016, proposition 1; Hessel et al. 2018, section 2.
/// *Use*:
///     bellman::keep_outputs(bellman::normalisation{0.0, 1.0}, bellman::normalisation{3.0, 2.0})(7.0) == 2.0
inline constexpr detail::keep_outputs_fn keep_outputs{};

}  // namespace bellman
