// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/rlax/popart.hpp>

#include <bellman/error.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cstddef>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

namespace rlax = bellman::conventions::rlax;

using bellman::invalid_value;
using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("rlax sums the updates of a batch, and so can shoot past its targets") {
  auto const state = rlax::popart_initial_state<double>(2);
  std::array const targets{4.0, 4.0, 4.0};
  std::array const indices{1, 1, 1};
  // 0 + 3 (1/2) (4 - 0) = 6, where one after another gives 4 (1 - 1/8) = 7/2.
  auto const next = rlax::art(state, targets, indices, 0.5, 1e-3, 1e3);
  CHECK(next.shift == std::vector{0.0, 6.0});
  bellman::target_moments<double> one_by_one{};
  for (double const y : targets) one_by_one = bellman::follow_target(one_by_one, y, 0.5);
  CHECK(one_by_one.mean == 3.5);
  // With a target an output there is no difference.
  auto const single = rlax::art(state, std::array{4.0}, std::array{0}, 0.5, 1e-3, 1e3);
  auto const followed = bellman::follow_target(bellman::target_moments<double>{}, 4.0, 0.5);
  CHECK(single.shift[0] == followed.mean);
  CHECK(single.second_moment[0] == followed.second());
  CHECK(single.scale[0] == followed.normaliser(1e-3, 1e3).scale());
  CHECK(single.shift[1] == 0.0);
}

TEST_CASE("rlax's scale stays within its bounds, and the outputs of a layer mean what they did at each") {
  auto state = rlax::popart_initial_state<double>(1);
  std::vector<std::vector<double>> w{{3.0}};
  std::vector<double> b{1.0};
  auto const update = [&](double target) {
    auto const next = rlax::art(state, std::array{target}, std::array{0}, 0.5, 0.5, 2.0);
    rlax::pop(w, b, state, next);
    state = next;
  };
  double const meant = 3.0 * 5 + 1;  // of the input 5
  auto const means_the_same = [&] { return rlax::unnormalize(state, w[0][0] * 5 + b[0], 0) == meant; };
  // Mean 8, mean of squares 257/2: a variance of 129/2, whose root is above 2.
  update(16);
  CHECK(state.shift[0] == 8);
  CHECK(state.scale[0] == 2);
  CHECK(means_the_same());
  // Targets that do not vary: the variance goes to 0, and the scale to the lower bound.
  for (int i = 0; i < 60; ++i) update(4);
  CHECK(state.scale[0] == 0.5);
  CHECK(bellman::test::approx_equal(rlax::unnormalize(state, w[0][0] * 5 + b[0], 0), meant, 1e-12));
  // Where both bounds are 1, as in a test of rlax's, only the shift is followed.
  auto fixed = rlax::popart_initial_state<double>(1);
  for (int i = 0; i < 4; ++i) {
    fixed = rlax::art(fixed, std::array{1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0}, std::array{0, 0, 0, 0, 0, 0, 0, 0},
                      0.1, 1.0, 1.0);
    CHECK(fixed.scale[0] == 1);
  }
  // 1 - (1 - 8/10)^4
  CHECK(bellman::test::approx_equal(fixed.shift[0], 0.9984, 1e-12));
}

TEST_CASE("rlax's pop keeps what the outputs of a layer mean") {
  CHECK(true_at_both_times([] {
    using numbers = std::vector<rational>;
    rlax::popart_state<rational> const before{{0, 1}, {1, 2}, {1, 5}};
    rlax::popart_state<rational> const after{{3, -2}, {rational(1, 2), 5}, {10, 29}};
    std::vector<numbers> w{{1, 2}, {-3, rational(1, 3)}, {0, 7}};
    numbers b{4, -5};
    numbers const x{2, rational(-1, 2), 3};
    auto const output = [&](rlax::popart_state<rational> const& state, std::size_t k) {
      return rlax::unnormalize(state, rational(x[0] * w[0][k] + x[1] * w[1][k] + x[2] * w[2][k] + b[k]), k);
    };
    numbers const meant{output(before, 0), output(before, 1)};
    rlax::pop(w, b, before, after);
    return numbers{output(after, 0), output(after, 1)} == meant &&
           rlax::normalize(after, rlax::unnormalize(after, rational(7), 1), 1) == rational(7);
  }));
}

TEST_CASE("an index without an output and lists of two lengths are refused") {
  auto const state = rlax::popart_initial_state<double>(2);
  CHECK_THROWS_AS(rlax::art(state, std::array{4.0}, std::array{2}, 0.5, 1e-3, 1e3), invalid_value);
  CHECK_THROWS_AS(rlax::art(state, std::array{4.0}, std::array{1, 1}, 0.5, 1e-3, 1e3), invalid_value);
  CHECK_THROWS_AS(rlax::normalize(state, 1.0, 2), invalid_value);
  std::vector<std::vector<double>> w{{1.0}};
  std::vector<double> b{0.0, 0.0};
  CHECK_THROWS_AS(rlax::pop(w, b, state, state), invalid_value);
}
