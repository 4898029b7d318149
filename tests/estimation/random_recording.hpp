// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/recorded_steps.hpp>
#include <bellman/estimation/step.hpp>

#include <cstddef>
#include <ranges>
#include <vector>

#include <rapidcheck.h>

#include "estimation/every_estimator.hpp"

namespace estimators {

/// A recording with ends and skips anywhere.
template <class N>
struct recording {
  columns<std::vector<N>> of;
  std::vector<bellman::step<N>> steps;

  std::size_t size() const { return steps.size(); }
};

/// Integers from `low` to `high - 1`, all of them as likely in RapidCheck's first tests as in its last.
inline auto integers(int low, int high) { return rc::gen::resize(rc::kNominalSize, rc::gen::inRange(low, high)); }
inline int random_integer(int low, int high) { return *integers(low, high); }
inline std::size_t random_size(int below) { return static_cast<std::size_t>(random_integer(0, below)); }
inline std::vector<int> random_integers(std::size_t n, int low, int high) {
  return *rc::gen::container<std::vector<int>>(n, integers(low, high));
}

/// A small number of eighths.
template <class N>
N random_number() {
  return N(N(random_integer(-24, 25)) / N(8));
}
template <class N>
std::vector<N> random_numbers(std::size_t n) {
  std::vector<N> all;
  for (int k : random_integers(n, -24, 25)) all.push_back(N(N(k) / N(8)));
  return all;
}

/// Steps of every kind; `ends` of them in a hundred end an episode, `skips` in a hundred are skipped. The last of the
/// policy's own ends.
template <class N>
std::vector<bellman::step<N>> random_steps(std::size_t n, int ends, int skips) {
  std::vector<bellman::step<N>> steps;
  for (int k : random_integers(n, 0, 200)) {
    int const kind = k / 2;
    if (kind < skips) {
      steps.push_back(bellman::skipped{});
    } else if (kind < skips + ends) {
      if (k % 2 == 0) {
        steps.push_back(bellman::terminated{});
      } else {
        steps.push_back(bellman::truncated{N(N(k % 16) / N(4))});
      }
    } else {
      steps.push_back(bellman::continues{});
    }
  }
  for (std::size_t t = n; t-- > 0;) {
    if (steps[t].is_skipped()) continue;
    if (!steps[t].is_ended()) steps[t] = bellman::truncated{N(3)};
    break;
  }
  return steps;
}

/// Ratios lie between 0 and `greatest`.
template <class N>
recording<N> random_recording(std::size_t n, int greatest = 2) {
  std::vector<N> ratios;
  for (int k : random_integers(n, 0, 9)) {
    ratios.push_back(N(N(k * greatest) / N(8)));
  }
  int const ends = *rc::gen::element(0, 0, 5, 40);
  int const skips = *rc::gen::element(0, 0, 10, 50);
  return {{random_numbers<N>(n), random_numbers<N>(n), random_numbers<N>(n), ratios}, random_steps<N>(n, ends, skips)};
}

/// Every flag in an array of its own, as other libraries keep them.
template <class N, class Flag = unsigned char>
struct flags {
  std::vector<Flag> terminated, truncated, own;
  std::vector<N> value_after;

  explicit flags(std::vector<bellman::step<N>> const& steps) {
    for (auto const& s : steps) {
      bool const ends = s.is_ended() && s.after() == N(0);
      terminated.push_back(Flag(ends));
      truncated.push_back(Flag(s.is_ended() && !ends));
      own.push_back(Flag(!s.is_skipped()));
      value_after.push_back(s.after());
    }
  }
  auto steps() const {
    return bellman::recorded_steps{.terminated = std::views::all(terminated),
                                   .truncated = std::views::all(truncated),
                                   .value_after = std::views::all(value_after),
                                   .own = std::views::all(own)};
  }
};

}  // namespace estimators
