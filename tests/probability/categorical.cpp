// SPDX-License-Identifier: BSL-1.0
#include <bellman/probability/categorical.hpp>

#include <bellman/interop/boost_rational.hpp>
#include <bellman/probability/distribution.hpp>
#include <bellman/probability/weight.hpp>

#include <array>
#include <limits>
#include <string>
#include <vector>

#include "support/both_times.hpp"
#include "support/catch.hpp"
#include "support/message_of.hpp"

namespace {

using bellman::categorical;
using bellman::rational;
using bellman::weighted;
using bellman::test::message_of;

bool contains(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

template <class P>
auto pair_of(P const& p, P const& q) {
  return [=] { return categorical{std::array{weighted{'x', p}, weighted{'y', q}}}; };
}

}  // namespace

TEST_CASE("weights that are no probabilities are refused, by their place and their value") {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(contains(message_of(pair_of(1.5, -0.5)), "weight 1 is -0.5; it must lie in [0, 1]"));
  CHECK(contains(message_of(pair_of(nan, 1.0)), "weight 0 is nan"));
  CHECK(contains(message_of(pair_of(0.5, 0.25)), "sum to 0.75; they must sum to 1"));
  CHECK(contains(message_of(pair_of(0.75, 0.75)), "sum to 1.5; they must sum to 1"));
  CHECK(contains(message_of(pair_of(rational(1, 3), rational(1, 3))), "sum to 2/3; they must sum to 1"));
  CHECK(contains(message_of(pair_of(rational(4, 3), rational(-1, 3))), "weight 1 is -1/3"));
  CHECK(contains(message_of([] { categorical{std::vector<weighted<int, double>>{}}; }), "has no values"));
}

TEST_CASE("floating-point weights may be off by the tolerance, and by no more; exact ones not at all") {
  double const tolerance = bellman::weight_tolerance<double>(2);
  CHECK(tolerance == 1e-9);
  CHECK(message_of(pair_of(0.5, 0.5 + 0.9 * tolerance)).empty());
  CHECK(message_of(pair_of(0.5, 0.5 - 0.9 * tolerance)).empty());
  CHECK(!message_of(pair_of(0.5, 0.5 + 2 * tolerance)).empty());
  CHECK(!message_of(pair_of(0.5, 0.5 - 2 * tolerance)).empty());
  CHECK(message_of(pair_of(0.5f, 0.50005f)).empty());
  CHECK(!message_of(pair_of(0.5f, 0.5003f)).empty());
  CHECK(!message_of(pair_of(rational(1, 2), rational(500'000'000'001, 1'000'000'000'000))).empty());
}

TEST_CASE("a categorical distribution holds its weights, in the container that it was given") {
  CHECK(bellman::test::true_at_both_times([] {
    categorical const d{std::array{weighted{'x', rational(1, 3)}, weighted{'y', rational(2, 3)}}};
    categorical const same{std::array{weighted{'x', rational(1, 3)}, weighted{'y', rational(2, 3)}}};
    return d.begin()->value == 'x' && d.begin()->probability == rational(1, 3) && d.end() - d.begin() == 2 && d == same;
  }));
}
