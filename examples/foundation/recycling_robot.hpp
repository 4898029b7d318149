// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <bellman/decision/outcome.hpp>
#include <bellman/probability/distribution.hpp>

#include <array>
#include <ranges>
#include <vector>

#include <boost/rational.hpp>

// A cyclic Markov decision process: Sutton and Barto, example 3.3, with alpha = 3/4 and beta = 1/2.
namespace foundation {

using rational = boost::rational<long long>;

enum class battery { low, high };
enum class deed { search, wait, recharge };

/// A robot that collects cans and never ends. Searching finds 2 on average but may empty the battery; with a low one it
/// may strand the robot, which costs 3, and it is carried home. Waiting finds 1. Only a low battery is recharged.
struct recycling_robot {
  using state_type = battery;
  using action_type = deed;
  using reward_type = rational;

  static constexpr std::array batteries{battery::low, battery::high};
  static constexpr std::array deeds{deed::search, deed::wait, deed::recharge};

  constexpr auto states() const { return std::views::all(batteries); }
  constexpr auto actions(battery s) const {
    return std::views::all(deeds) | std::views::take(s == battery::low ? 3 : 2);
  }
  constexpr bool terminal(battery) const { return false; }
  constexpr auto transition(battery s, deed a) const {
    if (a == deed::wait) return distribution{{{1, s}, 1}};
    if (a == deed::recharge) return distribution{{{0, battery::high}, 1}};
    if (s == battery::high) return distribution{{{2, battery::high}, {3, 4}}, {{2, battery::low}, {1, 4}}};
    return distribution{{{2, battery::low}, {1, 2}}, {{-3, battery::high}, {1, 2}}};
  }

 private:
  // of outcomes: a reward and the next state, and their probability p(s', r | s, a)
  using distribution = std::vector<bellman::weighted<bellman::outcome<rational, battery>, rational>>;
};

/// A stochastic policy pi(a | s).
inline constexpr auto careful = [](battery s) {
  using distribution = std::vector<bellman::weighted<deed, rational>>;
  if (s == battery::high) return distribution{{deed::search, {2, 3}}, {deed::wait, {1, 3}}};
  return distribution{{deed::search, {1, 4}}, {deed::recharge, {3, 4}}};
};

constexpr char const* text(battery s) { return s == battery::low ? "low" : "high"; }
constexpr char const* text(deed a) { return a == deed::search ? "search" : a == deed::wait ? "wait" : "recharge"; }

}  // namespace foundation
