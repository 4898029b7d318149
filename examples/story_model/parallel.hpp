// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <exception>
#include <thread>
#include <vector>

namespace story_model {

/// Calls `f(0), ..., f(n - 1)` in so many threads, the k-th with k, k + threads, .... What one of them throws is thrown
/// here, after all have ended.
template <class F>
void in_parallel(std::size_t n, std::size_t threads, F const& f) {
  std::vector<std::exception_ptr> errors(threads);
  auto const work = [&](std::size_t first) {
    try {
      for (std::size_t k = first; k < n; k += threads) f(k);
    } catch (...) {
      errors[first] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t k = 1; k < threads; ++k) others.emplace_back(work, k);
    work(0);
  }
  for (auto const& error : errors) {
    if (error) std::rethrow_exception(error);
  }
}

}  // namespace story_model
