// SPDX-License-Identifier: BSL-1.0
#include <bellman/loss/keep_outputs.hpp>

#include <bellman/affine/affine.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <array>
#include <cstddef>

#include "support/both_times.hpp"
#include "support/catch.hpp"

namespace {

using bellman::affine;
using bellman::keep_outputs;
using bellman::normalisation;
using bellman::rational;
using bellman::test::true_at_both_times;

}  // namespace

TEST_CASE("outputs keep their meaning when the normalisation changes") {
  CHECK(true_at_both_times([] {
    normalisation const before(rational(3), rational(2, 5));
    normalisation const after(rational(-1, 2), rational(7));
    return bellman::compose(after.denormalise(), keep_outputs(before, after)) == before.denormalise() &&
           bellman::compose(keep_outputs(after, before), keep_outputs(before, after)) == affine<rational>::identity();
  }));
}

TEST_CASE("a linear layer keeps its denormalised output for every input") {
  CHECK(true_at_both_times([] {
    normalisation const before(rational(3), rational(2, 5));
    normalisation const after(rational(-1, 2), rational(7));
    std::array weights{rational(1), rational(-2, 3), rational(5)};
    rational bias(4, 7);
    auto const output = [&](auto const& x) { return weights[0] * x[0] + weights[1] * x[1] + weights[2] * x[2] + bias; };
    std::array const inputs{std::array{rational(0), rational(0), rational(0)},
                            std::array{rational(1), rational(2), rational(3)},
                            std::array{rational(-1, 2), rational(5), rational(1, 9)}};
    std::array<rational, 3> meant{rational(0), rational(0), rational(0)};
    for (std::size_t i = 0; i < 3; ++i) meant[i] = before.denormalise()(output(inputs[i]));
    keep_outputs(weights, bias, before, after);
    for (std::size_t i = 0; i < 3; ++i) {
      if (after.denormalise()(output(inputs[i])) != meant[i]) return false;
    }
    return weights[0] == rational(2, 35);
  }));
}
