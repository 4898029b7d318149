// SPDX-License-Identifier: BSL-1.0
// The README's first block, and what it prints at run time.

// [block]
#include <bellman/bellman.hpp>
#include <boost/rational.hpp>
#include <array>
#include <ranges>

namespace b = bellman;
using R = boost::rational<long long>;  // exact numbers, so that == is a proof

enum class act { rest, go };

struct two_rooms {  // resting pays 1; going leads from room 0 to room 1 and from there, for a prize of 12, outside
  using state_type = int;
  using action_type = act;
  using reward_type = R;
  constexpr auto states() const { return std::views::iota(0, 3); }
  constexpr auto actions(int) const { return std::array{act::rest, act::go}; }
  constexpr bool terminal(int s) const { return s == 2; }
  constexpr auto transition(int s, act a) const {
    return b::dirac{a == act::rest ? b::outcome{R(1), s} : b::outcome{R(s == 1 ? 12 : 0), s + 1}};
  }
};

constexpr two_rooms env;
constexpr R g(9, 10);  // the discount, gamma
constexpr auto coin = [](int) { return b::uniform(std::array{act::rest, act::go}); };  // a policy

constexpr bool bellman_equation_holds() {
  auto v = b::state_value(env, coin, g);            // V(s)
  auto T = b::bellman_expectation(env, coin, g);    // (T v)(s) = E[R + gamma v(S')]
  return T(v)(0) == v(0) && T(v)(1) == v(1);
}
static_assert(bellman_equation_holds());
static_assert(b::solve(env, g).value(0) == R(54, 5));  // V* = 9/10 * 12: go twice; resting for ever is worth 10
// [block]

#include <cstdio>

int main() {
  auto const v = b::state_value(env, coin, g);
  auto const a = b::advantage(b::action_value(env, g, v), v);
  for (int s : {0, 1}) {
    std::printf("room %d: V = %lld/%lld, A(rest) = %lld/%lld, A(go) = %lld/%lld\n", s, v(s).numerator(),
                v(s).denominator(), a(s, act::rest).numerator(), a(s, act::rest).denominator(),
                a(s, act::go).numerator(), a(s, act::go).denominator());
  }
  return bellman_equation_holds() && b::solve(env, g).value(0) == R(54, 5) ? 0 : 1;
}
