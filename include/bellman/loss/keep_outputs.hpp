// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/internal/requirements.hpp>
#include <bellman/loss/normalisation.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <concepts>
#include <ranges>
#include <type_traits>
#include <utility>

namespace bellman {

namespace refused {

struct outputs_are_kept_between_two_normalisations_of_one_number_type {};
struct a_layer_has_weights_and_a_bias_of_the_numbers_of_its_normalisation {};

}  // namespace refused

namespace detail {

template <class N>
inline constexpr bool is_normalisation = false;
template <class F>
inline constexpr bool is_normalisation<normalisation<F>> = true;

// Before and after.
template <class Before, class After>
struct two_normalisations : internal::rule<(is_normalisation<Before> && std::same_as<Before, After>),
                                           refused::outputs_are_kept_between_two_normalisations_of_one_number_type> {};

template <class Weights, class Bias, class F>
concept layer_of = internal::row_of_numbers<Weights> && std::same_as<Bias, F> &&
    internal::can_be_multiplied<F, std::ranges::range_value_t<Weights>> &&
    requires(std::ranges::range_reference_t<Weights> w, F const& slope) {
  w = product(slope, w);
};

template <class Weights, class Bias, class Normalisation>
struct a_layer
    : internal::rule<layer_of<Weights, Bias, std::remove_cvref_t<decltype(std::declval<Normalisation>().scale())>>,
                     refused::a_layer_has_weights_and_a_bias_of_the_numbers_of_its_normalisation> {};

// Two normalisations, or weights and a bias before them.
template <class... Argument>
struct outputs_to_keep {
  using type = refused::outputs_are_kept_between_two_normalisations_of_one_number_type;
};
template <class Before, class After>
struct outputs_to_keep<Before, After> : two_normalisations<std::remove_cvref_t<Before>, std::remove_cvref_t<After>> {};
template <class Weights, class Bias, class Before, class After>
struct outputs_to_keep<Weights, Bias&, Before, After>
    : internal::every<two_normalisations<std::remove_cvref_t<Before>, std::remove_cvref_t<After>>,
                      a_layer<Weights, Bias, std::remove_cvref_t<Before>>> {};

struct keep_outputs_fn {
  template <class... Argument, class = typename outputs_to_keep<Argument...>::type::yes>
  constexpr auto operator()(Argument&&... arguments) const {
    return keep_outputs_fn::kept(arguments...);
  }

 private:
  template <class F>
  static constexpr affine<F, F> kept(normalisation<F> const& before, normalisation<F> const& after) {
    return {quotient(difference(before.shift(), after.shift()), after.scale()),
            quotient(before.scale(), after.scale())};
  }
  template <class Weights, class F>
  static constexpr void kept(Weights& weights, F& bias, normalisation<F> const& before, normalisation<F> const& after) {
    affine<F, F> const change = keep_outputs_fn::kept(before, after);
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
