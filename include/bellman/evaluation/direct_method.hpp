// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/internal/length_of.hpp>
#include <bellman/evaluation/internal/episode_numbers.hpp>
#include <bellman/evaluation/internal/evaluation_fn.hpp>
#include <bellman/value/value_after.hpp>

#include <cstddef>

namespace bellman {

namespace detail {

struct by_model : internal::of_modelled_episodes {
  static constexpr std::size_t discounts = 0;

  template <class V, class E>
  static constexpr V of(E const& e) {
    internal::check_length("state values", e.state_values, internal::length_of(e.rewards));
    if (internal::length_of(e.state_values) == 0) return value_after<V>(e.ending);
    return internal::number_at_step<V>(e.state_values, 0);
  }
  // No episode is weighed.
  template <class V, class E>
  static constexpr V weight_of(E const&) {
    return V(1);
  }
};

}  // namespace detail

/// `direct_method(episode)`: the model's value of the first state, `V(S_0)`. Of a range the mean, whose error is that
/// of the drawn first states alone: how wrong the model is, it does not show.
///
/// *Arguments*: an episode is a `modelled_episode` or anything with its members; of one without steps the value is what
/// its ending says.
/// *Errors*: `invalid_value` for lengths that differ, and for an empty range.
/// *Cost*: constant for each episode.
/// *Use*:
///     bellman::direct_method(bellman::modelled_episode{std::array{1.0}, std::array{2.0}, std::array{3.0},
///                                                      std::array{4.0}}) == 4.0
inline constexpr internal::evaluation_fn<detail::by_model> direct_method{};

}  // namespace bellman
