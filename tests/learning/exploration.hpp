// SPDX-License-Identifier: BSL-1.0
#pragma once
#include <bellman/learning/boltzmann.hpp>
#include <bellman/learning/epsilon_greedy.hpp>
#include <bellman/learning/ucb1.hpp>
#include <bellman/learning/visit_counts.hpp>

#include <bellman/decision/outcome.hpp>
#include <bellman/decision/policy.hpp>
#include <bellman/decision/rollout.hpp>
#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>
#include <bellman/planning/state_value.hpp>
#include <bellman/probability/categorical.hpp>
#include <bellman/probability/dirac.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/scalar/approx_equal.hpp>
#include <bellman/scalar/dual.hpp>
#include <bellman/value/action_value.hpp>
#include <bellman/value/greedy_policy.hpp>
#include <bellman/value/soft_policy.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <list>
#include <map>
#include <random>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "models/recycling_robot.hpp"
#include "models/two_state_cycle.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"
#include "support/refusals.hpp"

namespace exploration {

namespace {

using bellman::boltzmann;
using bellman::epsilon_greedy;
using bellman::rational;
using bellman::ucb1;
using bellman::visit_counts;
using bellman::weighted;
using bellman::test::message_of;
using bellman::test::true_at_both_times;
using bellman::test::word;
using models::battery;
using models::deed;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// One state, from which each of N actions leads back, paid nothing.
template <std::size_t N>
struct arms {
  using state_type = int;
  using action_type = std::size_t;
  using reward_type = double;

  constexpr auto actions(int) const {
    return bellman::internal::array_of<N>([](std::size_t i) { return i; });
  }
  constexpr bool terminal(int) const { return false; }
  constexpr auto transition(int, std::size_t) const { return bellman::dirac{bellman::outcome{0.0, 0}}; }
};
// Action values of such an environment, whatever the state.
template <class V, std::size_t N>
struct values_of {
  std::array<V, N> values;

  constexpr V operator()(int, std::size_t a) const { return values[a]; }
};
template <class V, std::size_t N>
values_of(std::array<V, N>) -> values_of<V, N>;

// The minimal definition of an environment, with actions that can be read once, and counted in copies.
struct letters {
  using state_type = std::string;
  using action_type = std::string;
  using reward_type = double;

  letters() = default;
  letters(letters const& other) : copies(other.copies) { ++*copies; }
  letters(letters&&) = default;
  letters& operator=(letters const&) = delete;

  auto actions(std::string const& s) const {
    return s.empty() ? std::list<std::string>{} : std::list{s + "a", s + "b"};
  }
  bool terminal(std::string const&) const { return false; }
  auto transition(std::string const&, std::string const& a) const { return bellman::dirac{bellman::outcome{0.0, a}}; }

  int* copies = nullptr;
};

}  // namespace

}  // namespace exploration
