// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../support/bands.hpp"

#include <cstddef>
#include <vector>

// What is measured of a learner while it learns, and what is said of several runs of it.
namespace learners {

using support::band;
using support::course;
using support::courses;
using support::student_t_975;

/// When a learner is looked at: before the first episode, and after equally many each.
inline std::vector<std::size_t> looks(std::size_t episodes, std::size_t count) {
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i <= count; ++i) all.push_back(episodes * i / count);
  return all;
}

}  // namespace learners
