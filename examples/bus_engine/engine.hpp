// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/distribution.hpp>

#include <algorithm>
#include <array>
#include <ranges>

// Rust's model of a bus engine (Econometrica 1987): each month it is kept, or a new one is put in.
namespace bus_engine {

enum class decision { keep, replace };

inline constexpr std::array decisions{decision::keep, decision::replace};

/// The mileage since the engine was new, in bins of so many miles; the last bin has all that is above.
inline constexpr int bins = 90;
inline constexpr double miles_of_a_bin = 5000;

/// How probable it is that a month's driving raises the mileage by 0, 1 and 2 bins.
using growth = std::array<double, 3>;

/// What is to be found out about the garage: what a new engine costs, and by how much an old one costs more with each
/// bin. The unit is the scale of what the garage knows of a bus in a month and we do not.
template <class N>
struct costs {
  N replacement;  ///< RC
  N running;      ///< theta_11; a month with the mileage x costs x / 1000 of it
};

/// The environment. A replacement pays for the engine and then runs with it from bin 0, in the same month.
///
/// `N` is `double`, or a `dual` that carries the derivatives by the costs through everything that follows.
template <class N>
struct engine {
  using state_type = int;
  using action_type = decision;
  using reward_type = N;

  costs<N> cost;
  growth grows;

  auto states() const { return std::views::iota(0, bins); }
  auto const& actions(int) const { return decisions; }
  bool terminal(int) const { return false; }
  N reward(int x, decision d) const {
    return d == decision::keep ? N(-0.001 * x * cost.running) : N(-cost.replacement);
  }
  auto transition(int x, decision d) const {
    using point = bellman::weighted<bellman::outcome<N, int>, double>;
    int const from = d == decision::keep ? x : 0;
    N const r = reward(x, d);
    auto const after = [&](int bins_more) {
      return point{{r, std::min(from + bins_more, bins - 1)}, grows[static_cast<std::size_t>(bins_more)]};
    };
    return std::array{after(0), after(1), after(2)};
  }
};

}  // namespace bus_engine
