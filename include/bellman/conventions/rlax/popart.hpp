// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/conventions/internal/requirements.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/loss/keep_outputs.hpp>
#include <bellman/loss/normalisation.hpp>
#include <bellman/loss/target_moments.hpp>
#include <bellman/scalar/arithmetic.hpp>
#include <bellman/scalar/field.hpp>
#include <bellman/scalar/internal/requirements.hpp>

#include <concepts>
#include <cstddef>
#include <ranges>
#include <string>
#include <type_traits>
#include <vector>

// rlax's PopArt: the statistics of several outputs side by side, and a batch in which each target names its output.
namespace bellman::conventions::rlax {

/// `popart_state{shift, scale, second_moment}`: for each output the mean, the scale and the mean of squares.
template <ordered_field F>
struct popart_state {
  std::vector<F> shift;
  std::vector<F> scale;
  std::vector<F> second_moment;

  friend bool operator==(popart_state const&, popart_state const&) = default;
};

}  // namespace bellman::conventions::rlax

namespace bellman {

namespace refused {

struct this_is_no_state_of_popart {};
struct this_is_no_range_of_indices_that_can_be_walked_twice {};
struct these_are_no_weights_and_biases_of_a_layer_that_can_be_written {};

}  // namespace refused

namespace internal {

template <class State>
inline constexpr bool is_a_state_of_popart = false;
template <class F>
inline constexpr bool is_a_state_of_popart<conventions::rlax::popart_state<F>> = true;

template <class State>
using number_of_a_state_t = typename decltype(State::shift)::value_type;

template <class State>
using a_state_of_popart = rule<is_a_state_of_popart<State>, refused::this_is_no_state_of_popart>;
template <class State, class... X>
struct numbers_of_a_state : numbers_that_make<number_of_a_state_t<State>, X...> {};
template <class State>
struct a_state_with_roots : a_number_with_an_exponential<number_of_a_state_t<State>> {};
template <class Indices>
using a_forward_range_of_indices = rule<(std::ranges::forward_range<Indices> && std::integral<elements_of_t<Indices>> &&
                                         !is_a_letter<elements_of_t<Indices>>),
                                        refused::this_is_no_range_of_indices_that_can_be_walked_twice>;

template <class F, class Rows, class Biases>
concept layer_of = std::ranges::forward_range<Rows> && std::ranges::viewable_range<Rows&> &&
    std::ranges::random_access_range<typename rows_of<Rows>::type> &&
    std::assignable_from<std::ranges::range_reference_t<typename rows_of<Rows>::type>, F const&>&&
        number<elements_of_t<typename rows_of<Rows>::type>> && std::ranges::random_access_range<Biases> &&
            std::same_as<std::ranges::range_reference_t<Biases>, F&>;
template <class State, class Rows, class Biases>
struct a_linear_layer_of : rule<layer_of<number_of_a_state_t<State>, std::remove_reference_t<Rows>, Biases>,
                                refused::these_are_no_weights_and_biases_of_a_layer_that_can_be_written> {};

}  // namespace internal

}  // namespace bellman

namespace bellman::conventions::rlax {

namespace detail::popart {

[[noreturn]] inline void an_index_must_name_an_output(std::size_t index, std::size_t outputs) {
  internal::refuse("bellman::conventions::rlax: index " + std::to_string(index) + " names no output; there are " +
                   std::to_string(outputs));
}
[[noreturn]] inline void every_target_must_have_an_index(std::size_t targets, std::size_t indices) {
  internal::refuse("bellman::conventions::rlax: " + std::to_string(targets) + " targets and " +
                   std::to_string(indices) + " indices; there must be one for each");
}
[[noreturn]] inline void a_row_must_have_a_weight_for_each_output(std::size_t weights, std::size_t outputs) {
  internal::refuse("bellman::conventions::rlax: a row of " + std::to_string(weights) + " weights; there are " +
                   std::to_string(outputs) + " outputs");
}

template <class F>
constexpr normalisation<F> normaliser(popart_state<F> const& state, std::size_t index) {
  if (index >= state.shift.size()) detail::popart::an_index_must_name_an_output(index, state.shift.size());
  return {state.shift[index], state.scale[index]};
}

template <class F>
struct initial_state_fn {
  constexpr popart_state<F> operator()(std::size_t num_outputs) const {
    return {std::vector<F>(num_outputs, F(0)), std::vector<F>(num_outputs, F(1)), std::vector<F>(num_outputs, F(1))};
  }
};

struct normalize_fn {
  template <class State, class X,
            class = typename internal::every<internal::a_state_of_popart<State>, internal::a_number<X>,
                                             internal::numbers_of_a_state<State, X>>::type::yes>
  constexpr auto operator()(State const& state, X const& unnormalized, std::size_t index) const {
    using F = internal::number_of_a_state_t<State>;
    return popart::normaliser(state, index).normalise(static_cast<F>(unnormalized));
  }
};

struct unnormalize_fn {
  template <class State, class X,
            class = typename internal::every<internal::a_state_of_popart<State>, internal::a_number<X>,
                                             internal::numbers_of_a_state<State, X>>::type::yes>
  constexpr auto operator()(State const& state, X const& normalized, std::size_t index) const {
    using F = internal::number_of_a_state_t<State>;
    return popart::normaliser(state, index).denormalise()(static_cast<F>(normalized));
  }
};

struct art_fn {
  template <class State, class Targets, class Indices, class S, class L, class U,
            class = typename internal::every<
                internal::a_state_of_popart<State>, internal::a_forward_range_of_numbers<Targets>,
                internal::a_forward_range_of_indices<Indices>, internal::a_number<S>, internal::a_number<L>,
                internal::a_number<U>, internal::numbers_of_a_state<State, internal::elements_of_t<Targets>, S, L, U>,
                internal::a_state_with_roots<State>>::type::yes>
  constexpr State operator()(State const& state, Targets&& targets, Indices&& indices, S const& step_size,
                             L const& scale_lb, U const& scale_ub) const {
    using F = internal::number_of_a_state_t<State>;
    F const step = static_cast<F>(step_size);
    auto const n = static_cast<std::size_t>(std::ranges::distance(targets));
    auto const m = static_cast<std::size_t>(std::ranges::distance(indices));
    if (n != m) every_target_must_have_an_index(n, m);
    std::size_t const outputs = state.shift.size();
    std::vector<affine<F, F>> mean(outputs, affine<F, F>::identity());
    std::vector<affine<F, F>> second(outputs, affine<F, F>::identity());
    auto const add = [&](affine<F, F>& map, F const& target) {
      map = {sum(map.offset, product(step, target)), difference(map.slope, step)};
    };
    auto index = std::ranges::begin(indices);
    for (auto&& each : targets) {
      F const target = static_cast<F>(each);
      auto const k = static_cast<std::size_t>(*index++);
      if (k >= outputs) detail::popart::an_index_must_name_an_output(k, outputs);
      add(mean[k], target);
      add(second[k], product(target, target));
    }
    popart_state<F> next = state;
    for (std::size_t k = 0; k < outputs; ++k) {
      next.shift[k] = mean[k](state.shift[k]);
      next.second_moment[k] = second[k](state.second_moment[k]);
      // As rlax computes it, whatever that loses.
      F const variance = difference(next.second_moment[k], product(next.shift[k], next.shift[k]));
      target_moments<F> const moments{next.shift[k], variance};
      next.scale[k] = moments.normaliser(static_cast<F>(scale_lb), static_cast<F>(scale_ub)).scale();
    }
    return next;
  }
};

struct pop_fn {
  template <class Rows, class Biases, class State,
            class = typename internal::every<internal::a_state_of_popart<State>,
                                             internal::a_linear_layer_of<State, Rows, Biases>>::type::yes>
  constexpr void operator()(Rows&& w, Biases&& b, State const& before, State const& after) const {
    std::size_t const outputs = before.shift.size();
    for (auto&& row : w) {
      auto const n = static_cast<std::size_t>(std::ranges::distance(row));
      if (n != outputs) a_row_must_have_a_weight_for_each_output(n, outputs);
    }
    for (std::size_t k = 0; k < outputs; ++k) {
      auto const weight = [k](auto&& row) -> decltype(auto) { return internal::element_at(row, k); };
      keep_outputs(w | std::views::transform(weight), internal::element_at(b, k), popart::normaliser(before, k),
                   popart::normaliser(after, k));
    }
  }
};

}  // namespace detail::popart

/// `popart_initial_state<F>(num_outputs)`: shift 0, scale 1, second moment 1.
///
/// *Use*:
///     bellman::conventions::rlax::popart_initial_state<double>(2).scale == std::vector{1.0, 1.0}
template <ordered_field F>
inline constexpr detail::popart::initial_state_fn<F> popart_initial_state{};

/// `normalize(state, unnormalized, index)`: `(unnormalized - shift) / scale` of the output `index`.
///
/// *Errors*: an index that names no output throws `invalid_value`.
/// *Use*:
///     bellman::conventions::rlax::normalize(
///         bellman::conventions::rlax::popart_initial_state<double>(2), 3.0, 1) == 3.0
inline constexpr detail::popart::normalize_fn normalize{};

/// `unnormalize(state, normalized, index)`: `scale normalized + shift` of the output `index`.
///
/// *Errors*: an index that names no output throws `invalid_value`.
/// *Use*:
///     bellman::conventions::rlax::unnormalize(
///         bellman::conventions::rlax::popart_initial_state<double>(2), 3.0, 1) == 3.0
inline constexpr detail::popart::unnormalize_fn unnormalize{};

/// `art(state, targets, indices, step_size, scale_lb, scale_ub)`: the state after a batch.
///
/// All updates of one output are summed, each taken from the state before: `k` targets of it are one affine map
/// `x -> step_size sum(targets) + (1 - k step_size) x`, where `follow_target` one by one has the slope
/// `(1 - step_size)^k`. With `k step_size > 1` the mean shoots past the targets.
///
/// *Arguments*: a state; targets and, for each, the index of its output; a step size; the bounds of a scale.
/// *Errors*: an index that names no output, targets and indices of two lengths, and bounds that are not above 0 and in
/// order throw `invalid_value`.
/// *Cost*: O(targets + outputs).
/// *Use*:
///     bellman::conventions::rlax::art(bellman::conventions::rlax::popart_initial_state<double>(1), std::array{4.0},
///                                     std::array{0}, 0.5, 0.001, 1000.0).shift == std::vector{2.0}
inline constexpr detail::popart::art_fn art{};

/// `pop(w, b, before, after)`: changes a linear layer so that what it puts out means the same under another state.
///
/// *Arguments*: `w[i][k]` leads from input `i` to output `k`, `b[k]` is its bias; both are changed in place.
/// *Errors*: a row that has not one weight for each output throws `invalid_value`.
/// *Cost*: O(weights).
/// *Laws*: the outputs mean what they did, for every input (tests/conventions/rlax/popart.cpp).
/// *Use*:
///     [] {
///       std::vector<std::vector<double>> w{{6.0}};
///       std::vector b{4.0};
///       bellman::conventions::rlax::popart_state<double> const after{{0.0}, {2.0}, {4.0}};
///       bellman::conventions::rlax::pop(w, b, bellman::conventions::rlax::popart_initial_state<double>(1), after);
///       return w[0][0] == 3.0 && b[0] == 2.0;
///     }()
inline constexpr detail::popart::pop_fn pop{};

}  // namespace bellman::conventions::rlax
