// SPDX-License-Identifier: BSL-1.0
#include "cartpole/cart_pole.hpp"

#include <bellman/experience/vectorised_environment.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <random>

#include "support/catch.hpp"

namespace cart_pole_test {

using cartpole::cart_pole;
using cartpole::position;

static_assert(bellman::deterministic_environment<cart_pole>);
static_assert(bellman::drawn_start_environment<cart_pole, std::mt19937>);

bool near(double x, double y) { return std::abs(x - y) < 1e-12; }

TEST_CASE("the first push, in fractions") {
  // The pole upright: 10 / 1.1 = 100 / 11, over 1/2 (4/3 - 1/11) turns it with -600/41 and moves the cart with 400/41.
  auto const next = cart_pole{}.transition({0, 0, 0, 0}, 1).value().next;
  CHECK(next[0] == 0);
  CHECK(near(next[1], 8.0 / 41));
  CHECK(next[2] == 0);
  CHECK(near(next[3], -12.0 / 41));
  auto const back = cart_pole{}.transition({0, 0, 0, 0}, 0).value().next;
  CHECK(back == position{0, -next[1], 0, -next[3]});
  CHECK(cart_pole{}.transition({0, 0, 0, 0}, 1).value().reward == 1);
}

TEST_CASE("the accelerations are those of Newton's laws") {
  std::mt19937 urbg(1);
  std::uniform_real_distribution<double> number(-1, 1);
  for (int k = 0; k < 1000; ++k) {
    position const s{number(urbg), 3 * number(urbg), number(urbg), 3 * number(urbg)};
    std::size_t const push = urbg() % 2;
    auto const next = cart_pole{}.transition(s, push).value().next;
    CHECK(near(next[0], s[0] + 0.02 * s[1]));
    CHECK(near(next[2], s[2] + 0.02 * s[3]));
    double const moves = (next[1] - s[1]) / 0.02;
    double const turns = (next[3] - s[3]) / 0.02;
    // Of cart and pole together, and of the pole about the joint.
    double const together = 1.1 * moves + 0.1 * 0.5 * (turns * std::cos(s[2]) - s[3] * s[3] * std::sin(s[2]));
    CHECK(std::abs(together - (push == 1 ? 10 : -10)) < 1e-10);
    CHECK(std::abs(4.0 / 3 * 0.5 * turns - (9.8 * std::sin(s[2]) - moves * std::cos(s[2]))) < 1e-10);
  }
}

TEST_CASE("it ends beyond 2.4 and beyond 12 degrees, and begins near the middle") {
  cart_pole const env;
  CHECK_FALSE(env.terminal({2.4, 0, 0, 0}));
  CHECK(env.terminal({-2.4001, 9, 0, 9}));
  CHECK_FALSE(env.terminal({0, 0, 0.2094, 0}));
  CHECK(env.terminal({0, 0, -0.2095, 0}));
  std::mt19937 urbg(1);
  double least = 1, most = -1;
  for (int k = 0; k < 1000; ++k) {
    for (double const x : env.start(urbg)) {
      least = std::min(least, x);
      most = std::max(most, x);
    }
  }
  CHECK(-0.05 <= least);
  CHECK(least < -0.049);
  CHECK(0.049 < most);
  CHECK(most < 0.05);
}

}  // namespace cart_pole_test
