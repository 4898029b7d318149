// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <vector>

namespace measure {

/// `x`, of which the compiler does not know what it is.
template <class T>
T unknown(T x) {
  T volatile copy = x;
  return copy;
}

/// Seconds of processor time: what other processes take in between does not count.
template <class F>
double seconds(F const& f, std::size_t calls) {
  auto const start = std::clock();
  for (std::size_t i = 0; i < calls; ++i) f();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

inline double median(std::vector<double> x) {
  auto const middle = x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2);
  std::nth_element(x.begin(), middle, x.end());
  return *middle;
}

/// Times `library` and `by_hand` in turn, in one run of one process, and reports for each the median of the time for
/// one of `items`, and the median of the ratios of neighbouring timings. What else the machine does slows both alike.
template <class Library, class ByHand, class Then = void (*)(double, std::size_t)>
void side_by_side(
    benchmark::State& state, std::size_t items, Library const& library, ByHand const& by_hand,
    Then const& then = [](double, std::size_t) {}) {
  library();
  by_hand();
  // Long enough for the clock, short enough that both meet the same disturbances.
  auto const calls = static_cast<std::size_t>(1e-3 / std::max(seconds(by_hand, 1), 1e-9)) + 1;
  std::vector<double> ours;
  std::vector<double> theirs;
  std::vector<double> ratios;
  for (auto _ : state) {
    // Whoever runs second finds a warmer cache, so the order changes each time.
    bool const first = ratios.size() % 2 == 0;
    double const one = first ? seconds(library, calls) : seconds(by_hand, calls);
    double const other = first ? seconds(by_hand, calls) : seconds(library, calls);
    ours.push_back(first ? one : other);
    theirs.push_back(first ? other : one);
    ratios.push_back(ours.back() / theirs.back());
    then(ours.back(), calls);
  }
  double const each = static_cast<double>(calls) * static_cast<double>(items) * 1e-9;
  state.counters["library_ns"] = median(ours) / each;
  state.counters["by_hand_ns"] = median(theirs) / each;
  state.counters["ratio"] = median(ratios);
}

/// The same against two others, taken in turn: `by_hand`, as `ratio`, and only reading and writing what both read and
/// write, as `to_copy`.
template <class Library, class ByHand, class Copy>
void against(benchmark::State& state, std::size_t items, Library const& library, ByHand const& by_hand,
             Copy const& copy) {
  copy();
  std::vector<double> copies;
  std::vector<double> to_copy;
  side_by_side(state, items, library, by_hand, [&](double library_seconds, std::size_t calls) {
    double const copied = seconds(copy, calls);
    copies.push_back(copied / (static_cast<double>(calls) * static_cast<double>(items) * 1e-9));
    to_copy.push_back(library_seconds / copied);
  });
  state.counters["copy_ns"] = median(copies);
  state.counters["to_copy"] = median(to_copy);
}

}  // namespace measure
