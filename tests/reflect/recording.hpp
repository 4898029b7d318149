// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/estimation/step.hpp>

#include <boost/hana/define_struct.hpp>

#include <cstddef>
#include <random>
#include <vector>

#include "support/random_steps.hpp"

namespace bellman::test {

/// What a training code records of a run.
template <class T>
struct recording {
  BOOST_HANA_DEFINE_STRUCT(recording, (std::vector<T>, rewards), (std::vector<T>, values),
                           (std::vector<T>, action_values), (std::vector<T>, ratios),
                           (std::vector<T>, probabilities), (std::vector<step<T>>, steps));
};

/// Numbers in [0, 1) and now and then an end, a cut, a step of somebody else's.
template <class T>
recording<T> random_recording(std::size_t n) {
  std::mt19937 urbg(static_cast<unsigned>(n) + 1);
  auto const draw = [&] { return static_cast<T>(urbg() % 1000) / T(1000); };
  recording<T> r;
  for (std::size_t t = 0; t < n; ++t) {
    r.rewards.push_back(draw());
    r.values.push_back(draw());
    r.action_values.push_back(draw());
    r.ratios.push_back(2 * draw());
    r.probabilities.push_back(draw());
  }
  r.steps = random_steps<T>(n, urbg, draw);
  return r;
}

}  // namespace bellman::test
