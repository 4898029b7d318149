// SPDX-License-Identifier: BSL-1.0

// 2.1 Return
//
//   G_t = R_t + gamma R_{t+1} + gamma^2 R_{t+2} + ... = sum over k of gamma^k R_{t+k}
//
// What is gained from time t on in one attempt. The discount gamma says how far-sighted it is counted.

#include <bellman/decision/ending.hpp>
#include <bellman/estimation/discounted_returns.hpp>
#include <bellman/probability/weight.hpp>
#include <bellman/value/return.hpp>

#include <array>
#include <cstddef>
#include <cstdio>
#include <vector>

#include <boost/rational.hpp>

namespace foundation {
namespace {

using rational = boost::rational<long long>;
using bellman::discounted_return;
using bellman::discounted_returns;

constexpr rational gamma(1, 2);
constexpr std::array<rational, 4> R{1, 0, -2, 8};

// G_0 is the sum that is written above.
static_assert(discounted_return(R, gamma) == R[0] + gamma * R[1] + gamma * gamma * R[2] + gamma * gamma * gamma * R[3]);

// Every G_t at once, from the last on: G_t = R_t + gamma G_{t+1}, and nothing after the end.
constexpr auto G = discounted_returns(R, gamma);
static_assert(G[3] == R[3] && G[2] == R[2] + gamma * G[3] && G[1] == R[1] + gamma * G[2] &&
              G[0] == R[0] + gamma * G[1]);

// Short-sighted: gamma = 0 counts the reward at hand only. Far-sighted: gamma = 1 counts all alike.
static_assert(discounted_returns(R, rational(0)) == R);
static_assert(discounted_return(R, rational(1)) == 7);

// A sum without end: a reward of 1 for ever is worth 1 / (1 - gamma). What n rewards leave out is gamma^n / (1 -
// gamma); with the worth of the rest given for the steps that are not seen, n of them are enough, for every n.
constexpr bool goes_on_for_ever(int n) {
  std::vector<rational> const ones(static_cast<std::size_t>(n), rational(1));
  rational const forever = 1 / (1 - gamma);
  rational left_out = forever;
  for (int k = 0; k < n; ++k) left_out *= gamma;
  return forever - discounted_return(ones, gamma) == left_out &&
         discounted_return(ones, bellman::truncated{forever}, gamma) == forever;
}
static_assert(goes_on_for_ever(0) && goes_on_for_ever(1) && goes_on_for_ever(20));

}  // namespace
}  // namespace foundation

int main() {
  using namespace foundation;
  std::puts("The rewards 1, 0, -2, 8 and their returns:");
  for (rational g : {rational(0), rational(1, 2), rational(1)}) {
    std::printf("  gamma = %.1f  G_t =", bellman::to_double(g));
    for (rational G_t : discounted_returns(R, g)) std::printf(" %4.1f", bellman::to_double(G_t));
    std::puts("");
  }
  return discounted_returns(R, foundation::gamma) == G && G[0] == rational(3, 2) && goes_on_for_ever(20) ? 0 : 1;
}
