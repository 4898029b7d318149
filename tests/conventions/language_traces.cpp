// SPDX-License-Identifier: BSL-1.0
#include <bellman/conventions/openrlhf/gae.hpp>
#include <bellman/conventions/trl/gae.hpp>
#include <bellman/conventions/trl/token_whitening.hpp>
#include <bellman/conventions/verl/gae.hpp>
#include <bellman/error.hpp>
#include <bellman/estimation/gae.hpp>
#include <bellman/estimation/trace_parameters.hpp>
#include <bellman/interop/boost_rational.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "support/approx_equal.hpp"
#include "support/both_times.hpp"
#include "support/catch.hpp"

// An answer of two own tokens with a tool's token between them, and one of padding behind.
namespace {

namespace openrlhf = bellman::conventions::openrlhf;
namespace trl = bellman::conventions::trl;
namespace verl = bellman::conventions::verl;

using bellman::rational;
using bellman::trace_parameters;
using bellman::test::approx_equal;
using bellman::test::true_at_both_times;

constexpr std::array rewards{rational(0), rational(9), rational(4), rational(9)};
constexpr std::array values{rational(1), rational(8), rational(2), rational(5)};
constexpr std::array mask{1, 0, 1, 0};
constexpr trace_parameters p{.gamma = rational(1, 2), .lambda = rational(1, 2)};

constexpr double unread = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("verl skips masked tokens and repeats at them the advantage of the next own one") {
  CHECK(true_at_both_times([] {
    auto const [a, r] = verl::gae(rewards, values, mask, p);
    // 4 - 2; 0 + 1/2 * 2 - 1 + 1/4 * 2
    return a == std::array{rational(1, 2), rational(2), rational(2), rational(0)} &&
           r == std::array{rational(3, 2), rational(10), rational(4), rational(5)};
  }));
}

TEST_CASE("verl's own tokens are those of gae with the masked ones skipped") {
  CHECK(true_at_both_times([] {
    auto const ours = bellman::gae(rewards, values, verl::steps(mask), p);
    auto const theirs = verl::gae(rewards, values, mask, p);
    return ours.advantages[0] == theirs.advantages[0] && ours.advantages[2] == theirs.advantages[2] &&
           ours.advantages[1] == rational(0) && ours.returns[0] == theirs.returns[0];
  }));
}

TEST_CASE("OpenRLHF takes masked tokens for steps without reward and value, at the cost of one discount each") {
  CHECK(true_at_both_times([] {
    auto const [a, r] = openrlhf::gae(rewards, values, mask, p);
    // 4 - 2; 0 + 1/2 * 2 - 0 + 1/4 * 2; 0 + 1/2 * 0 - 1 + 1/4 * 3/2
    return std::ranges::equal(a, std::array{rational(-5, 8), rational(3, 2), rational(2), rational(0)}) &&
           std::ranges::equal(r, std::array{rational(3, 8), rational(3, 2), rational(4), rational(0)}) &&
           std::ranges::equal(openrlhf::cumulative_returns(rewards, mask, rational(1, 2)),
                              std::array{rational(1), rational(2), rational(4), rational(0)});
  }));
}

TEST_CASE("what stands at masked tokens does not matter") {
  std::vector<double> const r{0, unread, 4, unread};
  std::vector<double> const v{1, unread, 2, unread};
  std::vector<bool> const own{true, false, true, false};
  trace_parameters const half{.gamma = 0.5, .lambda = 0.5};
  CHECK(verl::gae(r, v, own, half).advantages == std::vector<double>{0.5, 2, 2, 0});
  CHECK(openrlhf::gae(r, v, own, half).advantages == std::vector<double>{-0.625, 1.5, 2, 0});
  CHECK(openrlhf::cumulative_returns(r, own, 0.5) == std::vector<double>{1, 2, 4, 0});
}

TEST_CASE("masks of floats, integers and booleans are read alike") {
  std::vector<float> const r{0, 9, 4, 9};
  std::vector<float> const v{1, 8, 2, 5};
  trace_parameters const half{.gamma = 0.5, .lambda = 0.5};
  auto const of_floats = verl::gae(r, v, std::vector<float>{1, 0, 1, 0}, half);
  auto const of_integers = verl::gae(r, v, std::vector<int>{1, 0, 1, 0}, half);
  auto const of_booleans = verl::gae(r, v, std::vector<bool>{true, false, true, false}, half);
  CHECK(of_floats.advantages == std::vector<float>{0.5f, 2, 2, 0});
  CHECK(of_integers.advantages == of_floats.advantages);
  CHECK(of_booleans.returns == of_floats.returns);
}

TEST_CASE("padding at the left of a row has the first advantage in verl, and nothing changes behind it") {
  CHECK(true_at_both_times([] {
    std::array const r{9.0, 9.0, 0.0, 4.0};
    std::array const v{5.0, 5.0, 1.0, 2.0};
    auto const a = verl::gae(r, v, std::array{0, 0, 1, 1}, trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages;
    return a == std::array{0.5, 0.5, 0.5, 2.0};
  }));
}

TEST_CASE("a row without own tokens has no advantage") {
  std::vector<double> const r{1, 2};
  CHECK(verl::gae(r, r, std::vector{0, 0}, trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages ==
        std::vector<double>{0, 0});
  std::vector<double> const none;
  CHECK(verl::gae(none, none, none, trace_parameters{.gamma = 0.5, .lambda = 0.5}).advantages.empty());
}

TEST_CASE("TRL's PPO takes the slot behind an answer for a step with a value of its own") {
  CHECK(true_at_both_times([] {
    std::array const r{0.0, 0.0, 4.0, 0.0};  // the score stands behind the answer
    std::array const v{1.0, 2.0, 3.0, 9.0};
    auto const [a, G] = trl::gae(r, v, 2, trace_parameters{.gamma = 0.5, .lambda = 0.5});
    // 4 - 3; 0 + 3/2 - 2 + 1/4 * 1; 0 + 1 - 1 + 1/4 * -1/4
    return trl::kept_values(v, 2) == std::array{1.0, 2.0, 3.0, 0.0} && a == std::array{-0.0625, -0.25, 1.0, 0.0} &&
           G == std::array{0.9375, 1.75, 4.0, 0.0} &&
           std::ranges::equal(trl::padding(2, 4), std::array{false, false, true, true}) &&
           trl::kept_values(v, 4) == v;
  }));
}

TEST_CASE("TRL's whitening counts the tokens of all rows") {
  std::vector<std::vector<double>> const rows{{1, unread, unread}, {3, 5, unread}};
  std::vector<int> const tokens{1, 2};
  auto const whitened = trl::whitened_tokens(rows, tokens);  // mean 3, squares 8, 8 / 3 * 3 / 2
  double const width = std::sqrt(8.0 / 3.0 * static_cast<double>(3.0f / 2.0f) + 1e-8);
  CHECK(approx_equal(whitened[0][0], -2 / width, 1e-14));
  CHECK(whitened[1][0] == 0);
  CHECK(approx_equal(whitened[1][1], 2 / width, 1e-14));
  CHECK(whitened[0][1] == 0);
  CHECK(whitened[1][2] == 0);
  CHECK(approx_equal(trl::whitened_tokens_around_mean(rows, tokens)[0][0], 3 - 2 / width, 1e-14));
  CHECK_THROWS_AS(trl::whitened_tokens(rows, std::vector{1, 0}), bellman::invalid_value);
}

TEST_CASE("rows and masks of two lengths are refused") {
  std::vector<double> const two{1, 2};
  std::vector<double> const three{1, 2, 3};
  trace_parameters const half{.gamma = 0.5, .lambda = 0.5};
  CHECK_THROWS_AS(verl::gae(two, two, three, half), bellman::invalid_value);
  CHECK_THROWS_AS(openrlhf::gae(two, two, three, half), bellman::invalid_value);
  CHECK_THROWS_AS(openrlhf::gae(two, three, two, half), bellman::invalid_value);
}
