// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nlohmann/json.hpp>

#include <cmath>
#include <cstddef>
#include <vector>

// What trainers compute, in plain loops that share nothing with the library.
namespace by_hand {

using list = std::vector<double>;
using table = std::vector<list>;

/// A recording of one environment: an end at step 2, a cut at step 5, and it goes on behind the last.
struct recording {
  list rewards{1, -0.5, 2, 0.25, 1.5, -1, 0.75, 3};
  list values{0.5, 1.25, -0.75, 2, 0.125, 1, -2, 0.625};
  list next_values{1.25, -0.75, 7, 0.125, 1, 6, 0.625, 2.5};  // 7 and 6: of the last observations
  std::vector<int> terminated{0, 0, 1, 0, 0, 0, 0, 0};
  std::vector<int> truncated{0, 0, 0, 0, 0, 1, 0, 0};

  std::size_t size() const { return rewards.size(); }
  bool is_ended(std::size_t t) const { return terminated[t] != 0 || truncated[t] != 0; }

  nlohmann::json file() const {
    return {{"rewards", rewards},
            {"values", values},
            {"next_values", next_values},
            {"terminated", terminated},
            {"truncated", truncated}};
  }
};

/// `A_t = r_t + gamma after_t - v_t + gamma lambda sums_t A_{t+1}`.
inline list gae(list const& rewards, list const& values, list const& after, std::vector<int> const& sums, double gamma,
                double lambda) {
  list advantages(rewards.size());
  double next = 0;
  for (std::size_t t = rewards.size(); t-- > 0;) {
    next = rewards[t] + gamma * after[t] - values[t] + gamma * lambda * (sums[t] != 0 ? next : 0);
    advantages[t] = next;
  }
  return advantages;
}

struct moments {
  double mean = 0, squares = 0;
  double n = 0;
  double sample() const { return std::sqrt(squares / (n - 1)); }
  double population() const { return std::sqrt(squares / n); }
};
inline moments moments_of(list const& xs) {
  moments m;
  m.n = static_cast<double>(xs.size());
  for (double const x : xs) m.mean += x / m.n;
  for (double const x : xs) m.squares += (x - m.mean) * (x - m.mean);
  return m;
}

}  // namespace by_hand
