// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/affine/affine.hpp>
#include <bellman/internal/element_at.hpp>
#include <bellman/internal/refuse.hpp>
#include <bellman/loss/keep_outputs.hpp>
#include <bellman/loss/normalisation.hpp>
#include <bellman/loss/target_moments.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <cstddef>
#include <ranges>
#include <string>
#include <vector>

// rlax's PopArt: the statistics of several outputs side by side, and a batch in which each target names its output.
namespace bellman::conventions::rlax {

/// `popart_state{shift, scale, second_moment}`: for each output the mean, the scale and the mean of squares.
template <class F>
struct popart_state {
  std::vector<F> shift;
  std::vector<F> scale;
  std::vector<F> second_moment;

  friend bool operator==(popart_state const&, popart_state const&) = default;
};

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

}  // namespace detail::popart

/// `popart_initial_state<F>(num_outputs)`: shift 0, scale 1, second moment 1.
///
/// *Use*:
///     bellman::conventions::rlax::popart_initial_state<double>(2).scale == std::vector{1.0, 1.0}
template <class F>
constexpr popart_state<F> popart_initial_state(std::size_t num_outputs) {
  return {std::vector<F>(num_outputs, F(0)), std::vector<F>(num_outputs, F(1)), std::vector<F>(num_outputs, F(1))};
}

/// `normalize(state, unnormalized, index)`: `(unnormalized - shift) / scale` of the output `index`.
///
/// *Errors*: an index that names no output throws `invalid_value`.
/// *Use*:
///     bellman::conventions::rlax::normalize(
///         bellman::conventions::rlax::popart_initial_state<double>(2), 3.0, 1) == 3.0
template <class F>
constexpr F normalize(popart_state<F> const& state, F const& unnormalized, std::size_t index) {
  return detail::popart::normaliser(state, index).normalise(unnormalized);
}

/// `unnormalize(state, normalized, index)`: `scale normalized + shift` of the output `index`.
///
/// *Errors*: an index that names no output throws `invalid_value`.
/// *Use*:
///     bellman::conventions::rlax::unnormalize(
///         bellman::conventions::rlax::popart_initial_state<double>(2), 3.0, 1) == 3.0
template <class F>
constexpr F unnormalize(popart_state<F> const& state, F const& normalized, std::size_t index) {
  return detail::popart::normaliser(state, index).denormalise()(normalized);
}

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
template <std::ranges::forward_range Targets, std::ranges::forward_range Indices, class F>
constexpr popart_state<F> art(popart_state<F> const& state, Targets&& targets, Indices&& indices, F const& step_size,
                              F const& scale_lb, F const& scale_ub) {
  auto const n = static_cast<std::size_t>(std::ranges::distance(targets));
  auto const m = static_cast<std::size_t>(std::ranges::distance(indices));
  if (n != m) detail::popart::every_target_must_have_an_index(n, m);
  std::size_t const outputs = state.shift.size();
  std::vector<affine<F, F>> mean(outputs, affine<F, F>::identity());
  std::vector<affine<F, F>> second(outputs, affine<F, F>::identity());
  auto const add = [&](affine<F, F>& map, F const& target) {
    map = {sum(map.offset, product(step_size, target)), difference(map.slope, step_size)};
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
    target_moments<F> const moments{mean[k](state.shift[k]), second[k](state.second_moment[k])};
    next.shift[k] = moments.mean;
    next.second_moment[k] = moments.second;
    next.scale[k] = moments.normaliser(scale_lb, scale_ub).scale();
  }
  return next;
}

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
template <std::ranges::forward_range Rows, std::ranges::random_access_range Biases, class F>
constexpr void pop(Rows&& w, Biases&& b, popart_state<F> const& before, popart_state<F> const& after) {
  std::size_t const outputs = before.shift.size();
  for (auto&& row : w) {
    auto const n = static_cast<std::size_t>(std::ranges::distance(row));
    if (n != outputs) detail::popart::a_row_must_have_a_weight_for_each_output(n, outputs);
  }
  for (std::size_t k = 0; k < outputs; ++k) {
    auto const weight = [k](auto&& row) -> decltype(auto) { return internal::element_at(row, k); };
    keep_outputs(w | std::views::transform(weight), internal::element_at(b, k), detail::popart::normaliser(before, k),
                 detail::popart::normaliser(after, k));
  }
}

}  // namespace bellman::conventions::rlax
