// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/scalar/scalar_traits.hpp>
#include <bellman/value/value_after.hpp>

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

/// `step<V>`: what a step of a recording is: `continues{}`, `terminated{}`, `truncated{v}` or `skipped{}`. A recording
/// that holds several episodes one after the other has a range of them, one for each reward.
///
/// *Arguments*: V, the type of the values after truncated steps.
/// *Errors*: a `truncated{}` without a value does not compile.
/// *Use*:
///     bellman::step<double>(bellman::truncated{10.0}).after() == 10.0
template <class V = double>
class step {
 public:
  constexpr step(continues = {}) {}
  constexpr step(skipped) : skipped_(true) {}
  constexpr step(terminated) : ended_(true) {}
  template <class X>
  constexpr step(truncated<X> const& cut) : ended_(true), after_(value_after<V>(cut)) {}

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
