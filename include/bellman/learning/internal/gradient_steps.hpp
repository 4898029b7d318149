// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/learning/feature.hpp>
#include <bellman/learning/internal/counted_step.hpp>
#include <bellman/learning/internal/trace.hpp>
#include <bellman/scalar/arithmetic.hpp>

#include <vector>

namespace bellman::internal {

/// Steps along a gradient, of sizes that a schedule has: what rules have in common.
template <class V, class Schedule>
class gradient_steps {
 public:
  constexpr explicit gradient_steps(Schedule const& its_schedule) : size_(its_schedule) {}

  /// `w += alpha error gradient`.
  constexpr void fit(auto&& w, std::vector<feature<V>> const& gradient, V const& error) {
    size_.count(gradient);
    for (auto const& part : gradient) move(w, part, error);
  }

 protected:
  constexpr void move(auto& w, feature<V> const& part, V const& error) const {
    w[part.index] = sum(w[part.index], product(product(size_(part.index), error), part.value));
  }

  counted_step<V, Schedule> size_;
};

/// The same along traces too, which an episode ends.
template <class V, class Schedule>
class steps_along_traces : public gradient_steps<V, Schedule> {
 public:
  using gradient_steps<V, Schedule>::gradient_steps;

  constexpr void end_of_episode(auto&&) { trace_.clear(); }

 protected:
  constexpr void move_along_trace(auto& w, V const& error) const {
    for (auto const& part : trace_) this->move(w, part, error);
  }

  trace<V> trace_{};
};

}  // namespace bellman::internal
