// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/torchrl/vtrace.hpp>

#include <bellman/conventions/arrays/flags_at_step.hpp>
#include <bellman/estimation/vtrace.hpp>

#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/catch.hpp"

namespace {

namespace conventions = bellman::conventions;

using bellman::test::approx_equal;

constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("torchrl's V-trace takes the value of the final observation, and agrees with V-trace where values do") {
  std::vector<double> const r{1, 2, 3, 4};
  std::vector<double> const v{0.5, 1, 1.5, 2};
  std::vector<double> const next{1, 10, 2, 0};
  std::vector<bool> const done{false, true, false, true};
  std::vector<bool> const ends{false, false, false, true};
  std::vector<double> const pi{-0.5, -0.25, -1, -2};
  std::vector<double> const mu{-0.75, -0.125, -1, -1};
  std::vector<double> ratios;
  for (std::size_t t = 0; t < 4; ++t) ratios.push_back(std::exp(pi[t] - mu[t]));
  auto const theirs = conventions::torchrl::vtrace(0.9, pi, mu, v, next, r, done, ends, 1.0, 1.0);
  auto const ours = bellman::vtrace(r, v, ratios, conventions::flags_at_step(done, ends, next),
                                    {.gamma = 0.9, .lambda = 1.0});
  for (std::size_t t = 0; t < 4; ++t) {
    CHECK(approx_equal(theirs.targets[t], ours.targets[t], 1e-14));
    CHECK(approx_equal(theirs.advantages[t], ours.advantages[t], 1e-14));
  }
  std::vector<double> const even(4, 0.0);
  auto const on_policy = conventions::torchrl::vtrace(0.9, even, even, v, next, r, done, ends, infinity, infinity);
  CHECK(approx_equal(on_policy.advantages[1], 10.0, 1e-14));
  CHECK(approx_equal(on_policy.advantages[0], 10.4, 1e-14));
}
