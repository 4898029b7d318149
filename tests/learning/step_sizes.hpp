// SPDX-License-Identifier: BSL-1.0
#pragma once
#include <bellman/learning/step_sizes.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/scalar/accumulator.hpp>
#include <bellman/scalar/approx_equal.hpp>
#include <bellman/scalar/dual.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/refusals.hpp"

namespace step_sizes {

namespace {

using bellman::constant_step;
using bellman::generalised_harmonic_step;
using bellman::harmonic_step;
using bellman::linear_step;
using bellman::power_step;
using bellman::rational;
using bellman::step_schedule;
using bellman::step_size_of;
using bellman::test::message_of;
using bellman::test::true_at_both_times;
using bellman::test::word;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// `v + a (g - v)`, which is what every learner does with its step.
template <class V, class Schedule>
constexpr V learned(Schedule const& schedule, std::array<V, 5> const& targets) {
  V v(7);  // which a first step of 1 forgets
  for (std::size_t n = 1; n <= targets.size(); ++n) {
    v = V(v + step_size_of<V>(schedule, n) * (targets[n - 1] - v));
  }
  return v;
}

// The sums of the sizes, and of their squares, of the first `count` steps.
template <class Schedule>
std::array<double, 2> sums(Schedule const& schedule, std::size_t count) {
  bellman::accumulator<double> of_sizes;
  bellman::accumulator<double> of_squares;
  for (std::size_t n = 1; n <= count; ++n) {
    double const a = step_size_of<double>(schedule, n);
    of_sizes.add(a);
    of_squares.add(a * a);
  }
  return {of_sizes.value(), of_squares.value()};
}

// Of a quantity that grows by c n^x between n and 10 n the growth is multiplied by 10^x each time: it converges if the
// growth shrinks, and does not where it stays or grows.
template <std::size_t Which, class Schedule>
bool converges(Schedule const& schedule) {
  double const a = sums(schedule, 1'000)[Which];
  double const b = sums(schedule, 10'000)[Which];
  double const c = sums(schedule, 100'000)[Which];
  return c - b < 0.99 * (b - a);
}
template <class Schedule>
bool seems_to_meet_robbins_monro(Schedule const& schedule) {
  return !converges<0>(schedule) && converges<1>(schedule);
}

}  // namespace

}  // namespace step_sizes
