// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <thread>
#include <vector>

/// Ways to carry out `task(0)`, ..., `task(n - 1)`, as `bellman::in_parallel` asks for.
namespace estimators {

/// One after another, from the last to the first.
inline constexpr auto from_last_to_first = [](std::size_t n, auto const& task) {
  for (std::size_t i = n; i-- > 0;) task(i);
};

/// Each on a thread of its own.
inline constexpr auto on_threads = [](std::size_t n, auto const& task) {
  std::vector<std::jthread> all;
  for (std::size_t i = 0; i < n; ++i) all.emplace_back([&task, i] { task(i); });
};

}  // namespace estimators
