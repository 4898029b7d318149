// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/probability/distribution.hpp>
#include <bellman/probability/sample.hpp>

#include "engine.hpp"
#include "fixed_point.hpp"
#include "fleet.hpp"

#include <cstddef>
#include <random>
#include <vector>

// A garage made up by rules, so that the truth is known: it decides as the model says, at costs that we set.
namespace bus_engine {

inline constexpr costs<double> costs_by_rules{10, 2.3};
inline constexpr growth growth_by_rules{0.39, 0.6, 0.01};
inline constexpr double discount_by_rules = 0.9999;

/// So many buses over so many months; the first reading is that of a new engine.
template <class Generator>
fleet fleet_by_rules(std::size_t buses, std::size_t months, Generator& generator) {
  engine<double> const env{costs_by_rules, growth_by_rules};
  garage<double> const decides(env, discount_by_rules, bus_engine::solve_engine(env, discount_by_rules).value);
  fleet f;
  for (std::size_t bus = 0; bus < buses; ++bus) {
    std::vector<int> bin_of{0};
    std::vector<bool> replaced;
    for (std::size_t month = 1; month < months; ++month) {
      decision const d = bellman::sample(decides(bin_of.back()), generator);
      replaced.push_back(d == decision::replace);
      bin_of.push_back(bellman::sample(env.transition(bin_of.back(), d), generator).next);
    }
    // As they are driven. Rust's way to count would make them rise by one bin more with a new engine, and by 3 with
    // some, which the model does not know.
    ++f.buses;
    for (std::size_t t = 0; t + 1 < months; ++t) {
      int const from = replaced[t] ? 0 : bin_of[t];
      f.months.push_back({static_cast<std::size_t>(bin_of[t + 1] - from), bin_of[t],
                          replaced[t] ? decision::replace : decision::keep});
    }
  }
  return f;
}

}  // namespace bus_engine
