// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "log.hpp"

#include <bellman/probability/categorical.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/sample.hpp>
#include <bellman/probability/softmax.hpp>

#include <cstddef>
#include <random>
#include <vector>

// A shop made up by rules, so that the truth is known: what is clicked how often, and a policy that learns to show it.
namespace open_bandit {

inline constexpr std::size_t items_of_rules = 34;

/// How often an item is clicked where it is shown: some items are liked ten times as much as others, and the left place
/// is looked at most.
inline double click_rate(std::size_t item, std::size_t position) {
  double const liked = static_cast<double>(item * 7 % items_of_rules) / (items_of_rules - 1);
  double const looked_at[positions] = {1.0, 0.8, 0.6};
  return (0.002 + 0.018 * liked * liked) * looked_at[position];
}

/// The click rate of the policy that shows every item equally often, by these rules.
inline double uniform_click_rate() {
  double total = 0;
  for (std::size_t position = 0; position < positions; ++position) {
    for (std::size_t item = 0; item < items_of_rules; ++item) total += click_rate(item, position);
  }
  return total / (positions * items_of_rules);
}

/// Logs of `rows` impressions. The adaptive policy begins as the uniform one; after a fifth of its log it prefers what
/// is liked, though one in twenty times it still tries anything.
inline two_logs logs_by_rules(std::size_t rows, std::mt19937_64& generator) {
  constexpr double explores = 0.05, even = 1.0 / items_of_rules;
  using point = bellman::weighted<std::size_t, double>;
  std::vector<bellman::categorical<std::vector<point>>> preferring;
  for (std::size_t position = 0; position < positions; ++position) {
    std::vector<double> logits;
    for (std::size_t item = 0; item < items_of_rules; ++item) logits.push_back(300 * click_rate(item, position));
    std::vector<point> points;
    for (auto const& e : bellman::softmax(logits)) {
      points.push_back({e.value, explores * even + (1 - explores) * e.probability});
    }
    preferring.emplace_back(points);
  }
  std::vector<point> all;
  for (std::size_t item = 0; item < items_of_rules; ++item) all.push_back({item, even});
  bellman::categorical const uniform(all);
  auto const fraction = [&] { return static_cast<double>(generator() >> 11) * 0x1p-53; };
  auto const show = [&](auto const& policy, std::size_t position) {
    std::size_t const item = bellman::sample(policy, generator);
    double propensity = 0;
    for (auto const& e : policy) propensity = e.value == item ? e.probability : propensity;
    return impression{item, position, fraction() < click_rate(item, position), propensity};
  };
  two_logs both{{}, {}, items_of_rules, uniform_click_rate()};
  for (std::size_t row = 0; row < rows; ++row) {
    auto const position = static_cast<std::size_t>(generator() % positions);
    both.adaptive.push_back(show(row < rows / 5 ? uniform : preferring[position], position));
    both.uniform.push_back(show(uniform, static_cast<std::size_t>(generator() % positions)));
  }
  return both;
}

}  // namespace open_bandit
