// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/internal/verdict.hpp>
#include <bellman/scalar/internal/requirements.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/value_after.hpp>

#include <concepts>

namespace bellman {

/// `continues{}`: the episode goes on after this step.
struct continues {
  friend bool operator==(continues, continues) = default;
};

/// `skipped{}`: this step is not the policy's own, such as a token that a tool wrote: credit passes through it
/// undiminished, and its reward and value are not read.
struct skipped {
  friend bool operator==(skipped, skipped) = default;
};

namespace refused {

struct a_truncated_episode_needs_the_value_of_the_state_after_it {};
struct what_comes_after_an_end_is_not_of_the_numbers_of_the_estimates {};

}  // namespace refused

namespace internal {

template <class V, class X>
struct a_value_after_a_step : rule<std::constructible_from<V, X const&>,
                                   refused::what_comes_after_an_end_is_not_of_the_numbers_of_the_estimates> {};
template <class V>
struct a_value_after_a_step<V, void> {
  using type = refused::a_truncated_episode_needs_the_value_of_the_state_after_it;
};

}  // namespace internal

/// `step<V>`: what a step of a recording is: `continues{}`, `terminated{}`, `truncated{v}` or `skipped{}`. A recording
/// that holds several episodes one after the other has a range of them, one for each reward.
///
/// *Arguments*: V, the type of the values after truncated steps.
/// *Errors*: a `truncated{}` without a value does not compile.
/// *Use*:
///     bellman::step<double>(bellman::truncated{10.0}).after() == 10.0
template <internal::number_or_vector V = double>
class step {
 public:
  constexpr step(continues = {}) {}
  constexpr step(skipped) : skipped_(true) {}
  constexpr step(terminated) : ended_(true) {}
  template <class X, class = typename internal::a_value_after_a_step<V, X>::type::yes>
  constexpr step(truncated<X> const& cut) : ended_(true), after_(value_after<V>(cut)) {}
  // Chosen where there is no such value, so that the compiler's message is of this one alone.
  template <class X, class Reason = typename internal::a_value_after_a_step<V, X>::type>
    requires(!std::same_as<Reason, internal::accepted>)
  step(truncated<X> const& cut) = delete;

  constexpr bool is_skipped() const { return skipped_; }
  /// Terminated or truncated.
  constexpr bool is_ended() const { return ended_; }
  /// What the state after an ended step is worth: 0 after a terminated one.
  constexpr V const& after() const { return after_; }

  friend bool operator==(step const&, step const&) = default;

 private:
  bool skipped_ = false;
  bool ended_ = false;
  V after_ = scalar_traits<V>::zero();
};

}  // namespace bellman
